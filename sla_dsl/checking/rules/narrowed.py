"""Evidence narrowed to a row or cell that the table does not have (H1)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import labels_of, name_of, written
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.policy.names import folded
from sla_dsl.syntax import Node, Statement

_NAMING = frozenset({"level", "status", "step"})


def narrowed(checked: Checked) -> Iterator[Finding]:
    """Each `cite p1 repair "…"` names what stands around it: rows, columns, levels, statuses, steps."""
    for statement in checked.statements:
        narrow = [s for s in statement.body if s.kind in {"cite", "assume", "also"} and _words(checked, s)]
        if narrow:
            known = _known(checked, statement)
            for inner in narrow:
                for place, name in _words(checked, inner):
                    if folded(name) not in known:
                        yield catalogue.UNKNOWN_CELL(place, name=name)


def _words(checked: Checked, statement: Statement) -> list[tuple[Place, str]]:
    """The names to which a statement narrows what it says."""
    line = statement.line
    if statement.kind == "also":
        return [(checked.place(ref), written(ref)) for ref in line.nodes("ref")]
    return [(checked.place(token), token.text) for token in line.tokens("WORD")]


def _known(checked: Checked, statement: Statement) -> set[str]:
    """What evidence in a block can be narrowed to, by every name it goes by."""
    known: set[str] = set()
    for inner in (statement, *statement.body):
        if inner.kind in _NAMING:
            known |= {folded(name) for name in (name_of(inner.line), *labels_of(inner.line))}
        for part in inner.line.walk() if inner.kind in {"row", "target", "cascade", "objective"} else ():
            if isinstance(part, Node) and part.kind == "ref":
                known |= _names(checked, written(part))
    return known


def _names(checked: Checked, text: str) -> set[str]:
    entry = checked.names.find(text, "level", "clock")
    return {folded(name) for name in (text, *((entry.id, *entry.labels) if entry else ()))}
