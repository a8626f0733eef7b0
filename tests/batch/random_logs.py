"""Random logs under random policies that have objectives too."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from attrs import frozen

from sla_dsl import SlaError
from tests.batch.logs import chunk_of
from tests.reference.tickets.asking import policy_of
from tests.reference.tickets.random_policies import random_policy
from tests.reference.tickets.random_tickets import Tickets

if TYPE_CHECKING:
    from sla_dsl import Policy
    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.policy.tickets.evaluation import Evaluation

OBJECTIVES = """
objective all_in_time { share at least 80 % of CLOCKS each month
assume "invented" }
objective some_in_time for p1, p2 { share more than 50 % of LAST
left blank for p3
assume "invented" }
objective quick for p1, p2, p3 { mean of FIRST at most 4 hours
assume "invented" }
objective by_level { share at least 50 % of FIRST each week if priority is p1 or priority is p2
assume "invented" }
objective urgently { share at least 50 % of FIRST if urgent
assume "invented" }
"""


@frozen
class RandomLog:
    """A policy, and some tickets that were answered one by one."""

    policy: Policy
    tickets: tuple[dict[str, Any], ...]
    at: datetime

    def chunks(self, size: int = 7) -> list[Chunk]:
        """The tickets as chunks of some size."""
        starts = range(0, len(self.tickets), size)
        return [chunk_of(self.tickets[start : start + size]) for start in starts]

    def evaluations(self) -> list[Evaluation]:
        """Those that can be evaluated, one by one."""
        found: list[Evaluation] = []
        for ticket in self.tickets:
            try:
                found.append(self.policy.evaluate(ticket, at=self.at))
            except SlaError:
                continue
        return found


@cache
def random_log(seed: int, count: int = 40) -> RandomLog:
    """A log of so many random tickets, all asked at one instant."""
    rng = Random(f"log {seed}")
    made = random_policy(Random(seed))
    maker = Tickets(rng, made)
    given = [maker.ticket([]) for _ in range(count)]
    tickets = tuple({**ticket, "id": str(number)} for number, (ticket, _) in enumerate(given))
    clocks = re.findall(r"^clock (\w+) ", made.text, re.MULTILINE)
    objectives = OBJECTIVES.replace("CLOCKS", ", ".join(clocks)).replace("FIRST", clocks[0]).replace("LAST", clocks[-1])
    return RandomLog(policy_of(made.text + objectives), tickets, max(datetime.fromisoformat(at) for _, at in given))
