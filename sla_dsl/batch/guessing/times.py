"""Which columns hold times, and how they write them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from attrs import frozen

from sla_dsl.batch.guessing.sample import Sample
from sla_dsl.policy.logs.mapping import Times
from sla_dsl.policy.logs.patterns import Pattern
from sla_dsl.policy.logs.times import UnreadableTime, instant

USUAL = ""
"""The form without a pattern: RFC 3339."""

_DATES = (
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%y", "%m/%d/%y",
    "%d.%m.%y", "%d-%m-%y", "%m-%d-%y", "%d-%b-%Y", "%d %b %Y", "%d-%b-%y", "%d/%b/%Y", "%d/%b/%y", "%b %d, %Y",
    "%d %B %Y", "%B %d, %Y", "%Y-%m-%d",
)  # fmt: skip
_CLOCKS = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%I:%M:%S%p")
_JOINTS = (" ", "T", ", ")
_ENDS = ("", "%z", " %z")
_MOST_TRIED = 400
_NEARLY_ALL = 0.95


@frozen
class Written:
    """How a column writes its times: the patterns (`USUAL` for none), how many of the values tried they do not read.

    `unsure` says that no value told day and month apart, `needs_zone` that times do not say their own zone.
    """

    patterns: tuple[str, ...]
    unread: int
    unsure: bool = False
    needs_zone: bool = True
    spelled_out: str = USUAL
    """The pattern of the usual form as it is written here, for a log whose other columns have another."""


def times_in(sample: Sample) -> dict[str, Written]:
    """The columns with times, and how each writes them.

    A day that could be a month is settled by the values of all columns: whatever reads most of them.
    """
    read = {name: found for name in sample.names if (found := _forms(list(sample.counted(name))[:_MOST_TRIED]))}
    votes = [pattern for forms in read.values() if USUAL not in forms.whole for pattern in forms.whole]
    return {name: forms.settled(votes) for name, forms in read.items()}


@frozen
class _Forms:
    """The forms that read the values of one column: those that read all, and otherwise the best few together."""

    whole: tuple[str, ...]
    values: tuple[str, ...]
    partly: tuple[str, ...] = ()
    unread: int = 0

    def settled(self, votes: list[str]) -> Written:
        if not self.whole:
            return Written(self.partly, self.unread)
        if self.whole[0] == USUAL:
            needs_zone = not all(_reads(USUAL, value, None) for value in self.values)
            return Written((USUAL,), 0, needs_zone=needs_zone, spelled_out=self.whole[-1])
        chosen = max(self.whole, key=votes.count)  # the first of equals: the day before the month
        turned = chosen.replace("%d", "%-").replace("%m", "%d").replace("%-", "%m")
        unsure = turned != chosen and votes.count(turned) == votes.count(chosen)
        return Written((chosen,), 0, unsure, not _pattern(chosen).has_offset)


def _forms(values: list[str]) -> _Forms | None:
    """The forms that read nearly all of some values; none where these are no times."""
    if not values or not any(_may_be_a_time(value) for value in values[:5]):
        return None
    candidates = dict.fromkeys(form for value in values[:20] for form in _candidates(value))
    whole = tuple(form for form in candidates if all(_reads(form, value) for value in values))
    if whole:
        return _Forms(whole, tuple(values))
    left, chosen = values, list[str]()
    while left and len(chosen) < 3:
        best = max(candidates, key=lambda form: _count(form, left), default=None)
        if best is None or _count(best, left) == 0:
            break
        chosen.append(best)
        left = [value for value in left if not _reads(best, value)]
    return _Forms((), (), tuple(chosen), len(left)) if len(left) <= (1 - _NEARLY_ALL) * len(values) else None


def _may_be_a_time(value: str) -> bool:
    return ":" in value and sum(map(str.isdigit, value)) >= 6 and len(value) <= 40


def _count(form: str, values: Iterable[str]) -> int:
    return sum(_reads(form, value) for value in values)


@lru_cache(maxsize=512)
def _candidates(value: str) -> tuple[str, ...]:
    """The forms in which a value may be written."""
    if not _may_be_a_time(value):
        return ()
    return tuple(form for form in (USUAL, *_patterns()) if _reads(form, value))


@lru_cache(maxsize=1)
def _patterns() -> tuple[str, ...]:
    return tuple(map("".join, product(_DATES, _JOINTS, _CLOCKS, _ENDS)))


def _reads(form: str, value: str, zone: str | None = "UTC") -> bool:
    if form:
        return _pattern(form).read(value) is not None
    try:
        instant(Times((), zone), value)
    except UnreadableTime:
        return False
    return True


@lru_cache(maxsize=2048)
def _pattern(text: str) -> Pattern:
    return Pattern.of(text)
