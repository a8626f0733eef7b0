"""The dates that a policy resolves when it is compiled, so that its answers do not change with a package (T8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sla_dsl.policy.closing import dates_of_recurrence, dates_of_rule, rule_name
from sla_dsl.policy.terms import DayRule, HolidayRule, Hours, Pinned, PinnedDates
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.worktime import tzdata_version
from sla_dsl.worktime.closing_days import holidays_version

if TYPE_CHECKING:
    from sla_dsl.policy.terms import Document, Term


def pinned(document: Document, base: Document | None = None) -> Pinned:
    """Return the dates of every official list and recurrence rule that a document can use, for all its years.

    `base` is the policy that an annex amends: its calendars' years count too, and its rules in the annex's.
    Raises `UnknownHolidays`, `BadRule`.
    """
    terms = [term for part in (document, base) if part is not None for term in _terms(part)]
    years = [(term.first_year - 1, term.last_year + 1) for term in terms if isinstance(term, Hours)]
    lists: dict[str, PinnedDates] = {}
    if years:
        first, last = min(first for first, _ in years), max(last for _, last in years)
        for term in terms:
            found = _dates(term, first, last)
            if found is not None:
                lists[found.rule] = found
    return Pinned(
        holidays_version=holidays_version(),
        tzdata_version=tzdata_version(),
        holidays=tuple(lists[rule] for rule in sorted(lists)),
    )


def _terms(document: Document) -> list[Term]:
    examples_apart = msgspec.structs.replace(document, examples=())
    return list(terms_inside(examples_apart))


def _dates(term: Term, first: int, last: int) -> PinnedDates | None:
    if isinstance(term, HolidayRule):
        days = dates_of_rule(term, first, last)
        return _pinned(rule_name(term), first, last, {day.isoformat(): name for day, name in days.items()})
    if isinstance(term, DayRule) and term.recurrence is not None:
        rule = term.recurrence
        days = dict.fromkeys((day.isoformat() for day in dates_of_recurrence(rule, first, last)), "")
        return _pinned(rule, first, last, days)
    return None


def _pinned(rule: str, first: int, last: int, dates: dict[str, str]) -> PinnedDates:
    return PinnedDates(rule=rule, first_year=first, last_year=last, dates=dict(sorted(dates.items())))
