"""A policy for people at a terminal: what it promises, what it leaves open, and the passages it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.reporting.page import Page
from sla_dsl.reporting.show_promises import calendars, clocks, objectives, priorities, targets
from sla_dsl.reporting.show_rules import lifecycle, rules, services

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sla_dsl.reporting.paper import Paper

Data = dict[str, Any]


def show_text(data: Mapping[str, Any], *, width: int = 100, colour: bool = False) -> str:
    """What `show` gives as data, as a page.

    Example: begins with the title of the policy.
    """
    page = Page(width, colour=colour)
    _heading(page, data["policy"])
    put_parts(page, data)
    return page.text()


def put_parts(page: Paper, data: Mapping[str, Any]) -> None:
    """All but the heading of what `show` gives, on any paper.

    Example: `put_parts(Page(80), policy.show())`.
    """
    for part in _PARTS:
        part(page, data)


def _heading(page: Paper, policy: Data) -> None:
    page.title(policy["label"] or policy["id"])
    page.line(f"policy {policy['id']}, digest {policy['digest'][:12]}")
    for source in policy["sources"]:
        page.line(f"source {source['name']}, SHA-256 {source['sha256'][:12]}…")
    for annex in policy["annexes"]:
        page.line(f"with annex {annex['id']}" + (f" “{annex['label']}”" if annex["label"] else ""))
    for name, reading in policy["readings"].items():
        page.line(f"under {name} is {reading}")
    for name, value in policy["values"].items():
        page.line(f"with {name} set to {value}")
    for name in policy["unset"]:
        page.line(f"without a value for {name}")


def _questions(page: Paper, data: Mapping[str, Any]) -> None:
    if data["ambiguities"]:
        page.section("What the document leaves open")
    for one in data["ambiguities"]:
        page.entry(f"{one['label'] or one['id']} ({one['id']})", (), one)
        for reading in one["readings"]:
            mark = "→" if reading["in_force"] else "·"
            page.line(f"{mark} {reading['id']}: {reading['label'] or reading['id']}", indent=4)
            if reading["not_computed"]:
                page.line(f"not computed: {reading['not_computed']}", indent=6)
        page.line(_choice(one), indent=4)


def _choice(one: Data) -> str:
    own = one["chosen_by_policy"]
    said = "" if own == one["chosen"] else f"{one['chosen']} was asked for; the policy takes {own} "
    return f"{said}because {one['because']}"


def _parameters(page: Paper, data: Mapping[str, Any]) -> None:
    if data["parameters"]:
        page.section("What the document needs and does not say")
    for one in data["parameters"]:
        value = "no value: answers that need it are undetermined"
        if one["value"] is not None:
            value = f"{one['value']}, {'assumed' if one['assumed'] else 'given'} by {one['given_by']}"
        page.entry(f"{one['id']} ({one['label'] or one['type']})", [value], one)


def _facts(page: Paper, data: Mapping[str, Any]) -> None:
    if data["facts"] or data["attributes"]:
        page.section("What is asked of a ticket")
    if data["facts"]:
        rows = [(one["id"], one["label"] or "", one["type"], one["default"] or "") for one in data["facts"]]
        page.table(["fact", "meaning", "type", "unless said"], rows)
    for one in data["attributes"]:
        levels = ", ".join(level["id"] for level in one["levels"])
        page.entry(f"{one['id']} of the {one['of']}", [levels], one)


def _words(page: Paper, data: Mapping[str, Any]) -> None:
    """Glossary, references, what is expressly not promised, notes."""
    for section, title in (("definitions", "Glossary"), ("non_promises", "Not promised"), ("references", "References")):
        if data[section]:
            page.section(title)
        for one in data[section]:
            said = one.get("means") or one.get("broken") or (f"to {one['to']}" if one.get("to") else "")
            page.entry(one["label"] or one["id"], [said] if said else [], one)
    if data["notes"]:
        page.section("Notes")
    for one in data["notes"]:
        page.line(f"{one['text']}", indent=2)
        page.evidence(one)


def _left_out(page: Paper, data: Mapping[str, Any]) -> None:
    marks = [one for one in data["marks"] if one["kind"] == "out of scope"]
    if marks:
        page.section("Out of scope")
    for one in marks:
        until = f" … “{one['last']}”" if one["last"] else ""
        page.line(f"“{one['first']}”{until} {one['source']}:{one['line']}", indent=2)
        page.line(f"because {one['because']}", indent=4)


_PARTS: tuple[Callable[[Paper, Mapping[str, Any]], None], ...] = (
    priorities,
    targets,
    clocks,
    calendars,
    services,
    rules,
    objectives,
    lifecycle,
    _questions,
    _parameters,
    _facts,
    _words,
    _left_out,
)
