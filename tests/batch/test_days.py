"""Targets in days, at odd instants: what is computed for stretches of time holds for every instant in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest

from sla_dsl.batch.engine.engine import Engine
from sla_dsl.batch.engine.stepped import Stepped
from sla_dsl.batch.results import record_batch, schema_of
from tests.batch.logs import chunk_of, expected, micros, plain
from tests.reference.tickets.asking import policy_of

TARGETS = [
    "within 2 days of office by close after the start date",
    "within 2 days of office by end of day from the start date",
    "within 1 day of office by 12:30 from the start date",
    "within 1 day of office by 12:30 after the start date with reports after 15:00 counting as the next day",
    "within 3 days of office same time",
    "within 2 days of night same time",
    "within 2 days of night by close after the start date",
    "within 2 calendar days",
    "within 2 calendar days same time",
    "within 1 to 3 calendar days rolled to office",
    "in less than 2 days of office same time",
]
RULES = """
timezone {zone} {{ assume "invented" }}
events opened, asked, answered, fixed, reopened, raised
created is opened
scale priority highest first {{
  level p1
  level p2
  assume "invented"
}}
calendar office {{
  timezone {zone}
  years 2025 to 2027
  open mon to fri 09:00 to 17:15
  closed on 2026-03-31
  assume "invented"
}}
calendar night {{
  timezone {zone}
  years 2025 to 2027
  open every day 22:00 to 06:00
  assume "invented"
}}
clock repair {{
  starts when opened
  stops when fixed
  pauses from asked to answered
  pauses {move} the due time
  measured in office
  on change of priority rebase
  on reopening {reopening}
  assume "invented"
}}
target repair for p1: shall {target} {{ assume "invented" }}
target repair for p2: shall within 20 hours {{ assume "invented" }}
"""
EVENTS = "asked answered asked answered fixed reopened raised fixed".split()


def policy(target: str, zone: str, rng: Random) -> str:
    move = rng.choice(["move", "do not move"])
    reopening = rng.choice(["continue", "continue, gap counts", "new cycle", "stay closed"])
    return RULES.format(zone=zone, target=target, move=move, reopening=reopening)


def tickets(rng: Random, count: int) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for number in range(count):
        at = datetime(2026, 3, 24, tzinfo=UTC) + timedelta(microseconds=rng.randrange(10 * 86_400_000_000))
        at = at.replace(microsecond=0, second=0, minute=rng.choice([0, 15, 30])) if rng.random() < 0.3 else at
        one: dict[str, Any] = {"id": str(number), "created": at.isoformat(), "priority": rng.choice(["p1", "p1", "p2"])}
        one["events"] = []
        for event in EVENTS[: rng.randrange(len(EVENTS) + 1)]:
            at += timedelta(microseconds=rng.randrange(20 * 3_600_000_000))
            said = {"priority": rng.choice(["p1", "p2"])} if event == "raised" else {"event": event}
            one["events"].append({"at": at.isoformat(), **said})
        made.append(one)
    return made


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Australia/Lord_Howe"])
@pytest.mark.parametrize("target", TARGETS)
def test_days_are_as_ticket_by_ticket(target: str, zone: str):
    rng = Random(f"{target} {zone}")
    rules = policy_of(policy(target, zone, rng))
    chunk, at = chunk_of(tickets(rng, 60)), "2026-04-04T12:34:56.789+00:00"
    engine = Engine(rules, micros(at), size=25)
    answered = engine.answered(chunk)
    schema = schema_of(chunk)
    got = plain(record_batch(schema, engine.words, chunk, answered.rows).to_pylist())
    wanted, refused = expected(rules, chunk, at)
    names = [name for name in schema.names if name != "scalar"]
    assert got == [{name: row[name] for name in names} for row in wanted]
    assert len(answered.refused) == len(refused)
    assert answered.scalar == 0


def test_a_stretch_goes_on_as_its_first_two_instants_do():
    asked: list[int] = []

    def ask(at: int) -> tuple[int, int] | None:
        asked.append(at)
        return None if at >= 300 else (at + 5 if at % 100 else 0, at // 100)

    stepped = Stepped(100, 2, ask)
    (moving, standing), told = stepped(np.array([0, 1, 50, 99, 100, 101, 250, 310]))
    assert moving[:7].tolist() == [0, 6, 55, 104, 0, 106, 255]
    assert standing[:7].tolist() == [0, 0, 0, 0, 1, 1, 2]
    assert told.tolist() == [True] * 7 + [False]
    assert sorted(asked) == [0, 1, 2, 100, 101, 102, 201, 202, 301]
