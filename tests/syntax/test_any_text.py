"""Whatever is in the file: findings, no traceback, and soon."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_dsl.reporting import render_all
from sla_dsl.source import Source, UnreadableSource
from sla_dsl.syntax import parse
from sla_dsl.syntax.reading import MOST_FINDINGS
from tests.syntax.test_grammar import GOOD

WORDS = sorted({word for path in GOOD for word in path.read_text(encoding="utf-8").split()})
PIECES = st.sampled_from(
    [*WORDS, " ", "\n", "\n  ", "\n    ", "{", "}", '"', "#", "|", ",", ":", "(", ")", "%", "\0", "é"]
)
PLENTY = 300_000


def check(source: Source) -> None:
    began = time.process_time()
    findings = parse(source).findings
    taken = time.process_time() - began
    assert taken < 1
    assert len(findings) <= MOST_FINDINGS + 1
    for finding in findings:
        assert 0 <= finding.place.span.start <= finding.place.span.end <= len(source.text)
        assert finding.to_dict()["message"]
    render_all(findings).encode()


@given(st.text())
def test_any_text(text):
    check(Source.of(text))


@given(st.text(st.sampled_from('{}"#|,:()%\n ab1\0\x0b\x85\u2028\ud800é-.')))
def test_any_signs(text):
    check(Source.of(text))


@given(st.lists(PIECES, max_size=60))
def test_any_words(pieces):
    check(Source.of(" ".join(pieces)))
    check(Source.of("".join(pieces)))


@given(st.binary())
def test_any_bytes(raw):
    try:
        source = Source.from_bytes(raw, name="any.sla")
    except UnreadableSource:
        return
    check(source)


@pytest.mark.parametrize("seed", range(5))
def test_many_random_bytes(seed):
    raw = bytes(byte % 128 for byte in random.Random(seed).randbytes(PLENTY))
    check(Source.from_bytes(raw, name="random.sla"))


@pytest.mark.parametrize(
    "text",
    [
        *(sign * PLENTY for sign in '{}"()|,:%#a1-. \n\t\0\x0c\x85\u2028é'),
        "{}" * PLENTY,
        "{\n" * PLENTY,
        "}\n" * PLENTY,
        "a " * PLENTY,
        "a\n" * PLENTY,
        'note "a"\n' * PLENTY,
        '"' + " " * PLENTY,
        '"' + "{ " * PLENTY,
        '"' + "{" + " " * PLENTY + "x",
        "# a\n" * PLENTY,
        "open mon-" + "a" * PLENTY,
        "starts when " + "not " * 3000,
        "starts when " + "a or " * 3000 + "a",
        "target a: shall " + "earlier of " * 3000,
        "".join(f'{" " * depth}note "a" {{\n' for depth in range(1000)),
        "".join(f'{" " * depth}note "a"\n' for depth in range(1000)),
        "x " + "\ud800" * 1000,
    ],
    ids=lambda text: f"{text[:12]!r} and so on",
)
def test_much_of_the_same(text):
    check(Source.of(text))


def test_no_more_findings_than_a_person_can_read():
    findings = parse(Source.of("x\n" * 500)).findings
    assert [finding.code for finding in findings] == [*["SLA102"] * 100, "SLA117"]
    assert findings[-1].place.line == 101


@pytest.mark.parametrize("text", ["", "\n", "   ", "# only a comment", "\ufeff"])
def test_nothing_is_no_mistake_of_the_syntax(text):
    outcome = parse(Source.from_bytes(text.encode(), name="empty.sla"))
    assert outcome.findings == ()
    assert outcome.value is not None
    assert outcome.value.statements == ()
