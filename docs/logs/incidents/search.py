"""How the rule behind `made_sla` was found: `python search.py` prints the tables of the page "A real log"."""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sla_dsl import Calendar

HERE = Path(__file__).parent
LOG = HERE / "incidents_2016_03.csv.gz"
ZONE = "America/Sao_Paulo"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AWAITING = ("Awaiting User Info", "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence")


class Row(NamedTuple):
    """An update of an incident: when, and what held from then on."""

    at: datetime
    state: str
    priority: str
    made_sla: bool


class Incident(NamedTuple):
    """An incident with its updates in the order of the log."""

    number: str
    opened: datetime
    resolved_at: str
    closed_at: str
    rows: list[Row]

    @property
    def closed(self) -> datetime:
        """When it was closed for the first time."""
        return next(row.at for row in self.rows if row.state == "Closed")

    @property
    def resolved(self) -> datetime:
        """When it was resolved for the last time before that; when it was closed, if never."""
        return max((row.at for row in self.rows if row.state == "Resolved"), default=self.closed)


def incidents() -> list[Incident]:
    """Return the incidents of the log."""
    found: dict[str, Incident] = {}
    with gzip.open(LOG, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            head = (row["number"], _time(row["opened_at"]), row["resolved_at"], row["closed_at"])
            update = Row(
                _time(row["sys_updated_at"]), row["incident_state"], row["priority"], row["made_sla"] == "true"
            )
            found.setdefault(row["number"], Incident(*head, [])).rows.append(update)
    return list(found.values())


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M")  # noqa: DTZ007 - wall time, made UTC by `instants`


# --------------------------------------------------------------------------------------------- the clock


def calendar(opens: str = "00:00", closes: str = "24:00", *, days: int = 5, closed: tuple[date, ...] = ()) -> Calendar:
    """Return so many days of a week with the same hours."""
    return Calendar(
        timezone=ZONE, weekly={day: [(opens, closes)] for day in WEEK[:days]}, closed=closed, years=(2016, 2017)
    )


def instants(times: list[datetime]) -> np.ndarray:
    """Return wall times of São Paulo as instants: three hours before UTC, two from 16 October 2016."""
    walls = np.array(times, "datetime64[us]")
    return walls + np.where(walls < np.datetime64("2016-10-16"), np.timedelta64(3, "h"), np.timedelta64(2, "h"))


def hours(measure: Calendar, begin: list[datetime], end: list[datetime]) -> np.ndarray:
    """Return the open hours between two columns of wall times."""
    return measure.between_many(instants(begin), instants(end)) / np.timedelta64(1, "h")


def waited(measure: Calendar, found: list[Incident], states: tuple[str, ...]) -> np.ndarray:
    """Return the open hours that each incident spent in some states before it was closed for the first time."""
    who, begin, end = [], [], []
    for place, incident in enumerate(found):
        for row, following in pairwise(incident.rows):
            if row.state in states and row.at < incident.closed:
                who.append(place)
                begin.append(row.at)
                end.append(min(following.at, incident.closed))
    return np.bincount(who, np.maximum(hours(measure, begin, end), 0), minlength=len(found))


# --------------------------------------------------------------------------------------------- fitting


class Fit(NamedTuple):
    """A time limit: `most` that was in time, `least` that was not, and how many of both halves it gets wrong."""

    most: float
    least: float
    wrong: int
    wrong_elsewhere: int


def fit(used: np.ndarray, made: np.ndarray, learn: np.ndarray) -> Fit:
    """Return the limit that gets the fewest of `learn` wrong; of several the shortest."""
    order = np.argsort(used[learn], kind="stable")
    ranked, kept = used[learn][order], made[learn][order]
    wrong = np.concatenate(([0], np.cumsum(~kept))) + kept.sum() - np.concatenate(([0], np.cumsum(kept)))
    possible = np.concatenate(([True], ranked[1:] > ranked[:-1], [True]))
    place = int(np.where(possible, wrong, len(kept) + 1).argmin())
    most = float(ranked[place - 1]) if place else 0.0
    least = float(ranked[place]) if place < len(ranked) else np.inf
    limit = (most + min(least, most + 1)) / 2
    elsewhere = ((used[~learn] <= limit) != made[~learn]).sum()
    return Fit(most, least, int(wrong[place]), int(elsewhere))


def fitted(used: np.ndarray, made: np.ndarray, levels: np.ndarray, learn: np.ndarray) -> dict[str, Fit]:
    """Return a limit for each priority."""
    return {
        level: fit(used[levels == level], made[levels == level], learn[levels == level])
        for level in sorted(set(levels))
    }


class Columns(NamedTuple):
    """The incidents as columns: the verdict, priorities, and wall times."""

    made: np.ndarray
    first: np.ndarray
    last: np.ndarray
    opened: list[datetime]
    resolved: list[datetime]
    closed: list[datetime]
    ended: list[datetime]


def columns(found: list[Incident]) -> Columns:
    """Return incidents as columns."""
    return Columns(
        np.array([one.rows[-1].made_sla for one in found]),
        np.array([one.rows[0].priority for one in found]),
        np.array([one.rows[-1].priority for one in found]),
        [one.opened for one in found],
        [one.resolved for one in found],
        [one.closed for one in found],
        [one.rows[-1].at for one in found],
    )


def rules(found: list[Incident], log: Columns) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the rules that were tried, the best last: what is measured, and the priority that counts."""
    always, week, office = calendar(days=7), calendar(), calendar("08:00", "18:00")
    best = calendar("13:30", "24:00")
    holiday = calendar("13:30", "24:00", closed=(date(2016, 3, 25),))
    used = hours(best, log.opened, log.closed)
    return {
        "always missed": (np.zeros(len(found)), log.last),
        "until resolved, every hour": (hours(always, log.opened, log.resolved), log.last),
        "the last line, but until resolved": (hours(best, log.opened, log.resolved), log.last),
        "until closed, every hour": (hours(always, log.opened, log.closed), log.last),
        "until closed, Monday to Friday 08:00 to 18:00": (hours(office, log.opened, log.closed), log.last),
        "until closed, Monday to Friday around the clock": (hours(week, log.opened, log.closed), log.last),
        "the last line, without the time awaiting others": (used - waited(best, found, AWAITING), log.last),
        "the last line, but Good Friday is closed": (hours(holiday, log.opened, log.closed), log.last),
        "the last line, with the priority at the opening": (used, log.first),
        "the last line, until closed for the last time": (hours(best, log.opened, log.ended), log.last),
        "until closed, Monday to Friday 13:30 to 24:00": (used, log.last),
    }


def tried(found: list[Incident]) -> str:
    """Return the table of the rules that were tried: fitted on every second incident, shown on both halves."""
    log = columns(found)
    learn = np.arange(len(found)) % 2 == 0
    lines = ["| rule | wrong of the 4,601 it was fitted on | wrong of the other 4,601 |", "|---|---|---|"]
    for name, (used, levels) in rules(found, log).items():
        fits = fitted(used, log.made, levels, learn).values()
        wrong, elsewhere = sum(one.wrong for one in fits), sum(one.wrong_elsewhere for one in fits)
        if name == "always missed":
            wrong, elsewhere = log.made[learn].sum(), log.made[~learn].sum()
        lines.append(f"| {name} | {wrong:,} | {elsewhere:,} |")
    return "\n".join(lines)


def windows(found: list[Incident]) -> str:
    """Return the table of hours: how many of all incidents each pair of opening and closing gets wrong."""
    log = columns(found)
    ends = ("18:00", "20:00", "22:00", "23:00", "24:00")
    lines = ["| from | " + " | ".join(f"to {end}" for end in ends) + " |", "|---" * (len(ends) + 1) + "|"]
    for begin in ("00:00", "08:00", "12:00", "13:00", "13:30", "14:00", "14:30", "15:00"):
        wrong = [sum(one.wrong for one in _of_all(log, calendar(begin, end)).values()) for end in ends]
        lines.append(f"| {begin} | " + " | ".join(f"{one:,}" for one in wrong) + " |")
    return "\n".join(lines)


def limits(found: list[Incident]) -> str:
    """Return the table of the limits that fit best, in the two weeks of hours that do."""
    log = columns(found)
    both = [_of_all(log, calendar(begin, "24:00")) for begin in ("13:30", "14:00")]
    lines = ["| priority | 13:30 to 24:00 | 14:00 to 24:00 |", "|---|---|---|"]
    lines += [f"| {level} | " + " | ".join(_range(one[level]) for one in both) + " |" for level in both[0]]
    return "\n".join(lines)


def _of_all(log: Columns, week: Calendar) -> dict[str, Fit]:
    """Return the limits in a week of hours, fitted on all incidents."""
    used = hours(week, log.opened, log.closed)
    return fitted(used, log.made, log.last, np.ones(len(used), np.bool))


def _range(one: Fit) -> str:
    return f"{_clock(one.most)} or more, less than {_clock(one.least)}"


def _clock(length: float) -> str:
    return "{}:{:02}".format(*divmod(round(length * 60), 60))


# --------------------------------------------------------------------------------------------- the log


def oddities(found: list[Incident]) -> dict[str, int]:
    """Return how often the log has each of the things that the page speaks of."""
    count: Counter[str] = Counter(incidents=len(found), rows=sum(len(one.rows) for one in found))
    for one in found:
        states = [row.state for row in one.rows]
        times = [row.at for row in one.rows]
        shut = states.index("Closed")
        count["no resolved_at"] += one.resolved_at == "?"
        count["no Resolved row"] += "Resolved" not in states
        count["first row before opened_at"] += times[0] < one.opened
        count["rows after the first Closed"] += len(states) - shut - 1
        count["incidents with rows after the first Closed"] += len(states) > shut + 1
        count["incidents back after Closed"] += any(state != "Closed" for state in states[shut:])
        count["rows at the time of the row before"] += sum(a == b for a, b in pairwise(times))
        count["rows before the row before"] += sum(a > b for a, b in pairwise(times))
        count["state -100"] += states.count("-100")
        count["priority changes"] += len({row.priority for row in one.rows}) > 1
        verdicts = [row.made_sla for row in one.rows]
        count["verdict turns at the first Closed"] += all(verdicts[:shut]) and not any(verdicts[shut:])
        count["verdict false from the first row"] += not any(verdicts)
        count["verdict true to the end"] += all(verdicts)
    return dict(count)


if __name__ == "__main__":
    log = incidents()
    for part in (
        tried(log),
        windows(log),
        limits(log),
        "\n".join(f"{name}: {n:,}" for name, n in oddities(log).items()),
    ):
        sys.stdout.write(f"{part}\n\n")
