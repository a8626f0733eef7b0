"""A policy with something wrong in it: never a traceback, and few findings for one mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_dsl.checking.logs import check_log
from sla_dsl.source import Source
from sla_dsl.syntax import parse
from tests.checking.cases import HERE, document_of, terms_of
from tests.checking.mutation import findings_of, mutants
from tests.syntax.damage import damaged

POLICIES = [HERE / "good" / "times.sla", HERE / "good" / "tickets.sla"]
MOST_FINDINGS = 3


def unaccepted(text: str, folder: Path) -> int:
    return len([finding for finding in findings_of(text, folder, None) if finding.accepted_because is None])


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_one_damage_gives_few_findings(policy: Path):
    copies = list(damaged(Source.read(policy).text, seed=5, count=60))
    counts = {copy: unaccepted(copy.text, policy.parent) for copy in copies if copy.sort != "cut"}
    many = [
        f"{count} findings: {copy.sort} at line {copy.first}" for copy, count in counts.items() if count > MOST_FINDINGS
    ]
    assert len(many) <= len(counts) * 0.05, "\n".join(many)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_other_words_give_findings_and_no_traceback(policy: Path):
    for text in mutants(Source.read(policy).text, seed=6, count=40):
        for finding in findings_of(text, policy.parent, None):
            assert finding.message
            assert finding.to_dict()["help"] == finding.help


def test_other_words_in_an_annex_give_findings_and_no_traceback():
    annex, base = HERE / "good" / "annex.sla", document_of(HERE / "good" / "tickets.sla")
    for text in mutants(Source.read(annex).text, seed=7, count=100):
        for finding in findings_of(text, annex.parent, base):
            assert finding.message
            assert finding.to_dict()["help"] == finding.help


LOG = HERE / "good" / "log_of_entries.sla"


def test_other_words_in_a_mapping_give_findings_and_no_traceback():
    terms = terms_of(LOG)
    for text in mutants(Source.read(LOG).text, seed=8, count=300):
        tree = parse(Source.of(text)).value
        assert tree is not None
        for known in (terms, None):
            checked = check_log(tree, known)
            assert (checked.value is None) == any(finding.severity == "error" for finding in checked.findings)
            assert all(finding.message and finding.help for finding in checked.findings)


def test_one_damage_to_a_mapping_gives_few_findings():
    terms = terms_of(LOG)
    many: list[str] = []
    for copy in damaged(Source.read(LOG).text, seed=9, count=60):
        parsed = parse(Source.of(copy.text))
        if parsed.value is not None and any(s.kind == "log" for s in parsed.value.statements) and copy.sort != "cut":
            count = len(parsed.findings) + len(check_log(parsed.value, terms).findings)
            many += [f"{count} findings: {copy.sort} at line {copy.first}"] * (count > MOST_FINDINGS)
    assert len(many) <= 3, "\n".join(many)
