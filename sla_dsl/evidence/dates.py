"""The dates that a text names (SEMANTICS H1)."""

from __future__ import annotations

import re
from datetime import date

from sla_dsl.evidence.folding import fold

_MONTHS = "january february march april may june july august september october november december".split()
_NAMES = {name: number for number, month in enumerate(_MONTHS, 1) for name in (month, month[:3])} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>[0-9]{4}))?(?![0-9])"

_IN_WORDS = (
    re.compile(rf"(?<![\w.]){_DAY}(?: of)?(?: |-){_MONTH}{_YEAR}"),
    re.compile(rf"\b{_MONTH} {_DAY}{_YEAR}"),
)
_IN_DIGITS = (
    re.compile(r"(?<![0-9])(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?![0-9])"),
    re.compile(r"(?<![0-9])(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})(?![0-9])"),
    re.compile(r"(?<![0-9])(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})[-/.](?P<year>[0-9]{4})(?![0-9])"),
)


def names_date(text: str, day: date) -> bool:
    """Whether a text names a date: in ISO form, in words, or in digits, be the day first or the month.

    A date in words may lack its year: `25 December` names that day of every year.

    Example: `names_date("on December 25th, 2026", date(2026, 12, 25))` is true.
    """
    folded = fold(text).text.lower()
    for pattern in _IN_WORDS:
        for match in pattern.finditer(folded):
            same_year = match["year"] is None or int(match["year"]) == day.year
            if same_year and (_NAMES[match["month"]], int(match["day"])) == (day.month, day.day):
                return True
    return any(
        (int(match["year"]), int(match["month"]), int(match["day"])) == (day.year, day.month, day.day)
        for pattern in _IN_DIGITS
        for match in pattern.finditer(folded)
    )
