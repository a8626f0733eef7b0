"""Why a span of time counted on a clock or did not (H6, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.causes import cause_of_end, cause_of_hold
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import parameter_reasons
from sla_dsl.policy.reasons.promises import hours_reasons, promise_text
from sla_dsl.policy.reasons.wording import moment_text
from sla_dsl.policy.terms import HolidayList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.tickets.cycle import Cycle
    from sla_dsl.policy.tickets.cycle_view import CycleView
    from sla_dsl.policy.tickets.ledger import Line, Piece
    from sla_dsl.policy.tickets.life import Life
    from sla_dsl.policy.tickets.promised import Promised
    from sla_dsl.policy.vocabulary import Terms


def explain_line(line: Line) -> tuple[Reason, ...]:
    """Return the reasons of a line of a ledger, in each way of the ticket's life that gives another."""
    lives = {id(view): life for life, view in line.asked.leaves}
    found: dict[Reason, None] = {}
    for view, piece in line.ways:
        found.update(dict.fromkeys(_explain(line, lives[id(view)], view, piece)))
    return tuple(found)


def _explain(line: Line, life: Life, view: CycleView, piece: Piece) -> Iterator[Reason]:
    terms, rules = line.asked.book.desk.terms, line.asked.rules
    match piece.kind:
        case "closed" | "holiday":
            yield from _closed(piece, terms, rules.clock.clause)
        case "counted":
            yield from _counted(view.cycle, piece)
        case "after stop" if piece.hold is None:
            cause, where = cause_of_end(life, view), view.zone or line.asked.where
            word = "Void" if view.cycle.voided is not None else "Stopped"
            text = f"{word} since {moment_text(view.cycle.end(view.now), where)} {cause.text}"
            yield from reasons(cause.clause, text, cause.cites, cause.assumes)
        case _ if piece.hold is not None:
            cause = cause_of_hold(terms, rules, piece.hold)
            word = "Stopped" if piece.kind == "after stop" else "Paused"
            yield from reasons(cause.clause, f"{word} {cause.text}", cause.cites, cause.assumes)
        case _:
            return


# --------------------------------------------------------------------------------------------- hours


def _closed(piece: Piece, terms: Terms, clause: str) -> Iterator[Reason]:
    """Yield that a calendar is closed, by name where it is a holiday, with where the holidays come from."""
    calendar = piece.calendar
    if calendar is None:
        return
    names = [name for kind, name in calendar.keys if kind == "calendar"]
    day = "" if piece.name is None else f": {piece.name}"
    spoken = f"`{names[0]}`" if names else "The calendar"
    yield from hours_reasons(names, terms, clause, f"{spoken} is closed{day}")
    if piece.name is not None:
        yield from parameter_reasons(_holiday_lists(calendar, terms), terms)


def _holiday_lists(calendar: Openness, terms: Terms) -> Iterator[tuple[str, str]]:
    for key in calendar.keys:
        filled = terms.filled(key[1]) if key[0] == "parameter" else None
        if filled is not None and isinstance(filled.value, HolidayList):
            yield key


# ------------------------------------------------------------------------------------------- counted


def _counted(cycle: Cycle, piece: Piece) -> Iterator[Reason]:
    governing = _promised_at(cycle, piece.start).governing
    term, clock = governing.term, governing.clock
    if term is None or governing.limit is None:
        text = f"`{clock.id}` ran: nothing stopped or paused it"
        yield from reasons(clock.clause, text, clock.cites, clock.assumes)
        return
    cites, assumes = term.cites, term.assumes
    if governing.step is not None:
        cites, assumes = (*governing.step.cites, *cites), (*governing.step.assumes, *assumes)
    yield from reasons(term.clause, f"Counted towards “{promise_text(governing.promise)}”", cites, assumes)


def _promised_at(cycle: Cycle, at: int) -> Promised:
    """Return the promise towards which time at an instant counted: an earlier one, where time was carried over."""
    for step in cycle.passed:
        if at < step.at:
            return step.promised
    if at < cycle.origin and cycle.earlier:
        return next((turn.old for turn in cycle.turns if turn.way == "carry" and at < turn.at), cycle.promised)
    return cycle.promised
