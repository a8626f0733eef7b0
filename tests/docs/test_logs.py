"""The guide to logs shows what happens, as far as mappings go."""

from __future__ import annotations

import sla_dsl
from sla_dsl.batch.inputs import open_log
from sla_dsl.pipeline import check
from sla_dsl.reporting import render_all
from sla_dsl.source import Source
from tests.batch.test_guess import GUESSED_WIDE
from tests.docs.fragments import EXAMPLES
from tests.docs.pages import DOCS, examples

PAGE = DOCS / "logs.md"
MAPPING = EXAMPLES / "brightwater_log.sla"


def shown(beginning: str) -> str:
    return next(one.text for one in examples(PAGE, "text") if one.text.lstrip().startswith(beginning))


def test_the_slip_of_the_pen_is_found_as_shown() -> None:
    text = MAPPING.read_text(encoding="utf-8").replace('"Awaiting vendor" as working', '"Awaiting vendor" as workin')
    found = check(Source.of(text, name=MAPPING.name), EXAMPLES).findings
    assert render_all(found).strip() == shown("error SLA201").strip()


def test_the_proposal_leaves_open_what_is_shown() -> None:
    assert shown("level plan") in GUESSED_WIDE


def test_the_reference_shows_the_mapping_of_the_guide() -> None:
    page = (DOCS / "language" / "logs.md").read_text(encoding="utf-8")
    assert MAPPING.read_text(encoding="utf-8") in page


def test_the_log_of_the_guide_is_read_as_it_says() -> None:
    policy = sla_dsl.load(EXAMPLES / "brightwater.sla")
    log = open_log(EXAMPLES / "brightwater_log.csv", sla_dsl.load_mapping(MAPPING, policy), terms=policy.terms)
    tickets = [chunk.ticket(number) for chunk in log for number in range(len(chunk))]
    assert tickets[0] == {
        "id": "501",
        "created": "2026-03-02T09:05:00+01:00",
        "priority": "p1",
        "plan": "gold",
        "channel": "phone",
        "facts": {"sites_down": 2},
        "events": [
            {"at": "2026-03-02T09:05:00+01:00", "status": "new"},
            {"at": "2026-03-02T09:30:00+01:00", "status": "working", "event": "acknowledged"},
            {
                "at": "2026-03-02T11:10:00+01:00",
                "status": "waiting",
                "event": "updated",
                "priority": "p2",
                "facts": {"sites_down": 1},
            },
            {"at": "2026-03-02T15:40:00+01:00", "status": "fixed"},
        ],
    }
    assert (log.accounts.rows, [one.row for one in log.accounts.listed]) == (9, [7])
    assert log.accounts.listed[0].reason == shown("“Reassigned”").strip()
