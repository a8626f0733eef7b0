"""Patterns of times: `%d/%m/%Y %H:%M`, in the signs of `strptime`, read the same on every machine (T9).

Unlike `strptime` they know no locale: months and days have their English names. A number may be written with or without
its leading zero, and any white space stands for any other.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from attrs import frozen

from sla_dsl.errors import SlaError

_MONTHS = ("january february march april may june july august september october november december").split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

_SIGNS: dict[str, tuple[str, str]] = {
    "Y": ("year", "[0-9]{4}"),
    "y": ("short_year", "[0-9]{2}"),
    "m": ("month", "[0-9]{1,2}"),
    "b": ("month_name", "|".join(sorted({name[:3] for name in _MONTHS} | {"sept"}, reverse=True))),
    "B": ("month_name", "|".join(_MONTHS)),
    "d": ("day", "[0-9]{1,2}"),
    "H": ("hour", "[0-9]{1,2}"),
    "I": ("half_hour", "[0-9]{1,2}"),
    "p": ("half", r"[ap]\.?m\.?"),
    "M": ("minute", "[0-9]{1,2}"),
    "S": ("second", "[0-9]{1,2}"),
    "f": ("fraction", "[0-9]{1,6}"),
    "z": ("offset", "z|utc|gmt|[+-][0-9]{2}:?[0-5][0-9]"),
    "a": ("weekday", "|".join(f"{name[:3]}" for name in _DAYS)),
    "A": ("weekday", "|".join(_DAYS)),
}
"""By sign: what it gives, and how that is written."""

SIGNS = ", ".join(f"%{sign}" for sign in _SIGNS)
"""The signs there are, as a message lists them."""

_WHOLE_DATE = ({"year", "short_year"}, {"month", "month_name"}, {"day"})
_WHOLE_TIME = ({"hour", "half_hour"}, {"minute"})
_SPOKEN = ("a year (%Y)", "a month (%m)", "a day (%d)", "an hour (%H)", "a minute (%M)")
_TOGETHER = (("half_hour", "half", "%I needs %p"), ("half", "half_hour", "%p goes with %I"))


class BadPattern(SlaError):
    """A pattern that no time can be read with. `problem` says why."""

    def __init__(self, pattern: str, problem: str) -> None:
        super().__init__(pattern, problem)
        self.pattern = pattern
        self.problem = problem

    def __str__(self) -> str:
        return f"`{self.pattern}` is no pattern of times: {self.problem}"


@frozen
class Wall:
    """What a text says: date and time of day, and the offset from UTC if it says one."""

    time: datetime
    offset: timedelta | None


@frozen
class Pattern:
    """A pattern that can be read with. `parts` are what its signs give: `year`, `month`, ….

    >>> str(Pattern.of("%d/%m/%Y %H:%M").read("9/3/2016 08:30").time)
    '2016-03-09 08:30:00'
    """

    text: str
    parts: frozenset[str]
    expression: re.Pattern[str]

    @classmethod
    def of(cls, text: str) -> Pattern:
        """Return the pattern of a text. Raises `BadPattern`."""
        return _compiled(text)

    @property
    def has_offset(self) -> bool:
        """Whether its times say their own offset from UTC."""
        return "offset" in self.parts

    @property
    def has_time(self) -> bool:
        """Whether it gives a time of day."""
        return not self.parts.isdisjoint({"hour", "half_hour"})

    def check_whole(self, *, time: bool = True) -> None:
        """Raise `BadPattern` unless it gives a date, and with `time` hour and minute too."""
        needed = (*_WHOLE_DATE, *_WHOLE_TIME) if time else _WHOLE_DATE
        lacking = [spoken for some, spoken in zip(needed, _SPOKEN, strict=False) if self.parts.isdisjoint(some)]
        if lacking:
            raise BadPattern(self.text, f"it lacks {' and '.join(lacking)}")

    def read(self, text: str) -> Wall | None:
        """Return what a text says; None where it is not written so, or there is no such date or time."""
        found = self.expression.fullmatch(text.strip())
        if found is None:
            return None
        said = {part: value.lower() for part, value in found.groupdict().items()}
        try:
            day = (_year(said), _month(said), int(said.get("day", "1")))
            clock = (_hour(said), int(said.get("minute", "0")), int(said.get("second", "0")))
            return Wall(datetime(*day, *clock, int(said.get("fraction", "0").ljust(6, "0"))), _offset(said))  # noqa: DTZ001 - wall time
        except ValueError:
            return None


@lru_cache(maxsize=64)
def _compiled(text: str) -> Pattern:
    expression, parts = "", list[str]()
    for token in re.findall(r"%-?.?|\s+|[^%\s]", text.strip(), re.DOTALL):
        if token.isspace():
            expression += r"\s+"
        elif token == "%%" or not token.startswith("%"):
            expression += re.escape(token[-1])
        else:
            sign = token[1:].removeprefix("-")
            if sign not in _SIGNS:
                raise BadPattern(text, f"there is no sign `{token}`; there are {SIGNS}")
            part, written = _SIGNS[sign]
            if part in parts:
                raise BadPattern(text, f"it gives the {part.replace('_', ' ')} twice")
            parts.append(part)
            expression += f"(?P<{part}>{written})"
    found = frozenset(parts)
    _check_fitting(text, found)
    return Pattern(text, found, re.compile(expression, re.IGNORECASE))


def _check_fitting(text: str, parts: frozenset[str]) -> None:
    for group in (*_WHOLE_DATE, *_WHOLE_TIME):
        if len(parts & group) > 1:
            raise BadPattern(text, f"it gives {' and '.join(sorted(part.replace('_', ' ') for part in parts & group))}")
    for part, other, problem in _TOGETHER:
        if part in parts and other not in parts:
            raise BadPattern(text, problem)
    if not parts:
        raise BadPattern(text, f"it has no signs, such as `%d/%m/%Y %H:%M`; there are {SIGNS}")


def _year(said: dict[str, str]) -> int:
    if "short_year" in said:
        short = int(said["short_year"])
        return short + (1900 if short >= 69 else 2000)
    return int(said.get("year", "1"))


def _month(said: dict[str, str]) -> int:
    name = said.get("month_name")
    if name is None:
        return int(said.get("month", "1"))
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def _hour(said: dict[str, str]) -> int:
    if "half_hour" not in said:
        return int(said.get("hour", "0"))
    hour = int(said["half_hour"])
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if said["half"].startswith("p") else 0)


def _offset(said: dict[str, str]) -> timedelta | None:
    written = said.get("offset")
    if written is None:
        return None
    if not written.startswith(("+", "-")):
        return timedelta()
    size = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return -size if written.startswith("-") else size
