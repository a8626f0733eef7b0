"""The same ticket asked again: under another reading, or after a move that might have turned late into in time (H3).

Moves are a fixed list: the stopping event earlier, another priority, another channel, reported earlier. Of each kind
the smallest that helps is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from attrs import evolve, frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.terms import Calendar, Channel
from sla_dsl.policy.tickets.answers import InTime, WouldChange
from sla_dsl.policy.tickets.ticket import Ticket
from sla_dsl.policy.tickets.turning import edges
from sla_dsl.policy.vocabulary import PRIORITY
from sla_dsl.worktime import delta_to_micros, from_micros, to_micros
from sla_dsl.worktime.units import DAY, SECOND

if TYPE_CHECKING:
    from datetime import datetime

    from sla_dsl.policy.answers import Json
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.tickets.answers import ClockAnswer, Move
    from sla_dsl.policy.tickets.evaluation import Evaluation

_LATE = ("missed", "breached", "aim_missed_no_breach")
_UNCOMPARED = ("because", "digest", "readings", "assumptions", "would_change", "in_time_if")
_FARTHEST = 7 * DAY
"""So far back an earlier report is tried."""


@frozen(eq=False)
class Again:
    """A ticket, its policy, and the instant asked about: what is needed to ask again."""

    policy: Executable
    ticket: Ticket | Mapping[str, object]
    at: datetime

    @property
    def data(self) -> Json:
        """The ticket in its form."""
        return self.ticket.data() if isinstance(self.ticket, Ticket) else dict(self.ticket)

    def asked(self, **changed: object) -> Evaluation:
        """Return the evaluation of the ticket with other values. Raises as `evaluate` does."""
        return self.policy.evaluate({**self.data, **changed}, at=self.at)


# ---------------------------------------------------------------------------------------- readings


def would_change(again: Again, found: Evaluation) -> tuple[WouldChange, ...]:
    """Return what each other reading of the ambiguities at hand would change, one at a time (H3).

    `answers` has the value under the other reading by JSON pointer, for everything that would differ but reasons and
    what the answer rests on; of a list that is longer or shorter then, the whole list.
    """
    now = again.asked().to_dict()
    changes: list[WouldChange] = []
    for name, chosen in found.readings.items():
        ambiguity = again.policy.terms.chosen[name].ambiguity
        for reading in ambiguity.readings:
            if reading.id != chosen:
                under = evolve(again, policy=again.policy.reading(**{name: reading.id}))
                changes.append(WouldChange(name, reading.id, _differing(now, under)))
    return tuple(changes)


def _differing(now: Json, under: Again) -> dict[str, object]:
    try:
        then = under.asked().to_dict()
    except SlaError as error:  # the other reading does not know something that the ticket says
        return {"": str(error)}
    return dict(_differences(_bare(now), _bare(then), ""))


def _bare(value: object) -> object:
    """Return plain data without what is not compared."""
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in cast("Json", value).items() if key not in _UNCOMPARED}
    return [_bare(one) for one in cast("list[object]", value)] if isinstance(value, list) else value


def _differences(now: object, then: object, pointer: str) -> Iterator[tuple[str, object]]:
    if isinstance(now, dict) and isinstance(then, dict):
        old, new = cast("Json", now), cast("Json", then)
        for key in {**old, **new}:
            yield from _differences(
                old.get(key), new.get(key), f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            )
    elif (
        isinstance(now, list)
        and isinstance(then, list)
        and len(cast("list[object]", now)) == len(cast("list[object]", then))
    ):
        pairs = zip(cast("list[object]", now), cast("list[object]", then), strict=True)
        for number, (old_one, new_one) in enumerate(pairs):
            yield from _differences(old_one, new_one, f"{pointer}/{number}")
    elif now != then:
        yield pointer, then


# ------------------------------------------------------------------------------------------- moves


def with_moves(again: Again, clocks: tuple[ClockAnswer, ...]) -> tuple[ClockAnswer, ...]:
    """Return the clocks, each that is late with the smallest moves that would have turned it into in time."""
    if not any(clock.verdict in _LATE for clock in clocks):
        return tuple(evolve(clock, in_time_if=()) for clock in clocks)
    others = _Others(again)
    return tuple(
        evolve(clock, in_time_if=tuple(_moves(again, others, clock)) if clock.verdict in _LATE else ())
        for clock in clocks
    )


class _Others:
    """Evaluations of a ticket after other moves, each made once for all of its clocks."""

    def __init__(self, again: Again) -> None:
        self.priorities = tuple(_other_priorities(again))
        self.channels = tuple(_other_channels(again))
        self.reports = tuple(_earlier_reports(again))


def _moves(again: Again, others: _Others, clock: ClockAnswer) -> Iterator[InTime]:
    if clock.due is not None:
        late = to_micros(clock.stopped or again.at) - to_micros(clock.due)
        least = timedelta(microseconds=late + (1 if clock.strict else 0))
        yield InTime("stop_earlier", clock.due, _seconds(least), None, clock.explain)
    tries: tuple[tuple[Move, tuple[tuple[str, Evaluation], ...]], ...] = (
        ("priority", others.priorities),
        ("channel", others.channels),
    )
    for move, tried in tries:
        for to, evaluation in tried:
            helped = _same(evaluation, clock)
            if helped is not None and helped.verdict in ("met", "open"):
                yield InTime(move, helped.due, None, to, helped.explain)
                break
    for earlier, evaluation in others.reports:
        helped = _same(evaluation, clock)
        if helped is not None and helped.verdict in ("met", "open"):
            yield InTime("reported_earlier", helped.due, _seconds(earlier), None, helped.explain)
            break


def _same(evaluation: Evaluation, clock: ClockAnswer) -> ClockAnswer | None:
    cycles = (one for one in evaluation.clocks if (one.clock, one.cycle) == (clock.clock, clock.cycle))
    return next(cycles, None)


def _seconds(length: timedelta) -> float:
    seconds = length.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds


def _other_priorities(again: Again) -> Iterator[tuple[str, Evaluation]]:
    """Yield the ticket with each other priority from its creation on, the nearest first."""
    terms = again.policy.terms
    scale = terms.targets_scale
    if scale is None:
        return
    levels = [level.id for level in terms.scales[scale].levels]
    own = again.asked().priority.level
    place = levels.index(own) if own in levels else 0
    events = [
        _without(entry, scale, again) for entry in cast("list[Mapping[str, object]]", again.data.get("events", ()))
    ]
    first = {key: None for key in again.data if terms.scale_named(key) == scale}
    for level in sorted(levels, key=lambda level: abs(levels.index(level) - place)):
        if level != own:
            yield from _tried(again, level, **{**first, PRIORITY: level, "events": events})


def _without(entry: Mapping[str, object], scale: str, again: Again) -> Json:
    return {key: value for key, value in entry.items() if again.policy.terms.scale_named(key) != scale}


def _other_channels(again: Again) -> Iterator[tuple[str, Evaluation]]:
    """Yield the ticket through each other channel from its creation on."""
    for channel in again.policy.terms.all(Channel):
        if channel.id != again.data.get("channel"):
            yield from _tried(again, channel.id, channel=channel.id)


def _earlier_reports(again: Again) -> Iterator[tuple[timedelta, Evaluation]]:
    """Yield the ticket as if created earlier, a second before each edge of a calendar, the latest first.

    Between two edges a later report is never due earlier; so the last second before each is the best of its stretch.
    """
    created = again.data["created"]
    at = Ticket(created=cast("str", created)).created
    start = to_micros(at)
    found: set[int] = set()
    for calendar in again.policy.terms.all(Calendar):
        known = again.policy.calendar(calendar.id)
        if known is not None:
            for by_day in (False, True):
                found.update(edges(known, start - _FARTHEST, start, by_day=by_day))
    for edge in sorted(found, reverse=True):
        earlier = from_micros(edge - SECOND, at.tzinfo) if at.tzinfo is not None else at
        for _, evaluation in _tried(again, "", created=earlier):
            yield timedelta(microseconds=delta_to_micros(at - earlier)), evaluation


def _tried(again: Again, to: str, **changed: object) -> Iterator[tuple[str, Evaluation]]:
    try:
        yield to, again.asked(**changed)
    except SlaError:  # a ticket that the policy cannot follow helps nobody
        return
