"""Coverage as data."""

from pathlib import Path
from typing import Any

import pytest

import sla_dsl
from sla_dsl.pipeline import coverage
from sla_dsl.source import Source

HARBOUR = Path(__file__).resolve().parents[1] / "pipeline" / "harbour"


@pytest.fixture(scope="module")
def covered() -> dict[str, Any]:
    path = HARBOUR / "harbour.sla"
    return coverage(sla_dsl.load(path), [(Source.read(path), HARBOUR)])


def test_every_unit_says_what_became_of_it(covered: dict[str, Any]) -> None:
    [source] = covered["sources"]
    assert (source["covered"], source["total"]) == (6, 6)
    by_line = {unit["line"]: unit for unit in source["units"]}
    assert by_line[1]["by"] == [{"kind": "informative", "name": "informative"}]
    assert {"kind": "rule", "name": "calendar desk"} in by_line[3]["by"]
    assert not any(unit["missing"] for unit in source["units"])


def test_every_clause_says_which_examples_reach_it(covered: dict[str, Any]) -> None:
    clauses = {one["clause"]: one["examples"] for one in covered["clauses"]}
    assert clauses["target response/urgent"] == ["a site is down"]
    assert clauses["target response/ordinary"] == ["the day of the report counts"]
    assert clauses["ambiguity day_count: counted"] == ["the day of the report counts"]
    assert clauses["ambiguity day_count: not_counted"] == []
    assert clauses["event repaired"] == []
    assert covered["examples"] == 2
