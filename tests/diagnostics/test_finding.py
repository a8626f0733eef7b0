"""Findings are data: their words come from their kind, their places from the text."""

from __future__ import annotations

import string

import pytest

from sla_dsl.diagnostics import Finding, Kind, Outcome, Place, Severity, catalogue
from sla_dsl.source import Source, Span

TEXT = Source.of("one\ntwo three\n", name="text.sla")
PLACE = Place(TEXT, Span(8, 13))
MISSING = Kind("SLA999", Severity.ERROR, "title", "there is no `{name}`", "Write `{other}`.")


def test_a_kind_makes_findings():
    finding = MISSING(PLACE, name="a", other="b", related=[(Place(TEXT, Span(0, 3)), "here")])
    assert (finding.code, finding.severity) == ("SLA999", Severity.ERROR)
    assert (finding.message, finding.help) == ("there is no `a`", "Write `b`.")
    assert str(finding.place) == "text.sla:2:5"


def test_a_field_may_be_called_kind():
    assert catalogue.DUPLICATE(PLACE, kind="fact", name="a").message == "the fact `a` is declared twice"


def test_braces_in_a_field_are_not_read_as_fields():
    assert MISSING(PLACE, name="{other}", other="b").message == "there is no `{other}`"


def test_a_finding_as_data():
    finding = MISSING(PLACE, name="a", other="b", related=[(Place(TEXT, Span(0, 3)), "here")])
    assert finding.to_dict() == {
        "code": "SLA999",
        "severity": "error",
        "message": "there is no `a`",
        "help": "Write `b`.",
        "file": "text.sla",
        "line": 2,
        "column": 5,
        "end_line": 2,
        "end_column": 10,
        "related": [
            {"text": "here", "file": "text.sla", "line": 1, "column": 1, "end_line": 1, "end_column": 4},
        ],
        "accepted": None,
    }


@pytest.mark.parametrize("kind", catalogue.ALL, ids=lambda kind: kind.code)
def test_words_of_the_catalogue(kind: Kind):
    assert kind.title == kind.title.lower() or "`" in kind.title
    assert not kind.title.endswith(".")
    assert not kind.message[0].isupper()
    assert not kind.message.endswith(".")
    assert kind.help.endswith((".", "}"))
    assert all(name for _, name, _, _ in string.Formatter().parse(kind.message + kind.help) if name is not None)


def test_codes_go_up_within_their_groups():
    groups: dict[str, list[str]] = {}
    for kind in catalogue.ALL:
        groups.setdefault(kind.code[:4], []).append(kind.code)
    for codes in groups.values():
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("value", "severities", "failed"),
    [
        (1, [], False),
        (1, [Severity.WARNING], False),
        (1, [Severity.ERROR], True),
        (None, [], True),
    ],
)
def test_an_error_stops_the_next_phase(value: int | None, severities: list[Severity], failed: bool):
    findings = tuple(Finding(Kind("SLA999", severity, "t", "m", "h"), PLACE, {}) for severity in severities)
    assert Outcome(value, findings).failed is failed
