"""`sla due`: one due time, and why."""

from __future__ import annotations

from typing import Unpack

import click

from sla_dsl.cli.asking import Choices, about_a_policy, asked, pairs
from sla_dsl.cli.output import Form, answer, form_option
from sla_dsl.reporting.answers import due_text

_OPTIONS = ("clock", "created", "priority", "channel", "caller")


@click.command(
    "due",
    short_help="Say when a clock is due, and why.",
    epilog="Example: sla due cloudcti --clock response --priority p1 --created 2026-03-06T15:00+01:00 "
    "--set holidays=none",
)
@about_a_policy
@click.option("--clock", required=True, help="The clock, by id or label.")
@click.option("--created", metavar="TIME", required=True, help="When, with an offset: 2026-03-06T15:00+01:00.")
@click.option("--priority", metavar="LEVEL", help="The level on the scale that carries the targets.")
@click.option("--channel", help="The channel through which it came.")
@click.option("--caller", metavar="PARTY", help="Who reported it.")
@click.option("--fact", "facts", metavar="NAME=VALUE", multiple=True, help="A fact, level or attribute.")
@form_option
def command(
    policy: str,
    clock: str,
    created: str,
    priority: str | None,
    channel: str | None,
    caller: str | None,
    facts: tuple[str, ...],
    form: Form,
    **choices: Unpack[Choices],
) -> None:
    """Say when a clock is due that starts with the report of a ticket, and why.

    The reason names the clause, its quotation and line, and every reading, parameter and assumption it rests on.
    """
    said = pairs("--fact", facts)
    known = {"priority": priority, "channel": channel, "caller": caller}
    for name in said:
        if name in _OPTIONS and known.get(name, "given") is not None:
            raise click.UsageError(f"`{name}` is no fact: write it once, as --{name}.")
    asked_about = {name: said.pop(name, None) or given for name, given in known.items()}
    found = asked(policy, choices).due(clock, created=created, **asked_about, **said)
    answer(form, found.to_dict, lambda: due_text(found, created))
