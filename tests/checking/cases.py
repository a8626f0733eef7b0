"""How the cases of this folder are read and checked, and what they say is expected of them."""

from __future__ import annotations

import re
from pathlib import Path

from sla_dsl.checking import check
from sla_dsl.checking.logs import check_log
from sla_dsl.diagnostics import Finding
from sla_dsl.policy.logs.mapping import Mapping
from sla_dsl.policy.terms import Document
from sla_dsl.policy.vocabulary import Terms
from sla_dsl.source import Source
from sla_dsl.syntax import parse

HERE = Path(__file__).parent


def expected(text: str) -> list[tuple[int, str]]:
    """Lines and codes that a case announces in its comments: `# !SLA201`."""
    lines = enumerate(text.split("\n"), 1)
    return [(number, code) for number, line in lines for code in sorted(re.findall(r"!(SLA\d+)", line))]


def found(path: Path) -> list[tuple[int, str]]:
    """Lines and codes of what is found in a case; what is found in a document counts for the line that names it."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [(_line(finding, path, lines), finding.code) for finding in findings_in(path)]


def _line(finding: Finding, path: Path, lines: list[str]) -> int:
    if finding.place.source.name == path.name:
        return finding.place.line
    named = f'source "{finding.place.source.name}"'
    return next(number for number, line in enumerate(lines, 1) if named in line)


def document_of(path: Path) -> Document:
    """What a case without errors declares."""
    model = check(_tree(path), folder=path.parent, base=_base(path)).value
    assert model is not None, path
    return model.document


def findings_in(path: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with a case, in its text and in what it says.

    A comment `# amends: FILE` names the policy that an annex is checked against, `# beside: FILE` an annex that holds,
    `# policy: FILE` the policy for which a log is read.
    """
    source = Source.read(path, name=path.name)
    read = parse(source)
    if read.value is None:
        return read.findings
    beside = tuple(
        document_of(path.parent / name) for name in re.findall("^# beside: (.+)$", source.text, re.MULTILINE)
    )
    if is_log(path):
        terms = terms_of(path)
        lost = terms is None and re.search(r"^log \w+ for ", source.text, re.MULTILINE) is not None
        checked = check_log(read.value, terms, missing_policy=lost)
        return (*read.findings, *checked.findings)
    checked = check(read.value, folder=path.parent, base=_base(path), annexes=beside)
    return (*read.findings, *checked.findings)


def is_log(path: Path) -> bool:
    """Whether a case is the mapping of a log."""
    return re.search("^log ", path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def mapping_of(path: Path) -> Mapping:
    """What the mapping of a log without errors says."""
    mapping = check_log(_tree(path), terms_of(path)).value
    assert mapping is not None, path
    return mapping


def terms_of(path: Path) -> Terms | None:
    """The terms of the policy for which a log is read; none where it names none."""
    named = re.search("^# policy: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return Terms.of(document_of(path.parent / named[1])) if named else None


def _tree(path: Path):
    read = parse(Source.read(path, name=path.name))
    assert read.value is not None
    assert not read.findings, path
    return read.value


def _base(path: Path) -> Document | None:
    named = re.search("^# amends: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return document_of(path.parent / named[1]) if named else None
