"""How fast the command starts, a compiled policy loads, and a loaded one answers: `python -m benchmarks.startup`.

Whole processes are measured with their byte code in place, as an installed package has it, and beside Python's own
start. The least of several runs counts: what a busy machine adds is not ours. Exit 1 where a promise is not kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from timeit import Timer
from typing import TYPE_CHECKING

import sla_dsl

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
POLICY = ROOT / "policies" / "cloudcti" / "cloudcti.sla"
COMPILED = POLICY.with_suffix(".json")
ROUNDS = 15
CALLS = 2_000

ASKED = ("due", str(COMPILED), "--clock", "response", "--priority", "p1", "--created", "2026-03-06T15:00+01:00")
PROCESSES = {
    "python, nothing": ("-c", "pass"),
    "import sla_dsl": ("-c", "import sla_dsl"),
    "sla --version": ("-m", "sla_dsl", "--version"),
    "sla check": ("-m", "sla_dsl", "check", str(POLICY)),
    "sla due, compiled": ("-m", "sla_dsl", *ASKED),
}


def main(*, short: bool = False) -> int:  # noqa: ARG001 - nothing here takes minutes
    cost = processes()
    floor = cost["python, nothing"]
    for name, seconds in cost.items():
        print(f"{name:34} {seconds * 1e3:8.1f} ms  {seconds / floor:6.1f} times Python's own start")
    text = COMPILED.read_text(encoding="utf-8")
    load = best(lambda: sla_dsl.from_json(text), ROUNDS)
    warm, told, cold = answers()
    print(f"{'from_json, compiled':34} {load * 1e3:8.1f} ms")
    print(f"{'Policy.due, first of a policy':34} {cold * 1e3:8.1f} ms")
    print(f"{'Policy.due, warm':34} {warm * 1e6:8.1f} µs")
    print(f"{'the same with its reasons read':34} {told * 1e6:8.1f} µs")
    kept = [
        promise("sla check, whole process", cost["sla check"], at_most=0.5),
        promise("a compiled policy loads", load, at_most=30e-3),
        promise("warm Policy.due", warm, at_most=10e-6),
    ]
    return 0 if all(kept) else 1


def processes() -> dict[str, float]:
    """The least seconds of each process, taken in turns so that a busy machine slows all alike."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    least = dict.fromkeys(PROCESSES, float("inf"))
    with TemporaryDirectory() as byte_code:
        environment = {**inherited, "PYTHONPYCACHEPREFIX": byte_code}
        for _ in range(ROUNDS):
            for name, arguments in PROCESSES.items():
                start = perf_counter()
                subprocess.run(
                    [sys.executable, *arguments],
                    cwd=ROOT,
                    env=environment,
                    capture_output=True,
                    check=False,
                    timeout=60,
                )
                least[name] = min(least[name], perf_counter() - start)
    return least


def answers() -> tuple[float, float, float]:
    """Seconds of a due time in hours: asked again and again, with its reasons read, and for the first time."""
    policy = sla_dsl.load(COMPILED).set(holidays=[])
    instants = [datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=7 * n) for n in range(CALLS)]

    def ask() -> None:
        for created in instants:
            policy.due("response", priority="p1", created=created)

    def tell() -> None:
        for created in instants[:100]:
            policy.due("response", priority="p1", created=created).to_dict()

    first = float("inf")
    for _ in range(ROUNDS):
        fresh = sla_dsl.load(COMPILED).set(holidays=[])
        first = min(first, best(lambda fresh=fresh: fresh.due("response", priority="p1", created=instants[0]), 1))
    return best(ask, ROUNDS) / len(instants), best(tell, 3) / 100, first


def best(question: Callable[[], object], rounds: int) -> float:
    """The least seconds that a call takes."""
    return min(Timer(question).repeat(rounds, 1))


def promise(what: str, seconds: float, *, at_most: float) -> bool:
    kept = seconds <= at_most
    print(f"{what:34} {seconds / at_most:6.2f} of what is promised  {'kept' if kept else 'NOT KEPT'}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
