"""What to tell an author at the first word that could not be read: what is wrong, and what would be right."""

from __future__ import annotations

import re
from difflib import get_close_matches

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source
from sla_dsl.syntax.lark_machine import language_vocabulary
from sla_dsl.syntax.tree import Token
from sla_dsl.syntax.vocabulary import DAYS, UNITS

_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_HABITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"^{_DAY}[-–—]{_DAY}", re.IGNORECASE), "Write a span of days as `mon to fri`."),
    (
        re.compile(rf"^{_DAY}$", re.IGNORECASE),
        "Days are written `mon tue wed thu fri sat sun`, in small letters.",
    ),
    (
        re.compile(r"^[0-9]+(?:s|sec|m|min|h|hr|hrs|d|w)$", re.IGNORECASE),
        "Write number and unit apart: `1 hour`, `30 minutes`, `2 days`.",
    ),
    (re.compile(r"^[0-9:.]+(?:am|pm)", re.IGNORECASE), "Write times on the 24-hour clock: `08:30`, `17:00`."),
    (re.compile(r"^[0-9]{1,2}[.h][0-9]{2}$"), "Write times with a colon: `08:30`."),
    (re.compile(r"^[0-9:]+[-–—][0-9:]+$"), "Write a span of hours as `08:30 to 17:00`."),
    (re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T"), "Write a moment as `2026-03-06 15:00`, with a space."),
    (
        re.compile(r"^[0-9]{1,4}[/.][0-9]{1,2}[/.][0-9]{1,4}$"),
        "Write a date as year-month-day: `2026-03-06`.",
    ),
    (re.compile(r"^[“”„‟«»‘’']"), 'Write texts between straight quotation marks: `"…"`.'),
    (re.compile(r"^[–—−-]$"), "Write `to` between the two ends of a span."),
    (re.compile(r"^(?:>=|=>|≥)"), "Write `at least`."),
    (re.compile(r"^(?:<=|=<|≤)"), "Write `at most`."),
    (re.compile(r"^[>≻]"), "Write `more than`."),
    (re.compile(r"^<"), "Write `fewer than` or `less than`."),
    (re.compile(r"^(?:=|==)$"), "Write `is`."),
    (re.compile(r"^(?:&&?|\+)$"), "Write `and`."),
    (re.compile(r"^(?:\|\||;)$"), "Write `or`, or begin a new line."),
    (
        re.compile(r"^[A-Za-z][A-Za-z0-9_]*-[A-Za-z0-9_-]+$"),
        "A name has letters, digits and `_`, and no `-`.",
    ),
)
_FAMILIES = {
    "WORD": "a name",
    "STRING": "a text in quotation marks",
    "NUMBER": "a number",
    "DATE": "a date such as `2026-03-06`",
    "MONTHDAY": "a day of the year such as `12-25`",
    "TIME": "a time such as `08:30`",
    "OFFSET": "an offset such as `+01:00`",
    "ZONE": "a zone such as `Europe/Amsterdam`",
    "REGION": "a region such as `US-CA`",
    "DAY": "a day such as `mon`",
    "UNIT": "a unit such as `hours`",
    "NL": "the end of the line",
    "LBRACE": "an opening brace",
    "RBRACE": "a closing brace",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "BAR": "`|`",
    "COMMA": "a comma",
    "COLON": "a colon",
    "PERCENT": "`%`",
}
_UNSAID = frozenset({"BAD", "$END"})
_MOST_NAMED = 8


def refusal(
    source: Source, token: Token, accepted: frozenset[str], line: list[Token], *, starts: bool
) -> Finding:
    """The finding for a statement that could not be read: `token` is where, `accepted` what could have stood there."""
    place = Place(source, token.span)
    if token.text.startswith('"') and token.kind == "BAD":
        return catalogue.OPEN_STRING(place)
    if starts and token.kind in {"WORD", "BAD"}:
        return catalogue.UNKNOWN_STATEMENT(place, found=token.text, advice=_head_advice(token.text, line))
    found = token.text.strip() or "the end of the line"
    return catalogue.UNEXPECTED(
        place, found=found, advice=_habit(token.text) or _expected(token.text, accepted)
    )


def _habit(text: str) -> str | None:
    """Help for what people write in other languages and in letters."""
    return next((advice for pattern, advice in _HABITS if pattern.match(text)), None)


def _head_advice(word: str, line: list[Token]) -> str:
    heads = language_vocabulary().head_words
    two_words = " ".join(token.text for token in line[:2])
    close = get_close_matches(two_words, heads, n=1, cutoff=0.8) or get_close_matches(
        word.lower(), heads, n=1, cutoff=0.6
    )
    if close:
        return f"Did you mean `{close[0]}`?"
    return (
        _habit(word)
        or "A statement begins with a word of the language, such as `calendar`, `clock` or `cite`, one to a line."
    )


def _expected(found: str, accepted: frozenset[str]) -> str:
    words = sorted(_spelled(terminal) for terminal in accepted - _UNSAID if not terminal.startswith("H_"))
    plain = [word.strip("`") for word in words]
    close = get_close_matches(found.lower(), [*plain, *_family_words(accepted)], n=1, cutoff=0.75)
    if close and close[0] != found:
        return f"Did you mean `{close[0]}`?"
    if not words:
        return "Begin a new line for a new statement."
    if len(words) > _MOST_NAMED:
        words = [word for word in words if not word.startswith("`")] or words[:_MOST_NAMED]
    return f"Expected here: {', '.join(words)}."


def _family_words(accepted: frozenset[str]) -> list[str]:
    return [*(DAYS if "DAY" in accepted else ()), *(UNITS if "UNIT" in accepted else ())]


def _spelled(terminal: str) -> str:
    return _FAMILIES.get(terminal) or f"`{terminal.lower().replace('_', ' ')}`"
