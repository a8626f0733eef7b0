"""What the verbs print: text for people, or one JSON value."""

from __future__ import annotations

import json
import os
import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sla_dsl.diagnostics import Finding
    from sla_dsl.pipeline import Policy

Form = Literal["text", "json"]

_PAPER = 100
_NARROWEST, _WIDEST = 60, 140

form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text for people, or JSON."
)


def answer(form: Form, data: Callable[[], object], text: Callable[[], str]) -> None:
    """Prints an answer in the form that was asked for; only that one is made."""
    if form == "json":
        click.echo(json.dumps(data(), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        click.echo(text().rstrip("\n"))


def in_colour(*, err: bool = False) -> bool:
    """Whether a person is looking on who wants colours: a terminal, and `NO_COLOR` is not set."""
    stream = sys.stderr if err else sys.stdout
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and stream is not None and stream.isatty()


def page_width() -> int:
    """How many columns a page takes: at a terminal those of the window, elsewhere always the same."""
    return min(max(get_terminal_size().columns, _NARROWEST), _WIDEST) if sys.stdout.isatty() else _PAPER


def print_findings(findings: Iterable[Finding], *, err: bool = False) -> None:
    """Prints findings with their lines of text; those that the author accepted are left out."""
    from sla_dsl.reporting import render_all

    shown = [finding for finding in findings if finding.accepted_because is None]
    if shown:
        click.echo(render_all(shown, colour=in_colour(err=err)), err=err, nl=False)


def mention_warnings(policy: Policy) -> None:
    """Says, aside from the answer, that the policy has warnings which nobody has accepted."""
    count = sum(one.accepted_because is None for one in policy.findings)
    if count:
        them = "it" if count == 1 else "them"
        click.echo(f"{count} warning{'s' * (count > 1)} in the policy; `sla check` shows {them}.", err=True)
