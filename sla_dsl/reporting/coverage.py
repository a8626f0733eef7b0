"""Coverage for people at a terminal: every unit of a source, every clause, and how many are accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.reporting.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

Data = dict[str, Any]


def coverage_text(data: Mapping[str, Any], *, width: int = 100, colour: bool = False) -> str:
    """What `coverage` gives as data, as a page that ends with `n of n` for each source.

    Example: ends with `harbour.txt: 41 of 41`.
    """
    page = Page(width, colour=colour)
    for source in data["sources"]:
        page.section(source["source"])
        rows = [(str(unit["line"]), unit["text"], _became(unit)) for unit in source["units"]]
        page.table(["line", "unit", "what became of it"], rows)
    page.section("Clauses")
    page.table(["clause", "examples", "the first of them"], [_clause(one) for one in data["clauses"]])
    reached = sum(bool(one["examples"]) for one in data["clauses"])
    page.line(f"{reached} of {len(data['clauses'])} clauses are reached by {data['examples']} examples.")
    for source in data["sources"]:
        page.line(f"{source['source']}: {source['covered']} of {source['total']}")
    return page.text()


def _became(unit: Data) -> str:
    by = ", ".join(dict.fromkeys(_claim(claim) for claim in unit["by"]))
    if unit["covered"]:
        return by
    missing = ", ".join(
        "everything" if one["kind"] == "text" else f"{one['kind']} {one['text']}" for one in unit["missing"]
    )
    return f"NOT COVERED: {missing}" + (f" ({by})" if by else "")


def _claim(claim: Data) -> str:
    return claim["name"] or claim["kind"]


def _clause(one: Data) -> tuple[str, str, str]:
    return one["clause"], str(len(one["examples"])), next(iter(one["examples"]), "")
