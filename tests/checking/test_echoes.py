"""One mistake, one finding: what follows from a mistake is not reported beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_dsl.checking import check
from sla_dsl.source import Source
from sla_dsl.syntax import parse

POLICY = """language 1
policy p {
  source "terms.txt"
  informative "The desk answers within 4 hours."
  party vendor "Vendor"
  events opened, answered
  created is opened
  parameter holidays "Public holidays" is a holiday list
  fact calls "Number of calls" is a number
  calendar desk "Office hours" {
    timezone Europe/Amsterdam
    years 2020 to 2030
    open mon to fri 08:00 to 18:00
    closed on holidays
    assume "x"
  }
  scale priority "Priority" highest first {
    level p1 "Urgent" when calls at least 10
    level p2 "Normal" when calls at most 9
    assume "x"
  }
  clock response "Answer" {
    starts when opened
    stops when answered
    measured in desk
    on change of priority rebase
    on reopening continue
    cite "The desk answers"
  }
  targets response {
    | p1 | shall within 4 hours |
    | p2 | best effort          |
    cite "within 4 hours"
  }
  ambiguity doubt "D?" {
    cite "The desk"
    reading a "A"
    reading b "B" { target response for p2: silent }
    choose a because "x"
  }
}
"""


def found(text: str, folder: Path) -> list[tuple[str, str]]:
    """Codes and underlined texts, but for the pin and for what is no longer used."""
    (folder / "terms.txt").write_text("The desk answers within 4 hours.", encoding="utf-8")
    read = parse(Source.of(text, name="p.sla"))
    assert read.value is not None
    findings = (*read.findings, *check(read.value, folder=folder).findings)
    return [(f.code, f.place.source.slice(f.place.span)) for f in findings if f.code not in {"SLA203", "SLA505"}]


def test_the_policy_is_right(tmp_path: Path):
    assert found(POLICY, tmp_path) == []


@pytest.mark.parametrize(
    ("right", "wrong", "code", "underlined"),
    [
        # a name that nobody declares: none of what is missing without it
        ("    level p2", "    level p3", "SLA201", "p2"),
        ("fact calls", "fact cals", "SLA201", "calls"),
        ("calendar desk", "calendar dask", "SLA201", "desk"),
        ("parameter holidays", "parameter hollidays", "SLA201", "holidays"),
        ("clock response", "clock respond", "SLA201", "response"),
        # a line that cannot be read: none of what it may have said
        ("    stops when answered", "    stops wen answered", "SLA101", "wen"),
        ("    level p2", "    levl p2", "SLA102", "levl"),
        ("  fact calls", "  fct calls", "SLA102", "fct"),
        ("    choose a because", "    choose a becuse", "SLA101", "becuse"),
        # a document that cannot be read: nothing of what is quoted from it
        ("terms.txt", "absent.txt", "SLA502", '"absent.txt"'),
        # words that are not there: neither a value without evidence nor a sentence left over
        ('cite "The desk answers"', 'cite "The desk replies"', "SLA506", '"The desk replies"'),
        # times that do not exist: not a calendar that cannot be built as well
        ("08:00 to 18:00", "08:00 to 28:00", "SLA305", "28:00"),
        ("08:00 to 18:00", "08:00 to 08:00", "SLA605", "08:00 to 08:00"),
        # a table that is drawn wrongly: no level without a target
        (
            "| p1 | shall within 4 hours |",
            "| p1 | shall within 4 hours | |",
            "SLA406",
            "| p1 | shall within 4 hours | |",
        ),
        # a promise that says too little: no number without a citation
        ("shall within 4 hours", "shall", "SLA316", "shall"),
        # a way that does not exist: not a clock that does not say its way
        ("priority rebase", "priority redo", "SLA326", "redo"),
    ],
)
def test_one_mistake_is_one_finding(right: str, wrong: str, code: str, underlined: str, tmp_path: Path):
    assert right in POLICY
    assert found(POLICY.replace(right, wrong, 1), tmp_path) == [(code, underlined)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("    on reopening continue", "SLA207"),
        ("    | p2 | best effort          |", "SLA413"),
        ('  party vendor "Vendor"', "SLA202"),
        ('    reading a "A"', "SLA202"),
        ("  events opened, answered", "SLA202"),
        ('  clock response "Answer" {\n  }', "SLA202"),
    ],
)
def test_a_line_said_twice_is_one_finding(line: str, code: str, tmp_path: Path):
    first = line.split(" {", maxsplit=1)[0]
    doubled = POLICY.replace(first, f"{line}\n{first}", 1)
    assert [found_code for found_code, _ in found(doubled, tmp_path)] == [code]
