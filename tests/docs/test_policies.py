"""Every policy and every piece of one that the pages show can be read, is laid out as `sla fmt` does, and is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_dsl.diagnostics import Finding
from sla_dsl.formatting import format_source
from sla_dsl.pipeline import check
from sla_dsl.source import Source
from tests.docs.fragments import EXAMPLES, EXPECTED_OF_PIECES, HOST, composed, is_complete
from tests.docs.pages import Example, all_examples

SHOWN = [example for example in all_examples("sla") if not example.caption]
WHOLE = [example for example in SHOWN if is_complete(example.text)]
PIECES = [example for example in SHOWN if not is_complete(example.text)]
SHORTENED = frozenset({"SLA505", "SLA510"})
"""Findings of a policy that is shown without the hash of its document and without most of its rules."""


def findings_of(source: Source, folder: Path) -> tuple[Finding, ...]:
    return check(source, folder).findings


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.place}: {finding.code} {finding.message}" for finding in findings]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.sla")), ids=lambda path: path.name)
def test_the_example_policies_have_no_findings(path: Path) -> None:
    assert told(findings_of(Source.read(path, name=path.name), path.parent)) == []


@pytest.mark.parametrize("example", WHOLE, ids=str)
def test_a_whole_policy_is_right(example: Example) -> None:
    found = findings_of(Source.of(example.text, name=str(example)), EXAMPLES)
    assert told(tuple(f for f in found if f.code not in SHORTENED)) == []


@pytest.mark.parametrize("example", PIECES, ids=str)
def test_a_piece_fits_into_a_policy(example: Example) -> None:
    found = findings_of(Source.of(composed(example.text), name=str(example)), EXAMPLES)
    assert told(tuple(f for f in found if f.code not in EXPECTED_OF_PIECES)) == []


@pytest.mark.parametrize("example", SHOWN, ids=str)
def test_an_example_is_laid_out_as_the_formatter_does(example: Example) -> None:
    wrapped = example.text if is_complete(example.text) else f"policy piece {{\n{_indented(example.text)}}}\n"
    laid_out = format_source(Source.of(wrapped))
    assert told(laid_out.findings) == []
    assert laid_out.value == wrapped


def test_the_host_of_the_pieces_is_laid_out_as_the_formatter_does() -> None:
    source = Source.read(HOST)
    assert format_source(source).value == source.text


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())
