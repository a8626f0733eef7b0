"""Chunks made of tickets in JSON form, and answers of the scalar evaluator as rows, for tests."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from sla_dsl import SlaError
from sla_dsl.batch.chunk import NOTHING, Chunk, Coded, Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sla_dsl import Policy

Json = dict[str, Any]
KINDS = {"event", "status", "channel", "caller", "due"}


def chunk_of(tickets: Sequence[Json]) -> Chunk:
    """Tickets in JSON form as a chunk; instants come out in UTC."""
    entries = [(number, entry) for number, one in enumerate(tickets) for entry in one.get("events", ())]
    count = np.bincount([number for number, _ in entries], minlength=len(tickets))
    return Chunk(
        ids=[str(one["id"]) for one in tickets],
        created=np.array([micros(one["created"]) for one in tickets], np.int64),
        first=columns([said(one, without={"id", "created", "events"}) for one in tickets]),
        starts=np.append(0, np.cumsum(count)).astype(np.int64),
        at=np.array([micros(entry["at"]) for _, entry in entries], np.int64),
        said=columns([said(entry, without={"at"}) for _, entry in entries]),
    )


def said(given: Json, without: set[str]) -> dict[Key, object]:
    found: dict[Key, object] = {}
    for name, value in given.items():
        if name == "facts":
            found |= {Key("fact", fact): one for fact, one in value.items()}
        elif name in KINDS:
            found[Key(name)] = value  # type: ignore[arg-type] - it is one of them
        elif name not in without:
            found[Key("level", name)] = value
    return found


def columns(rows: list[dict[Key, object]]) -> dict[Key, Coded]:
    keys = dict.fromkeys(key for row in rows for key in row)
    return {key: column([row.get(key) for row in rows]) for key in keys}


def column(given: list[object]) -> Coded:
    values: dict[str, object] = {json.dumps(one): one for one in given if one is not None}
    places = {text: place for place, text in enumerate(values)}
    codes = [NOTHING if one is None else places[json.dumps(one)] for one in given]
    return Coded(tuple(values.values()), np.array(codes, np.int32))


def micros(text: str) -> int:
    return round((datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000)


# ------------------------------------------------------------------------------------------ by the scalar evaluator

PLAIN = "clock step cycle state verdict answer modality strict used_seconds budget_seconds remaining_seconds used_days"
INSTANTS = "started stopped due breached_at"


def expected(policy: Policy, chunk: Chunk, at: str) -> tuple[list[Json], list[str]]:
    """The rows that the scalar evaluator gives, and the tickets that it refuses."""
    rows: list[Json] = []
    refused: list[str] = []
    for number in range(len(chunk)):
        ticket = chunk.ticket(number)
        try:
            found = policy.evaluate(ticket, at=at)
            clocks, level = found.clocks, found.priority.level
        except SlaError:
            refused.append(ticket["id"])  # type: ignore[arg-type] - a text
            continue
        for one in clocks:
            row: Json = {"ticket": ticket["id"], **{name: getattr(one, name) for name in PLAIN.split()}}
            row |= {name: utc(getattr(one, name)) for name in INSTANTS.split()}
            row["earliest"], row["latest"] = map(utc, one.bounds or (None, None))
            row |= {
                "priority": level,
                "due_date": one.due_date,
                "created": utc(datetime.fromisoformat(str(ticket["created"]))),
            }
            rows.append(row)
    return rows, refused


def utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)


def plain(rows: Iterable[Json]) -> list[Json]:
    """Rows of a table without what the scalar evaluator does not say."""
    return [{name: value for name, value in row.items() if name != "scalar"} for row in rows]


def day(text: str) -> date:
    return date.fromisoformat(text)
