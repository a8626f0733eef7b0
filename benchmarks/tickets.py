"""How fast a ticket is evaluated, and how much memory a stream of them takes: `python -m benchmarks.tickets`.

One fixed ticket has three clocks, and ten events in five working days: questions that pause it, and a change of its
priority. The verdicts of its clocks, its level and status are read; reasons and ledgers are not. The stream is
100,000 different tickets as JSON Lines (in short, 5,000), read and evaluated one by one in a process of its own; its
memory after a tenth of them is compared with that at the end. The least of many runs counts. Exit 1 where a promise
is not kept.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BufferedReader, RawIOBase
from pathlib import Path
from random import Random
from time import perf_counter
from timeit import Timer
from typing import TYPE_CHECKING

from attrs import fields

import sla_dsl
from benchmarks._memory import most_megabytes
from sla_dsl.policy.tickets.answers import ClockAnswer
from sla_dsl.policy.tickets.entries import read_ticket
from sla_dsl.policy.tickets.rows import BadRow, rows_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sla_dsl.policy.tickets.answers import Verdict
    from sla_dsl.policy.tickets.evaluation import Evaluation

ROOT = Path(__file__).resolve().parents[1]
POLICY = ROOT / "benchmarks" / "desk" / "desk.sla"
STREAM = 100_000
ROUNDS, CALLS = 150, 20

ENTRIES = [
    ("02T10:30", {"event": "answered"}),
    ("02T15:00", {"event": "asked"}),
    ("03T09:30", {"event": "told"}),
    ("03T11:30", {"event": "updated"}),
    ("03T14:00", {"event": "asked"}),
    ("04T10:30", {"event": "told"}),
    ("04T12:30", {"priority": "p1"}),
    ("05T10:30", {"event": "asked"}),
    ("06T10:30", {"event": "told"}),
    ("06T11:30", {"event": "mended"}),
]
TICKET = {
    "id": "T-1",
    "created": "2026-03-02T09:00:00+01:00",
    "priority": "p2",
    "facts": {"branch": 12},
    "events": [{"at": f"2026-03-{at}:00+01:00", **said} for at, said in ENTRIES],
}
AT = "2026-03-06T16:00:00+01:00"
FIGURES = tuple(one.name for one in fields(ClockAnswer) if not one.name.startswith("_"))
NEXT = {"at": "2026-03-09T09:00:00+01:00", "event": "reopened"}


def main(*, short: bool = False) -> int:
    policy = desk()
    read_all(evaluated(policy, TICKET))
    state = policy.begin(TICKET)
    cost = measure(
        {
            "evaluate, verdicts, level, status": lambda: read_all(evaluated(policy, TICKET)),
            "the same, every figure of its clocks": lambda: figures(evaluated(policy, TICKET)),
            "of that, reading the ticket": lambda: read_ticket(policy.terms, TICKET),
            "the same ticket without entries": lambda: read_all(evaluated(policy, {**TICKET, "events": []})),
            "step, one entry": lambda: policy.step(state, NEXT),
            "state.at, verdicts, level, status": lambda: read_all(state.at(AT)),
        }
    )
    for name, seconds in cost.items():
        print(f"{name:36} {seconds * 1e6:8.1f} µs")
    brief = Timer(lambda: evaluated(policy, TICKET).to_dict(reasons=False)).repeat(100, 1)
    print(f"{'as JSON without ledgers and reasons':36} {min(brief) * 1e6:8.1f} µs")
    whole = Timer(lambda: evaluated(policy, TICKET).to_dict()).repeat(20, 1)
    print(f"{'as JSON with ledgers and reasons':36} {min(whole) * 1e6:8.1f} µs")
    count = STREAM // 20 if short else STREAM
    early, late, seconds = streamed(count)
    print(f"{f'a stream of {count:,} tickets':36} {seconds:8.1f} s")
    print(f"{'memory after a tenth, and at the end':36} {early:8.1f} MB, {late:.1f} MB")
    kept = [
        promise("evaluate", cost["evaluate, verdicts, level, status"] / 200e-6, at_most=1),
        promise("memory of a stream, end to a tenth", late / early, at_most=1.05),
    ]
    return 0 if all(kept) else 1


@cache
def desk() -> sla_dsl.Policy:
    """The policy to measure, as programs have it: compiled, without what it took to read its text."""
    return sla_dsl.from_json(sla_dsl.load(POLICY).to_json())


def evaluated(policy: sla_dsl.Policy, ticket: Mapping[str, object]) -> Evaluation:
    return policy.evaluate(ticket, at=AT)


def read_all(found: Evaluation) -> tuple[list[Verdict], str | None, str | None]:
    """Read the parts that are promised to be fast."""
    return [clock.verdict for clock in found.clocks], found.priority.level, found.status.name


def figures(found: Evaluation) -> tuple[object, ...]:
    """Read every field of every clock but its reasons and ledger, and what `read_all` reads."""
    return (read_all(found), *(getattr(clock, name) for clock in found.clocks for name in FIGURES))


def measure(questions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least seconds per call of each, taken in turns so that a busy machine slows all alike."""
    best = dict.fromkeys(questions, float("inf"))
    timers = {name: Timer(question) for name, question in questions.items()}
    for _ in range(ROUNDS):
        for name, timer in timers.items():
            best[name] = min(best[name], timer.timeit(CALLS) / CALLS)
    return best


# ------------------------------------------------------------------------------------------------ stream


def streamed(count: int) -> tuple[float, float, float]:
    """The megabytes that a process has taken after a tenth of a stream and at its end, and its seconds."""
    script = f"from benchmarks.tickets import stream; stream({count})"
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, timeout=3600)
    early, late, seconds = map(float, found.stdout.split())
    return early, late, seconds


def stream(count: int) -> None:
    """Evaluate a stream of tickets, and print the memory after a tenth and at the end, and the seconds."""
    policy, early = desk(), 0.0
    start = perf_counter()
    rows = rows_in(BufferedReader(Lines(count)), "<stream>")
    for number, row in enumerate(rows.rows, 1):
        assert not isinstance(row, BadRow)
        read_all(policy.evaluate(row.data, at="2026-07-01T12:00:00+02:00"))  # type: ignore[arg-type] - an object
        if number == count // 10:
            early = most_megabytes()
    print(early, most_megabytes(), perf_counter() - start)


class Lines(RawIOBase):
    """A file of tickets that is made while it is read, as JSON Lines."""

    def __init__(self, count: int) -> None:
        self.left = b""
        self.lines = lines(count)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] - what BufferedReader gives
        while self.lines is not None and len(self.left) < len(buffer):
            line = next(self.lines, b"")
            if not line:
                break
            self.left += line
        taken, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def lines(count: int) -> Iterator[bytes]:
    """Tickets of half a year, no two alike."""
    rng = Random(4)
    events = ("answered", "asked", "told", "updated", "mended", "reopened")
    first = datetime(2026, 1, 5, 8, tzinfo=UTC)
    for number in range(count):
        at = created = first + timedelta(minutes=2 * number % 250_000, seconds=rng.randrange(60))
        entries: list[dict[str, object]] = []
        for _ in range(rng.randrange(8)):
            at += timedelta(minutes=rng.randrange(1, 2_000))
            said = {"event": rng.choice(events)} if rng.random() < 0.9 else {"priority": rng.choice(("p1", "p2", "p3"))}
            entries.append({"at": at.isoformat(), **said})
        ticket: dict[str, object] = {"id": f"T-{number}", "created": created.isoformat(), "events": entries}
        ticket |= {"priority": rng.choice(("p1", "p2", "p3")), "facts": {"branch": rng.randrange(20_000)}}
        yield json.dumps(ticket).encode() + b"\n"


def promise(what: str, ratio: float, *, at_most: float) -> bool:
    kept = ratio <= at_most
    print(f"{what:36} {ratio:6.2f}  {'kept' if kept else 'NOT KEPT'}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
