"""Each file in `bad/` says on the offending lines, in comments, which codes are found there: `# !SLA201`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sla_dsl.checking import check
from sla_dsl.checking.limits import MAX_CELLS
from sla_dsl.diagnostics import catalogue
from sla_dsl.reporting import render_all
from sla_dsl.source import Source
from sla_dsl.syntax import parse
from tests.checking.cases import HERE, expected, findings_in, found

CASES = sorted((HERE / "bad").glob("*.sla"))
OF_THE_TEXT = HERE.parent / "syntax" / "bad"

ELSEWHERE = frozenset(
    {
        "SLA116",  # a file too long: tests/syntax
        "SLA117",  # more findings than anybody reads: tests/syntax
        "SLA421",  # a table too large: below
        "SLA607",  # a compiled policy beside the text: tests/pipeline
    }
)
"""Codes that no small file gives."""


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_each_mistake_is_reported_once_and_in_its_place(case: Path, snapshot):
    assert sorted(found(case)) == expected(case.read_text(encoding="utf-8"))
    assert render_all(findings_in(case)) == snapshot


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_messages_are_phrases_and_help_is_a_sentence(case: Path):
    for finding in findings_in(case):
        assert not re.match("[A-Z][a-z]", finding.message), finding.message
        assert not finding.message.endswith("."), finding.message
        assert re.match(r"[A-Z`].*[.?]$", finding.help), finding.help


def test_every_code_has_a_case():
    files = [*CASES, *OF_THE_TEXT.glob("*.sla")]
    shown = {code for file in files for _, code in expected(file.read_text(encoding="utf-8"))}
    assert shown | ELSEWHERE == {kind.code for kind in catalogue.ALL}


def test_codes_are_used_once():
    codes = [kind.code for kind in catalogue.ALL]
    assert len(codes) == len(set(codes))


def test_a_table_has_a_limit():
    rows = "| p1 | best effort |\n" * MAX_CELLS
    tree = parse(Source.of(f'language 1\npolicy p {{\ntargets response {{\n{rows}}}\nsource "absent.txt"\n}}\n')).value
    assert tree is not None
    assert {finding.code for finding in check(tree).findings} == {"SLA421", "SLA502"}
