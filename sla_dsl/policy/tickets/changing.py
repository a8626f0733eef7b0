"""When an answer changes though nothing happens (R7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from sla_dsl.errors import SlaError
from sla_dsl.policy.tickets.passing import Passing, Turn, first_that_holds, goes_on, instant_of

if TYPE_CHECKING:
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.terms import AnyTest
    from sla_dsl.policy.tickets.look import Look

T = TypeVar("T")

MOST_TURNS = 400
"""So many openings, closings and midnights are looked at for the next change; with more, it is not told."""
MOST_TURNS_ALIVE = 60
"""So many where it hangs on the status or a clock, because the ticket has to be followed from one to the next."""
MOST_TURNS_OPEN = 14
"""So many where the answer is open now: a week of openings and closings."""


def next_change(look: Look, question: Callable[[Inquiry], T], now: T | None, *tests: AnyTest) -> Turn | None:
    """Return when the answer to a question changes by time alone; None where it never does, or nobody knows when.

    `now` is the single answer at present, if there is one. It is settled by the first of the `tests` that holds, or
    by none of them holding. While those stand as they do now, the question is not asked again.
    """
    alive = goes_on(look.desk.terms, tests)
    try:
        before, turn = _standing(look, tests, open_now=now is None)
        for _ in range(MOST_TURNS_OPEN if now is None else MOST_TURNS_ALIVE if alive else MOST_TURNS):
            if turn is None:
                return None
            reached, look = turn, look.moved(turn.at, alive=alive)
            standing, turn = _standing(look, tests, open_now=now is None)
            same = standing == before and (now is None or None not in standing)
            if not same and look.ask(question).single != now:
                return reached
    except SlaError:  # such as a date after the last year of a calendar
        return None
    return None


def _standing(look: Look, tests: tuple[AnyTest, ...], *, open_now: bool) -> tuple[set[int | None], Turn | None]:
    """Return which of the tests is the first that holds, in each way a ticket can stand, and when that can change."""

    def ask(inquiry: Inquiry) -> tuple[int | None, Turn | None]:
        passing = Passing(inquiry, tests, lambda: look.turns)
        turn = None if passing.steady(open_now=open_now) else passing.next_turn()
        return first_that_holds([inquiry.truth(test) for test in tests]), turn

    found = look.ask(ask).results
    turns = [turn for _, turn in found if turn is not None]
    return {standing for standing, _ in found}, min(turns, key=instant_of) if turns else None
