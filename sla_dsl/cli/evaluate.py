"""`sla evaluate`: tickets at an instant, one or a stream of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Unpack

import click
from attrs import define, field

from sla_dsl.cli.asking import Choices, about_a_policy, asked
from sla_dsl.cli.output import Form, form_option, in_colour, page_width
from sla_dsl.cli.texts import STANDARD_INPUT
from sla_dsl.cli.tickets import Tickets
from sla_dsl.errors import SlaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sla_dsl.policy.answers import Json
    from sla_dsl.policy.tickets.answers import ObjectiveAnswer
    from sla_dsl.policy.tickets.evaluation import Evaluation


@click.command(
    "evaluate",
    short_help="Evaluate tickets at an instant.",
    epilog="Example: sla evaluate cloudcti tickets.jsonl --at 2026-03-06T15:00+01:00",
)
@about_a_policy
@click.argument("files", metavar="TICKETS...", nargs=-1, required=True)
@click.option("--at", metavar="TIME", required=True, help="The instant, with an offset: 2026-03-06T15:00+01:00.")
@click.option("--explain", is_flag=True, help="Say why, with quotations and lines, and where the time went.")
@click.option("--brief", is_flag=True, help="Leave reasons and ledgers out of JSON: both stay empty lists.")
@click.option("--would-change", is_flag=True, help="Say what another reading would change, and what else.")
@click.option("--objectives", is_flag=True, help="Measure the tickets against the objectives of the policy.")
@form_option
def command(
    policy: str,
    files: tuple[str, ...],
    at: str,
    explain: bool,
    brief: bool,
    would_change: bool,
    objectives: bool,
    form: Form,
    **choices: Unpack[Choices],
) -> int:
    """Evaluate tickets at an instant: priority, status, clocks, who is there, who owes what.

    TICKETS are files of JSON (a ticket, or an array of them) or JSON Lines; `-` is standard input. A ticket that cannot
    be evaluated is listed on standard error with its line and field, and the others are evaluated; the exit code is
    then 1. As JSON a single ticket is one value, several are one on each line.
    """
    from sla_dsl.policy.situation import read_datetime

    if policy == STANDARD_INPUT and STANDARD_INPUT in files:
        raise click.UsageError("policy and tickets cannot both come from standard input.")
    if brief and explain:
        raise click.UsageError("--brief leaves out what --explain adds; choose one of them.")
    when = read_datetime("at", at)
    in_force = asked(policy, choices)
    tickets = Tickets(tuple(dict.fromkeys(files)))
    output = _Output(form, explain=explain, reasons=not brief)
    evaluations = _evaluated(
        tickets, lambda ticket: in_force.evaluate(ticket, at=when, would_change=would_change), output
    )
    if objectives:
        output.objectives(in_force.objectives(evaluations))
    else:
        for _ in evaluations:
            pass
    output.end()
    return tickets.end()


def _evaluated(
    tickets: Tickets, evaluate: Callable[[Mapping[str, object]], Evaluation], output: _Output
) -> Iterator[Evaluation]:
    """The evaluations, each printed before it is handed on; none is kept."""
    for given in tickets:
        try:
            found = evaluate(given.data)
            output.ticket(found, single=given.single)
        except SlaError as error:
            tickets.refuse(given, error)
        else:
            yield found


@define
class _Output:
    """Prints evaluations as they come: pages, or JSON on a line each; a single one waits for the end."""

    form: Form
    explain: bool
    reasons: bool
    _single: Json | None = field(default=None, init=False)
    _pages: int = field(default=0, init=False)

    def ticket(self, found: Evaluation, *, single: bool) -> None:
        """Print an evaluation. Raises `SlaError`, and then nothing is printed."""
        if self.form == "text":
            from sla_dsl.reporting.evaluation import evaluation_text

            text = evaluation_text(found, explain=self.explain, width=page_width(), colour=in_colour())
            click.echo(("\n" if self._pages else "") + text, nl=False)
            self._pages += 1
        elif single:
            self._single = found.to_dict(reasons=self.reasons)
        else:
            click.echo(_line(found.to_dict(reasons=self.reasons)))

    def objectives(self, found: Iterable[ObjectiveAnswer]) -> None:
        """Print what the tickets come to."""
        if self.form == "text":
            from sla_dsl.reporting.objectives import objectives_text

            click.echo(f"\n{objectives_text(found, explain=self.explain, width=page_width())}", nl=False)
            return
        answers: Json = {"objectives": [one.to_dict(reasons=self.reasons) for one in found]}
        if self._single is None:
            click.echo(_line(answers))
        else:
            self._single |= answers

    def end(self) -> None:
        """Print the single evaluation."""
        if self._single is not None:
            click.echo(json.dumps(self._single, ensure_ascii=False, indent=2, allow_nan=False))


def _line(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)
