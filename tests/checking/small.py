"""Small policies for tests of one rule: a text, checked in a folder with one document."""

from __future__ import annotations

from pathlib import Path

from sla_dsl.checking import check
from sla_dsl.diagnostics import Finding, Outcome
from sla_dsl.model import Model
from sla_dsl.policy.terms import Document
from sla_dsl.source import Source
from sla_dsl.syntax import parse

DOCUMENT = "The desk answers within 4 hours, Monday to Friday from 08:00 to 18:00."


def checked(statements: str, folder: Path, *, base: Document | None = None) -> Outcome[Model]:
    """A policy (or an annex to `base`) with these statements, and a source whose text is `DOCUMENT`."""
    if not (folder / "terms.txt").exists():
        (folder / "terms.txt").write_text(DOCUMENT, encoding="utf-8")
    head = "policy small" if base is None else f"annex more for {base.id}"
    text = f'language 1\n{head} {{\nsource "terms.txt"\n{statements}\n}}\n'
    read = parse(Source.of(text, name="small.sla"))
    assert read.value is not None
    assert read.findings == ()
    return check(read.value, folder=folder, base=base)


def codes(statements: str, folder: Path) -> list[str]:
    """The codes of what is wrong with some statements, but for the pin and the coverage of the document."""
    return [finding.code for finding in found(statements, folder)]


def found(statements: str, folder: Path) -> list[Finding]:
    """What is wrong with some statements, but for the pin and the coverage of the document."""
    findings = checked(statements, folder).findings
    return [finding for finding in findings if finding.code not in {"SLA203", "SLA505", "SLA510"}]
