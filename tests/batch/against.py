"""Random logs under random policies: the engine for many tickets against the evaluator of single ones."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from sla_dsl import SlaError
from sla_dsl.batch.engine.engine import Engine
from sla_dsl.batch.results import record_batch, schema_of
from tests.batch.logs import chunk_of, expected, micros, plain
from tests.reference.tickets.asking import policy_of
from tests.reference.tickets.random_policies import random_policy
from tests.reference.tickets.random_tickets import Tickets

if TYPE_CHECKING:
    from sla_dsl import Policy
    from sla_dsl.batch.chunk import Chunk

TICKETS = 100
"""How many tickets the log of a policy has."""


class Match:
    """One random policy, and a log of random tickets under it, looked at once."""

    def __init__(self, seed: int, tickets: int = TICKETS) -> None:
        rng = Random(f"logs {seed}")
        self.random = random_policy(rng)
        self.policy: Policy = policy_of(self.random.text)
        made = Tickets(rng, self.random)
        asked = [made.ticket([]) for _ in range(tickets)]
        for number, (ticket, _) in enumerate(asked):
            ticket["id"] = str(number)
        self.tickets = [ticket for ticket, _ in asked]
        self.chunk: Chunk = chunk_of(self.tickets)
        self.at = rng.choice([rng.choice(asked)[1], max((at for _, at in asked), key=micros)])
        self.scalar = 0

    def differences(self, size: int = 64) -> list[str]:
        """Where the engine says otherwise than the evaluator, ticket by ticket."""
        engine = Engine(self.policy, micros(self.at), size=size)
        answered = engine.answered(self.chunk)
        self.scalar = answered.scalar
        schema = schema_of(self.chunk)
        got = record_batch(schema, engine.words, self.chunk, answered.rows).to_pylist()
        names = [name for name in schema.names if name != "scalar"]
        wanted, refused = expected(self.policy, self.chunk, datetime.fromisoformat(self.at).astimezone(UTC).isoformat())
        alone = {row["ticket"] for row in got if row["scalar"]}
        assert sorted(refused) == sorted(self.chunk.ids[one.ticket] for one in answered.refused)
        wrong: list[str] = []
        for number in range(len(self.chunk)):
            name = str(number)
            mine = [one for one in plain(got) if one["ticket"] == name]
            rows = [one for one in wanted if one["ticket"] == name]
            theirs = [{key: one[key] for key in names} for one in rows]
            if len(mine) != len(theirs) or (name not in alone and mine != theirs):
                wrong.append(self._told(number, mine, theirs))
        return wrong or self._irregular(answered.irregular)

    def _irregular(self, counted: int) -> list[str]:
        """Where the engine counts other irregular entries than the evaluator lists; in which ticket it cannot tell."""
        at = datetime.fromisoformat(self.at)
        listed = 0
        for number in range(len(self.chunk)):
            with suppress(SlaError):  # it is refused, and counts nowhere
                listed += len(self.policy.evaluate(self.chunk.ticket(number), at=at).irregular)
        return [] if counted == listed else [f"{counted} irregular entries, expected {listed}, at {self.at}"]

    def _told(self, number: int, mine: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> str:
        lines = (
            f"{got['clock']} {got['cycle']} {key}: {got[key]}, expected {wanted[key]}"
            for got, wanted in zip(mine, theirs, strict=False)
            for key in got
            if got[key] != wanted[key]
        )
        head = f"{len(mine)} rows, expected {len(theirs)}"
        return "\n".join([head, *lines, json.dumps(self.tickets[number], indent=1), f"at {self.at}"])


def hunt(seed: int) -> int:
    """Put a random log to both; return how many tickets. Raises AssertionError."""
    match = Match(seed)
    wrong = match.differences()
    assert not wrong, "\n\n".join([wrong[0], match.random.text])
    return len(match.tickets)
