"""`sla show`: a policy for people, or everything that it declares as JSON."""

from __future__ import annotations

from typing import Unpack

import click

from sla_dsl.cli.asking import Choices, about_a_policy, asked
from sla_dsl.cli.output import Form, answer, form_option, in_colour, page_width


@click.command(
    "show",
    short_help="Show a policy: what it declares, and what it leaves open.",
    epilog="Example: sla show cloudcti",
)
@about_a_policy
@form_option
def command(policy: str, form: Form, **choices: Unpack[Choices]) -> None:
    """Show a policy for people: priorities, targets, calendars, and what the document leaves open.

    Everything stands beside the passage it comes from. At a terminal the page is as wide as the window, elsewhere 100
    columns. As JSON it is everything that the policy declares.
    """
    from sla_dsl.reporting.show import show_text

    data = asked(policy, choices).show()
    answer(form, lambda: data, lambda: show_text(data, width=page_width(), colour=in_colour()))
