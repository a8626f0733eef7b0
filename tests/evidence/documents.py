"""The four vendors' documents, and random ones full of what makes documents hard to read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from sla_dsl.evidence import Document
from sla_dsl.source import Source

VENDORS = ("rekor", "secpod", "sightworks", "cloudcti")
_POLICIES = Path(__file__).parents[2] / "policies"


@cache
def document(vendor: str) -> Document:
    return Document(Source.read(_POLICIES / vendor / f"{vendor}.txt", name=f"{vendor}.txt"))


_WORDS = st.sampled_from(
    "four 4 hours P1 e.g. etc. a.m. No. Support response, (SLA) Customer’s “open” end. why? shall not 24x7 08:30 1,000 "
    "<b>bold</b> 3<sup>rd</sup> <small>part <10 > ≻ 90% a*b MTTR* \\*) **two** _it_ snake_case ____ &amp; &lt; ﬁx … "
    "[x](https://a.example/b) <https://a.example> [Customer](s) e\u0301te \u200bzero soft\u00adhyphen – - # | \\| ½ ① "
    "각 \uff11\uff12 &nbsp; İ".split()
)
_SPACES = st.sampled_from([" ", " ", " ", "  ", "\u00a0", "\t", "\n", "\n", "\n\n", " \n  ", "\u2028", "\x0c"])
_STARTS = st.sampled_from(
    ["", "", "", "- ", "* ", "• ", "1) ", "(a) ", "## ", "\t", "| ", "---|---\n", "----\n", "1.\t"]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Random documents: words and markup between white space of every kind, with the starts that lines have."""
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 40))):
        space = draw(_SPACES)
        parts.append(draw(_WORDS))
        parts.append(space)
        if space.startswith("\n"):
            parts.append(draw(_STARTS))
    return "".join(parts)
