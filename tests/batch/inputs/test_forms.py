"""The same log in every form gives the same tickets."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import ipc, parquet

from sla_dsl.policy.logs.mapping import Mapping, MomentColumn, TimeColumn, ValueColumn
from tests.batch.inputs.logs import by_id, csv_file, log_of, policy, tickets_in

if TYPE_CHECKING:
    from pathlib import Path

    from sla_dsl.batch.inputs import Log

Json = dict[str, Any]

ROWS: list[Json] = [
    {
        "id": "7",
        "at": "2026-03-02T09:00:00Z",
        "event": "reported",
        "status": "new",
        "priority": "p3",
        "production_down": False,
    },
    {"id": "7", "at": "2026-03-02T09:00:00Z", "event": "ticket_created", "products_affected": 2},
    {"id": "7", "at": "2026-03-02T10:00:00.5Z", "status": "in_progress", "priority": "p2", "caller": "customer"},
    {"id": "7", "at": "2026-03-02T12:00:00Z", "status": "resolved", "production_down": True},
    {"id": "8", "at": "2026-03-02T09:30:00Z", "event": "ticket_created", "status": "new", "priority": "p1"},
]
NAMES = list(dict.fromkeys(name for row in ROWS for name in row))


def text(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool | int) else str(value)


def as_csv(folder: Path) -> Log:
    lines = [",".join(text(row[name]) if name in row else "" for name in NAMES) for row in ROWS]
    return log_of(csv_file(folder, "\n".join((",".join(NAMES), *lines))))


def as_gzip(folder: Path) -> Log:
    as_csv(folder)
    path = folder / "log.csv.gz"
    path.write_bytes(gzip.compress((folder / "log.csv").read_bytes()))
    return log_of(path)


def as_semicolons(folder: Path) -> Log:
    as_csv(folder)
    return log_of(csv_file(folder, (folder / "log.csv").read_text().replace(",", ";"), "semicolons.csv"))


def as_json_rows(folder: Path) -> Log:
    path = folder / "log.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)))
    return log_of(path)


def as_json_tickets(folder: Path) -> Log:
    path = folder / "log.jsonl"
    path.write_text("\n".join(json.dumps(ticket) for ticket in tickets_in(as_csv(folder))))
    return log_of(path)


def table() -> pa.Table:
    columns = {name: pa.array([row.get(name) for row in ROWS]) for name in NAMES}
    columns["at"] = columns["at"].cast(pa.timestamp("ms", "UTC"))
    columns["status"] = columns["status"].dictionary_encode()
    columns["id"] = columns["id"].cast(pa.int64())
    return pa.table(columns)


def as_table(folder: Path) -> Log:  # noqa: ARG001 - the other forms need it
    return log_of(table())


def as_parquet(folder: Path) -> Log:
    parquet.write_table(table(), folder / "log.parquet", row_group_size=2)
    return log_of(folder / "log.parquet")


def as_feather(folder: Path) -> Log:
    return in_arrow(folder, ipc.new_file)


def in_arrow(folder: Path, new: Any) -> Log:
    with (folder / "log.arrow").open("wb") as sink, new(sink, table().schema) as writer:
        writer.write_table(table())
    return log_of(folder / "log.arrow")


def as_stream(folder: Path) -> Log:
    return in_arrow(folder, ipc.new_stream)


def as_reader(folder: Path) -> Log:  # noqa: ARG001 - the other forms need it
    return log_of(pa.RecordBatchReader.from_batches(table().schema, table().to_batches()))


def as_xes(folder: Path) -> Log:
    kinds = {str: "string", bool: "boolean", int: "int"}
    traces: dict[str, str] = {}
    for row in ROWS:
        said = "".join(
            f'<{kinds[type(value)]} key="{name}" value="{text(value)}"/>'
            for name, value in row.items()
            if name not in {"id", "at", "event"}
        )
        name = f'<string key="concept:name" value="{row["event"]}"/>' if "event" in row else ""
        event = f'<event><date key="time:timestamp" value="{row["at"]}"/>{name}{said}</event>'
        traces[row["id"]] = traces.get(row["id"], "") + event
    trace = "".join(f'<trace><string key="concept:name" value="{i}"/>{e}</trace>' for i, e in traces.items())
    path = folder / "log.xes.gz"
    path.write_bytes(gzip.compress(f'<?xml version="1.0"?><log xes.version="1849.2016">{trace}</log>'.encode()))
    return log_of(path)


FORMS = [
    as_csv,
    as_gzip,
    as_semicolons,
    as_json_rows,
    as_json_tickets,
    as_table,
    as_parquet,
    as_feather,
    as_stream,
    as_reader,
    as_xes,
]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_log_in_every_form_gives_the_same_tickets(tmp_path: Path, form: Any) -> None:
    log = form(tmp_path)
    tickets = tickets_in(log)
    assert by_id(tickets) == by_id(tickets_in(as_csv(tmp_path)))
    assert log.accounts.listed == []


@pytest.mark.parametrize("form", FORMS)
def test_the_latest_instant_is_the_same_in_every_form(tmp_path: Path, form: Any) -> None:
    assert form(tmp_path).latest() == 1772452800000000


def test_the_tickets_are_what_the_rows_say(tmp_path: Path) -> None:
    assert by_id(tickets_in(as_csv(tmp_path)))["7"] == {
        "id": "7",
        "created": "2026-03-02T09:00:00+00:00",
        "priority": "p3",
        "facts": {"production_down": False},
        "events": [
            {"at": "2026-03-02T09:00:00+00:00", "event": "reported", "status": "new"},
            {"at": "2026-03-02T09:00:00+00:00", "event": "ticket_created", "facts": {"products_affected": 2}},
            {"at": "2026-03-02T10:00:00.500000+00:00", "status": "in_progress", "priority": "p2", "caller": "customer"},
            {"at": "2026-03-02T12:00:00+00:00", "status": "resolved", "facts": {"production_down": True}},
        ],
    }


def test_one_row_per_ticket_gives_the_same_answers(tmp_path: Path) -> None:
    wide = (
        "id,created,priority,reported,in_progress,resolved\n"
        "7,2026-03-02T09:00:00Z,p3,2026-03-02T09:00:00Z,2026-03-02T10:00:00Z,2026-03-02T12:00:00Z\n"
        "8,2026-03-02T09:30:00Z,p1,,,\n"
    )
    long = (
        "id,created,at,event,status,priority\n"
        "7,2026-03-02T09:00:00Z,2026-03-02T09:00:00Z,reported,,p3\n"
        "7,2026-03-02T09:00:00Z,2026-03-02T10:00:00Z,,in_progress,p3\n"
        "7,2026-03-02T09:00:00Z,2026-03-02T12:00:00Z,,resolved,p3\n"
        "8,2026-03-02T09:30:00Z,2026-03-02T09:30:00Z,,,p1\n"
    )
    mapping = Mapping(
        "wide",
        "ticket",
        ("id",),
        created=TimeColumn("created"),
        values=(ValueColumn("level", "priority", ("priority",)),),
        moments=(
            MomentColumn("event", "reported", "reported"),
            MomentColumn("status", "in_progress", "in_progress"),
            MomentColumn("status", "resolved", "resolved"),
        ),
    )
    one = tickets_in(log_of(csv_file(tmp_path, wide, "wide.csv"), mapping))
    assert one == tickets_in(log_of(csv_file(tmp_path, long, "long.csv")))


def test_the_tickets_can_be_evaluated(tmp_path: Path) -> None:
    for ticket in tickets_in(as_csv(tmp_path)):
        assert policy().evaluate(ticket, at="2026-03-03T00:00:00Z").clocks
