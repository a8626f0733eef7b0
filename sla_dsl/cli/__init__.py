"""The command `sla`: a file for each verb. They ask the pipeline and print; what is true is decided elsewhere."""

from sla_dsl.cli.verbs import Verbs

main = Verbs(
    name="sla",
    epilog="POLICY is a .sla file, a compiled .json file, the name of a shipped policy, or - for standard input.",
    help="Read, check and ask service level agreements: which priority, due when, and why?",
)

__all__ = ["main"]
