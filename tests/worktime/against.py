"""Random questions about random calendars, put to the package and to the reference."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from sla_dsl.worktime import (
    Both,
    Dated,
    Either,
    Except,
    Leaf,
    Outside,
    Season,
    WeekStretch,
    WholeDays,
    Window,
    Yearly,
    calendar_days,
    calendar_days_before,
    days_by,
    days_by_before,
    days_same_time,
    days_same_time_before,
    timetable,
    week,
    zone,
)
from sla_dsl.worktime.errors import NoOpenTime
from tests.reference import counting
from tests.reference.specs import Case, LeafSpec, Spec, Windows, random_case
from tests.reference.table import NotTabulated, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.worktime import Deadline, Recipe, Timetable, Week

HOUR = 3_600_000_000
CHANGING_TIMES = [0, 60, 90, 120, 150, 180, 1380, 1440]
"""Minutes from midnight at which zones of the reference change their clocks."""

Question = tuple[str, "Callable[[], object]", "Callable[[], object]"]
"""What is asked, and the two answers."""


def recipe_of(spec: Spec) -> Recipe:
    """The same calendar, in the package's words."""
    if isinstance(spec, LeafSpec):
        return Leaf(
            zone=spec.zone,
            first_year=spec.first_year,
            last_year=spec.last_year,
            weekly=_week(
                spec.weekly, [WeekStretch(first, a * 60, last, b * 60) for first, a, last, b in spec.stretches]
            ),
            seasons=tuple(
                Season(
                    Yearly((season.first.month, season.first.day), (season.last.month, season.last.day))
                    if season.yearly
                    else Dated(season.first, season.last),
                    _week(season.weekly),
                )
                for season in spec.seasons
            ),
            holidays=spec.holidays,
            holiday_hours=tuple(_windows(spec.holiday_hours)),
            closed=spec.closed,
            hours_on={day: _windows(windows) for day, windows in spec.hours_on.items()},
        )
    parts = [recipe_of(part) for part in spec.parts]
    one, other = parts[0], parts[-1]
    match spec.how:
        case "and":
            return Both(one, other, spec.zone)
        case "or":
            return Either(one, other, spec.zone)
        case "except":
            return Except(one, other, spec.zone)
        case "outside":
            return Outside(one, spec.zone)
        case _:
            return WholeDays(one, spec.zone)


def _week(weekly: dict[int, Windows], stretches: list[WeekStretch] | None = None) -> Week:
    return week({day: _windows(windows) for day, windows in weekly.items()}, stretches or ())


def _windows(windows: Windows) -> list[Window]:
    return [Window(start * 60, end * 60) for start, end in windows]


class Duel:
    """One calendar, tabulated, and questions about it."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.case: Case = random_case(rng)
        self.asked: Counter[str] = Counter()

    def run(self, questions: int) -> None:
        """Ask both; an AssertionError tells the question on which they differ."""
        table, calendar = Table(self.case), timetable(recipe_of(self.case.spec))
        try:
            calendar.prepare()
        except NoOpenTime:
            assert not any(table.open[i] for i in table.inner)
            return
        self._compare_stretches(table, calendar)
        for _ in range(questions):
            self._ask(table, calendar)

    def _ask(self, table: Table, calendar: Timetable) -> None:
        name, expected, answer = self._question(table, calendar)
        try:
            wanted = expected()
        except NotTabulated:
            self.asked["not tabulated"] += 1
            return
        got = answer()
        assert got == wanted, f"{name}: {got} instead of {wanted}\n{self.case}"
        self.asked[name.split()[0]] += 1

    def _question(self, table: Table, calendar: Timetable) -> Question:
        rng, t = self.rng, self._instant(table)
        ask = rng.choice(
            [
                self._instant_question,
                self._instant_question,
                self._length_question,
                self._length_question,
                self._same_time_question,
                self._by_question,
                self._by_question,
                self._almanac_question,
            ]
        )
        return ask(table, calendar, t)

    def _instant_question(self, table: Table, calendar: Timetable, t: int) -> Question:
        name = self.rng.choice(["is_open", "next_open", "next_close", "date_of"])
        return f"{name} {t}", lambda: getattr(table, name)(t), lambda: getattr(calendar, name)(t)

    def _length_question(self, table: Table, calendar: Timetable, t: int) -> Question:
        if self.rng.random() < 0.5:
            d = self._length(table, t)
            return f"add {t} {d}", lambda: table.add(t, d), lambda: calendar.add(t, d)
        u = self._instant(table)
        return f"between {t} {u}", lambda: table.between(t, u), lambda: calendar.between(t, u)

    def _same_time_question(self, table: Table, calendar: Timetable, t: int) -> Question:
        n = self.rng.randint(1, 4)
        if self.rng.random() < 0.5:
            wanted, got = counting.same_time, days_same_time
        else:
            wanted, got = counting.same_time_before, days_same_time_before
        return f"{got.__name__} {t} {n}", lambda: wanted(table, t, n), lambda: _answer(got(calendar, t, n))

    def _by_question(self, table: Table, calendar: Timetable, t: int) -> Question:
        rng, n = self.rng, self.rng.randint(1, 4)
        how = rng.choice(["close", "end of day", self._time_of_day()])
        ours = how if isinstance(how, str) else how * 60
        if rng.random() < 0.2:
            return (
                f"by_before {t} {n} {how}",
                lambda: counting.by_before(table, t, n, how),
                lambda: _answer(days_by_before(calendar, t, n, ours)),  # pyright: ignore[reportArgumentType]  # a str here is one of two words
            )
        from_, after = rng.random() < 0.5, rng.random() < 0.5
        cut_off = rng.choice([None, None, self._time_of_day()])
        return (
            f"by {t} {n} {how} from={from_} day after={after} cut-off={cut_off}",
            lambda: counting.by(table, t, n, how, counting_from=from_, day_after=after, cut_off=cut_off),
            lambda: _answer(
                days_by(
                    calendar,
                    t,
                    n,
                    ours,  # pyright: ignore[reportArgumentType]  # a str here is one of two words
                    side="from" if from_ else "after",
                    anchor="the day after" if after else "the start date",
                    cut_off=None if cut_off is None else cut_off * 60,
                )
            ),
        )

    def _almanac_question(self, table: Table, calendar: Timetable, t: int) -> Question:
        rng, name = self.rng, self.case.spec.zone
        n, unit = rng.randint(1, 5), rng.choice(["days", "weeks", "months"])
        how = rng.choice([None, "end of day", self._time_of_day()])
        by = how * 60 if isinstance(how, int) else None
        if rng.random() < 0.3:
            return (
                f"almanac_before {t} {n} {unit} {how}",
                lambda: counting.almanac(name, t, -n, unit, how),
                lambda: _answer(
                    calendar_days_before(zone(name), t, n, unit, same_time=how is None, by=by)  # pyright: ignore[reportArgumentType]  # a unit
                ),
            )
        rolls = unit == "days" and rng.random() < 0.4
        return (
            f"almanac{'_rolled' * rolls} {t} {n} {unit} {how}",
            lambda: counting.almanac(name, t, n, unit, how, table if rolls else None),
            lambda: _answer(
                calendar_days(
                    zone(name),
                    t,
                    n,
                    unit,  # pyright: ignore[reportArgumentType]  # a unit
                    same_time=how is None,
                    by=by,
                    rolled_to=calendar if rolls else None,
                )
            ),
        )

    def _compare_stretches(self, table: Table, calendar: Timetable) -> None:
        wanted = table.pieces()
        got = [(s.start, s.end, s.kind, s.name) for s in calendar.stretches(wanted[0][0], wanted[-1][1])]
        assert got == wanted, f"stretches: {set(got) ^ set(wanted)}\n{self.case}"
        self.asked["stretches"] += 1

    def _instant(self, table: Table) -> int:
        """Somewhere in the table, often at an opening or closing, or a microsecond beside one."""
        rng = self.rng
        cell = rng.choice(table.inner)
        if rng.random() < 0.5:
            edges = [i for i in range(cell, min(cell + 500, table.inner[-1])) if table.open[i] != table.open[i - 1]]
            cell = rng.choice(edges or [cell])
        t = table.start(cell) + rng.choice([0, 0, 1, -1, rng.randrange(table.step)])
        last = table.start(table.inner[-1]) + table.step - 1
        return min(max(t, table.start(table.inner[0])), last)

    def _length(self, table: Table, t: int) -> int:
        """Some length, often one that runs out at an opening or closing."""
        rng = self.rng
        if rng.random() < 0.4:
            return table.between(t, self._instant(table))
        length = rng.choice([0, 1, table.step * rng.randrange(200), rng.randrange(200 * HOUR)])
        return length if rng.random() < 0.7 else -length

    def _time_of_day(self) -> int:
        """Minutes from midnight, often about the time at which clocks change."""
        return self.rng.choice(
            [*CHANGING_TIMES, *(self.rng.randrange(0, 1441, self.case.step) for _ in CHANGING_TIMES)]
        )


def _answer(deadline: Deadline) -> tuple[int, object]:
    return deadline.at, deadline.date


def hunt(seed: int) -> int:
    """Put some questions about one random calendar; return how many were asked. Raises AssertionError."""
    duel = Duel(Random(seed))
    duel.run(100)
    return sum(duel.asked.values())
