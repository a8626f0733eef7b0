"""`sla test`: the examples in policies."""

from __future__ import annotations

import click

from sla_dsl.cli.asking import policy_of
from sla_dsl.cli.endings import ANSWERED, FOUND, WRONG, complain
from sla_dsl.cli.output import Form, answer, form_option, print_findings
from sla_dsl.errors import SlaError
from sla_dsl.pipeline import PolicyError, run_examples
from sla_dsl.reporting.examples import examples_data, examples_text


@click.command(
    "test",
    short_help="Run the examples in policies.",
    epilog="Example: sla test harbour.sla",
)
@click.argument("files", metavar="FILES...", nargs=-1, required=True)
@form_option
def command(files: tuple[str, ...], form: Form) -> int:
    """Run the `example` blocks of policies: what each expects beside what comes out.

    Exit code 1 if one fails or cannot be asked, and if a file has none.
    """
    texts: list[str] = []
    data: list[object] = []
    code = ANSWERED
    for name in dict.fromkeys(files):
        try:
            parts = run_examples(policy_of(name))
        except PolicyError as error:
            print_findings(error.findings, err=True)
            code = max(code, FOUND)
        except SlaError as error:
            complain(str(error))
            code = WRONG
        else:
            for at, (part, results) in enumerate(parts, start=1):
                # The file holds the last part; an annex brings the policy with it that it amends.
                title = name if at == len(parts) else f"{name} (policy {part})"
                texts.append(examples_text(title, results))
                data.append(examples_data(title, results))
            if not parts[-1][1] or not all(result.passed for _, results in parts for result in results):
                code = max(code, FOUND)
    answer(form, lambda: {"files": data}, lambda: "\n".join(texts))
    return code
