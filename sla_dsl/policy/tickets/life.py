"""The life of a ticket in every way that its unknowns allow: its course and its clocks, entry by entry (R4-R6, H4).

Where something unknown decides, a life goes on in several ways, one for each value it could have. What is learnt later
was so from the start: the ways that supposed something else are given up.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.terms import Fact
from sla_dsl.policy.tickets.clockwork import Clockwork
from sla_dsl.policy.tickets.course import Course
from sla_dsl.policy.unknowns import MOST_LEAVES, Undecided, Unknown

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from datetime import tzinfo

    from sla_dsl.policy.terms import AnyTest
    from sla_dsl.policy.tickets.clock_run import ClockRun
    from sla_dsl.policy.tickets.recorded import Entry
    from sla_dsl.policy.tickets.rulebook import Rulebook
    from sla_dsl.policy.unknowns import Supposed


class Life:
    """A ticket and its clocks, under some suppositions; of those that are `learnt` it is known what they were."""

    def __init__(self, book: Rulebook, created: int, where: tzinfo, supposed: Supposed | None = None) -> None:
        self.book = book
        self.supposed: Supposed = supposed or {}
        self.learnt: frozenset[Hashable] = frozenset()
        self.clocks = Clockwork(book, self.supposed)
        self.course = Course(book, self.supposed, created, where, self.clocks)

    @property
    def runs(self) -> dict[str, ClockRun]:
        """The clocks by their ids."""
        return self.clocks.runs

    def copy(self, supposed: Supposed | None = None) -> Life:
        """Return the same life, to go another way from here, perhaps under further suppositions."""
        other = object.__new__(Life)
        other.book = self.book
        other.supposed = self.supposed if supposed is None else supposed
        other.learnt = self.learnt
        other.clocks = self.clocks.copy(other.supposed)
        other.course = self.course.copy(other.supposed, other.clocks)
        return other

    def take(self, at: int, entries: Sequence[Entry]) -> None:
        """Take all entries of an instant. Raises `Undecided`; this life is then of no more use."""
        self.course.take(at, entries)

    def pass_time(self, at: int) -> None:
        """Let time pass up to an instant, which is included. Raises `Undecided`; this life is then of no more use."""
        self.course.advance((at, 0))
        self.clocks.pass_time(at)

    def turns(self, at: int) -> set[int]:
        """Return the next instants after another at which its status, or the state of a clock, changes by time alone.

        At some of them it stays as it is.
        """
        timer = self.course.next_timer()
        found = self.clocks.turns(at) if self.book.asks_clocks else set[int]()
        return found if timer is None else {*found, sum(timer)}

    def learn(self) -> bool:
        """Note what is known by now of what was supposed; return whether it is as supposed.

        What is known for the first time was so from the start. What comes later is a change.
        """
        turned_out = {key: _as_supposed(self, key) for key in self.supposed if key not in self.learnt}
        self.learnt |= {key for key, same in turned_out.items() if same is not None}
        return False not in turned_out.values()


def _as_supposed(life: Life, key: Hashable) -> bool | None:
    """Return whether what is supposed under a key is so, None where that is not known yet."""
    others = {name: value for name, value in life.supposed.items() if name != key}
    inquiry = Inquiry(life.book.desk.terms, life.book.desk.calendars, life.course.situation(), None, others)
    known: object = None
    try:
        match cast("tuple[str, object] | str", key):
            case "caller" | "channel":
                known = inquiry.situation.caller if key == "caller" else inquiry.situation.channel
            case ("fact", str() as name):
                return _stands_for(inquiry, name, life.supposed[key])
            case ("level", str() as scale):
                moved = life.course.moved.get(scale)
                if moved is None:
                    return inquiry.single(scale).level == life.supposed[key]
                known = moved.told  # what a rule gave says nothing of the level before
            case ("test", test):
                known = inquiry.truth(cast("AnyTest", test))
            case _:
                pass
    except Undecided:
        return None
    return None if known is None else known == life.supposed[key]


def _stands_for(inquiry: Inquiry, name: str, supposed: Hashable) -> bool | None:
    """Return whether a supposed value of a fact is the known one, or a number that stands for it."""
    seen = inquiry.fact(name)
    if seen.unknown is not None:
        return None
    if seen.value == supposed:
        return True
    domain = inquiry.domain(inquiry.terms.need(Fact, name))
    if not isinstance(supposed, float) or not isinstance(seen.value, int | float):
        return False
    place = domain.index(supposed)
    below, above = domain[place - 1 : place], domain[place + 1 : place + 2]
    lies_above = not below or (isinstance(below[0], float) and below[0] < seen.value)
    lies_below = not above or (isinstance(above[0], float) and seen.value < above[0])
    return place % 2 == 0 and lies_above and lies_below


# --------------------------------------------------------------------------------------------- ways


class Ways:
    """All the ways that a life can have gone; `complete` is false where there are too many to follow.

    It does not change: `take` and `pass_time` give another.
    """

    def __init__(self, lives: tuple[Life, ...], unknowns: dict[Hashable, Unknown], *, complete: bool = True) -> None:
        self.lives = lives
        self.unknowns = unknowns
        self.complete = complete

    def take(self, at: int, entries: Sequence[Entry]) -> Ways:
        """Return the ways after all entries of an instant."""
        ways = self._each(partial(Life.take, at=at, entries=entries))
        kept = tuple([life for life in ways.lives if life.learn()])
        return Ways(kept or ways.lives[:1], ways.unknowns, complete=ways.complete)

    def pass_time(self, at: int) -> Ways:
        """Return the ways when nothing happens up to an instant, which is included."""
        return self._each(partial(Life.pass_time, at=at))

    def _each(self, go: partial[None]) -> Ways:
        waiting = [*reversed(self.lives)]
        done: list[Life] = []
        unknowns, complete = dict(self.unknowns), self.complete
        while waiting:
            life = waiting.pop()
            trial = life.copy()
            try:
                go(trial)
                done.append(trial)
            except Undecided as stop:
                unknown = stop.unknown
                unknowns.setdefault(unknown.key, unknown)
                if len(done) + len(waiting) + len(unknown.domain) > MOST_LEAVES:
                    complete = False
                    continue
                ways = (unknown.filled(life.supposed, value) for value in reversed(unknown.domain))
                waiting.extend(life.copy(supposed) for supposed in ways)
        return Ways(tuple(done), unknowns, complete=complete)


def begun(book: Rulebook, created: int, where: tzinfo, entries: Sequence[Entry]) -> Life:
    """Return a life before its first entry; what is said at creation is known also of what comes before it."""
    life = Life(book, created, where)
    if entries and entries[0].number is not None:
        life.course.know(next(entry for entry in entries if entry.number is None))
    return life


def _by_instant(entries: Sequence[Entry], until: int) -> list[tuple[int, list[Entry]]]:
    """Return entries in order, those of each instant together; later ones are left out."""
    groups: list[tuple[int, list[Entry]]] = []
    last: int | None = None
    for entry in entries:
        t = entry.at
        if t > until:
            break
        if t == last:
            groups[-1][1].append(entry)
        else:
            groups.append((t, [entry]))
            last = t
    return groups


def live(book: Rulebook, created: int, where: tzinfo, entries: Sequence[Entry], at: int) -> Ways:
    """Return the ways of a ticket up to an instant; entries after it do not count."""
    groups = _by_instant(entries, at)
    single = begun(book, created, where, entries)
    try:
        take = single.course.take
        for t, group in groups:
            take(t, group)
        single.pass_time(at)
    except Undecided:
        ways = Ways((begun(book, created, where, entries),), {})
        for t, group in groups:
            ways = ways.take(t, group)
        return ways.pass_time(at)
    return Ways((single,), {})
