"""Dates by a recurrence rule: RFC 5545, as `dateutil.rrule` reads it (T7)."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from sla_dsl.worktime.errors import BadRule

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_WEEKDAY = "(MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": "|".join(_FREQUENCIES),
    "INTERVAL": "[1-9][0-9]{0,3}",
    "COUNT": "[1-9][0-9]{0,3}",
    "UNTIL": "[0-9]{8}",
    "WKST": _WEEKDAY,
    "BYDAY": rf"([+-]?[1-5])?{_WEEKDAY}",
    "BYMONTH": "0?[1-9]|1[0-2]",
    "BYMONTHDAY": "-?([1-9]|[12][0-9]|3[01])",
    "BYYEARDAY": "-?([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])",
    "BYWEEKNO": "-?([1-9]|[1-4][0-9]|5[0-3])",
    "BYSETPOS": "-?[1-9][0-9]?",
    "BYEASTER": "[+]?(1?[0-9]?[0-9]|2[0-4][0-9])|-([1-7]?[0-9]|80)",
}
_CHOOSES_DAY = {
    "YEARLY": {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYEASTER"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYEASTER", "BYYEARDAY"},
    "WEEKLY": {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYEASTER"},
    "DAILY": _PARTS.keys(),
}
_ALONE = {
    "BYEASTER": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"},
    "BYYEARDAY": {"BYMONTH", "BYMONTHDAY", "BYWEEKNO"},
    "BYWEEKNO": {"BYMONTH", "BYMONTHDAY"},
}
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def rule_dates(rule: str, *, first_year: int, last_year: int) -> tuple[date, ...]:
    """Return the dates of a recurrence rule from one year to another, both included (T7).

    Dates only: `FREQ` is `YEARLY`, `MONTHLY`, `WEEKLY` or `DAILY`. A rule that depends on where it begins
    (`COUNT`, an `INTERVAL` over 1, no part that says which day) says so: `DTSTART=20260101;FREQ=…`.
    `BYEASTER` counts days from Easter Sunday. Raises `BadRule`.

    >>> rule_dates("FREQ=YEARLY;BYMONTH=8;BYDAY=-1MO", first_year=2026, last_year=2026)
    (datetime.date(2026, 8, 31),)
    """
    from dateutil.rrule import rrulestr

    parts = _parts(rule)
    start = parts.pop("DTSTART", None)
    first = date(first_year, 1, 1) if start is None else _day(rule, start)
    if start is None:
        _check_free_of_start(rule, parts)
    _check_possible(rule, parts)
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    try:
        dates = rrulestr(text, dtstart=datetime.combine(first, time()))
    except ValueError as error:
        raise BadRule(rule, str(error)) from None
    lo, hi = datetime.combine(date(first_year, 1, 1), time()), datetime.combine(date(last_year, 12, 31), time())
    found = tuple(when.date() for when in dates.between(lo, hi, inc=True))
    if not found:
        raise BadRule(rule, f"it names no date from {first_year} to {last_year}")
    return found


def _parts(rule: str) -> dict[str, str]:
    """Read and check the parts, because dateutil answers some wrong ones with errors of its own making."""
    parts: dict[str, str] = {}
    for part in rule.removeprefix("RRULE:").split(";"):
        key, _, value = part.partition("=")
        pattern = r"[0-9]{8}" if key == "DTSTART" else _PARTS.get(key)
        if pattern is None or key in parts:
            raise BadRule(rule, f"`{part}` is not understood; parts are {', '.join(_PARTS)}")
        for one in value.split(",") if key.startswith("BY") else [value]:
            if not re.fullmatch(pattern, one):
                raise BadRule(rule, f"`{one}` is no value of {key}")
        parts[key] = value
    if "FREQ" not in parts:
        raise BadRule(rule, f"it needs FREQ={', '.join(_FREQUENCIES)}")
    return parts


def _day(rule: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRule(rule, f"there is no date {text}") from None


def _check_free_of_start(rule: str, parts: dict[str, str]) -> None:
    if "COUNT" in parts or int(parts.get("INTERVAL", "1")) > 1:
        raise BadRule(rule, "COUNT and INTERVAL depend on where it begins; add DTSTART, as in DTSTART=20260101")
    if not _CHOOSES_DAY[parts["FREQ"]] & parts.keys():
        raise BadRule(rule, "it does not say which day; add BYDAY, BYMONTHDAY or DTSTART")


def _check_possible(rule: str, parts: dict[str, str]) -> None:
    """Refuse what names no date, or hardly any: dateutil would look for 30 February until the year 9999."""
    if parts["FREQ"] in {"WEEKLY", "DAILY"} and ("BYSETPOS" in parts or re.search("[0-9]", parts.get("BYDAY", ""))):
        raise BadRule(rule, "only in a month or a year are days counted")
    for alone, others in _ALONE.items():
        for other in sorted(others & parts.keys()):
            if alone in parts:
                raise BadRule(rule, f"{alone} and {other} do not go together")
    if "BYMONTH" in parts and "BYMONTHDAY" in parts:
        longest = max(_LONGEST_MONTHS[int(month) - 1] for month in parts["BYMONTH"].split(","))
        if all(abs(int(day)) > longest for day in parts["BYMONTHDAY"].split(",")):
            raise BadRule(rule, "its months have no such day")
