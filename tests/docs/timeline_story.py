"""What a timeline tells: an example of a page, evaluated at several instants, as plain data in microseconds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from attrs import frozen

from sla_dsl import Policy, loads
from sla_dsl.policy.examples.ticket import ExampleTicket, moment, ticket_of
from sla_dsl.policy.terms import Clock
from sla_dsl.worktime import from_micros, to_micros
from tests.docs.fragments import EXAMPLES, composed

if TYPE_CHECKING:
    from sla_dsl.policy.tickets.answers import ClockAnswer, StepAnswer, Warned
    from sla_dsl.policy.tickets.evaluation import Evaluation

Span = tuple[int, int]
LATE = {"breached": "breached", "missed": "missed", "aim_missed_no_breach": "aim missed"}
"""How a picture calls the verdicts of what was late."""


@frozen
class Mark:
    """An entry of the ticket; `listed` says how the evaluation calls one that no rule provides for."""

    at: int
    text: str
    listed: str = ""


@frozen
class Stay:
    """A status, from when to when."""

    start: int
    end: int
    name: str


@frozen
class Flag:
    """A due time: where it stands now, where it stood before a change, or the earliest it can be."""

    at: int
    kind: str
    text: str
    day: bool = False


@frozen
class Cycle:
    """A cycle of a clock: where its time went, by the ledger, and what came of it.

    `passed` are the steps of a cascade that came to an end in vain: when, which, and how late is called.
    """

    number: int
    bars: tuple[tuple[int, int, str], ...]
    started: int
    stopped: int | None
    voided: bool
    late_at: int | None
    verdict: str
    flags: tuple[Flag, ...]
    warnings: tuple[tuple[int, str], ...]
    passed: tuple[tuple[int, str, str], ...]
    used: int | None
    budget: int | None


@frozen
class Lane:
    """A clock, with its cycles in order."""

    name: str
    state: str
    verdict: str
    cycles: tuple[Cycle, ...]


@frozen
class Story:
    """A ticket from its first entry to what is still to come."""

    title: str
    zone: tzinfo
    start: int
    asked: int
    end: int
    marks: tuple[Mark, ...]
    stays: tuple[Stay, ...]
    lanes: tuple[Lane, ...]
    closed: tuple[Span, ...]
    holidays: tuple[Span, ...]


def told(text: str) -> Story:
    """The story of the last example in a piece of a policy: its clocks, or those it expects something of."""
    policy = loads(composed(text), folder=EXAMPLES)
    example = policy.document.examples[-1]
    policy = policy.reading(**example.readings).set(**{one.parameter: one.value for one in example.settings})
    ticket = ticket_of(policy, example)
    looks = [moment(policy, one.at) for one in example.expectations if one.at is not None]
    asked = max(to_micros(one) for one in (ticket.latest, *looks))
    look = _Look(policy, ticket, asked)
    names = re.findall(r"^clock (\w+)", text, re.MULTILINE) or _clocks(policy, [one.of for one in example.expectations])
    lanes = tuple(_lane(look, name) for name in names)
    marks = tuple(_marks(look))
    stays = tuple(_stays(look)) if re.search(r"^lifecycle|expect status", text, re.MULTILINE) else ()
    ends = [flag.at for lane in lanes for cycle in lane.cycles for flag in cycle.flags]
    warned = [at for lane in lanes for cycle in lane.cycles for at, _ in cycle.warnings]
    start, end = min(one.at for one in marks), max([asked, *ends, *warned])
    shut = list(_closed(policy, names, start, end + (end - start) // 20))
    closed, holidays = (
        tuple((a, b) for a, b, kind in shut if kind in of) for of in ({"closed", "holiday"}, {"holiday"})
    )
    return Story(example.title, look.zone, start, asked, end, marks, stays, lanes, closed, holidays)


@frozen
class _Look:
    """A ticket that is looked at again and again."""

    policy: Policy
    ticket: ExampleTicket
    asked: int

    def at(self, instant: int) -> Evaluation:
        return self.policy.evaluate(self.ticket.form, at=from_micros(instant, self.zone))

    @property
    def zone(self) -> tzinfo:
        """The zone of the policy, in which the example is written."""
        found = self.ticket.creation.tzinfo
        assert found is not None
        return found

    @property
    def changes(self) -> list[int]:
        """The instants at which something is recorded, after the creation and up to the last look."""
        found = {_at(one) for one in self.ticket.entries}
        return sorted(at for at in found if to_micros(self.ticket.creation) < at <= self.asked)


def _clocks(policy: Policy, names: Iterable[str]) -> list[str]:
    found = (policy.terms.named(Clock, name) for name in names)
    return list(dict.fromkeys(name for name in found if name is not None))


# ------------------------------------------------------------------------------------------- clocks


def _lane(look: _Look, name: str) -> Lane:
    last = [one for one in look.at(look.asked).clocks if one.clock == name]
    before = [one for at in look.changes for one in look.at(at - 1).clocks if one.clock == name]
    cycles = tuple(_cycle(one, [was for was in before if was.cycle == one.cycle]) for one in last if one.started)
    return Lane(name, str(last[-1].state), last[-1].verdict, cycles)


def _cycle(now: ClockAnswer, before: list[ClockAnswer]) -> Cycle:
    flags = list(_flags(now, before))
    shares = ((to_micros(one.at), _warned(one)) for one in now.warnings)
    assert now.started is not None
    bars = tuple((to_micros(line.start), to_micros(line.end), line.kind) for line in now.ledger)
    assert all(one[1] == other[0] for one, other in pairwise(bars)), "a ledger has no gaps"
    return Cycle(
        now.cycle,
        bars,
        to_micros(now.started),
        None if now.stopped is None else to_micros(now.stopped),
        now.state == "void",
        None if now.breached_at is None else to_micros(now.breached_at),
        now.verdict,
        tuple(flags),
        tuple(shares),
        tuple((to_micros(one.due), one.step, one.verdict) for one in now.steps if one.due and one.verdict in LATE),
        None if now.used_seconds is None else round(now.used_seconds * 1_000_000),
        None if now.budget_seconds is None else round(now.budget_seconds * 1_000_000),
    )


def _warned(one: Warned) -> str:
    if one.share is not None:
        return f"{one.share:g} %"
    hours, minutes = divmod(round(one.before_seconds or 0) // 60, 60)
    return f"{hours} h before due" if not minutes else f"{60 * hours + minutes} min before due"


def _flags(now: ClockAnswer, before: list[ClockAnswer]) -> Iterator[Flag]:
    if now.steps:
        yield from (_due(one, f"{one.step} due") for one in now.steps if one.due is not None)
        return
    stands = {one.at for one in _stated(now)}
    was = {flag.at: flag for one in before for flag in _stated(one, "was ") if flag.kind == "due"}
    yield from (Flag(at, "was", flag.text, flag.day) for at, flag in sorted(was.items()) if at not in stands)
    yield from _stated(now)


def _stated(now: ClockAnswer, was: str = "") -> Iterator[Flag]:
    if now.due is not None:
        yield _due(now, f"{was}due")
    elif now.bounds is not None and not now.missing:
        yield Flag(to_micros(now.bounds[0]), "bound", "not before")


def _due(one: ClockAnswer | StepAnswer, text: str) -> Flag:
    assert one.due is not None
    midnight = one.due_date is not None and (one.due.hour, one.due.minute) == (0, 0)
    return Flag(to_micros(one.due), "due", text, midnight)


# ------------------------------------------------------------------------------------------- ticket


def _marks(look: _Look) -> Iterator[Mark]:
    created = to_micros(look.ticket.creation)
    first = ", ".join(["opened", *_said({k: v for k, v in look.ticket.first.items() if k != "created"})])
    yield Mark(created, first)
    irregular = [(to_micros(one.at), dict(one.entry), one.why) for one in look.at(look.asked).irregular]
    for entry in look.ticket.entries:
        at = _at(entry)
        if at > look.asked:
            continue
        why = next((why for when, given, why in irregular if when == at and _same(given, entry)), None)
        listed = "" if why is None else "irregular" if "status" in entry else "refused"
        yield Mark(at, ", ".join(_said(entry)), listed)


def _at(entry: dict[str, Any]) -> int:
    return to_micros(entry["at"])


def _same(given: dict[str, Any], entry: dict[str, Any]) -> bool:
    return all(given.get(key) == entry.get(key) for key in ("event", "status"))


def _said(entry: dict[str, Any]) -> Iterator[str]:
    """What an entry says, in the words of the example."""
    for key, value in entry.items():
        if key == "event":
            yield str(value)
        elif key == "facts":
            yield from (name if one is True else f"{name} {_word(one)}" for name, one in value.items())
        elif key not in {"at", "due"}:
            yield f"{key} {_word(value)}"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _stays(look: _Look) -> Iterator[Stay]:
    """The statuses, found by looking just after each instant at which the ticket can have moved."""
    at, found = to_micros(look.ticket.creation), list[tuple[int, str]]()
    while at <= look.asked:
        status = look.at(at).status
        since = to_micros(status.since) if status.since is not None else at
        if not found or found[-1] != (since, status.name):
            found.append((since, str(status.name)))
        ahead = [to_micros(one.at) for one in status.next] + look.changes
        later = sorted(one for one in {*ahead, *(one + 1 for one in ahead)} if one > at)
        if not later:
            break
        at = later[0]
    edges = [start for start, _ in found[1:]] + [look.asked]
    stays = [Stay(start, end, name) for (start, name), end in zip(found, edges, strict=True)]
    yield from (stay for stay in stays if stay.start < stay.end or stay is stays[-1])


def _closed(policy: Policy, names: Iterable[str], a: int, b: int) -> Iterator[tuple[int, int, str]]:
    """When the calendar of the first clock that has one is closed."""
    measures = [one.calendar for name in names for one in policy.terms.need(Clock, name).measured]
    calendars = [found for one in measures if one is not None and (found := policy.calendar(one)) is not None]
    if calendars:
        yield from ((one.start, one.end, one.kind) for one in calendars[0].stretches(a, b) if one.kind != "open")
