"""`sla check`: everything that is wrong in some files."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sla_dsl.cli.endings import ANSWERED, FOUND, WRONG, complain
from sla_dsl.cli.output import Form, answer, form_option, in_colour
from sla_dsl.cli.texts import text_of
from sla_dsl.errors import SlaError
from sla_dsl.pipeline import PolicyError, check, is_compiled
from sla_dsl.reporting import render_all, summary

if TYPE_CHECKING:
    from collections.abc import Generator

    from sla_dsl.diagnostics import Finding


@click.command(
    "check",
    short_help="Find what is wrong in policies, annexes and mappings of logs.",
    epilog="Example: sla check harbour.sla northern.sla",
)
@click.argument("files", metavar="FILES...", nargs=-1, required=True)
@form_option
def command(files: tuple[str, ...], form: Form) -> int:
    """Find everything that is wrong in policies, annexes and mappings of logs, in one run.

    Of a compiled policy it tells whether today's holiday data gives other dates than the policy carries. Exit code 1 if
    there is a finding that the file does not accept with a reason.
    """
    names = list(dict.fromkeys(files))
    found: dict[str, Finding] = {}
    unreadable: list[str] = []
    for name in names:
        try:
            # An annex is checked with its policy, which may be among the files: each finding is shown once.
            with _no_garbage_sought():
                found.update((f"{one.place} {one.code} {one.message}", one) for one in _findings(name))
        except SlaError as error:
            unreadable.append(str(error))
    findings = list(found.values())
    shown = [one for one in findings if one.accepted_because is None]
    data = {
        "files": names,
        "findings": [one.to_dict() for one in findings],
        "unreadable": unreadable,
    }
    answer(
        form,
        lambda: data,
        lambda: f"{render_all(shown, colour=in_colour())}{_summary(names, unreadable, findings)}",
    )
    for problem in unreadable:
        complain(problem)
    return WRONG if unreadable else FOUND if shown else ANSWERED


@contextmanager
def _no_garbage_sought() -> Generator[None]:
    """Keeps Python from looking for garbage while a file is checked: looking takes a fifth of the time."""
    was_sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_sought:
            gc.enable()


def _findings(name: str) -> tuple[Finding, ...]:
    source, folder = text_of(name, written=True)
    if is_compiled(source):
        from sla_dsl.pipeline import moved_holidays

        return moved_holidays(source)
    try:
        return check(source, folder).findings
    except PolicyError as error:
        return error.findings


def _summary(names: list[str], unreadable: list[str], findings: list[Finding]) -> str:
    count = len(names) - len(unreadable)
    rest = f", {len(unreadable)} not read" if unreadable else ""
    return f"{summary(findings)} in {count} file{'s' * (count != 1)}{rest}"
