"""Whole policies and an annex without a finding that is not accepted; together they say all that can be said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sla_dsl.checking.logs import check_log
from sla_dsl.formatting import format_source
from sla_dsl.policy import terms
from sla_dsl.policy.terms import Document, Term
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.resources import folder
from sla_dsl.source import Source
from sla_dsl.syntax import Node, Tree, parse
from tests.checking.cases import HERE, document_of, findings_in, is_log, mapping_of, terms_of

GRAMMAR = (folder("grammars") / "sla.lark").read_text(encoding="utf-8")
CASES = sorted((HERE / "good").glob("*.sla"))
POLICIES = [case for case in CASES if not is_log(case)]
LOGS = [case for case in CASES if is_log(case)]

NOT_WRITTEN = frozenset({"GivenCalendar", "PinnedDates", "Selection"})
"""Terms that no statement makes: a calendar given in a question, what compiling resolves, and what is chosen on top."""


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_nothing_is_wrong(case: Path):
    assert [finding for finding in findings_in(case) if finding.accepted_because is None] == []


@pytest.mark.parametrize("case", LOGS, ids=lambda path: path.stem)
def test_what_a_log_is_understood_as(case: Path, snapshot):
    assert mapping_of(case) == snapshot


@pytest.mark.parametrize("case", LOGS, ids=lambda path: path.stem)
def test_layout_does_not_matter_to_a_log(case: Path):
    laid_out = format_source(Source.read(case, name=case.name)).value
    tree = parse(Source.of(laid_out or "")).value
    assert tree is not None
    assert check_log(tree, terms_of(case)).value == mapping_of(case)


@pytest.mark.parametrize("case", POLICIES, ids=lambda path: path.stem)
def test_what_a_policy_declares(case: Path, snapshot):
    assert json.dumps(msgspec.to_builtins(document_of(case)), indent=1, ensure_ascii=False) == snapshot


@pytest.mark.parametrize("case", POLICIES, ids=lambda path: path.stem)
def test_layout_does_not_matter(case: Path, tmp_path: Path):
    source = Source.read(case, name=case.name)
    laid_out = format_source(source).value
    assert laid_out is not None
    for file in case.parent.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / case.name).write_text(laid_out, encoding="utf-8")
    assert _without_lines(document_of(tmp_path / case.name)) == _without_lines(document_of(case))


def _without_lines(document: Document) -> str:
    """A document without the lines on which its examples stand, which another layout moves."""
    return re.sub(r'"line":[0-9]+', "", msgspec.json.encode(document).decode())


def test_every_statement_occurs():
    rule = re.search(r"^\?start: line\n\?line: (.*?)\n\n", GRAMMAR, re.MULTILINE | re.DOTALL)
    assert rule is not None
    statements = set(re.findall(r"\w+", rule[1]))
    made = {kind for name in statements for kind in _kinds_of(name)}
    written = {statement.kind for tree in _trees() for statement in tree.walk()}
    assert made - written == set()


def test_every_part_of_a_statement_occurs():
    parts = {name for tree in _trees() for statement in tree.walk() for name in _nodes(statement.line)}
    conditions = set(re.findall(r"-> (\w+)", _section("conditions")))
    promises = set(re.findall(r"-> (\w+)", _section("promises")))
    assert (conditions | promises) - parts == set()


def test_every_term_occurs():
    made = {type(term).__name__ for case in POLICIES for term in terms_inside(document_of(case))}
    declared = {
        name
        for name in terms.__all__
        if isinstance(kind := getattr(terms, name), type) and issubclass(kind, Term) and not kind.__subclasses__()
    }
    assert declared - made == NOT_WRITTEN | {"Citation", "Assumption"}  # evidence is not walked through


def _trees() -> Iterator[Tree]:
    for case in CASES:
        tree = parse(Source.read(case)).value
        assert tree is not None
        yield tree


def _kinds_of(rule: str) -> set[str]:
    """The kinds of statement that a rule of the grammar gives: its own name, or the names behind its arrows."""
    text = re.search(rf"^{rule}: (.*?)\n(?=\S)", GRAMMAR, re.MULTILINE | re.DOTALL)
    assert text is not None, rule
    arms = text[1].split("\n      |")
    named = [re.search(r"-> (\w+)", arm) for arm in arms]
    return {arrow[1] if arrow else rule for arrow in named}


def _nodes(node: Node) -> set[str]:
    return {part.kind for part in node.walk() if isinstance(part, Node)}


def _section(title: str) -> str:
    found = re.search(rf"^// -+ {title}.*?(?=^// -----)", GRAMMAR, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[0]
