"""How numbers are written: one rule for each form, the more special first.

The rules read a folded text in lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from fractions import Fraction

from attrs import frozen

from sla_dsl.evidence.number_words import (
    CARDINAL,
    KINDS_OF_TIME,
    ORDINAL,
    UNIT,
    cardinal,
    ordinal,
    unit_named,
)
from sla_dsl.source import Span


@frozen
class Number:
    """A number that a text names: where, which values it may have, and in which unit, if one follows.

    `clocks` are the clock times that it may be, in minutes since midnight. An `ordinal` is `third` or `3rd`.

    Example: in `by 15.30` the number has the value 153/10 and the clock time 930.
    """

    span: Span
    text: str
    values: tuple[Fraction, ...] = ()
    unit: str | None = None
    clocks: tuple[int, ...] = ()
    ordinal: bool = False


_UNIT_AFTER = re.compile(rf"(?: ?\([0-9]{{1,9}}\))?(?:\)? ?|\)?-)(?:(?:{KINDS_OF_TIME})[ -])*(?P<unit>{UNIT})")


def _number(
    match: re.Match[str],
    *values: Fraction | int,
    unit: str | None = None,
    clocks: tuple[int, ...] = (),
    ordinal: bool = False,
) -> Number:
    following = None if clocks or unit else _UNIT_AFTER.match(match.string, match.end())
    return Number(
        Span(match.start(), match.end()),
        match.group(),
        tuple(Fraction(value) for value in values),
        unit_named(following["unit"]) if following else unit,
        clocks,
        ordinal,
    )


def _round_the_clock(match: re.Match[str]) -> Iterator[Number]:
    for group, unit in (("hours", "hours"), ("days", "days"), ("year", "days")):
        if match[group]:
            yield Number(Span(*match.span(group)), match[group], (Fraction(match[group]),), unit)


def _half_day(match: re.Match[str]) -> Iterator[Number]:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if 1 <= hour <= 12:
        start = (hour % 12 + (12 if match["half"].startswith("p") else 0)) * 60 + minute
        # Midnight at the end of a day is written as `12 a.m.` too.
        yield _number(match, clocks=(start,) if start else (0, 1440))


def _o_clock(match: re.Match[str]) -> Iterator[Number]:
    hour = int(match["hour"]) if match["hour"].isdigit() else int(cardinal(match["hour"]))
    if hour <= 24:
        yield _number(match, clocks=(hour * 60, hour * 60 + 720) if hour <= 12 else (hour * 60,))


def _clock(match: re.Match[str]) -> Iterator[Number]:
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour < 24 or (hour == 24 and minute == 0):
        yield _number(match, clocks=(hour * 60 + minute,))


_NAMED_TIMES = {"noon": (720,), "midday": (720,), "midnight": (0, 1440)}


def _named_time(match: re.Match[str]) -> Iterator[Number]:
    yield _number(match, clocks=_NAMED_TIMES[match.group()])


def _fraction(match: re.Match[str]) -> Iterator[Number]:
    sign = match["fraction"]
    part = Fraction(sign) if "/" in sign else Fraction(unicodedata.numeric(sign)).limit_denominator(10)
    yield _number(match, int(match["whole"] or 0) + part)


def _digits(match: re.Match[str]) -> Iterator[Number]:
    digits = match["digits"]
    if match["part"]:
        yield _number(match, int(digits) + (Fraction(1, 2) if match["part"] == "half" else Fraction(1, 4)))
        return
    clocks: tuple[int, ...] = ()
    dotted = re.fullmatch(r"([0-9]{1,2})\.([0-5][0-9])", digits)
    if dotted and int(dotted[1]) < 24:
        clocks = (int(dotted[1]) * 60 + int(dotted[2]),)
    number = _number(match, *_values(digits), ordinal=bool(match["suffix"]))
    military = re.fullmatch(r"([01][0-9]|2[0-4])([0-5][0-9])", digits)
    if military and number.unit == "hours":
        clocks = (int(military[1]) * 60 + int(military[2]),)
    yield Number(number.span, number.text, number.values, number.unit, clocks, number.ordinal)


_LONGEST = 30
"""More digits than these are a number of something else, an account perhaps; Python would refuse thousands of them."""


def _values(digits: str) -> Iterator[Fraction]:
    """What digits may mean: `1,000` is 1000, `1,5` is 1.5, `1.000` may be both 1 and 1000, `1.2.3` is no number."""
    if len(digits) > _LONGEST:
        return
    if digits.isdigit():
        yield Fraction(digits)
    elif re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", digits):
        yield Fraction(digits.replace(",", ""))
    elif re.fullmatch(r"[0-9]+[.,][0-9]+", digits):
        yield Fraction(digits.replace(",", "."))
        if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", digits):
            yield Fraction(digits.replace(".", ""))
    elif re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", digits):
        yield Fraction(digits.replace(".", "").replace(",", "."))


def _in_words(match: re.Match[str]) -> Iterator[Number]:
    yield _number(match, cardinal(match.group()))


_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "three quarters": Fraction(3, 4)}


def _part_of_a_unit(match: re.Match[str]) -> Iterator[Number]:
    yield _number(match, _PARTS[match["part"]], unit=unit_named(match["unit"]))


def _one(match: re.Match[str]) -> Iterator[Number]:
    number = _number(match, Fraction(3, 2) if match["half"] else 1, unit=unit_named(match["unit"]))
    end = match.end() if match["half"] else match.end("one")
    yield Number(Span(match.start(), end), match.string[match.start() : end], number.values, number.unit)


def _ordinal(match: re.Match[str]) -> Iterator[Number]:
    yield _number(match, ordinal(match.group()), ordinal=True)


_ALONE = r"(?<![\w.:,])"
_TIME_UNIT = r"(?:second|minute|hour|day|week|fortnight|month|quarter|year)"
_SIGNS = "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Number]]]

RULES: tuple[Rule, ...] = (
    (
        re.compile(rf"{_ALONE}(?P<hours>24) ?[x\u00d7/] ?(?P<days>7)(?: ?[x\u00d7/] ?(?P<year>36[56]))?\b"),
        _round_the_clock,
    ),
    (
        re.compile(rf"{_ALONE}(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-5][0-9]))? ?(?P<half>[ap](?:\.m\.?|m))(?!\w)"),
        _half_day,
    ),
    (re.compile(rf"{_ALONE}(?P<hour>[0-9]{{1,2}}|{CARDINAL}) o'clock\b"), _o_clock),
    (
        re.compile(r"(?<![\w.:,])(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-5][0-9])(?::[0-5][0-9])?(?:h\b)?(?![\w:])"),
        _clock,
    ),
    (re.compile(r"\b(?:noon|midday|midnight)\b"), _named_time),
    (
        re.compile(
            rf"{_ALONE}(?:(?P<whole>[0-9]{{1,9}}) ?)?(?P<fraction>[{_SIGNS}]|\b(?:1/[234]|[23]/[34])(?![0-9/]))"
        ),
        _fraction,
    ),
    (
        re.compile(
            r"(?<![^\W0-9])(?<![0-9])(?P<digits>[0-9]+(?:[.,][0-9]+)*)"
            r"(?:(?P<suffix>st|nd|rd|th)\b| and a (?P<part>half|quarter)\b)?"
        ),
        _digits,
    ),
    (
        re.compile(rf"\b(?P<part>half|quarter|three quarters)(?: of)?(?: an?)?[ -](?P<unit>{_TIME_UNIT})\b"),
        _part_of_a_unit,
    ),
    (re.compile(CARDINAL), _in_words),
    (
        re.compile(
            r"\b(?P<one>(?<!hours )(?<!days )(?<!weeks )(?<!times )(?<!once )(?<!twice )an?|next|following) "
            rf"(?:(?:{KINDS_OF_TIME})[ -])*(?P<unit>{_TIME_UNIT})\b"
            r"(?P<half> and a half\b)?"
        ),
        _one,
    ),
    (re.compile(rf"{ORDINAL}(?!s\b)"), _ordinal),
)
"""The forms of numbers; where two match, the earlier rule wins."""
