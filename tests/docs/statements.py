"""The statements of the language, as the grammar and the table of places know them, in the words of the reference."""

from __future__ import annotations

import re

from sla_dsl.syntax.language import grammar_text
from sla_dsl.syntax.placement import EVIDENCE, FILE, OF_LOGS, allowed_in, homes_of

_SPOKEN = {
    FILE: "the file",
    "available_not_stated": "available",
    "carries_targets": "priority is",
    "chosen": "chosen by",
    "fulfilled": "fulfilled when",
    "happens": "at",
    "left_blank": "left blank for",
    "measured": "measured in",
    "on_change": "on change of",
    "on_reopening": "on reopening",
    "owed": "owed by",
    "pauses_between": "pauses",
    "pauses_in": "pauses",
    "pauses_keep": "pauses move the due time",
    "pauses_move": "pauses move the due time",
    "pauses_while": "pauses",
    "provided": "provided by",
    "reached": "reached through",
    "requested": "requested by",
    "row": "a row",
    "special_hours": "on … from",
    "transition": "from … to",
    "voids": "void",
    "warns": "warn",
    "agreed": "agreed when",
    "allowed": "allowed",
    "applies": "applies if",
    "created": "created",
    "escalates": "escalates to",
    "rows": "one row per",
    "file_form": "file",
    "ticket_from": "ticket from",
    "created_from": "created from",
    "at_from": "at from",
    "due_from": "due from",
    "status_from": "status from",
    "status_at": "status from",
    "event_from": "event from",
    "event_at": "event from",
    "event_on_change": "event from",
    "level_from": "level … from",
    "fact_from": "fact … from",
    "channel_from": "channel from",
    "caller_from": "caller from",
    "ignore_rest": "ignore",
}


def _kinds() -> tuple[str, ...]:
    """Every kind of statement: the alternatives of the grammar's `line`, under the names that the tree gives them."""
    text = grammar_text()
    found: list[str] = []
    for rule in re.findall(r"\w+", _rule(text, r"\?line")):
        alternatives = re.split(r"\n\s+\|", _rule(text, rule))
        for alternative in alternatives:
            alias = re.search(r"-> (\w+)", alternative)
            found.append(alias[1] if alias else rule)
    return tuple(dict.fromkeys(found))


def _rule(text: str, name: str) -> str:
    body = re.search(rf"^{name}:(.*?)(?=^\S|\Z)", text, re.DOTALL | re.MULTILINE)
    assert body is not None, name
    return body[1]


KINDS = _kinds()


def spoken(kind: str) -> str:
    """How the reference calls a kind of statement or block."""
    return _SPOKEN.get(kind, kind.replace("_", " "))


def spelled_homes(kind: str) -> str:
    """The blocks in which a statement may stand, as its entry lists them."""
    if kind in EVIDENCE:
        blocks = [block for block in KINDS if kind not in allowed_in(block) and block not in OF_LOGS]
        of_log = "all inside a `log`" if kind in allowed_in("log") else "all of a `log`"
        return f"every block except those of {_listed(blocks)}, and {of_log}"
    return _listed(homes_of(kind))


def _listed(kinds: object) -> str:
    names = dict.fromkeys(spoken(kind) for kind in kinds)  # type: ignore[attr-defined]
    return ", ".join(name if name == spoken(FILE) else f"`{name}`" for name in names)


def table() -> str:
    """The table of blocks and of what may stand in each."""
    rows = ["| block | statements in it |", "|---|---|"]
    for block in (FILE, *KINDS):
        inner = [kind for kind in KINDS if kind in allowed_in(block) and kind not in EVIDENCE]
        if inner:
            name = spoken(block) if block == FILE else _linked(block)
            rows.append(f"| {name} | {' · '.join(dict.fromkeys(map(_linked, inner)))} |")
    return "\n".join(rows)


def _linked(kind: str) -> str:
    return f"[{spoken(kind)}](#st-{_first(kind)})"


def _first(kind: str) -> str:
    """The first kind with the same spoken name, so that kinds with one entry are one link."""
    return next(other for other in KINDS if spoken(other) == spoken(kind))
