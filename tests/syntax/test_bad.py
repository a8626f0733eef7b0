"""Each file in `bad/` says on the offending lines, in comments, which codes are found there: `# !SLA101`."""

import re
from pathlib import Path

import pytest

from sla_dsl.reporting import render_all
from sla_dsl.source import Source
from sla_dsl.syntax import parse

CASES = sorted((Path(__file__).parent / "bad").glob("*.sla"))


def expected(text: str) -> list[tuple[int, str]]:
    return [
        (number, code) for number, line in enumerate(text.split("\n"), 1) for code in re.findall(r"!(SLA\d+)", line)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_each_mistake_is_reported_once_and_in_its_place(case, snapshot):
    source = Source.read(case, name=case.name)
    findings = parse(source).findings
    assert [(finding.place.line, finding.code) for finding in findings] == expected(source.text)
    assert render_all(findings) == snapshot


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_advice_is_a_sentence(case):
    for finding in parse(Source.read(case)).findings:
        assert re.match(r"[A-Z`].*[.?]$", finding.help), finding.help
        assert "{" not in finding.message.replace("`{`", "")
