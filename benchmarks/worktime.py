"""Business time beside `workclock`, in one run: `python -m benchmarks.worktime`.

Both answer the same questions about the same office, and first have to agree. Datetimes are UTC in and UTC out;
`Calendar` answers in the calendar's zone, so that its time includes the way back to UTC. Exit 1 where a
promise is not kept.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from timeit import Timer
from typing import TYPE_CHECKING

from workclock import Holidays, Schedule, WorkDay

from sla_dsl.worktime import Calendar, Leaf, Window, delta_to_micros, timetable, to_micros, week

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = "Europe/Amsterdam"
CLOSED = [date(year, month, day) for year in range(2015, 2036) for month, day in ((1, 1), (4, 27), (12, 25), (12, 26))]
START = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
TEN_DAYS, ONE_YEAR = START + timedelta(days=10), START + timedelta(days=365)
LENGTH = timedelta(hours=20)
ROUNDS, CALLS = 15, 5_000


def main(*, short: bool = False) -> int:  # noqa: ARG001 - nothing here takes minutes
    hours = [("08:30", "12:00"), ("12:30", "17:00")]
    ours = Calendar(
        timezone=ZONE,
        weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), hours),
        closed=CLOSED,
        years=(2015, 2035),
    )
    windows = [(time.fromisoformat(start), time.fromisoformat(end)) for start, end in hours]
    theirs = Schedule([*(WorkDay(*window) for window in windows), Holidays(CLOSED)], time_zone=ZONE)

    assert ours.add(START, LENGTH).astimezone(UTC) == theirs.add(START, LENGTH)
    assert ours.between(START, TEN_DAYS) == theirs.between(START, TEN_DAYS)
    assert ours.between(START, ONE_YEAR) == theirs.between(START, ONE_YEAR)

    table, t, length = ours.timetable, to_micros(START), delta_to_micros(LENGTH)
    later = to_micros(TEN_DAYS)
    cost = measure(
        {
            "add": lambda: ours.add(START, LENGTH).astimezone(UTC),
            "add, theirs": lambda: theirs.add(START, LENGTH),
            "between, 10 days": lambda: ours.between(START, TEN_DAYS),
            "between, 10 days, theirs": lambda: theirs.between(START, TEN_DAYS),
            "between, a year": lambda: ours.between(START, ONE_YEAR),
            "between, a year, theirs": lambda: theirs.between(START, ONE_YEAR),
            "add, microseconds": lambda: table.add(t, length),
            "between, microseconds": lambda: table.between(t, later),
        }
    )
    for name, seconds in cost.items():
        print(f"{name:26} {seconds * 1e6:8.2f} µs")
    print(f"{'first question, 21 years':26} {first_question() * 1e3:8.2f} ms")
    kept = [
        promise("add: times faster than workclock", cost["add, theirs"] / cost["add"], at_least=1),
        promise(
            "between, 10 days: times faster", cost["between, 10 days, theirs"] / cost["between, 10 days"], at_least=1
        ),
        promise("between, a year: times faster", cost["between, a year, theirs"] / cost["between, a year"], at_least=1),
        promise("between: a year to 10 days", cost["between, a year"] / cost["between, 10 days"], at_most=1.3),
    ]
    return 0 if all(kept) else 1


def measure(questions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least seconds per call of each, taken in turns so that a busy machine slows all alike."""
    best = dict.fromkeys(questions, float("inf"))
    timers = {name: Timer(question) for name, question in questions.items()}
    for _ in range(ROUNDS):
        for name, timer in timers.items():
            best[name] = min(best[name], timer.timeit(CALLS) / CALLS)
    return best


def first_question() -> float:
    """Seconds to tabulate 21 years: the one time that a calendar is slow."""
    office = [Window.of("08:30", "12:00"), Window.of("12:30", "17:00")]
    best = float("inf")
    for round_ in range(ROUNDS):
        closed = dict.fromkeys(CLOSED, f"round {round_}")  # another recipe each time, or it would be remembered
        start = perf_counter()
        recipe = Leaf(
            zone=ZONE, first_year=2015, last_year=2035, weekly=week(dict.fromkeys(range(5), office)), closed=closed
        )
        timetable(recipe).prepare()
        best = min(best, perf_counter() - start)
    return best


def promise(what: str, ratio: float, *, at_least: float = 0, at_most: float = float("inf")) -> bool:
    kept = at_least < ratio <= at_most
    print(f"{what:34} {ratio:6.2f}  {'kept' if kept else 'NOT KEPT'}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
