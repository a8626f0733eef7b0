"""`sla priority`: which priority, and why."""

from __future__ import annotations

from typing import Unpack

import click

from sla_dsl.cli.asking import Choices, about_a_policy, asked, pairs
from sla_dsl.cli.output import Form, answer, form_option
from sla_dsl.reporting.answers import priority_text


@click.command(
    "priority",
    short_help="Say which priority a ticket has, and why.",
    epilog="Example: sla priority cloudcti entire_service_unavailable=yes location_affected=1",
)
@about_a_policy
@click.argument("said", metavar="[NAME=VALUE]...", nargs=-1)
@form_option
def command(policy: str, said: tuple[str, ...], form: Form, **choices: Unpack[Choices]) -> None:
    """Say which priority a ticket has, and why.

    NAME is a scale, an attribute or a fact, `channel` or `caller`; what is not said is unknown.
    """
    found = asked(policy, choices).priority(**pairs("NAME=VALUE", said))
    answer(form, found.to_dict, lambda: priority_text(found))
