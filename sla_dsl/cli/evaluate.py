"""`sla evaluate`: named in the contract, not executed yet."""

from __future__ import annotations

from typing import NoReturn

import click


@click.command(
    "evaluate",
    short_help="Evaluate tickets (not executed yet).",
    epilog="Example: sla evaluate cloudcti tickets.jsonl --at 2026-03-06T15:00+01:00",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", metavar="POLICY TICKETS... --at TIME [--objectives]", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> NoReturn:
    """Evaluate tickets at an instant. This version cannot execute it yet; ask `priority` and `due` instead."""
    what = "objectives" if "--objectives" in arguments else "tickets"
    raise click.UsageError(f"{what} cannot be evaluated yet; `sla priority` and `sla due` answer for one ticket.")
