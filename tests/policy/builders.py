"""Small builders of compiled documents: what the checker would make of a policy."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sla_dsl.policy import terms as t

HOUR = 3_600_000_000
MINUTE = HOUR // 60
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

WEEKDAYS = (0, 1, 2, 3, 4)


def at(text: str, zone: str = "Europe/Amsterdam") -> datetime:
    """The instant of a wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def cite(quote: str, line: int = 1, *supports: str) -> t.Citation:
    return t.Citation(source="vendor.txt", quote=quote, line=line, supports=supports)


def assume(text: str) -> t.Assumption:
    return t.Assumption(text=text)


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


def hours(
    *openings: t.Opening,
    zone: str | None = "Europe/Amsterdam",
    zone_parameter: str | None = None,
    holidays: str | None = None,
    years: tuple[int, int] = (2020, 2035),
    **more: object,
) -> t.Hours:
    ref = t.ZoneRef(parameter=zone_parameter) if zone_parameter else t.ZoneRef(name=zone) if zone else None
    closed = (t.DayRule(parameter=holidays, text=holidays),) if holidays else ()
    closed += more.pop("closed", ())  # pyright: ignore[reportOperatorIssue]
    return t.Hours(zone=ref, first_year=years[0], last_year=years[1], openings=openings, closed=closed, **more)  # pyright: ignore[reportArgumentType]


def calendar(name: str, made: t.Hours | t.Composed | t.ChosenBy, *cites: t.Citation) -> t.Calendar:
    return t.Calendar(id=name, label=name.title(), hours=made, cites=cites)


DESK = calendar("desk", hours(opening(WEEKDAYS, "08:30", "17:00")), cite("Working days 08:30 – 17:00", 51))
"""Monday to Friday 08:30 to 17:00 in Amsterdam, without holidays."""


def parameter(name: str, kind: t.TypeName, default: t.Value | None = None, **more: object) -> t.Parameter:
    return t.Parameter(id=name, type=t.Type(name=kind), default=default, **more)  # pyright: ignore[reportArgumentType]


def fact(name: str, kind: t.TypeName = "yes or no", default: t.Value | None = None, **more: object) -> t.Fact:
    choices = more.pop("choices", ())
    return t.Fact(id=name, type=t.Type(name=kind, choices=choices), default=default, **more)  # pyright: ignore[reportArgumentType]


def scale(name: str, *levels: str | t.Level, **more: object) -> t.Scale:
    made = tuple(level if isinstance(level, t.Level) else t.Level(id=level) for level in levels)
    return t.Scale(id=name, levels=made, **more)  # pyright: ignore[reportArgumentType]


PRIORITY = scale(
    "priority",
    t.Level(id="p1", labels=("1", "Critical")),
    t.Level(id="p2", labels=("2", "High")),
    t.Level(id="p3", labels=("3", "Normal")),
)


def when(test: t.AnyTest, text: str = "") -> t.Condition:
    return t.Condition(text=text or type(test).__name__, test=test)


def yes(name: str) -> t.Yes:
    return t.Yes(fact=name)


def is_level(scale: str, *levels: str) -> t.Among:
    return t.Among(subject=t.Subject(kind="level", name=scale), values=levels)


def more(name: str, comparison: t.Comparison, value: float) -> t.Compares:
    return t.Compares(fact=name, comparison=comparison, value=value)


def clock(name: str, measured: str = "desk", **more: object) -> t.Clock:
    return t.Clock(
        id=name,
        starts=(t.Trigger(when=when(t.Occurs(event="reported"))),),
        stops=(t.Trigger(when=when(t.Occurs(event="done"))),),
        measured=more.pop("measures", (t.Measure(calendar=measured),)),  # pyright: ignore[reportArgumentType]
        cites=(cite(f"{name} time", 61),),
        **more,  # pyright: ignore[reportArgumentType]
    )


def in_hours(hours: float, calendar: str = t.OWN_CALENDAR, *, high: float | None = None) -> t.Duration:
    low, last = round(hours * HOUR), round((hours if high is None else high) * HOUR)
    return t.Duration(text=f"{hours:g} hours", low=low, high=last, calendar=calendar)


def in_days(days: int, ending: str, calendar: str = "desk", **more: object) -> t.OpenDays:
    return t.OpenDays(
        text=f"{days} days", low=days, high=more.pop("high", days), calendar=calendar, ending=ending, **more
    )  # pyright: ignore[reportArgumentType]


def within(budget: t.AnyBudget, *, strict: bool = False, modality: t.Modality = "target") -> t.Committed:
    limit = t.Within(text=f"within {budget.text}", budget=budget, strict=strict)
    return t.Committed(modality=modality, limit=limit)


def target(clock: str, promise: t.AnyPromise, level: str | None = None, **more: object) -> t.Target:
    name = more.pop("id", f"{clock}/{level}" if level else clock)
    levels = more.pop("levels", {"priority": level} if level else {})
    return t.Target(id=name, clock=clock, levels=levels, promise=promise, **more)  # pyright: ignore[reportArgumentType]


def reading(name: str, *declarations: t.AnyDeclaration, **more: object) -> t.Reading:
    return t.Reading(id=name, declarations=declarations, **more)  # pyright: ignore[reportArgumentType]


def ambiguity(name: str, chosen: str, *readings: t.Reading, **more: object) -> t.Ambiguity:
    return t.Ambiguity(id=name, label=f"{name}?", readings=readings, chosen=chosen, because=f"{chosen} it is.", **more)  # pyright: ignore[reportArgumentType]


def policy(*declarations: t.AnyDeclaration, **more: object) -> t.Document:
    made = {"created": "reported", "targets_scale": "priority", "kind": "policy", "id": "vendor", **more}
    events = (t.Event(id="reported"), t.Event(id="done")) if made["kind"] == "policy" else ()
    declared = (*events, *declarations)
    return t.Document(
        format=1,
        language=1,
        declarations=declared,
        pinned=t.Pinned(holidays_version="0", tzdata_version="0"),
        **made,  # pyright: ignore[reportArgumentType]
    )


def annex(name: str, *declarations: t.AnyDeclaration, **more: object) -> t.Document:
    return policy(*declarations, kind="annex", id=name, amends="vendor", created=None, targets_scale=None, **more)
