"""Statements on when something is there, and for whom, at an instant (R7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from sla_dsl.policy.conditions import judge
from sla_dsl.policy.terms import All, Among, Condition, During, Not, OnDay, Some, Subject
from sla_dsl.policy.unknowns import Undecided

if TYPE_CHECKING:
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.terms import AnyTest, Availability
    from sla_dsl.policy.witness import Outcome


@frozen
class Line:
    """A statement on when something is there as one condition: its hours, its parties and its own condition.

    A line that is not `stated` says for whom the document gives no hours.
    """

    stated: bool
    condition: Condition


@frozen
class Standing:
    """Whether something is there, and the lines that settle it."""

    answer: Literal["yes", "no", "not_stated"]
    lines: tuple[Line, ...] = field(default=(), eq=False)


def lines_of(availability: Iterable[Availability]) -> tuple[Line, ...]:
    """Return statements as lines, in their order."""
    return tuple(_line(one) for one in availability)


def _line(said: Availability) -> Line:
    tests: list[AnyTest] = []
    words: list[str] = []
    if said.during is not None:
        tests.append(During(calendar=said.during))
        words.append(f"during {said.during}")
    if said.outside is not None:
        # Not `During(outside=True)`: so what is supposed of the hours is the same thing here as in other lines.
        tests.append(Not(part=During(calendar=said.outside)))
        words.append(f"outside {said.outside}")
    if not words:
        words.append("always" if said.stated else "not stated")
    if said.to_parties:
        tests.append(Among(subject=Subject(kind="caller"), values=said.to_parties))
        words.append(f"to {', '.join(said.to_parties)}")
    if said.condition is not None:
        tests.append(said.condition.test)
        words.append(f"if {said.condition.text}")
    return Line(said.stated, Condition(text=" ".join(words), test=All(parts=tuple(tests))))


def standing(lines: Sequence[Line], clause: str, inquiry: Inquiry) -> Standing:
    """Return whether something is there now by the lines of a clause, which add up. Raises `Undecided`.

    It is there if one line says so; else it is not stated, if a line says that or there is none at all; else it is
    not there.
    """
    for stated in (True, False):
        same = [line for line in lines if line.stated is stated]
        outcomes = [judge(line.condition.test, inquiry) for line in same]
        for line, outcome in zip(same, outcomes, strict=True):
            if outcome.holds:
                _note(line, clause, outcome, inquiry)
                return Standing("yes" if stated else "not_stated", (line,))
        for outcome in outcomes:
            if outcome.holds is None:
                raise Undecided(outcome.unknowns[0])
        for line, outcome in zip(same, outcomes, strict=True):
            _note(line, clause, outcome, inquiry)
    return Standing("no", tuple(lines)) if lines else Standing("not_stated")


def _note(line: Line, clause: str, outcome: Outcome, inquiry: Inquiry) -> None:
    """Note what a line rests on, also the calendar of which it is only supposed that it is open or closed."""
    inquiry.settle(line.condition, clause, outcome)
    for ground in outcome.grounds:
        if isinstance(ground.test, During | OnDay) and not ground.seen:
            inquiry.note(*inquiry.calendar(ground.test.calendar).keys)


def tests_of(lines: Iterable[Line]) -> tuple[AnyTest, AnyTest]:
    """Return the conditions from which a standing follows: that a line with hours holds, that one without does."""
    by_kind: dict[bool, list[AnyTest]] = {True: [], False: []}
    for line in lines:
        by_kind[line.stated].append(line.condition.test)
    return Some(parts=tuple(by_kind[True])), Some(parts=tuple(by_kind[False]))
