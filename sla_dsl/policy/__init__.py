"""Run time: a compiled policy, asked. Nothing here reads `.sla` files, and nothing needs a parser.

An `Executable` is a compiled document with its annexes and what was chosen on top of them; `Due` and `Priority` are
its answers, `from_json` reads one from its canonical text.
"""

from sla_dsl.policy.answers import Due, Priority, Reason
from sla_dsl.policy.codec import digest_of, from_json, read_document, sealed, to_json
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.parameters import parameter_value

__all__ = [
    "Due",
    "Executable",
    "Priority",
    "Reason",
    "digest_of",
    "from_json",
    "parameter_value",
    "read_document",
    "sealed",
    "to_json",
]
