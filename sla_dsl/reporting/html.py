"""HTML and SVG put together from elements, so that no text of a log or policy can become markup."""

from __future__ import annotations

from html import escape

from sla_dsl.reporting.excerpt import printable

_VOID = frozenset({"br", "col", "meta"})


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def element(name: str, /, *inside: str | None, **attributes: str | float | None) -> Markup:
    """An element with what is inside it: markup as it is, text escaped, None left out.

    Attributes are named with `_` for `-`, and may end in `_` (`class_`); one that is None is left out. A number has at
    most two decimals, as places in a picture need no more.

    >>> element("td", "p1 < p2", class_="level")
    '<td class="level">p1 &lt; p2</td>'
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{shown}>")
    return Markup(f"<{name}{shown}>{joined(*inside)}</{name}>")


def joined(*parts: str | None) -> Markup:
    """Markup and texts, one after the other.

    >>> joined(element("b", "1"), " & ", None)
    '<b>1</b> &amp; '
    """
    return Markup("".join(part if isinstance(part, Markup) else text(part) for part in parts if part is not None))


def text(given: str) -> Markup:
    """A text as it is shown."""
    return Markup(escape(printable(given)))


def _value(value: str | float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
