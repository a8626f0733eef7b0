"""Every value rests on a sentence of a source, or says why it does not (H1)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import name_of
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.model import Declared
from sla_dsl.policy.terms import Blank, Calendar, Channel, Fact, Hours, Parameter, Scale, Silent, Target
from sla_dsl.syntax import Statement

_FREE = frozenset({"party", "event", "note"})
"""Kinds of declaration that carry no value of their own."""


def evidence(checked: Checked) -> Iterator[Finding]:
    """Values without evidence, once for each row of a table. What a reading declares rests on its ambiguity."""
    by_statement: dict[Place, list[Declared]] = {}
    for declared in checked.model.declared:
        if declared.reading is None and _needs_evidence(declared):
            by_statement.setdefault(checked.place(declared.statement), []).append(declared)
    for needing in by_statement.values():
        lacking = [declared for declared in needing if not _has_evidence(declared)]
        yield from _uncited(checked, lacking, whole=len(lacking) == len(needing))
    for statement in (inner for head in checked.model.tree.statements for inner in head.body):
        if statement.kind == "timezone" and not _says_why(statement):
            yield catalogue.UNCITED(checked.place(statement.line), clause="the timezone")


def _uncited(checked: Checked, lacking: list[Declared], *, whole: bool) -> Iterator[Finding]:
    """One finding for a statement that lacks evidence as a whole, else one for each part of it that does."""
    if whole and len(lacking) > 1:
        statement = lacking[0].statement
        clause = " ".join(filter(None, (statement.tokens[0].text, name_of(statement.line))))
        yield catalogue.UNCITED(checked.place(statement.line), clause=clause)
        return
    first: dict[Place, Declared] = {}
    for declared in lacking:
        first.setdefault(declared.place, declared)
    for place, declared in first.items():
        yield catalogue.UNCITED(place, clause=declared.term.clause)


def _needs_evidence(declared: Declared) -> bool:
    term = declared.term
    match term:
        case Parameter(default=default) | Fact(default=default):
            return default is not None
        case Channel(address=address, availability=availability):
            return address is not None or bool(availability)
        case Calendar(hours=hours):
            return isinstance(hours, Hours)
        case Target(promise=promise):
            return not isinstance(promise, Blank | Silent)
        case Scale(levels=levels):
            return not all(level.cites or level.assumes for level in levels)
        case _:
            return term.kind not in _FREE


def _has_evidence(declared: Declared) -> bool:
    if declared.term.cites or declared.term.assumes:
        return True
    return declared.term.kind != "target" and any(map(_says_why, declared.statement.body))


def _says_why(statement: Statement) -> bool:
    return any(inner.kind in {"cite", "assume"} for inner in statement.body)
