"""A ticket at an instant, in every way that its unknowns allow, and what can be asked of it (R3, H4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from attrs import frozen
from msgspec import Struct
from msgspec.structs import replace

from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.lazily import lazily
from sla_dsl.policy.unknowns import MOST_LEAVES, Leaf, Search, Supposed, Unknown, search

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import tzinfo

    from sla_dsl.policy.plans import Desk
    from sla_dsl.policy.selection import Chosen, Key
    from sla_dsl.policy.situation import ClockStates, Situation
    from sla_dsl.policy.tickets.history import Moved

T = TypeVar("T")


class Branch(Struct, frozen=True):
    """A ticket as it stands under some suppositions.

    `clocks_at` gives the states of its clocks at an instant, if nothing but time passes until then; `reclassified`
    are the levels that rules gave it, by scale.
    """

    supposed: Supposed
    situation: Situation
    clocks_at: Callable[[int], ClockStates]
    reclassified: Mapping[str, Moved] = {}

    def alike(self, other: Branch) -> bool:
        """Return whether the ticket stands alike in another case, but for its clocks."""
        return self.situation.alike(other.situation)


@frozen
class Found(Generic[T]):
    """What a question found in one case, and the inquiry that found it."""

    result: T
    inquiry: Inquiry


@frozen(slots=False, eq=False)
class Answered(Generic[T]):
    """What comes out of a question in every case, and what that rests on."""

    desk: Desk
    searched: Search[Found[T]]

    @property
    def results(self) -> tuple[T, ...]:
        """What comes out in each case; not in all of them where there are too many."""
        return tuple(leaf.result.result for leaf in self.searched.leaves)

    @property
    def single(self) -> T | None:
        """What comes out, where it is the same in every case and no reading leaves it open; results are compared."""
        if self.not_computed or not self.searched.complete:
            return None
        first, *others = self.results
        return first if all(one == first for one in others) else None

    def missing(self, outcome: Callable[[T], object] = lambda result: result) -> tuple[str, ...]:
        """Return the names that would determine the answer."""
        return self.searched.missing(lambda found: outcome(found.result))

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The declarations that were looked at."""
        found = (key for leaf in self.searched.leaves for key in leaf.result.inquiry.keys)
        return tuple(dict.fromkeys(found))

    @cached_property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        return tuple(self.desk.doubts.behind(self.keys).values())

    @property
    def not_computed(self) -> tuple[Chosen, ...]:
        """The readings among them that are not computed: with one, the answer is undetermined."""
        return tuple(one for one in self.chosen if one.reading.not_computed is not None)

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used (H4)."""
        return tuple(dict.fromkeys(name for leaf in self.searched.leaves for name in leaf.result.inquiry.assumed))


class Future(Protocol):
    """What becomes of a ticket if nothing but time passes."""

    def turns(self, at: int) -> tuple[int, ...]:
        """Return instants after another at which its status or the state of a clock changes, the next among them."""
        ...

    def look(self, at: int) -> Look:
        """Return the ticket at a later instant."""
        ...


class Look(Struct, frozen=True, eq=False, dict=True):
    """A ticket at an instant, in each of the ways in which it can stand there.

    `where` is the zone in which instants are told that no calendar tells: that of the policy, else of the ticket.
    """

    desk: Desk
    at: int
    where: tzinfo
    branches: tuple[Branch, ...]
    unknowns: dict[Hashable, Unknown]
    future: Future | None = None

    @lazily
    def turns(self) -> tuple[int, ...]:
        """Later instants at which the status or the state of a clock changes by time alone, the next among them."""
        return () if self.future is None else self.future.turns(self.at)

    def moved(self, at: int, *, alive: bool = True) -> Look:
        """Return the same ticket at a later instant, if nothing but time passes until then.

        Unless it is `alive`, its status and its clocks are those of now: nobody asks for them.
        """
        return self.future.look(at) if alive and self.future is not None else replace(self, at=at)

    def ask(self, question: Callable[[Inquiry], T]) -> Answered[T]:
        """Return what comes out of a question, which is asked at this instant in every case.

        The question may raise `Undecided`, as an inquiry does where something unknown decides. Where the cases differ
        in their clocks alone, and it does not look at these, it is asked once.
        """
        if len(self.branches) > 1 and all(one.alike(self.branches[0]) for one in self.branches[1:]):
            common = set(self.branches[0].supposed.items()).intersection(
                *(one.supposed.items() for one in self.branches)
            )
            found = search(lambda supposed: self._ask(question, self.branches[0], supposed), dict(common))
            if not any(leaf.result.inquiry.clocked for leaf in found.leaves):
                return Answered(self.desk, found)
        leaves: list[Leaf[Found[T]]] = []
        unknowns = dict(self.unknowns)
        complete = True
        for branch in self.branches:
            found = search(lambda supposed, branch=branch: self._ask(question, branch, supposed), branch.supposed)
            leaves.extend(found.leaves)
            unknowns.update(found.unknowns)
            complete = complete and found.complete
        complete = complete and len(leaves) <= MOST_LEAVES
        return Answered(self.desk, Search(tuple(leaves[:MOST_LEAVES]), unknowns, complete))

    def _ask(self, question: Callable[[Inquiry], T], branch: Branch, supposed: Supposed) -> Found[T]:
        inquiry = Inquiry(self.desk.terms, self.desk.calendars, branch.situation, self.at, supposed)
        return Found(question(inquiry), inquiry)
