"""The ledger of a cycle: where its time went, from its start to the instant asked about (H6)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from sla_dsl.policy.tickets.answers import LedgerLine
from sla_dsl.policy.tickets.holding import Hold, united
from sla_dsl.policy.tickets.parts import Part
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.tickets.answers import LedgerKind
    from sla_dsl.policy.tickets.cycle_asked import CycleAsked
    from sla_dsl.policy.tickets.cycle_view import CycleView


@frozen
class Piece:
    """A span of instants of one kind, and why: the calendar, the name of a holiday, what held the clock.

    Where the clock was over, `hold` is None.
    """

    start: int
    end: int
    kind: LedgerKind
    calendar: Openness | None = None
    name: str | None = None
    hold: Hold | None = None

    @property
    def compared(self) -> tuple[int, int, LedgerKind]:
        """What must be equal in two ways of a life for their ledgers to be the same."""
        return self.start, self.end, self.kind

    def zone(self) -> tzinfo | None:
        """The zone of the calendar that was counted in."""
        return None if self.calendar is None or self.calendar.exact is None else self.calendar.exact.zone


@frozen(slots=False, eq=False)
class Line(Part):
    """A line of a ledger, as it is in each way of a life. Called, it gives its reasons."""

    ways: tuple[tuple[CycleView, Piece], ...]

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the line."""
        from sla_dsl.policy.reasons.ledger import explain_line

        return explain_line(self)


def ledger(asked: CycleAsked) -> tuple[LedgerLine, ...]:
    """Return where the time of a cycle went, line by line, without gaps (H6).

    There is none where the calendar is not exactly known, because what is closed cannot be told from what counts, and
    none where the ways of a life differ in it.

    Example: `[(line.start, line.end, line.kind) for line in clock.ledger]`.
    """
    settled = asked.error is None and asked.ways.complete and not asked.not_computed
    if not settled or not asked.views or len(asked.views) < len(asked.leaves):
        return ()
    found = [pieces(view) for view in asked.views]
    edges = {one.start for way in found for one in way or ()}
    ways = [None if way is None else _cut(way, edges) for way in found]
    first = ways[0]
    if any([one.compared for one in way or ()] != [one.compared for one in first or ()] for way in ways):
        return ()
    if first is None or None in ways:
        return ()
    return tuple(
        _line(asked, tuple((view, way[number]) for view, way in zip(asked.views, ways, strict=True) if way))
        for number in range(len(first))
    )


def _cut(way: tuple[Piece, ...], edges: set[int]) -> tuple[Piece, ...]:
    """Return the pieces of one way, cut also where those of another way are."""
    if edges == {one.start for one in way}:
        return way
    cut: list[Piece] = []
    for one in way:
        points = [one.start, *sorted(edge for edge in edges if one.start < edge < one.end), one.end]
        cut += [evolve(one, start=a, end=b) for a, b in pairwise(points)]
    return tuple(cut)


def _line(asked: CycleAsked, ways: tuple[tuple[CycleView, Piece], ...]) -> LedgerLine:
    view, piece = ways[0]
    where = piece.zone() or view.zone or asked.where
    return LedgerLine(from_micros(piece.start, where), from_micros(piece.end, where), piece.kind, Line(asked, ways))


def pieces(view: CycleView) -> tuple[Piece, ...] | None:
    """Return where the time of a cycle went in one way of a life, None where a calendar is not exactly known."""
    cycle, now = view.cycle, view.now
    holds = united(cycle.holds)
    found: list[Piece] = []
    for span in cycle.spans(now):
        if span.start < span.end and span.calendar is not None and span.calendar.exact is None:
            return None
        for start, end, hold in _segments(holds, span.start, span.end):
            found.extend(_told(start, end, hold, span.calendar))
    if cycle.end(now) < now:
        found.append(Piece(cycle.end(now), now, "after stop"))
    return tuple(_joined(found))


def _segments(holds: Iterable[Hold], a: int, b: int) -> Iterator[tuple[int, int, Hold | None]]:
    """Yield the spans between two instants, with what holds the clock in each."""
    at = a
    for hold in holds:
        start, end = max(hold.start, at), b if hold.end is None else min(hold.end, b)
        if start < end:
            if at < start:
                yield at, start, None
            yield start, end, hold
            at = end
    if at < b:
        yield at, b, None


def _told(start: int, end: int, hold: Hold | None, calendar: Openness | None) -> Iterator[Piece]:
    """Yield the pieces of a span in which the clock was held by one thing, or by nothing."""
    if hold is not None and hold.kind == "after stop":
        yield Piece(start, end, "after stop", hold=hold)
        return
    kind: LedgerKind = "counted" if hold is None else "paused"
    exact = None if calendar is None else calendar.exact
    if exact is None:
        yield Piece(start, end, kind, calendar, hold=hold)
        return
    for one in exact.stretches(start, end):
        if one.kind == "open":
            yield Piece(one.start, one.end, kind, calendar, hold=hold)
        else:
            yield Piece(one.start, one.end, one.kind, calendar, one.name)


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces, neighbours of one kind for one reason together."""
    last: Piece | None = None
    for piece in found:
        if last is not None and evolve(piece, start=last.start, end=last.end) == last:
            last = evolve(last, end=piece.end)
        else:
            if last is not None:
                yield last
            last = piece
    if last is not None:
        yield last
