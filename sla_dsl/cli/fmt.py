"""`sla fmt`: the canonical layout."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from sla_dsl.cli.endings import ANSWERED, FOUND, WRONG, complain
from sla_dsl.cli.output import Form, answer, form_option, print_findings
from sla_dsl.cli.texts import STANDARD_INPUT, standard_input
from sla_dsl.errors import SlaError
from sla_dsl.files import write_whole
from sla_dsl.formatting import format_source
from sla_dsl.source import Source

if TYPE_CHECKING:
    from sla_dsl.diagnostics import Finding


@frozen
class _LaidOut:
    """A file, its new text (none where it cannot be read as a policy), and what is wrong with it."""

    name: str
    source: Source
    text: str | None
    findings: tuple[Finding, ...]

    @property
    def changed(self) -> bool:
        return self.text is not None and self.text != self.source.text

    @property
    def difference(self) -> str:
        old, new = (text.splitlines(keepends=True) for text in (self.source.text, self.text or ""))
        return "".join(unified_diff(old, new, self.name, f"{self.name} (laid out)")) if self.changed else ""


@click.command(
    "fmt",
    short_help="Lay out policies in the one canonical way.",
    epilog="Example: sla fmt --check harbour.sla",
)
@click.argument("files", metavar="FILES...", nargs=-1, required=True)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 if a file would change.")
@click.option("--diff", "show_diff", is_flag=True, help="Write nothing; show what would change.")
@form_option
def command(files: tuple[str, ...], form: Form, *, only_check: bool, show_diff: bool) -> int:
    """Lay out policies in the one canonical way, tables aligned, comments kept.

    The new text is read again and compared before it is written: statements and comments are the same. Standard input
    (-) is laid out to standard output.
    """
    laid_out, unreadable = _laid_out(files)
    for one in laid_out:
        if one.changed and one.name != STANDARD_INPUT and not (only_check or show_diff):
            write_whole(Path(one.name), one.text or "")
    answer(form, lambda: _data(laid_out, unreadable), lambda: _text(laid_out, dry=only_check, diff=show_diff))
    for one in laid_out if form == "text" else ():
        print_findings(one.findings, err=True)
    for problem in unreadable:
        complain(problem)
    found = any(one.text is None or (only_check and one.changed) for one in laid_out)
    return WRONG if unreadable else FOUND if found else ANSWERED


def _laid_out(files: tuple[str, ...]) -> tuple[list[_LaidOut], list[str]]:
    done: list[_LaidOut] = []
    unreadable: list[str] = []
    for name in dict.fromkeys(files):
        try:
            source = standard_input() if name == STANDARD_INPUT else Source.read(Path(name))
            outcome = format_source(source)
        except SlaError as error:
            unreadable.append(str(error))
        else:
            done.append(_LaidOut(name, source, outcome.value, outcome.findings))
    return done, unreadable


def _text(laid_out: list[_LaidOut], *, dry: bool, diff: bool) -> str:
    if diff:
        return "".join(one.difference for one in laid_out)
    lines = [f"{'would change' if dry else 'laid out'} {one.name}" for one in laid_out if one.changed]
    piped = [one.text or "" for one in laid_out if one.name == STANDARD_INPUT]
    if piped and not dry:
        return "".join(piped)
    unread = sum(one.text is None for one in laid_out)
    same = len(laid_out) - len(lines) - unread
    lines.append(
        f"{same} of {len(laid_out)} already in the canonical layout" + (f", {unread} unreadable" * bool(unread))
    )
    return "\n".join(lines)


def _data(laid_out: list[_LaidOut], unreadable: list[str]) -> object:
    files = [
        {
            "file": one.name,
            "changed": one.changed,
            "text": one.text if one.name == STANDARD_INPUT else None,
            "diff": one.difference,
            "findings": [finding.to_dict() for finding in one.findings],
        }
        for one in laid_out
    ]
    return {"files": files, "unreadable": unreadable}
