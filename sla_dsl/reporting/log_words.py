"""Figures of whole logs in words: lengths, shares, counts, verdicts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sla_dsl.reporting.answers import moment
from sla_dsl.worktime import to_micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sla_dsl.policy.logs.summary import Asked, LateTicket, LedgerSpan, Percentiles

VERDICT_WORDS = {
    "met": "in time",
    "missed": "missed",
    "breached": "breached",
    "aim_missed_no_breach": "aim missed",
    "open": "still open",
    "undetermined": "undetermined",
    "not_measured": "not measured",
    "no_commitment": "no promise",
}
"""What a verdict is called in a heading, in the order of the columns."""
NOT_THERE = "–"


def length(seconds: float | None, *, signed: bool = False) -> str:
    """A length of time, short: hours and minutes, or less where it is less.

    >>> [length(one) for one in (0, 42.5, 90, 5_400, 4_334_400)]
    ['0 min', '42.5 s', '1 min 30 s', '1 h 30 min', '1,204 h']
    """
    if seconds is None:
        return NOT_THERE
    sign = "−" if seconds < 0 else "+" if signed and seconds else ""
    left = abs(seconds)
    if 0 < left < 60:
        return f"{sign}{left:g} s"
    if round(left) < 3600:
        minutes, rest = divmod(round(left), 60)
        return f"{sign}{minutes} min" + (f" {rest} s" if rest else "")
    hours, minutes = divmod(round(left / 60), 60)
    return f"{sign}{hours:,} h" + (f" {minutes} min" if minutes else "")


def share(percent: float | None) -> str:
    """A share; never rounded up to all or down to none of them.

    >>> [share(one) for one in (97.251, 99.97, 0.02, 100.0, None)]
    ['97.3 %', '99.9 %', '0.1 %', '100 %', '–']
    """
    if percent is None:
        return NOT_THERE
    if percent in (0, 100):
        return f"{percent:.0f} %"
    return f"{min(max(percent, 0.1), 99.9):.1f} %"


def number(count: int) -> str:
    """A count, nothing where it is none.

    >>> number(59354), number(0)
    ('59,354', '')
    """
    return f"{count:,}" if count else ""


def things(count: int, one: str, many: str = "") -> str:
    """A count with what is counted.

    >>> things(1, "ticket"), things(9202, "ticket")
    ('1 ticket', '9,202 tickets')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def level(priority: str | None) -> str:
    """A level, in words where there is none."""
    return "without a level" if priority is None else priority


def percentile(used: Percentiles, each: int) -> str:
    """A percentile of lengths."""
    return length(used.percentiles.get(str(each)))


def chosen(asked: Asked) -> str:
    """What was chosen on top of a policy, in a line; empty where nothing was.

    Example: `annex northern; reading working_week is mon_to_sat; holidays is none`.
    """
    parts = [f"annex {one}" for one in asked.annexes]
    parts += [f"reading {name} is {reading}" for name, reading in asked.readings.items()]
    parts += [f"{name} is {value}" for name, value in asked.values.items()]
    return "; ".join([*parts, *(f"{name} has no value" for name in asked.unset)])


def by_kind(ledger: Iterable[LedgerSpan]) -> Mapping[str, float]:
    """How many seconds of each kind a ledger has until its clock stopped, in the order in which they come."""
    found: Counter[str] = Counter()
    for span in ledger:
        if span.kind == "after stop":
            continue
        found[span.kind] += to_micros(span.end) - to_micros(span.start)
    return {kind: micros / 1_000_000 for kind, micros in found.items()}


def where_time_went(late: LateTicket) -> str:
    """The ledger of a ticket, added up by kind.

    Example: `counted 41 h, closed 127 h, paused 3 h 20 min`.
    """
    return ", ".join(f"{kind} {length(seconds)}" for kind, seconds in by_kind(late.ledger).items())


def whole_seconds(when: datetime) -> str:
    """An instant for people, without what is less than a second.

    Example: `Monday 2026-03-09 10:30 +01:00`.
    """
    return moment(when.replace(microsecond=0))
