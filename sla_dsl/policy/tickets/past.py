"""Questions about what has happened to a ticket: each moment is asked with what is known of it today (R3, R6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import frozen
from msgspec.structs import replace

from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.tickets.history import Moment
from sla_dsl.policy.tickets.look import Answered
from sla_dsl.policy.unknowns import MOST_LEAVES, Search, Supposed, Undecided

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sla_dsl.policy.situation import ClockStates, Situation
    from sla_dsl.policy.tickets.look import Branch, Look

T = TypeVar("T")

Histories = Sequence[tuple[Supposed, Sequence[Moment]]]
"""What happened to a ticket, for each of the branches of a look, in their order."""


@frozen
class Past:
    """What has happened to a ticket in one case. `now` is the inquiry about the instant that is looked at.

    What a question of an earlier moment rests on is noted with `now`. `clocks_at` gives the states of the clocks at any
    instant up to then.
    """

    now: Inquiry
    moments: Sequence[Moment]
    clocks_at: Callable[[int], ClockStates]

    def ask(self, at: int, situation: Situation, question: Callable[[Inquiry], T]) -> T:
        """Return the answer at an instant in a situation; what was learnt later counts as known. Raises `Undecided`."""
        now = self.now
        supposed = dict(now.supposed)
        while True:
            inquiry = Inquiry(now.terms, now.calendars, situation, at, supposed)
            try:
                answer = question(inquiry)
                break
            except Undecided as stop:
                key = stop.unknown.key
                learnt = None if key in supposed else self._learnt(key, at)
                if learnt is None:
                    raise
                supposed[key] = learnt
        now.note(*inquiry.keys)
        now.assumed.update(inquiry.assumed)
        now.decisions.update(inquiry.decisions)
        return answer

    def _learnt(self, key: Hashable, after: int) -> Hashable | None:
        """Return what something unknown turned out to be, at the first later moment at which it was known."""
        later = [one.told for one in self.moments if one.at > after]
        found = (self._known(key, situation) for situation in (*later, self.now.situation))
        return next((value for value in found if value is not None), None)

    def _known(self, key: Hashable, situation: Situation) -> Hashable | None:
        match cast("tuple[str, str] | str", key):
            case ("fact", str() as fact):
                return situation.facts.get(fact)
            case ("level", str() as scale):
                try:
                    return self._inquiry(situation).single(scale).level
                except Undecided:
                    return None
            case "channel":
                return situation.channel
            case "caller":
                return situation.caller
            case _:
                return None

    def _inquiry(self, situation: Situation) -> Inquiry:
        now = self.now
        return Inquiry(now.terms, now.calendars, situation, now.instant, now.supposed)


def ask_past(look: Look, histories: Histories, question: Callable[[Past], T]) -> Answered[T]:
    """Return what comes out of a question about the past of a ticket, in every case."""
    first = histories[0][1]
    if len(histories) > 1 and all(_alike(first, moments) for _, moments in histories[1:]):
        found = look.ask(lambda inquiry: question(Past(inquiry, first, look.branches[0].clocks_at)))
        if not any(leaf.result.inquiry.clocked for leaf in found.searched.leaves):
            return found
    asked = [
        _ask(look, branch, moments, question) for branch, (_, moments) in zip(look.branches, histories, strict=True)
    ]
    if len(asked) == 1:
        return asked[0]
    leaves = [leaf for one in asked for leaf in one.searched.leaves]
    unknowns = {key: unknown for one in asked for key, unknown in one.searched.unknowns.items()}
    complete = all(one.searched.complete for one in asked) and len(leaves) <= MOST_LEAVES
    return Answered(look.desk, Search(tuple(leaves[:MOST_LEAVES]), unknowns, complete))


def _alike(first: Sequence[Moment], other: Sequence[Moment]) -> bool:
    """Return whether the same happened to a ticket in two cases, but for its clocks."""
    return len(first) == len(other) and all(
        (one.at, one.events, one.entered) == (another.at, another.events, another.entered)
        and one.situation.alike(another.situation)
        for one, another in zip(first, other, strict=True)
    )


def _ask(look: Look, branch: Branch, moments: Sequence[Moment], question: Callable[[Past], T]) -> Answered[T]:
    one = replace(look, branches=(branch,))
    return one.ask(lambda inquiry: question(Past(inquiry, moments, branch.clocks_at)))
