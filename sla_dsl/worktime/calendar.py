"""`Calendar`: business hours for Python programs, with datetimes in and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, cast

from attrs import field, frozen

from sla_dsl.nearest import nearest
from sla_dsl.worktime.errors import BadArgument, BadInstant, NaiveDatetime, NoOpenTime
from sla_dsl.worktime.hours import Window, week
from sla_dsl.worktime.instants import FINER
from sla_dsl.worktime.recipe import Leaf, Recipe
from sla_dsl.worktime.timetable import Timetable, timetable
from sla_dsl.worktime.zones import zone

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sla_dsl.worktime.arrays import Answers, Instants, Lengths

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

TimeOfDay = str | time
Windows = Iterable[tuple[TimeOfDay, TimeOfDay] | list[TimeOfDay]]
Day = date | str


@frozen(init=False, repr=False)
class Calendar:
    """Business hours in a timezone, over declared years, both inclusive (T1, T2, T7, T8).

    `weekly` gives windows by weekday, `mon` to `sun`; a window that ends before it starts runs overnight and
    belongs to the date on which it starts, and `24:00` is an end. Dates in `closed` have no hours; those in
    `hours_on` have these hours instead of the week's. Dates may be ISO texts, so that the arguments can be JSON.

    Datetimes must be aware, of any zone; answers are in the calendar's zone. A question or an answer outside the
    years raises `OutsideYears`; a naive datetime `NaiveDatetime`; arguments that make no calendar a `RecipeError`.
    Calendars are equal if their arguments mean the same; they can be hashed, pickled, and shared by threads.

    >>> desk = Calendar(timezone="Europe/Amsterdam", weekly={"fri": [("08:30", "17:00")]}, years=(2026, 2027))
    >>> friday = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
    >>> print(desk.add(friday, timedelta(hours=2)))
    2026-03-13 09:30:00+01:00
    """

    timetable: Timetable
    _zone: tzinfo = field(eq=False)

    def __init__(
        self,
        *,
        timezone: str,
        weekly: Mapping[str, Windows] | None = None,
        closed: Iterable[Day] = (),
        hours_on: Mapping[Day, Windows] | None = None,
        years: tuple[int, int] | list[int] = (2015, 2035),
    ) -> None:
        first_year, last_year = _read_years(years)
        recipe = Leaf(
            zone=_read_text("timezone", timezone),
            first_year=first_year,
            last_year=last_year,
            weekly=week(_read_weekly(weekly or {})),
            closed=_read_closed(closed),
            hours_on=_read_hours_on(hours_on or {}),
        )
        if not any(recipe.weekly) and not any(windows for _, windows in recipe.hours_on):
            raise NoOpenTime(first_year, last_year)
        _hold(self, recipe)

    @classmethod
    def of(cls, recipe: Recipe) -> Calendar:
        """Return the calendar of a recipe, such as one of a policy; also of compositions."""
        calendar = cls.__new__(cls)
        _hold(calendar, recipe)
        return calendar

    def __reduce__(self) -> tuple[object, ...]:
        return Calendar.of, (self.timetable.recipe,)

    def __repr__(self) -> str:
        recipe = self.timetable.recipe
        return f"<Calendar in {recipe.zone}, {recipe.first_year} to {recipe.last_year}>"

    def is_open(self, t: datetime) -> bool:
        """Say whether an instant is open (T1)."""
        return self.timetable.is_open(_micros(t))

    def add(self, t: datetime, length: timedelta) -> datetime:
        """Return the earliest instant at which `length` open time has passed since `t` (T4).

        A negative length gives the latest instant from which that much is open until `t` (T10). Nanoseconds, which
        datetimes and lengths of pandas can have, are refused (T3).
        """
        if length.__class__ is not timedelta and getattr(length, "nanoseconds", 0):
            raise BadArgument("length", repr(length), FINER.removeprefix("it "))
        try:
            micros = (length.days * 86_400 + length.seconds) * 1_000_000 + length.microseconds
        except AttributeError:
            raise BadArgument("length", repr(length), "must be a timedelta") from None
        return self._datetime(self.timetable.add(_micros(t), micros))

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Return the open time from `a` to `b`; negative where `b` is the earlier (T10)."""
        return self.timetable.between(_micros(a), _micros(b)) * _MICROSECOND

    def next_open(self, t: datetime) -> datetime:
        """Return `t` when it is open, else the next opening (T10)."""
        return self._datetime(self.timetable.next_open(_micros(t)))

    def next_close(self, t: datetime) -> datetime:
        """Return the end of the stretch that is open at `t`, else of the next one (T10)."""
        return self._datetime(self.timetable.next_close(_micros(t)))

    def add_many(self, t: Instants, length: Lengths) -> NDArray[np.datetime64]:
        """Return `add` for each row of arrays of `datetime64[us]` in UTC and `timedelta64[us]`, NaT for NaT.

        Arrays of other units are converted, exactly or not at all; columns of Arrow (anything with
        `__arrow_c_stream__`) are read as they are, and one of the two may be a single value. Needs the extra
        `batch`, else raises `MissingExtra`. `OutsideYears` names the first row outside the years; `BadArray` says
        what is wrong with an array.
        """
        from sla_dsl.worktime import arrays

        return arrays.add_many(self.timetable, t, length)

    def between_many(self, a: Instants, b: Instants) -> NDArray[np.timedelta64]:
        """Return `between` for each row, as `timedelta64[us]`; see `add_many`."""
        from sla_dsl.worktime import arrays

        return arrays.between_many(self.timetable, a, b)

    def is_open_many(self, t: Instants) -> Answers:
        """Return `is_open` for each row, as a masked array of booleans in which NaT is masked; see `add_many`."""
        from sla_dsl.worktime import arrays

        return arrays.is_open_many(self.timetable, t)

    def next_open_many(self, t: Instants) -> NDArray[np.datetime64]:
        """Return `next_open` for each row, as `datetime64[us]`; see `add_many`."""
        from sla_dsl.worktime import arrays

        return arrays.next_open_many(self.timetable, t)

    def _datetime(self, t: int) -> datetime:
        return (_EPOCH + t * _MICROSECOND).astimezone(self._zone)


def _hold(calendar: Calendar, recipe: Recipe) -> None:
    object.__setattr__(calendar, "timetable", timetable(recipe))
    object.__setattr__(calendar, "_zone", zone(recipe.zone))


def _micros(when: datetime) -> int:
    # The same as `instants.to_micros`; here one call less is worth its line.
    try:
        passed = when - _EPOCH
    except TypeError:
        raise NaiveDatetime(str(when)) from None
    if when.__class__ is not datetime and getattr(when, "nanosecond", 0):
        raise BadInstant(str(when), FINER)
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


# ------------------------------------------------------------------------------------------- arguments


def _read_years(years: object) -> tuple[int, int]:
    wanted = "must be two years, first and last"
    given = _entries("years", years, wanted)
    if len(given) == 2:
        first, last = given
        if isinstance(first, int) and isinstance(last, int):
            return first, last
    raise BadArgument("years", str(given), wanted)


def _read_text(argument: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadArgument(argument, str(value), "must be a text")
    return value


def _read_weekly(weekly: object) -> dict[int, list[Window]]:
    days: dict[int, list[Window]] = {}
    for name, windows in _items("weekly", weekly):
        if name not in WEEKDAYS:
            near = nearest(str(name)[:3], WEEKDAYS)
            raise BadArgument("weekly", str(name), f"is no weekday; write `{near or 'mon'}`")
        days[WEEKDAYS.index(name)] = _read_windows("weekly", windows)
    return days


def _read_closed(closed: object) -> dict[date, str]:
    if isinstance(closed, Mapping):
        return {_read_day("closed", day): str(name) for day, name in _items("closed", cast("object", closed))}
    return {_read_day("closed", day): "closed" for day in _entries("closed", closed, "must be a list of dates")}


def _read_hours_on(hours_on: object) -> dict[date, list[Window]]:
    return {
        _read_day("hours_on", day): _read_windows("hours_on", windows) for day, windows in _items("hours_on", hours_on)
    }


def _read_windows(argument: str, windows: object) -> list[Window]:
    wanted = 'must be a list of windows like `["08:30", "17:00"]`'
    found: list[Window] = []
    for window in _entries(argument, windows, wanted):
        ends = _entries(argument, window, wanted)
        if len(ends) != 2:
            raise BadArgument(argument, str(window), wanted)
        found.append(Window.of(_read_time(argument, ends[0]), _read_time(argument, ends[1])))
    return found


def _read_time(argument: str, value: object) -> str:
    if isinstance(value, time) and value.tzinfo is None and not value.microsecond:
        return value.isoformat()
    if isinstance(value, str):
        return value
    raise BadArgument(argument, str(value), "must be a time of day like `08:30`")


def _read_day(argument: str, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is not None and day.isoformat() == value:
            return day
    raise BadArgument(argument, str(value), "must be a date like `2026-12-25`")


def _items(argument: str, value: object) -> list[tuple[object, object]]:
    if isinstance(value, Mapping):
        return list(cast("Mapping[object, object]", value).items())
    raise BadArgument(argument, str(value), "must be a table of keys and values")


def _entries(argument: str, value: object, wanted: str) -> list[object]:
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
        return list(cast("Iterable[object]", value))
    raise BadArgument(argument, str(cast("object", value)), wanted)
