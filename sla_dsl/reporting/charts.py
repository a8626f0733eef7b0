"""Charts of a log: shares over months, and how much of their targets cycles used."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.reporting.html import Markup, element
from sla_dsl.reporting.pictures import colour, look, mark, stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sla_dsl.reporting.pictures import Pictures

_WIDE, _HIGH, _LEFT, _TOP, _BOTTOM = 360.0, 214.0, 42.0, 20.0, 40.0
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_NAMES = 8
FEW = 20
"""A share of fewer cycles than these is drawn hollow, and no line leads to it."""


@frozen
class Point:
    """A share in percent, and of how many."""

    share: float
    of: int


@frozen
class Series:
    """A line: its name, and a point or None for each month."""

    name: str
    points: Sequence[Point | None]


@frozen
class _Frame:
    """The place of a chart: steps along, and values from the least to the greatest upwards."""

    steps: int
    least: float
    greatest: float
    right: float

    @property
    def step(self) -> float:
        return (self.right - _LEFT) / max(self.steps, 1)

    def x(self, step: float) -> float:
        return _LEFT + step * self.step

    def y(self, value: float) -> float:
        share = (min(max(value, self.least), self.greatest) - self.least) / (self.greatest - self.least)
        return _HIGH - _BOTTOM - share * (_HIGH - _TOP - _BOTTOM)

    def levels(self, unit: str) -> Iterator[Markup]:
        """Lines across with their values."""
        for value in _steps(self.least, self.greatest):
            y = self.y(value)
            kind = "base" if value == self.least else "grid"
            yield element("line", x1=_LEFT, x2=self.right, y1=y, y2=y, class_=kind)
            yield _text(f"{value:,.0f}{unit}", _LEFT - 6, y + 4, "end")

    def along(self, at: float, words: str, line: int = 0) -> Markup:
        """A name under the chart."""
        return _text(words, self.x(at), _HIGH - _BOTTOM + 15 + 14 * line, "middle")


# ---------------------------------------------------------------------------------------- over months


def over_months(
    pictures: Pictures, months: Sequence[str], series: Sequence[Series], words: str, wanted: Iterable[float] = ()
) -> Markup:
    """Shares by month, a line for each series; `wanted` are lines across, such as the threshold of an objective."""
    wanted = tuple(wanted)
    points = [point for one in series for point in one.points if point is not None]
    many = [point for point in points if point.of >= FEW] or points
    frame = _Frame(len(months), _floor(min([*(point.share for point in many), *wanted])), 100.0, _WIDE - 36)
    shapes: list[str] = [*frame.levels(" %"), *_month_names(frame, months)]
    shapes += [
        element("line", x1=_LEFT, x2=frame.right, y1=frame.y(one), y2=frame.y(one), class_="wanted") for one in wanted
    ]
    ends: list[tuple[float, str, int]] = []
    for number, one in enumerate(series):
        shapes.extend(_line(frame, number, one, months))
        last = next((point for point in reversed(one.points) if point is not None and point.of >= FEW), None)
        if last is not None:
            ends.append((frame.y(last.share), one.name, number))
    detail = " ".join(_told(one, months) for one in series)
    return pictures.picture(words, _WIDE, _HIGH, [*shapes, *_line_names(frame, ends)], detail=detail)


def _month_names(frame: _Frame, months: Sequence[str]) -> Iterator[Markup]:
    """The names of as many months as there is room for; a year under its first."""
    every = math.ceil(len(months) / _MOST_NAMES)
    year = ""
    for at in range(0, len(months), every):
        named, number = months[at].split("-")
        yield frame.along(at + 0.5, _MONTHS[int(number) - 1])
        if named != year:
            yield frame.along(at + 0.5, named, 1)
        year = named


def _line(frame: _Frame, number: int, one: Series, months: Sequence[str]) -> Iterator[Markup]:
    path, joins = "", "M"
    for at, point in enumerate(one.points):
        if point is None or point.of < FEW:
            joins = "M"
        else:
            path += f"{joins}{frame.x(at + 0.5):.1f} {frame.y(point.share):.1f}"
            joins = "L"
    if path:
        yield element("path", d=path, class_="line", **stroke(number))
    for at, (month, point) in enumerate(zip(months, one.points, strict=True)):
        if point is not None:
            title = element("title", f"{one.name}, {month}: {point.share:.1f} % of {point.of:,}")
            place = mark(number, frame.x(at + 0.5), frame.y(point.share), hollow=point.of < FEW)
            yield element("g", title, place)


def _line_names(frame: _Frame, ends: Iterable[tuple[float, str, int]]) -> Iterator[Markup]:
    """The name of each line at its end, moved apart where they would lie on each other."""
    free = -math.inf
    for y, name, number in sorted(ends):
        at = max(y, free)
        free = at + 12
        shown = name if len(name) <= 5 else f"{name[:4]}…"
        yield element("text", shown, x=frame.right + 4, y=at + 4, style=f"fill:{colour(number)}", class_="name")


def _told(one: Series, months: Sequence[str]) -> str:
    points = zip(months, one.points, strict=True)
    told = [f"{month} {point.share:.1f} % of {point.of:,}" for month, point in points if point is not None]
    return f"{one.name}: {', '.join(told)}."


def _floor(lowest: float) -> float:
    """Where a chart of shares begins: below all of them, with some room, and so that its steps end at 100."""
    return next((floor for floor in (80.0, 60.0, 50.0, 40.0, 20.0) if floor <= lowest - 2), 0.0)


# --------------------------------------------------------------------------------- against the target


def distribution(pictures: Pictures, in_time: Sequence[int], late: Sequence[int], width: int, words: str) -> Markup:
    """How many cycles used how much of their target, in steps of `width` percent; the last step has no end."""
    steps = len(in_time)
    most = max(met + missed for met, missed in zip(in_time, late, strict=True))
    frame = _Frame(steps, 0.0, float(_round_up(most)), _WIDE - 12)
    shapes: list[str] = list(frame.levels(""))
    for number, (met, missed) in enumerate(zip(in_time, late, strict=True)):
        upper = "and more" if number == steps - 1 else f"to {(number + 1) * width} %"
        title = element("title", f"{number * width} % {upper}: {met:,} in time, {missed:,} late")
        bars = [
            _bar(frame, number, float(below), float(amount), kind)
            for amount, below, kind in ((met, 0, "in-time"), (missed, met, "late"))
            if amount
        ]
        shapes.append(element("g", title, *bars))
    shapes.extend(_target(frame, 100 / width))
    shapes += [frame.along(percent / width, f"{percent}") for percent in range(0, (steps - 1) * width, 50)]
    shapes.append(frame.along(steps - 1, f"{(steps - 1) * width}+"))
    shapes.append(_text("time used, percent of the target", (_LEFT + frame.right) / 2, _HIGH - 6, "middle"))
    shapes.append(_text("cycles", _LEFT, _TOP - 10, "start"))
    detail = f"{sum(in_time):,} in time, {sum(late):,} late."
    return pictures.picture(words, _WIDE, _HIGH, shapes, detail=detail)


def _bar(frame: _Frame, number: int, below: float, amount: float, kind: str) -> Markup:
    top, bottom = frame.y(below + amount), frame.y(below)
    high = max(bottom - top, 1.0)
    return element("rect", x=frame.x(number) + 0.6, y=bottom - high, width=frame.step - 1.2, height=high, **look(kind))


def _target(frame: _Frame, at: float) -> Iterator[Markup]:
    x = frame.x(at)
    yield element("line", x1=x, x2=x, y1=_TOP - 8, y2=_HIGH - _BOTTOM, class_="target")
    yield element("text", "target", x=x + 4, y=_TOP - 1, class_="halo")


# ---------------------------------------------------------------------------------------------- parts


def _text(words: str, x: float, y: float, anchor: str) -> Markup:
    return element("text", words, x=x, y=y, text_anchor=anchor, class_="tick")


def _steps(least: float, greatest: float) -> list[float]:
    """Some four or five round values between two, both among them."""
    rough = (greatest - least) / 4
    size = 10 ** math.floor(math.log10(rough))
    step = max(1.0, next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= rough * 0.999))
    return [least + step * each for each in range(int((greatest - least) / step + 0.001) + 1)]


def _round_up(most: int) -> int:
    """A round number that is not less, and a multiple of four where that is easy to read."""
    if most <= 4:
        return 4
    size = 10 ** int(math.log10(most))
    return next(int(size * each) for each in (1, 2, 4, 6, 8, 10) if size * each >= most)
