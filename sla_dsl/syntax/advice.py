"""What to tell an author where a statement could not be read: what is wrong, and what would be right."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source, Span
from sla_dsl.syntax.habits import habit, lookalike
from sla_dsl.syntax.language import language_vocabulary
from sla_dsl.syntax.machine import Refusal
from sla_dsl.syntax.tables import END
from sla_dsl.syntax.tree import Token
from sla_dsl.syntax.vocabulary import DAYS, UNITS

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
    "LPAR": "`(`",
    "RPAR": "`)`",
    "BAR": "`|`",
    "COMMA": "a comma",
    "COLON": "a colon",
    "PERCENT": "`%`",
    "IS_A": "`is a`",
    END: "the end of the statement",
}
_MOST_NAMED = 8
_MOST_SHOWN = 60
"""Words in messages and in searches for similar ones are cut to this length."""


def complaint(source: Source, line: tuple[Token, ...], refusal: Refusal) -> Finding:
    """The finding for a line that could not be read.

    Example: `open mon-fri 08:00 to 17:00` is told to write `mon to fri`.
    """
    if refusal.at == len(line):
        end = line[-1].span.end
        return catalogue.UNFINISHED(
            Place(source, Span(end, end)), head=_shown(line[0].text), advice=_expected(refusal.accepted)
        )
    token = line[refusal.at]
    place = Place(source, token.span)
    if token.kind == "BAD" and token.text.startswith('"'):
        return catalogue.OPEN_STRING(place)
    if token.kind == "BAD" and (letter := lookalike(token.text[:_MOST_SHOWN])):
        return catalogue.LOOKALIKE(place, found=_shown(token.text), character=unicodedata.name(letter, "a character"))
    if refusal.at == 0:
        return catalogue.UNKNOWN_STATEMENT(place, found=_shown(token.text), advice=_head_advice(line))
    return catalogue.UNEXPECTED(place, found=_shown(token.text), advice=_inner_advice(source, line, refusal))


def _shown(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def _head_advice(line: tuple[Token, ...]) -> str:
    """What to write instead of a word that begins no statement."""
    word = line[0].text[:_MOST_SHOWN]
    if line[0].kind == "LBRACE":
        return "Write the statement that opens the block before its brace."
    heads = language_vocabulary().head_words
    two_words = " ".join(token.text[:_MOST_SHOWN] for token in line[:2])
    close = _closest(two_words, heads, 0.8) or _closest(word.lower(), heads, 0.6)
    if close:
        return f"Did you mean `{close}`?"
    if line[0].kind == "BAD" and (advice := habit(word)):
        return advice
    return "A statement begins with a word of the language, such as `calendar`, `clock` or `cite`, one to a line."


def _inner_advice(source: Source, line: tuple[Token, ...], refusal: Refusal) -> str:
    """What to write instead of a word that does not fit where it stands."""
    token, accepted = line[refusal.at], refusal.accepted
    found = token.text[:_MOST_SHOWN]
    before = line[refusal.at - 1]
    if before.kind == "COMMA" and "\n" in source.text[before.span.end : token.span.start]:
        return "The line above ends with a comma, so this line goes on with it. Remove the comma, or end the list."
    if (token.kind == "BAD" or (token.kind == "WORD" and "DAY" in accepted)) and (advice := habit(found)):
        return advice
    if END in accepted and found in language_vocabulary().head_words:
        return f"Begin a new line for `{found}`."
    if close := _closest(found.lower(), _words(accepted), 0.75):
        return f"Did you mean `{close}`?"
    if "WORD" in accepted and token.kind != "WORD" and found.replace(" ", "_").isidentifier():
        return (
            f"`{found}` is a word of the language and cannot be a name here. "
            "Choose another name, or refer to the thing by its label in quotation marks."
        )
    return _expected(accepted)


def _closest(word: str, words: Sequence[str], cutoff: float) -> str | None:
    """The most similar of some words, if any is similar enough."""
    return next(iter(get_close_matches(word, words, n=1, cutoff=cutoff)), None)


def _expected(accepted: frozenset[str]) -> str:
    """What could have stood here: sorts of words rather than single ones where there would be too many."""
    named = sorted(_FAMILIES.get(terminal) or f"`{_spelled(terminal)}`" for terminal in accepted)
    if len(named) > _MOST_NAMED:
        named = [name for name in named if not name.startswith("`")] or named[:_MOST_NAMED]
    return f"Expected here: {', '.join(named)}."


def _words(accepted: frozenset[str]) -> list[str]:
    """The words that would fit."""
    families = [*(DAYS if "DAY" in accepted else ()), *(UNITS if "UNIT" in accepted else ())]
    return [*families, *sorted(_spelled(terminal) for terminal in accepted if terminal not in _FAMILIES)]


def _spelled(terminal: str) -> str:
    return terminal.lower().replace("_", " ")
