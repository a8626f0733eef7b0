"""Small builders of compiled documents: what the checker would make of a policy."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from sla_dsl.policy import terms as t
from sla_dsl.policy.executable import Executable

HOUR = 3_600_000_000
MINUTE = HOUR // 60
WEEKDAYS = (0, 1, 2, 3, 4)


def at(text: str, zone: str = "Europe/Amsterdam", fold: int = 0) -> datetime:
    """The instant of a wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


# ------------------------------------------------------------------------------------------- evidence


def cite(quote: str, line: int = 1, *supports: str) -> t.Citation:
    return t.Citation(source="vendor.txt", quote=quote, line=line, supports=supports)


def assume(text: str) -> t.Assumption:
    return t.Assumption(text=text)


# ------------------------------------------------------------------------------------------ calendars


def window(start: str, end: str) -> t.Window:
    def seconds(text: str) -> int:
        hours, minutes = text.split(":")
        return int(hours) * 3600 + int(minutes) * 60

    return t.Window(start=seconds(start), end=seconds(end))


def opening(days: tuple[int, ...], start: str, end: str) -> t.Opening:
    return t.Opening(days=days, windows=(window(start, end),))


def span(first: str, last: str | None = None) -> t.DateSpan:
    return t.DateSpan(first=first, last=last or first)


def dates(*days: str) -> t.Dates:
    return t.Dates(spans=tuple(span(day) for day in days))


def holidays(*days: str) -> t.HolidayList:
    return t.HolidayList(dates=dates(*days) if days else None)


def closed_on(parameter: str) -> t.DayRule:
    return t.DayRule(parameter=parameter, text=parameter)


def hours(
    *openings: t.Opening, zone: str | None = "Europe/Amsterdam", zone_parameter: str | None = None, **more: Any
) -> t.Hours:
    ref = t.ZoneRef(parameter=zone_parameter) if zone_parameter else t.ZoneRef(name=zone) if zone else None
    return t.Hours(zone=ref, openings=openings, **{"first_year": 2020, "last_year": 2035, **more})


def calendar(name: str, made: t.Hours | t.Composed | t.ChosenBy, *cites: t.Citation, **more: Any) -> t.Calendar:
    return t.Calendar(id=name, label=name.title(), hours=made, cites=cites, **more)


OFFICE = opening(WEEKDAYS, "08:30", "17:00")
DESK = calendar("desk", hours(OFFICE), cite("Working days 08:30 – 17:00", 51))
"""Monday to Friday 08:30 to 17:00 in Amsterdam, without holidays."""
OPEN_DESK = calendar("desk", hours(OFFICE, zone_parameter="zone", closed=(closed_on("holidays"),)))
"""The same, whose zone and holidays are parameters."""

# -------------------------------------------------------------------------------------- classification


def parameter(name: str, kind: t.TypeName, default: t.Value | None = None, **more: Any) -> t.Parameter:
    return t.Parameter(id=name, type=t.Type(name=kind), default=default, **more)


def fact(
    name: str,
    kind: t.TypeName = "yes or no",
    default: t.Value | None = None,
    choices: tuple[str, ...] = (),
    **more: Any,
) -> t.Fact:
    return t.Fact(id=name, type=t.Type(name=kind, choices=choices), default=default, **more)


def scale(name: str, *levels: str | t.Level, **more: Any) -> t.Scale:
    made = tuple(level if isinstance(level, t.Level) else t.Level(id=level) for level in levels)
    return t.Scale(id=name, levels=made, **more)


PRIORITY = scale(
    "priority",
    t.Level(id="p1", labels=("1", "Critical")),
    t.Level(id="p2", labels=("2", "High")),
    t.Level(id="p3", labels=("3", "Normal")),
)


def level(name: str, test: t.AnyTest | None = None, **more: Any) -> t.Level:
    return t.Level(id=name, when=None if test is None else when(test), **more)


# ------------------------------------------------------------------------------------------ conditions


def when(test: t.AnyTest, text: str = "") -> t.Condition:
    return t.Condition(text=text or type(test).__name__.lower(), test=test)


def yes(name: str) -> t.Yes:
    return t.Yes(fact=name)


def no(name: str) -> t.Not:
    return t.Not(part=yes(name))


def every(*parts: t.AnyTest) -> t.All:
    return t.All(parts=parts)


def some(*parts: t.AnyTest) -> t.Some:
    return t.Some(parts=parts)


def is_level(scale: str, *levels: str) -> t.Among:
    return t.Among(subject=t.Subject(kind="level", name=scale), values=levels)


def number(name: str, comparison: t.Comparison, value: float) -> t.Compares:
    return t.Compares(fact=name, comparison=comparison, value=value)


# -------------------------------------------------------------------------------------------- promises


def clock(name: str, measured: str | tuple[t.Measure, ...] = "desk", **more: Any) -> t.Clock:
    parts: dict[str, Any] = {
        "starts": (t.Trigger(when=when(t.Occurs(event="reported"))),),
        "stops": (t.Trigger(when=when(t.Occurs(event="done"))),),
        "measured": (t.Measure(calendar=measured),) if isinstance(measured, str) else measured,
        "cites": (cite(f"{name} time", 61),),
        **more,
    }
    return t.Clock(id=name, **parts)


def in_hours(amount: float, calendar: str = t.OWN_CALENDAR, *, high: float | None = None) -> t.Duration:
    low, last = round(amount * HOUR), round((amount if high is None else high) * HOUR)
    return t.Duration(text=f"{amount:g} hours", low=low, high=last, calendar=calendar)


def in_days(days: int, ending: Any, calendar: str = "desk", *, high: int | None = None, **more: Any) -> t.OpenDays:
    return t.OpenDays(text=f"{days} days", low=days, high=high or days, calendar=calendar, ending=ending, **more)


def period(count: int, unit: Any = "day", *, high: int | None = None, **more: Any) -> t.CalendarPeriod:
    return t.CalendarPeriod(text=f"{count} {unit}s", low=count, high=high or count, unit=unit, **more)


def limit(budget: t.AnyBudget, *, strict: bool = False) -> t.Within:
    return t.Within(text=f"within {budget.text}", budget=budget, strict=strict)


def within(budget: t.AnyBudget, *, strict: bool = False, modality: t.Modality = "target") -> t.Committed:
    return t.Committed(modality=modality, limit=limit(budget, strict=strict))


def target(clock: str, promise: t.AnyPromise, level: str | None = None, **more: Any) -> t.Target:
    parts: dict[str, Any] = {
        "id": f"{clock}/{level}" if level else clock,
        "levels": {"priority": level} if level else {},
        **more,
    }
    return t.Target(clock=clock, promise=promise, **parts)


# ------------------------------------------------------------------------------------------- documents


def reading(name: str, *declarations: t.AnyDeclaration, **more: Any) -> t.Reading:
    return t.Reading(id=name, declarations=declarations, **more)


def ambiguity(name: str, *readings: t.Reading, **more: Any) -> t.Ambiguity:
    parts: dict[str, Any] = {
        "label": f"{name}?",
        "chosen": readings[0].id,
        "because": f"{readings[0].id} it is.",
        "cites": (cite(f"about {name}", 9),),
        **more,
    }
    return t.Ambiguity(id=name, readings=readings, **parts)


def policy(*declarations: t.AnyDeclaration, **more: Any) -> t.Document:
    parts: dict[str, Any] = {
        "kind": "policy",
        "id": "vendor",
        "created": "reported",
        "targets_scale": "priority",
        "declarations": (t.Event(id="reported"), t.Event(id="done"), *declarations),
        **more,
    }
    return t.Document(format=1, language=1, pinned=t.Pinned(holidays_version="0", tzdata_version="0"), **parts)


def annex(name: str, *declarations: t.AnyDeclaration, **more: Any) -> t.Document:
    amended = {"amends": "vendor", **more}
    return replace(
        policy(), kind="annex", id=name, created=None, targets_scale=None, declarations=declarations, **amended
    )


def ask(*declarations: t.AnyDeclaration, **more: Any) -> Executable:
    """A policy with these declarations, a priority scale and the desk, unless they declare their own."""
    own = {one.key for one in declarations}
    usual = [one for one in (DESK, PRIORITY) if one.key not in own]
    return Executable(policy(*usual, *declarations, **more))


def due_text(executable: Executable, created: str, clock: str = "response", **more: Any) -> str | None:
    """The due instant for a wall time in Amsterdam, without seconds and offset."""
    due = executable.due(clock, created=at(created), **more)
    return None if due.at is None else due.at.strftime("%a %m-%d %H:%M")
