"""The log of 9,202 real incidents, row by row."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

from attrs import evolve

from sla_dsl.batch.inputs import Log
from sla_dsl.policy.logs.mapping import ChangeColumn, Mapping, Meaning, MomentColumn, TimeColumn, Times, ValueColumn
from tests.batch.inputs.logs import log_of, tickets_in

DATA = Path(__file__).parents[3] / "docs" / "logs" / "incidents" / "incidents_2016_03.csv.gz"
TIMES = Times(("%d/%m/%Y %H:%M",), "Europe/London")
STATES = {
    "new": "new",
    "active": "in_progress",
    "awaiting user info": "in_progress",
    "awaiting vendor": "in_progress",
    "awaiting problem": "in_progress",
    "resolved": "resolved",
    "closed": "closed",
}
MAPPING = Mapping(
    "incidents",
    "entry",
    ("number",),
    missing=("?",),
    created=TimeColumn("opened_at", TIMES),
    at=TimeColumn("sys_updated_at", TIMES),
    values=(
        ValueColumn(
            "status", "", ("incident_state",), read={log: Meaning("status", "", own) for log, own in STATES.items()}
        ),
        ValueColumn(
            "level",
            "priority",
            ("priority",),
            read={
                f"{number} - {name}": Meaning("level", "priority", f"p{number}")
                for number, name in enumerate(("critical", "high", "moderate", "low"), 1)
            },
        ),
    ),
    moments=(MomentColumn("event", "resolution_confirmed", "resolved_at", TIMES),),
    changes=(ChangeColumn("next_step_communicated", "assignment_group"),),
    keep=("made_sla",),
)


def real(mapping: Mapping = MAPPING, **options: int) -> Log:
    return log_of(DATA, mapping, **options)


def test_every_row_is_used_or_listed() -> None:
    log = real()
    tickets = tickets_in(log)
    assert len(tickets) == 9_202
    assert (log.accounts.rows, log.accounts.used) == (59_354, 59_347)
    assert {(one.column, one.reason.partition(" in ")[0]) for one in log.accounts.listed} == {
        ("incident_state", "“Awaiting Evidence”")
    }


def test_the_rows_of_the_tickets_are_the_rows_that_were_used() -> None:
    log = real(rows=5_000)
    assert sum(int(chunk.rows.sum()) for chunk in log if chunk.rows is not None) == log.accounts.used


def test_the_entries_are_what_the_file_says() -> None:
    with gzip.open(DATA, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    states = dict[str, list[str]]()
    for row in rows:
        own = STATES.get(row["incident_state"].casefold())
        seen = states.setdefault(row["number"], [])
        if own is not None and seen[-1:] != [own]:
            seen.append(own)
    found = {
        ticket["id"]: [entry["status"] for entry in ticket["events"] if "status" in entry]
        for ticket in tickets_in(real())
    }
    assert found == states


def test_a_back_filled_moment_is_there_once_a_ticket() -> None:
    counts = Counter(
        sum(entry.get("event") == "resolution_confirmed" for entry in ticket["events"]) for ticket in tickets_in(real())
    )
    assert set(counts) == {0, 1}


def test_the_order_of_the_file_does_not_matter(tmp_path: Path) -> None:
    with gzip.open(DATA, "rt", encoding="utf-8", newline="") as file:
        head, *rows = file.readlines()[:4_000]
    shuffled = [row for _, row in sorted(enumerate(rows), key=lambda one: one[0] % 7)]
    grouped, mixed = tmp_path / "grouped.csv", tmp_path / "mixed.csv"
    grouped.write_text(head + "".join(rows), encoding="utf-8")
    mixed.write_text(head + "".join(shuffled), encoding="utf-8")
    bare = evolve(MAPPING, values=(), changes=(), keep=())
    one, other = (log_of(path, bare) for path in (grouped, mixed))
    assert sorted(str(ticket) for ticket in tickets_in(one)) == sorted(str(ticket) for ticket in tickets_in(other))
