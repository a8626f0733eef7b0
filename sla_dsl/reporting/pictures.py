"""Pictures as SVG, each with words that say what it shows: bars of counts, and where the time of a ticket went."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.reporting.html import Markup, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STRIPES = element(
    "svg",
    element(
        "defs",
        element(
            "pattern",
            element("rect", width=6, height=6, class_="late"),
            element("line", x1=0, y1=0, x2=0, y2=6, class_="striped"),
            id="late-stripes", width=6, height=6, patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
        ),
    ),
    width=0, height=0, style="position:absolute", aria_hidden="true", focusable="false",
)  # fmt: skip
"""What is late is striped too, so that it can be told without colour. It stands once on a page."""
_BAR = 200.0
_MARKS = 5
_DASHES = (None, "6 3", "2 2", "8 2 2 2", "1 3", "10 4")


@frozen
class Part:
    """A part of a bar: what it is, how much, and how it looks."""

    name: str
    amount: float
    look: str


class Pictures:
    """Draws the pictures of one page; each has a name of its own, by which it refers to its words."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def picture(
        self, words: str, wide: float, high: float, shapes: Iterable[str], *, detail: str = "", stretched: bool = False
    ) -> Markup:
        """A picture of some shapes: `words` say what it shows, `detail` the figures; `stretched` fills its place."""
        name = f"picture-{next(self._numbers)}"
        return element(
            "svg",
            element("title", words, id=f"{name}-title"),
            element("desc", detail, id=f"{name}-desc") if detail else None,
            *shapes,
            viewBox=f"0 0 {wide:g} {high:g}",
            role="img",
            aria_labelledby=f"{name}-title" + (f" {name}-desc" if detail else ""),
            preserveAspectRatio="none" if stretched else None,
        )

    def bar(self, parts: Sequence[Part], words: str, *, high: float = 14.0) -> Markup:
        """A bar of parts side by side."""
        total = sum(part.amount for part in parts)
        shapes: list[str] = []
        at = 0.0
        for part in parts:
            wide = _BAR * part.amount / total if total else 0.0
            if wide:
                shapes.append(element("rect", x=at, y=0, width=wide, height=high, **look(part.look)))
            at += wide
        if not total:
            shapes.append(element("rect", x=0, y=0, width=_BAR, height=high, class_="none"))
        return self.picture(words, _BAR, high, shapes, stretched=True)

    def stretches(self, parts: Sequence[tuple[float, float, str]], due: float, words: str) -> Markup:
        """Stretches of time between 0 and 1, each with its look; `due` is marked."""
        high = 24.0
        shapes: list[str] = [
            element("rect", x=_BAR * a, y=4, width=max(_BAR * (b - a), 0.1), height=16, **look(each))
            for a, b, each in parts
        ]
        x = _BAR * min(max(due, 0.0), 1.0)
        shapes.append(element("line", x1=x, x2=x, y1=0, y2=high, class_="target"))
        return self.picture(words, _BAR, high, shapes, stretched=True)


# ---------------------------------------------------------------------------------------------- looks


def look(name: str) -> dict[str, str | float]:
    """How a shape looks, by what it stands for."""
    return {"fill": "url(#late-stripes)"} if name in {"late", "counted over"} else {"class_": name}


def stroke(number: int) -> dict[str, str | float]:
    """How a line looks, by its number: a colour and dashes."""
    dashes = _DASHES[number % len(_DASHES)]
    found: dict[str, str | float] = {"stroke": colour(number)}
    return found if dashes is None else {**found, "stroke_dasharray": dashes}


def colour(number: int) -> str:
    """The colour of a line, by its number."""
    return f"var(--s{number % 6})"


def mark(number: int, x: float, y: float, *, hollow: bool = False) -> Markup:
    """A point of a line, of a form of its own."""
    fill = "var(--paper)" if hollow else colour(number)
    outline: dict[str, str | float] = {"stroke": colour(number), "stroke_width": 1.5, "style": f"fill:{fill}"}
    match number % _MARKS:
        case 0:
            return element("circle", cx=x, cy=y, r=3.2, **outline)
        case 1:
            return element("rect", x=x - 3, y=y - 3, width=6, height=6, **outline)
        case 2:
            return element("path", d=f"M{x:.1f} {y - 4:.1f}l4 7h-8z", **outline)
        case 3:
            return element("path", d=f"M{x:.1f} {y - 4.4:.1f}l4.2 4.4l-4.2 4.4l-4.2 -4.4z", **outline)
        case _:
            return element("path", d=f"M{x:.1f} {y + 4:.1f}l4 -7h-8z", **outline)


def sample(name: str) -> Markup:
    """A piece of a look, for a key."""
    return element("svg", element("rect", width=22, height=12, **look(name)), viewBox="0 0 22 12", aria_hidden="true")


def line_sample(number: int) -> Markup:
    """A piece of a line with its mark, for a key."""
    line = element("line", x1=0, y1=6, x2=22, y2=6, stroke_width=1.8, **stroke(number))
    return element("svg", line, mark(number, 11.0, 6.0), viewBox="0 0 22 12", aria_hidden="true")


def key(items: Iterable[tuple[Markup, str]]) -> Markup:
    """What the looks in a picture stand for."""
    return element("ul", *(element("li", piece, words) for piece, words in items), class_="key")
