"""Examples that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import text_of
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.policy.names import folded
from sla_dsl.syntax import Statement


def examples(checked: Checked) -> Iterator[Finding]:
    """Two examples of one title could not be told apart in the results."""
    first: dict[str, Statement] = {}
    for statement in checked.statements:
        if statement.kind == "example":
            title = text_of(statement.line.node("text"))
            if folded(title) in first:
                related = [(checked.place(first[folded(title)].line), "the first one")]
                yield catalogue.DUPLICATE(checked.place(statement.line), kind="example", name=title, related=related)
            first.setdefault(folded(title), statement)
