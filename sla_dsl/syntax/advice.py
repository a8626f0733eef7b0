"""What to tell an author where a statement could not be read: what is wrong, and what would be right."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.nearest import nearest
from sla_dsl.source import Source, Span
from sla_dsl.syntax.habits import contract_word, habit, lookalike
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
_RESERVED = frozenset({"H_IN_FORCE_FROM", "H_MEASURE", "H_REMEDY", "H_CREDIT", "H_UPTIME"})
"""Words for which there is no rule yet (SEMANTICS R9)."""
_MOST_NAMED = 8
_MOST_SHOWN = 60
"""Words in messages and in searches for similar ones are cut to this length."""


def complaint(source: Source, line: tuple[Token, ...], refusal: Refusal) -> Finding:
    """The finding for a line that could not be read.

    Example: `open mon-fri 08:00 to 17:00` is told to write `mon to fri`.
    """
    if line[0].kind in _RESERVED:
        return catalogue.RESERVED(Place(source, line[0].span), head=line[0].text)
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
    phrases = [_phrase(line, 0, length) for length in (3, 2)]
    if close := next(filter(None, (nearest(phrase, heads, 0.8) for phrase in phrases)), nearest(word, heads, 0.6)):
        return f"Did you mean `{close}`?"
    if line[0].kind == "BAD" and (advice := habit(word)):
        return advice
    return "A statement begins with a word of the language, such as `calendar`, `clock` or `cite`, one to a line."


def _inner_advice(source: Source, line: tuple[Token, ...], refusal: Refusal) -> str:
    """What to write instead of a word that does not fit where it stands."""
    token, accepted = line[refusal.at], refusal.accepted
    found = token.text[:_MOST_SHOWN]
    if _swallowed(source, line[: refusal.at + 1]):
        return "The line above ends with a comma, so this line goes on with it. Remove the comma, or end the list."
    if advice := _known_habit(line, refusal):
        return advice
    if END in accepted and found in language_vocabulary().head_words:
        return f"Begin a new line for `{found}`."
    words = _words(accepted)
    for length in (3, 2, 1):
        close = nearest(_phrase(line, refusal.at, length), [w for w in words if w.count(" ") == length - 1], 0.75)
        if close:
            return f"Did you mean `{close}`?"
    if "WORD" in accepted and token.kind != "WORD" and found.replace(" ", "_").isidentifier():
        return (
            f"`{found}` is a word of the language and cannot be a name here. "
            "Choose another name, or refer to the thing by its label in quotation marks."
        )
    if token.kind == "BAR":
        return "`|` stands between the cells of a table. Write `or` for a choice."
    return _expected(accepted)


def _swallowed(source: Source, read: tuple[Token, ...]) -> bool:
    """Whether a comma at the end of a line has drawn the next statement into this one."""
    heads = language_vocabulary().head_words
    return any(
        before.kind == "COMMA" and token.text in heads and "\n" in source.text[before.span.end : token.span.start]
        for before, token in pairwise(read)
    )


def _known_habit(line: tuple[Token, ...], refusal: Refusal) -> str | None:
    """Help for what is usually written otherwise, where it can be meant so."""
    token = line[refusal.at]
    if token.kind == "OFFSET":
        return habit(line[refusal.at - 1].text + token.text)
    meant = {"BAD": True, "WORD": "DAY" in refusal.accepted, "NUMBER": "TIME" in refusal.accepted}
    if meant.get(token.kind):
        return habit(token.text[:_MOST_SHOWN])
    return contract_word(token.text[:_MOST_SHOWN]) if token.kind == "WORD" else None


def _phrase(line: tuple[Token, ...], at: int, length: int) -> str:
    """So many words from a place in a line, as they would be written."""
    return " ".join(token.text[:_MOST_SHOWN].lower() for token in line[at : at + length])


def _expected(accepted: frozenset[str]) -> str:
    """What could have stood here: sorts of words rather than single ones where there would be too many."""
    named = sorted(_FAMILIES.get(terminal) or f"`{_spelled(terminal)}`" for terminal in accepted)
    if len(named) > _MOST_NAMED:
        sorts = [name for name in named if not name.startswith("`")]
        named = sorts if len(sorts) > 1 else [*named[:_MOST_NAMED], "or another word"]
    return f"Expected here: {', '.join(named)}."


def _words(accepted: frozenset[str]) -> list[str]:
    """The words that would fit."""
    families = [*(DAYS if "DAY" in accepted else ()), *(UNITS if "UNIT" in accepted else ())]
    return [*families, *sorted(_spelled(terminal) for terminal in accepted if terminal not in _FAMILIES)]


def _spelled(terminal: str) -> str:
    return terminal.lower().replace("_", " ")
