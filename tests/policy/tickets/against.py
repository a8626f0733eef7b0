"""Random tickets under random policies, put to the package and to the reference."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from tests.reference.table import NotTabulated
from tests.reference.tickets.asking import policy_of
from tests.reference.tickets.entries import micros
from tests.reference.tickets.grid import Grid
from tests.reference.tickets.random_policies import random_policy
from tests.reference.tickets.random_tickets import Tickets
from tests.reference.tickets.rules import Rules
from tests.reference.tickets.unknowns import lives

if TYPE_CHECKING:
    from sla_dsl import Policy
    from sla_dsl.policy.tickets.evaluation import Evaluation
    from tests.reference.tickets.answers import Answer
    from tests.reference.tickets.random_policies import RandomPolicy

Json = dict[str, Any]

TICKETS = 10
"""How many tickets each policy is put to: to read a policy takes longer than to judge a ticket."""
DAYS = 50
UNDETERMINED = "undetermined"
KEYS = "started stopped due due_date breached_at modality step used_seconds ledger".split()


class Duel:
    """One random policy, and random tickets under it."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(f"tickets {seed}")
        self.random = self.policy_of(seed)
        self.policy: Policy = policy_of(self.random.text)
        self.grid = Grid(Rules(self.policy.document), self.random.around, DAYS, self.random.step)
        self.tickets = Tickets(self.rng, self.random)
        self.seen: Counter[str] = Counter()

    @staticmethod
    def policy_of(seed: int) -> RandomPolicy:
        """The text of the policy, and what is odd about it."""
        return random_policy(Random(seed))

    def run(self, tickets: int) -> int:
        """Put both to some tickets; return how many. An AssertionError shows the first on which they differ."""
        due: list[int] = []
        for _ in range(tickets):
            ticket, at = self.tickets.ticket(due)
            try:
                expected = lives(self.grid, ticket, micros(at))
            except NotTabulated:
                self.seen["not tabulated"] += 1
                continue
            due = [one["due"] for one in expected[0]["clocks"] if one.get("due")]
            wrong = differences(expected, said(self.policy.evaluate(ticket, at=datetime.fromisoformat(at))))
            assert not wrong, self._told(ticket, at, wrong)
            self.seen.update(["tickets", *self.tickets.kinds, *_outcomes(expected, micros(at))])
        return self.seen["tickets"]

    def _told(self, ticket: Json, at: str, wrong: list[str]) -> str:
        return "\n".join([*wrong, "", self.random.text, "", json.dumps(ticket, indent=1), f"at {at}"])


def hunt(seed: int) -> int:
    """Put some random tickets under one random policy to both; return how many. Raises AssertionError."""
    return Duel(seed).run(TICKETS)


# ------------------------------------------------------------------------------------------ differences


def said(evaluation: Evaluation) -> Json:
    """What the package says, in the words of the reference; reasons are not asked for."""
    status, clocks = evaluation.status, []
    for one in evaluation.clocks:
        clock = {name: _plain(getattr(one, name)) for name in CLOCK}
        clock["ledger"] = _ledger([(_plain(line.start), _plain(line.end), line.kind) for line in one.ledger])
        clock["steps"] = [(step.step, step.verdict) for step in one.steps]
        clocks.append(clock)
    return {
        "priority": evaluation.priority.level,
        "status": {
            "name": status.name,
            "since": _plain(status.since),
            "next": [(_plain(one.at), one.to) for one in status.next[:1]],
        },
        "irregular": [_plain(one.entry) for one in evaluation.irregular],
        "clocks": clocks,
        "duties": [{name: _plain(getattr(one, name)) for name in DUTY} for one in evaluation.duties],
    }


CLOCK = """clock cycle state verdict modality started stopped due due_date breached_at used_seconds step""".split()
DUTY = ["duty", "state", "due", "due_date"]


def _plain(value: Any) -> Any:
    return micros(value.isoformat()) if isinstance(value, datetime) else value


def differences(expected: list[Answer], got: Json) -> list[str]:
    """What the package says otherwise than the lives that a ticket may have had, where they agree."""
    wrong = _compared("priority", [one["priority"] for one in expected], got["priority"], None)
    wrong += _compared("status", [one["status"]["name"] for one in expected], got["status"]["name"], None)
    if len(expected) == 1:
        wrong += _status(expected[0]["status"], got["status"])
    irregular = [sorted(map(json.dumps, one["irregular"])) for one in expected]
    wrong += _compared("irregular", irregular, sorted(map(json.dumps, got["irregular"])))
    for clock in dict.fromkeys(cycle["clock"] for cycle in got["clocks"]):
        ways = [[cycle for cycle in one["clocks"] if cycle["clock"] == clock] for one in expected]
        cycles = [cycle for cycle in got["clocks"] if cycle["clock"] == clock]
        wrong += _compared(f"{clock}: number of cycles", [max(len(way) for way in ways)], len(cycles))
        for place, cycle in enumerate(cycles):
            there = [way[place] if place < len(way) else {**NOT_BEGUN, "state": way[-1]["else"]} for way in ways]
            wrong += _cycle(f"{clock} {place + 1}", there, cycle)
    for place, duty in enumerate(got["duties"]):
        ways = [one["duties"][place] for one in expected]
        wrong += _compared("duty", [way["state"] for way in ways], duty["state"], UNDETERMINED)
        wrong += _compared("duty: due", [way["due"] for way in ways], duty["due"], None)
    return wrong


def _status(expected: Answer, got: Json) -> list[str]:
    wrong = _compared("status: since", [expected["since"]], got["since"])
    return wrong + _compared("status: next", [expected["next"]], got["next"])


def _cycle(name: str, ways: list[Answer], got: Json) -> list[str]:
    """What is said otherwise of a cycle; in a life in which it has not begun there is nothing of it to tell."""
    wrong = _compared(f"{name}: state", [way["state"] for way in ways], got["state"], None)
    wrong += _compared(f"{name}: verdict", [way["verdict"] for way in ways], got["verdict"], UNDETERMINED)
    if not any(way["started"] for way in ways):
        return wrong
    for key in KEYS:
        nothing = [] if key == "ledger" else None
        wrong += _compared(f"{name}: {key}", [way.get(key, nothing) for way in ways], got[key], nothing)
    passed = [step for step, verdict in got["steps"] if step != got["step"] and verdict in LATE]
    return wrong + _compared(f"{name}: steps", [way.get("passed", []) for way in ways], passed, passed)


NOT_BEGUN: Answer = {"verdict": "not_measured", "started": None}
LATE = {"breached", "missed", "aim_missed_no_breach"}
ANYTHING = object()


def _compared(name: str, ways: list[Any], got: object, otherwise: object = ANYTHING) -> list[str]:
    """Where all lives agree their answer is the one; where they do not, `otherwise` is, if that is said."""
    if any(way != ways[0] for way in ways):
        fits, wanted = otherwise is ANYTHING or got == otherwise, otherwise
    else:
        fits, wanted = got == ways[0], ways[0]
    return [] if fits else [f"{name}: {_shown(got)} instead of {_shown(wanted)}"]


def _ledger(lines: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The lines of a ledger, those of one kind run together."""
    found: list[tuple[int, int, str]] = []
    for start, end, kind in lines:
        if found and found[-1][1:] == (start, kind):
            found[-1] = (found[-1][0], end, kind)
        else:
            found.append((start, end, kind))
    return found


def _shown(value: object) -> str:
    """Instants as a person reads them."""
    if isinstance(value, int) and value > 10**14:
        return datetime.fromtimestamp(value // 1_000_000, UTC).isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return str(value)


# ---------------------------------------------------------------------------------------------- outcomes


def _outcomes(expected: list[Answer], at: int) -> list[str]:
    """What is odd about what came of a ticket, so that a test can see that it occurs."""
    found: list[str] = ["something unknown"] * (len(expected) > 1)
    answer = expected[0]
    found += ["irregular"] * bool(answer["irregular"])
    for cycle in answer["clocks"]:
        found += [cycle["state"], cycle["verdict"]]
        if cycle["started"] is None:
            continue
        kinds = [kind for _, _, kind in cycle["ledger"]]
        found += kinds
        found += ["stopped straight from a pause"] * ("paused after stop" in " ".join(kinds))
        found += ["reopened"] * ("after stop" in kinds[:-1])
        found += ["a later cycle"] * (cycle["cycle"] > 1)
        found += ["a later step"] * bool(cycle["passed"])
        found += ["stopped as it started"] * (cycle["stopped"] == cycle["started"])
        found += ["met at the due instant"] * (cycle["verdict"] == "met" and cycle["stopped"] == cycle["due"])
        found += ["looked at when due"] * (cycle["due"] == at)
        if cycle["breached_at"] is not None and cycle["due"] is not None and cycle["breached_at"] > cycle["due"]:
            found.append("late by a change")
    return found
