"""`sla coverage`: what became of every sentence of the sources, and which examples reach each clause."""

from __future__ import annotations

from typing import Unpack

import click

from sla_dsl.cli.asking import Choices, about_a_policy, chosen
from sla_dsl.cli.endings import ANSWERED, FOUND
from sla_dsl.cli.output import Form, answer, form_option, in_colour, page_width
from sla_dsl.cli.texts import text_of
from sla_dsl.pipeline import coverage, read


@click.command(
    "coverage",
    short_help="Show what became of every sentence of the sources.",
    epilog="Example: sla coverage harbour.sla",
)
@about_a_policy
@form_option
def command(policy: str, form: Form, **choices: Unpack[Choices]) -> int:
    """Show what became of every unit of the sources, and which examples reach each clause.

    It needs the policy as written, with its sources beside it. Exit code 1 if a unit is not covered.
    """
    from sla_dsl.reporting.coverage import coverage_text

    texts = [text_of(name, written=True) for name in (policy, *choices["annexes"])]
    data = coverage(chosen(read(*texts[0]), choices), texts)
    answer(form, lambda: data, lambda: coverage_text(data, width=page_width(), colour=in_colour()))
    return ANSWERED if all(source["covered"] == source["total"] for source in data["sources"]) else FOUND
