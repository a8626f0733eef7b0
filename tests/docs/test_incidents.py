"""What the page about the real log says is what the log says."""

from __future__ import annotations

import re

import pytest

import sla_dsl
from sla_dsl.pipeline import check
from sla_dsl.source import Source
from tests.docs.incidents import FOLDER, PAGE, answers, filled, opened, search, tables, verdicts

UNEXPLAINED = {"INC0003451", "INC0003815", "INC0008249", "INC0008485"}


def test_the_tables_are_what_the_log_gives() -> None:
    """After a change: `python -m tests.docs.incidents`, then read the difference."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == filled(page, tables())


@pytest.mark.parametrize("name", ["incidents.sla", "log.sla"])
def test_policy_and_mapping_are_right(name: str) -> None:
    source = Source.read(FOLDER / name)
    assert [str(one) for one in check(source, FOLDER).findings if one.accepted_because is None] == []


def test_every_row_is_used() -> None:
    policy = sla_dsl.load(FOLDER / "incidents.sla")
    log = opened(policy)
    tickets = sum(len(chunk) for chunk in log)
    assert (log.accounts.rows, log.accounts.used, log.accounts.listed, tickets) == (59_354, 59_354, [], 9_202)


def test_what_the_policy_calls_met_the_company_calls_met() -> None:
    assert [ticket for ticket, _, made, met in verdicts() if met and not made] == []


def test_all_but_four_of_the_others_changed_their_priority_when_late() -> None:
    disagreed = {ticket for ticket, _, made, met in verdicts() if made != met}
    changed = {one.number for one in search().incidents() if len({row.priority for row in one.rows}) > 1}
    assert len(disagreed) == 14
    assert disagreed - changed == UNEXPLAINED
    assert set(re.findall(r"INC\d+(?=,| and| were)", PAGE.read_text(encoding="utf-8"))) == UNEXPLAINED


def test_both_readings_of_the_hours_give_the_same_verdicts() -> None:
    assert answers("two_o_clock")["verdict"].to_pylist() == answers()["verdict"].to_pylist()
    assert answers("two_o_clock")["due"].to_pylist() != answers()["due"].to_pylist()


def test_the_oddities_are_as_often_as_told() -> None:
    found = search().oddities(search().incidents())
    assert found == {
        "rows": 59_354,
        "incidents": 9_202,
        "no resolved_at": 783,
        "no Resolved row": 2,
        "first row before opened_at": 5,
        "rows after the first Closed": 74,
        "incidents with rows after the first Closed": 29,
        "incidents back after Closed": 5,
        "rows at the time of the row before": 5_641,
        "rows before the row before": 1,
        "state -100": 0,
        "priority changes": 169,
        "verdict turns at the first Closed": 5_482,
        "verdict false from the first row": 1,
        "verdict true to the end": 3_719,
    }
    page = PAGE.read_text(encoding="utf-8")
    assert [count for count in found.values() if count > 1 and f"{count:,}" not in page] == []
