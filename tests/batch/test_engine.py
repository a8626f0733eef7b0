"""Tickets followed together: what is laid out for that, and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sla_dsl
from sla_dsl.batch.chunk import Chunk
from sla_dsl.batch.engine.engine import CREATED_LATER, Engine
from sla_dsl.batch.results import record_batch, schema_of
from tests.batch.against import Match
from tests.batch.logs import chunk_of, expected, micros, plain

if TYPE_CHECKING:
    from sla_dsl import Policy

DESK = Path(__file__).parents[2] / "benchmarks" / "desk"
AT = "2026-03-13T12:00:00+00:00"
DAY = "2026-03-02T"


@pytest.fixture(scope="module")
def log() -> Policy:
    return sla_dsl.load(DESK / "log.sla")


@pytest.fixture(scope="module")
def desk() -> Policy:
    return sla_dsl.load(DESK / "desk.sla")


def ticket(*events: str | dict[str, Any], priority: str | None = "p2", created: str = "09:00") -> dict[str, Any]:
    """A ticket with an entry every three hours; `=` before an event puts it at the instant of the one before."""
    entries: list[dict[str, Any]] = []
    hour = 9
    for one in events:
        at_once = isinstance(one, str) and one.startswith("=")
        hour += 0 if at_once else 3
        entry = {"event": one.removeprefix("=")} if isinstance(one, str) else one
        entries.append({"at": f"2026-03-{2 + hour // 24:02}T{hour % 24:02}:00:00+00:00", **entry})
    level = {} if priority is None else {"priority": priority}
    return {"id": "", "created": f"{DAY}{created}:00+00:00", **level, "events": entries}


def check(policy: Policy, tickets: list[dict[str, Any]], at: str = AT, *, size: int = 4) -> int:
    """Compare the rows of a log with those of single tickets; return how many went one by one."""
    for number, one in enumerate(tickets):
        one["id"] = str(number)
    chunk = chunk_of(tickets)
    engine = Engine(policy, micros(at), size=size)
    answered = engine.answered(chunk)
    schema = schema_of(chunk)
    got = plain(record_batch(schema, engine.words, chunk, answered.rows).to_pylist())
    wanted, refused = expected(policy, chunk, at)
    assert got == [{name: row[name] for name in schema.names if name != "scalar"} for row in wanted]
    assert [chunk.ids[one.ticket] for one in answered.refused] == refused
    irregular = 0
    for number in range(len(chunk)):
        if str(number) not in refused:
            irregular += len(policy.evaluate(chunk.ticket(number), at=at).irregular)
    assert answered.irregular == irregular
    return answered.scalar


def test_plain_histories_are_followed_together(log: Policy):
    histories = [
        ticket(),
        ticket("answered"),
        ticket("answered", "asked"),
        ticket("answered", "asked", "told", "mended"),
        ticket("opened", "answered", "asked", "told", "escalated", "mended", priority="p3"),
        ticket("asked", "=answered", "told", "escalated", "escalated"),
        ticket("answered", {"priority": "p1"}, "mended"),
        ticket("answered", {"event": "escalated", "priority": "p1"}, "mended", priority="p3"),
        ticket("answered", {"status": "done"}, {"status": "waiting"}, {"status": "new"}, {"status": "done"}),
        ticket("answered", "answered", "mended", "mended", "=mended"),
        ticket({"event": "answered", "status": "waiting"}, {"event": "mended", "priority": "p3"}),
    ]
    assert check(log, histories) == 0


def test_tickets_that_come_back_are_followed_together(desk: Policy):
    histories = [
        ticket("answered", "mended", "reopened"),
        ticket("answered", "mended", "reopened", "asked", "told", "mended", "reopened", "mended"),
        ticket("answered", "asked", "told", "mended", {"priority": "p1"}, "reopened", {"priority": "p3"}),
        ticket({"facts": {"branch": 3}}, "answered", {"facts": {"branch": 30}}, "mended", priority="p1"),
        ticket("updated", "reopened", "answered"),
    ]
    for one in histories:
        one.setdefault("facts", {"branch": 20})
    assert check(desk, histories) == 0


def test_what_nobody_knows_goes_one_by_one(desk: Policy):
    assert check(desk, [ticket("answered", priority="p1"), ticket("answered"), ticket("answered", priority=None)]) == 2


def test_entries_before_creation_count_as_at_creation(log: Policy):
    early = ticket("answered", {"status": "waiting"}, "opened", created="20:00")
    assert check(log, [ticket(), early, ticket("opened", {"priority": "p1"}, "opened", created="13:00")]) == 1


def test_an_entry_is_irregular_once():
    text = (DESK / "log.sla").read_text(encoding="utf-8").replace('"Done"', '"Done" final')
    final = sla_dsl.loads(text, DESK)
    over = ticket("answered", "mended", {"event": "told", "status": "waiting"}, {"status": "done"})
    assert [one.entry["status"] for one in final.evaluate(over, at=AT).irregular] == ["waiting", "done"]
    assert check(final, [over]) == 0


def test_a_look_at_the_instant_of_a_pause_or_change(log: Policy):
    paused = ticket({"at": f"{DAY}09:00:00+00:00", "event": "asked"})
    changed = ticket({"at": f"{DAY}09:00:00+00:00", "event": "escalated"})
    for now in ("09:00", "12:00", "15:00"):
        assert check(log, [paused, changed, ticket("asked", "escalated")], f"{DAY}{now}:00+00:00") == 0


def test_entries_after_the_instant_do_not_count_and_are_read_all_the_same(log: Policy):
    late, wrong = ticket("answered", "mended"), ticket("answered", {"event": "eaten"})
    assert check(log, [late, wrong], f"{DAY}13:00:00+00:00") == 0


def test_what_is_created_later_is_refused_unread(log: Policy, desk: Policy, monkeypatch: pytest.MonkeyPatch):
    chunk = chunk_of([{**ticket(), "id": "a"}, {**ticket("answered"), "id": "b"}])

    def unread(_chunk: Chunk, number: int) -> dict[str, Any]:
        raise AssertionError(number)

    monkeypatch.setattr(Chunk, "ticket", unread)
    for policy in (log, desk):
        answered = Engine(policy, micros("2026-03-01T12:00:00+00:00")).answered(chunk)
        assert [(one.ticket, one.reason) for one in answered.refused] == [(0, CREATED_LATER), (1, CREATED_LATER)]
        assert (len(answered.rows), answered.scalar) == (0, 0)


def test_how_a_log_is_cut_changes_nothing():
    match = Match(3)
    answers = []
    for size in (1, 7, 1000):
        engine = Engine(match.policy, micros(match.at), size=size)
        answered = engine.answered(match.chunk)
        schema = schema_of(match.chunk)
        answers.append(record_batch(schema, engine.words, match.chunk, answered.rows).to_pylist())
    assert answers[0] == answers[1] == answers[2]


def test_why_tickets_go_one_by_one_is_told(desk: Policy):
    untold = [ticket("answered", priority="p1"), ticket("answered"), ticket("answered", priority=None)]
    for number, one in enumerate(untold):
        one["id"] = str(number)
    engine = Engine(desk, micros(AT))
    assert engine.notes == {}
    engine.answered(chunk_of(untold))
    assert engine.notes == {
        "target response": "tickets do not tell `branch`, which decides",
        "target resolution": "tickets do not tell `priority`, which decides",
        "target update": "tickets do not tell `priority`, which decides",
    }


def test_what_is_not_laid_out_at_all_is_told():
    found = [Engine(match.policy, 0).notes for match in (Match(seed, 1) for seed in range(6))]
    assert {"policy"} in [set(one) for one in found]
