"""The grammar has no hidden conflicts, and every form of it has a good example."""

import re
from pathlib import Path

import pytest

from sla_dsl.source import Source
from sla_dsl.syntax import Token, parse
from sla_dsl.syntax.language import grammar_text, scanner
from sla_dsl.syntax.lark_tables import made_tables
from sla_dsl.syntax.tables import Tables

GOOD = sorted((Path(__file__).parent / "good").glob("*.sla"))
RESERVED = {"H_IN_FORCE_FROM", "H_MEASURE", "H_REMEDY", "H_CREDIT", "H_UPTIME"}
OUTSIDE_LINES = {"NL", "COMMENT", "WS", "LBRACE", "RBRACE", "BAD"}


def rules() -> str:
    return re.sub(r"//.*|/(?:\\/|[^/\n])+/", "", grammar_text())


def tree(path: Path):
    outcome = parse(Source.read(path))
    assert outcome.findings == ()
    assert outcome.value is not None
    return outcome.value


@pytest.fixture(scope="module")
def seen() -> set[str]:
    return {part.kind for path in GOOD for statement in tree(path).walk() for part in statement.line.walk()}


def test_no_conflict_is_settled_in_silence():
    made_tables(grammar_text(), strict=True)


def test_tables_read_back_are_the_same():
    made = made_tables(grammar_text())
    assert Tables.from_bytes(made.to_bytes()) == made


def test_no_terminal_has_groups_of_its_own():
    assert scanner().groups == len(scanner().groupindex)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_files_have_no_findings(path):
    assert list(tree(path).walk())


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_no_word_of_a_line_is_lost(path):
    for statement in tree(path).walk():
        assert [part for part in statement.line.walk() if isinstance(part, Token)] == list(statement.tokens)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_places_are_those_of_the_text(path):
    whole = tree(path)
    for statement in whole.walk():
        for part in statement.line.walk():
            assert statement.span.start <= part.span.start <= part.span.end <= statement.span.end
            if isinstance(part, Token):
                assert " ".join(whole.source.slice(part.span).split()) == " ".join(part.text.split())


def test_every_form_has_an_example(seen):
    named = set(re.findall(r"->\s*(\w+)", rules())) | set(re.findall(r"^([a-z]\w*):", rules(), re.MULTILINE))
    only_aliases = {"pauses", "branch", "promised", "limit", "counted", "composition"}
    assert named - only_aliases - seen == set()


def test_every_word_has_an_example(seen):
    words = set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", rules()))
    assert words - OUTSIDE_LINES - RESERVED - seen == set()
