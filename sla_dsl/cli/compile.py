"""`sla compile`: the compiled form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from sla_dsl.cli.asking import Choices, about_a_policy, asked
from sla_dsl.cli.output import Form, answer, form_option
from sla_dsl.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command(
    "compile",
    short_help="Write the compiled form of a policy.",
    epilog="Example: sla compile harbour.sla -o harbour.json",
)
@about_a_policy
@click.option("-o", "--output", metavar="FILE", help="Where to write it; without, to standard output.")
@form_option
def command(policy: str, output: str | None, form: Form, **choices: Unpack[Choices]) -> None:
    """Write the compiled form of a policy: canonical JSON, the same bytes for the same input.

    It holds every reading and parameter, the dates that were resolved, and what was chosen with --annex, --set, --unset
    and --reading. It is asked without the sources.
    """
    made = asked(policy, choices)
    if output is not None:
        sources = [source.name for document in (made.document, *made.annexes) for source in document.sources]
        _spare(Path(output), [Path(policy), *map(Path, choices["annexes"])], sources)
    text = made.to_json()
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    write_whole(Path(output), text)
    summary = {"policy": made.document.id, "file": output, "digest": made.digest}
    answer(form, lambda: summary, lambda: f"{made.document.id} compiled to {output}, digest {made.digest}")


def _spare(output: Path, written: Iterable[Path], sources: Iterable[str]) -> None:
    """Refuses to write over what a person wrote: the policy, an annex, or a document beside them."""
    for path in (beside for text in written for beside in (text, *map(text.with_name, sources))):
        if path.suffix != ".json" and path.is_file() and output.exists() and output.samefile(path):
            raise click.UsageError(f"{output} would be overwritten: it is what the policy is compiled from.")
