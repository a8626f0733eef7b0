"""Coverage as plain data: what became of every unit of the sources, and which examples reach each clause (H2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.checking.coverage import coverage_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.evidence import UnitCoverage
    from sla_dsl.model import Model
    from sla_dsl.policy.examples import ExampleResult
    from sla_dsl.policy.terms import Ambiguity
    from sla_dsl.policy.vocabulary import Terms

Data = dict[str, Any]


def coverage(models: Iterable[Model], terms: Terms, results: Iterable[ExampleResult]) -> Data:
    """The units of every source of some models, and the clauses in force with the examples that reach them.

    A reading is reached by an example in which it is in force, and whose answers look at what it settles.

    Example: `coverage([model], policy.terms, ())["sources"][0]["total"]` is the number of units.
    """
    reached = {result.example.title: _reached(result, terms) for result in results}
    return {
        "sources": [_source(model, name) for model in models for name in model.sources],
        "clauses": [
            {"clause": clause, "label": label, "examples": [title for title, some in reached.items() if clause in some]}
            for clause, label in _clauses(terms)
        ],
        "examples": len(reached),
    }


def _source(model: Model, name: str) -> Data:
    found = coverage_of(model, name)
    return {
        "source": name,
        "policy": model.document.id,
        "covered": found.covered,
        "total": found.total,
        "units": [_unit(unit) for unit in found.units],
        "blanks": [_unit(unit) for unit in found.blanks],
    }


def _unit(unit: UnitCoverage) -> Data:
    by = dict.fromkeys((claim.kind, claim.name) for claim in unit.by)
    return {
        "line": unit.unit.line,
        "kind": str(unit.unit.kind),
        "text": unit.unit.text,
        "covered": unit.covered,
        "by": [{"kind": kind, "name": name} for kind, name in by],
        "missing": [{"kind": lack.kind, "text": lack.text} for lack in unit.lacks],
    }


def _clauses(terms: Terms) -> Iterator[tuple[str, str | None]]:
    """Every clause with its label: the declarations in force, and each reading of each ambiguity."""
    for declaration in terms.declarations.values():
        yield declaration.clause, declaration.label
    for chosen in terms.chosen.values():
        for reading in chosen.ambiguity.readings:
            yield _reading(chosen.ambiguity, reading.id), reading.label


def _reached(result: ExampleResult, terms: Terms) -> set[str]:
    clauses = set(result.clauses)
    readings = {name: one.reading.id for name, one in terms.chosen.items()} | result.example.readings
    for name, one in terms.chosen.items():
        if any(f"{kind.replace('_', ' ')} {id_}" in clauses for kind, id_ in one.ambiguity.touches):
            clauses.add(_reading(one.ambiguity, readings[name]))
    return clauses


def _reading(ambiguity: Ambiguity, reading: str) -> str:
    return f"{ambiguity.clause}: {reading}"
