"""Markup read as a reader sees it: HTML tags that really are tags, and the few signs of Markdown that documents carry.

Every rule looks only at its nearest neighbours, so that a piece of a text folds like the same piece within the text.
What is not surely markup is text: `<10 times a day: … >` stays.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from sla_dsl.evidence.characters import plain
from sla_dsl.evidence.views import View

_INLINE = "a abbr b big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var"
_BLOCK = (
    "address article aside blockquote body br caption center col colgroup dd div dl dt figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 head header hr html img li main nav ol p pre section table tbody td tfoot th thead title"
    " tr ul wbr"
)
_INLINE_TAGS = frozenset(_INLINE.split())
_RAISED_TAGS = frozenset({"sup", "sub"})
_TAG_NAMES = "|".join(sorted((_INLINE + " " + _BLOCK).split(), key=len, reverse=True))

# Where a link leads: an address, not the `(s)` of `[Customer](s)`.
_TARGET = r"(?:[A-Za-z][A-Za-z0-9+.-]{0,20}:|/|\#|\.{1,2}/|www\.)[^\s()<>]*(?:\ \"[^\"\n()]*\")?"
_PUNCTUATION = r"[!-/:-@\[-`{-~]"

_MARKUP = re.compile(
    rf"""
    (?P<ruler> (?<!\S)(?:\|[ \t]*)?:?-{{2,}}:?(?:[ \t]*\|[ \t]*:?-{{2,}}:?)+(?:[ \t]*\|)?(?!\S)     # ---|---
             | ^[ \t]*(?:\|[ \t]*)?:?-{{2,}}:?[ \t]*\|[ \t]*$
             | ^[ \t]*+(?:(?:-[ \t]*+){{3,}}+|(?:\*[ \t]*+){{3,}}+|(?:=[ \t]*+){{3,}}+)$ )
  | (?P<tag> </?(?P<name>{_TAG_NAMES})
             (?:\s+[A-Za-z][\w:-]{{0,40}}\s?=\s?(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))*\s*/?> )
  | <(?P<address> (?:https?://|mailto:)[^\s<>]{{1,2000}} | [^\s<>@]{{1,100}}@[^\s<>@]{{1,200}} )>
  | (?P<entity> &(?:\#[0-9]{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}}); )
  | (?P<link_start> !?\[(?=[^\[\]\n]{{0,300}}\]\({_TARGET}\)) )
  | (?P<link_end> \]\({_TARGET}\) )
  | (?P<heading> (?<!\S)\#{{1,6}}(?=[ ]+\S) )
  | (?P<bullet> ^[ \t]*(?:[-+–—](?=[ ]+\S)|[•◦▪‣·●○■](?=[ \t]*\S)) )
  | (?P<stars> (?:\\?\*)+ )
  | \\(?P<escaped> {_PUNCTUATION} )
  | (?P<low> _+ )
  | (?P<bar> \| )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)


def without_markup(view: View, *, bullets: bool) -> View:
    """A view without its markup; the dash or bullet of a list item is kept with `bullets`."""

    def replace(match: re.Match[str]) -> str:
        kind = match.lastgroup
        if kind == "bullet" and bullets:
            return match.group()
        if kind in {"ruler", "bar"}:
            return " "
        rule = _RULES.get(kind or "")
        return rule(match) if rule else ""

    return view.rewritten(_MARKUP, replace)


def _tag(match: re.Match[str]) -> str:
    name = match["name"].lower()
    before, after = _neighbours(match)
    if name in _RAISED_TAGS and before.isdigit() and after.isdigit():
        # A raised digit beside a digit is another number: 4<sup>1</sup> is not 41.
        return "^"
    return "" if name in _INLINE_TAGS else " "


def _stars(match: re.Match[str]) -> str:
    """Emphasis and footnote marks; between two letters or digits, or all that a cell holds, a star is text."""
    before, after = _neighbours(match)
    if (before.isalnum() and after.isalnum()) or _alone(match):
        return match.group().replace("\\", "")
    return ""


def _low(match: re.Match[str]) -> str:
    """Emphasis stands at one edge of a word; within a name, or as a line to fill in, `_` is text."""
    before, after = _neighbours(match)
    return "" if len(match.group()) <= 2 and before.isalnum() != after.isalnum() else match.group()


def _entity(match: re.Match[str]) -> str:
    return "".join(map(plain, html.unescape(match.group())))


def _neighbours(match: re.Match[str]) -> tuple[str, str]:
    return match.string[max(match.start() - 1, 0) : match.start()], match.string[match.end() : match.end() + 1]


_EDGES = frozenset({"", "\n", "\t", "|"})


def _alone(match: re.Match[str]) -> bool:
    text = match.string
    start, end = match.start(), match.end()
    while start and text[start - 1] == " ":
        start -= 1
    while text[end : end + 1] == " ":
        end += 1
    return text[max(start - 1, 0) : start] in _EDGES and text[end : end + 1] in _EDGES


_RULES: dict[str, Callable[[re.Match[str]], str]] = {
    "tag": _tag,
    "address": lambda match: match["address"],
    "entity": _entity,
    "escaped": lambda match: match["escaped"],
    "stars": _stars,
    "low": _low,
}
