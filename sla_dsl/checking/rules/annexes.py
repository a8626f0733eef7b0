"""What an annex changes: with evidence of its own, and not what another annex has changed (H5)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import named_kind, written
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.policy.selection import named_in
from sla_dsl.syntax import Statement


def annexes(checked: Checked) -> Iterator[Finding]:
    """Settings and droppings without evidence, and clashes with annexes that hold already."""
    head = next((s for s in checked.model.tree.statements if s.kind == "annex"), None)
    if head is None:
        return
    for statement in head.body:
        if statement.kind in {"set", "drop"} and not any(s.kind in {"cite", "assume"} for s in statement.body):
            yield catalogue.UNCITED(checked.place(statement.line), clause=_clause(statement))
    own = named_in(checked.model.document)
    for other in checked.annexes:
        for kind, name in sorted(set(own) & set(named_in(other))):
            clause = f"{kind.replace('_', ' ')} {name}"
            yield catalogue.ANNEX_CLASH(checked.place(head.line), clause=clause, other=other.id)


def _clause(statement: Statement) -> str:
    refs = statement.line.nodes("ref") or statement.line.nodes("refs")[0].nodes("ref")
    kind = named_kind(statement.line).replace("_", " ")
    return " ".join(filter(None, (statement.tokens[0].text, kind, ", ".join(map(written, refs)))))
