"""A policy as a page of the documentation: how much there is of it, who is bound, then all that `show` tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sla_dsl.reporting.markdown import MarkdownPage
from sla_dsl.reporting.phrases import named
from sla_dsl.reporting.show import put_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Data = dict[str, Any]

_NO_STATEMENTS = frozenset({"policy", "escalations", "ambiguities", "examples", "marks"})
"""What is told of a policy, but is counted by itself or is part of something else."""


def policy_page(data: Mapping[str, Any], coverage: Mapping[str, Any]) -> str:
    """What `show` and `coverage` give as data, as a page in Markdown.

    Example: begins with `# Harbour Support`, the title of the policy.
    """
    page = MarkdownPage()
    policy = data["policy"]
    page.title(policy["label"] or policy["id"])
    names = ", ".join(source["name"] for source in policy["sources"])
    page.line(f"What the policy {policy['id']} takes from {names}, sentence by sentence. → marks the reading in force.")
    assumptions = _assumptions(data)
    page.table(["", "count"], _counts(data, coverage, len(assumptions)))
    _parties(page, data)
    put_parts(page, data)
    if assumptions:
        page.section("Assumptions")
        page.table(
            ["what the document does not say", "of"], [(text, ", ".join(of)) for text, of in assumptions.items()]
        )
    return page.text()


def _counts(data: Mapping[str, Any], coverage: Mapping[str, Any], assumptions: int) -> Iterator[tuple[str, str]]:
    for source in coverage["sources"]:
        yield f"units of {source['source']}", f"{source['total']}, of which {source['covered']} accounted for"
    yield "statements", str(sum(len(entries) for section, entries in data.items() if section not in _NO_STATEMENTS))
    for section in ("ambiguities", "parameters"):
        yield section, str(len(data[section]))
    yield "assumptions", str(assumptions)
    yield "examples", str(len(data["examples"]))


def _parties(page: MarkdownPage, data: Mapping[str, Any]) -> None:
    if not data["parties"]:
        return
    page.section("Parties")
    page.table(["party", "name"], [(one["id"], one["label"] or "") for one in data["parties"]])
    for one in data["parties"]:
        page.evidence(one)


def _assumptions(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """Each assumption once, with the names of all that rest on it."""
    found: dict[str, list[str]] = {}
    for section, entries in data.items():
        if section in {"policy", "escalations", "examples"}:
            continue
        for entry in entries:
            for text in _assumed(entry):
                of = found.setdefault(text, [])
                if section != "marks" and (name := named(entry)) not in of:
                    of.append(name)
    return found


def _assumed(part: object) -> Iterator[str]:
    """The assumptions of an entry and of the parts within it."""
    if isinstance(part, dict):
        fields = cast("Data", part)
        yield from fields.get("assume", ())
        part = [value for name, value in fields.items() if name != "assume"]
    if isinstance(part, list):
        for one in cast("list[object]", part):
            yield from _assumed(one)
