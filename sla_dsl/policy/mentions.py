"""Which other declarations a declaration names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.terms import (
    ELAPSED,
    OWN_CALENDAR,
    Among,
    Availability,
    Becomes,
    Before,
    ByEndOf,
    CalendarPeriod,
    Cascade,
    ChosenBy,
    Clock,
    Compares,
    Composed,
    DayRule,
    Distance,
    Duration,
    During,
    Duty,
    Ending,
    Escalation,
    MaintenanceWindow,
    Matrix,
    Measure,
    Measurement,
    Moment,
    Occurs,
    OnDay,
    OpenDays,
    Precedes,
    Reclassification,
    Scale,
    Service,
    Status,
    Subject,
    SupportLine,
    Target,
    Transition,
    Type,
    Yes,
    ZoneRef,
)

if TYPE_CHECKING:
    from sla_dsl.policy.terms import AnyDeclaration, Term

_EVERY = "*"
_CALENDAR = ("calendar", "parameter")
_MOMENT = ("fact", "event")
_OF_SUBJECT = {
    "fact": ("fact",),
    "level": ("scale",),
    "status": ("status",),
    "clock": ("clock",),
}


_OF_THE_TICKET = frozenset({"priority", "channel", "caller"})
"""What can change of any ticket, whatever is declared."""


@frozen
class Mention:
    """A name, and the kinds of declaration that it may be one of; or a level, and its scale."""

    name: str
    kinds: tuple[str, ...] = ()
    scale: str | None = None

    @property
    def what(self) -> str:
        """What is named, in words."""
        return f"level of `{self.scale}`" if self.scale is not None else self.kinds[0].replace("_", " ")


def mentions(declaration: AnyDeclaration, inside: Iterable[Term]) -> Iterator[Mention]:
    """Yield the names of other declarations, and of levels, that a declaration with these terms inside uses."""
    for term in inside:
        yield from _of_condition(term)
        yield from _of_promise(term)
        yield from _of_part(term)
    yield from _of_declaration(declaration)


def _named(kinds: tuple[str, ...], names: Iterable[str | None]) -> Iterator[Mention]:
    return (Mention(name, kinds) for name in names if name and name != _EVERY)


def _levels(scale: str, levels: Iterable[str | None]) -> Iterator[Mention]:
    return (Mention(level, (), scale) for level in levels if level)


def _calendars(*names: str | None) -> Iterator[Mention]:
    return _named(_CALENDAR, (name for name in names if name not in (ELAPSED, OWN_CALENDAR)))


def _of_condition(term: Term) -> Iterator[Mention]:
    match term:
        case Subject(kind=kind, name=name):
            yield from _named(_OF_SUBJECT.get(kind, ()), (name,) if kind in _OF_SUBJECT else ())
        case Among(subject=Subject(kind="level", name=scale), values=values):
            yield from _levels(scale, values)
        case Among(subject=Subject(kind="channel"), values=values):
            yield from _named(("channel",), values)
        case Among(subject=Subject(kind="caller"), values=values):
            yield from _named(("party",), values)
        case Among(subject=Subject(kind="status"), values=values) | Becomes(statuses=values):
            yield from _named(("status",), values)
        case Yes(fact=fact) | Compares(fact=fact):
            yield from _named(("fact",), (fact,))
        case Distance(later=later, earlier=earlier) | Precedes(later=later, earlier=earlier):
            yield from _named(_MOMENT, (later, earlier))
        case During(calendar=calendar, subject=subject) | OnDay(calendar=calendar, subject=subject):
            yield from _calendars(calendar)
            yield from _named(_MOMENT, (subject,))
        case Occurs(event=event):
            yield from _named(("event",), (event,))
        case _:
            return


def _of_promise(term: Term) -> Iterator[Mention]:
    match term:
        case Duration(calendar=calendar):
            yield from _calendars(calendar)
        case OpenDays(calendar=calendar, rolled_to=rolled_to):
            yield from _calendars(calendar, rolled_to)
        case CalendarPeriod(rolled_to=rolled_to):
            yield from _calendars(rolled_to)
        case Before(event=event):
            yield from _named(_MOMENT, (event,))
        case ByEndOf(fact=fact):
            yield from _named(("fact",), (fact,))
        case _:
            return


def _of_part(term: Term) -> Iterator[Mention]:
    match term:
        case ZoneRef(parameter=parameter) | DayRule(parameter=parameter):
            yield from _named(("parameter",), (parameter,))
        case Type(scale=scale):
            yield from _named(("scale",), (scale,))
        case Composed(parts=parts):
            yield from _calendars(*parts)
        case ChosenBy(scale=scale, calendars=calendars):
            yield from _named(("scale",), (scale,))
            yield from _levels(scale, calendars)
            yield from _calendars(*calendars.values())
        case Measure(calendar=calendar) | MaintenanceWindow(calendar=calendar):
            yield from _calendars(calendar)
        case Availability(during=during, outside=outside):
            yield from _calendars(during, outside)
        case Moment(within_calendar=within, after_calendar=after, without=without, of=of):
            yield from _calendars(within, after)
            yield from _named(("event",), (*without, of))
        case Ending(clocks=clocks):
            yield from _named(("clock",), clocks)
        case Measurement(of=clocks, calendar=calendar):
            yield from _named(("clock",), clocks)
            yield from _calendars(calendar)
        case Escalation(to=to):
            yield from _named(("support_line", "party"), (to,))
        case _:
            return


def _of_declaration(declaration: AnyDeclaration) -> Iterator[Mention]:
    match declaration:
        case Target(clock=clock, levels=levels) | Cascade(clock=clock, levels=levels):
            yield from _named(("clock",), (clock,))
            for scale, level in levels.items():
                yield from _levels(scale, (level,))
            if isinstance(declaration, Target):
                yield from _calendars(declaration.calendar)
        case Clock(changes=changes, agreed=agreed):
            yield from _named(("scale", "fact"), (change.of for change in changes if change.of not in _OF_THE_TICKET))
            yield from _named(("event",), (agreed,))
        case Matrix(id=scale, rows=rows, columns=columns, cells=cells):
            yield from _named(("scale",), (scale, rows, columns))
            yield from _levels(rows, (cell.row for cell in cells))
            yield from _levels(columns, (cell.column for cell in cells))
            yield from _levels(scale, (cell.gives for cell in cells))
        case Scale(id=scale, default=default):
            yield from _levels(scale, (default,))
        case _:
            yield from _of_organisation(declaration)


def _of_organisation(declaration: AnyDeclaration) -> Iterator[Mention]:
    match declaration:
        case Reclassification(scale=scale, sources=sources, to=to):
            yield from _levels(scale, (*sources, *to))
        case Status(pauses=pauses, stops=stops, runs=runs):
            yield from _named(("clock",), (*pauses, *stops, *runs))
        case Transition(sources=sources, to=to, by=by):
            yield from _named(("status",), (*sources, to))
            yield from _named(("party",), by)
        case Service(channels=channels):
            yield from _named(("channel",), channels)
        case Duty(party=party, to=to):
            yield from _named(("party",), (*party, *to))
        case SupportLine(provided_by=by, requested_by=requested, channels=channels):
            yield from _named(("party",), (*by, *requested))
            yield from _named(("channel",), channels)
        case _:
            return
