"""Official holiday lists and recurrence rules: known, and known for all the years that are covered (T7, T8)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sla_dsl.checking.read.values import holiday_rule
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import unquoted
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.policy.terms import Calendar, HolidayRule, Hours
from sla_dsl.syntax import Node
from sla_dsl.worktime.errors import BadRule, UnknownHolidays
from sla_dsl.worktime.recipe import FIRST_YEAR, LAST_YEAR

Years = tuple[int, int]


def holidays(checked: Checked) -> Iterator[Finding]:
    """Each list and rule is looked up for the years of the calendars, where it is written."""
    years = _years(checked)
    if years is None:
        return
    for statement in checked.statements:
        if statement.kind == "closed" and not statement.line.nodes("day_list"):
            yield from _rule(checked, statement.line, years)
        for part in statement.line.walk() if statement.kind in _WITH_LISTS else ():
            if isinstance(part, Node) and part.kind == "holidays_of":
                yield from _list(checked, part, years)


_WITH_LISTS = frozenset({"closed", "special_hours", "default", "set"})


def _years(checked: Checked) -> Years | None:
    """The years that the calendars of the policy cover; none where they cannot be."""
    documents = [checked.model.document, *([checked.base] if checked.base else [])]
    terms = [term for document in documents for term in document.declarations]
    hours = [term.hours for term in terms if isinstance(term, Calendar) and isinstance(term.hours, Hours)]
    if not hours:
        return None
    years = min(one.first_year for one in hours), max(one.last_year for one in hours)
    return years if years[0] >= FIRST_YEAR and years[1] <= LAST_YEAR else None


def _rule(checked: Checked, line: Node, years: Years) -> Iterator[Finding]:
    from sla_dsl.worktime.recurrence import rule_dates

    token = line.tokens("STRING")[0]
    try:
        rule_dates(unquoted(token), first_year=years[0], last_year=years[1])
    except BadRule as error:
        yield catalogue.BAD_RECURRENCE(checked.place(token), problem=str(error))


def _list(checked: Checked, node: Node, years: Years) -> Iterator[Finding]:
    rule, place = holiday_rule(node), checked.place(node)
    try:
        doubts = _doubts(rule, years)
    except UnknownHolidays as error:
        advice = f"Write `{error.suggestion}`." if error.suggestion else "Write an ISO 3166 code, for example `NL`."
        yield catalogue.UNKNOWN_HOLIDAYS(place, problem=str(error), advice=advice)
        return
    for first, last, why in doubts:
        yield catalogue.HOLIDAYS_DOUBTFUL(place, rule=rule.country, first=first, last=last, why=why)


@lru_cache(maxsize=64)
def _doubts(rule: HolidayRule, years: Years) -> tuple[tuple[int, int, str], ...]:
    """The years of which the data of a list are not sure, and why. Raises `UnknownHolidays`."""
    from sla_dsl.worktime.closing_days import holiday_dates

    found = holiday_dates(
        rule.country,
        first_year=years[0],
        last_year=years[1],
        subdivision=rule.subdivision,
        categories=rule.categories or None,
    )
    doubts = tuple((doubt.first_year, doubt.last_year, doubt.why) for doubt in found.doubts)
    if not found.estimated:
        return doubts
    why = f"{len(found.estimated)} dates are worked out from the moon and may lie a day off"
    return (*doubts, (found.estimated[0].year, found.estimated[-1].year, why))
