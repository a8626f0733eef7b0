"""English number words and the names of units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINAL_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_ORDINAL_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
)
_ORDINAL_TENS = "twentieth thirtieth".split()

_SMALL = {
    "zero": 0,
    **{word: value for value, word in enumerate(_ONES, 1)},
    **{word: value for value, word in enumerate(_TEENS, 10)},
    **{word: value * 10 for value, word in enumerate(_TENS, 2)},
    "dozen": 12,
}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ORDINALS = {
    **{word: value for value, word in enumerate(_ORDINAL_ONES, 1)},
    **{word: value for value, word in enumerate(_ORDINAL_TEENS, 10)},
    **{word: value * 10 for value, word in enumerate(_ORDINAL_TENS, 2)},
}
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
_TIMES = {"twice": 2, "thrice": 3}


def _any(words: Iterable[str]) -> str:
    return "|".join(words)


_TENS_AND_ONES = rf"(?:{_any(_TENS)})(?:[ -](?:{_any(_ONES)}))?|{_any(_TEENS)}|{_any(_ONES)}|zero"
_HUNDREDS = (
    rf"(?:a|{_TENS_AND_ONES})[ -]hundred(?:[ -](?:and )?(?:{_TENS_AND_ONES}))?|(?:(?:a|one) )?dozen|{_TENS_AND_ONES}"
)
_THOUSANDS = rf"(?:a|{_HUNDREDS})[ -](?:thousand|million)(?:[ -](?:and )?(?:{_HUNDREDS}))?|{_HUNDREDS}|{_any(_TIMES)}"

CARDINAL = rf"(?<!no )\b(?:{_THOUSANDS})\b(?: and (?:a |one )?(?:half|quarter|third)\b)?(?! another\b)"
"""Matches a number in words, in lower case with single spaces: `twenty-four`, `one and a half`, `twice`."""

ORDINAL = rf"\b(?:(?:{_any(_TENS)})-(?:{_any(_ORDINAL_ONES)})|{_any(_ORDINALS)})\b"
"""Matches an ordinal in words: `third`, `twenty-first`."""


def cardinal(words: str) -> Fraction:
    """The value of words that `CARDINAL` matches.

    Example: `cardinal("one hundred and twenty")` is 120.
    """
    total = Fraction(0)
    group = Fraction(0)
    parts = re.split(r"[ -]", words)
    for word in parts:
        if word in _PARTS and len(parts) > 1:
            group += _PARTS[word]
        elif word in _LARGE:
            value = (group or 1) * _LARGE[word]
            total, group = (total, value) if word == "hundred" else (total + value, Fraction(0))
        elif word in _TIMES:
            group = Fraction(_TIMES[word])
        elif word == "dozen":
            group = (group or 1) * Fraction(12)
        elif word in _SMALL:
            group += _SMALL[word]
    return total + group


def ordinal(words: str) -> int:
    """The value of words that `ORDINAL` matches."""
    return sum(_ORDINALS.get(word, 0) or _SMALL.get(word, 0) for word in words.split("-"))


_UNIT_NAMES = {
    "seconds": "second seconds sec secs s",
    "minutes": "minute minutes min mins",
    "hours": "hour hours hr hrs h",
    "days": "day days d",
    "weeks": "week weeks wk wks fortnight",
    "months": "month months",
    "quarters": "quarter quarters",
    "years": "year years yr yrs",
    "percent": "percent pct %",
}
_UNITS = {name: unit for unit, names in _UNIT_NAMES.items() for name in names.split()}
UNIT = r"%|per ?cent\b|(?:" + "|".join(sorted(filter(str.isalpha, _UNITS), key=len, reverse=True)) + r")\b"
"""Matches the name of a unit, in lower case."""

KINDS_OF_TIME = (
    "business|working|work|calendar|support|office|service|full|whole|single|consecutive|successive|clock|normal|elapsed"
    "|contract|opening|regular|week|additional|further|straight|desk|bank|trading|banking"
)
"""Words that stand between a number and its unit: `2 business days`, `4 support hours`."""

# Days and hours are never turned into one another (SEMANTICS T6), nor months into days.
_SIZES = {
    "seconds": ("seconds", Fraction(1)),
    "minutes": ("seconds", Fraction(60)),
    "hours": ("seconds", Fraction(3600)),
    "days": ("days", Fraction(1)),
    "weeks": ("days", Fraction(7)),
    "months": ("months", Fraction(1)),
    "quarters": ("months", Fraction(3)),
    "years": ("months", Fraction(12)),
}


def unit_named(name: str) -> str | None:
    """The unit that a name, in lower case, stands for; none where it is no unit.

    Example: `unit_named("hrs")` is `hours`.
    """
    return _UNITS.get(name.replace("per cent", "percent"))


def in_base_unit(value: Fraction, unit: str) -> tuple[Fraction, str]:
    """A value in seconds, days or months, whichever its unit belongs to.

    Example: `in_base_unit(Fraction(2), "weeks")` is 14 `days`.
    """
    base, size = _SIZES.get(unit, (unit, Fraction(1)))
    return value * size, base
