"""Random lifecycles: guards, windows, timers, counters, and effects on clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.reference.tickets.random_promises import Promises


def lifecycle(promises: Promises, clocks: list[str]) -> list[str]:
    """A lifecycle over five statuses, from the first to a final one."""
    lines = ["lifecycle {", *_statuses(promises, clocks), *_on_events(promises), *_by_themselves(promises)]
    return [*lines, 'assume "invented"', "}"]


def _statuses(promises: Promises, clocks: list[str]) -> list[str]:
    rng, kinds = promises.rng, promises.kinds

    def effect(word: str, chance: float) -> str:
        if rng.random() > chance:
            return ""
        kinds.add(f"status that {word}")
        return f" {word} {rng.choice(['all clocks', clocks[0], clocks[-1]])}"

    # A clock that repeats would start anew in the very status that stops it.
    stops = "" if "repeats" in kinds else effect("stops", 0.5)
    return [
        "status fresh initial",
        f"status working{effect('runs', 0.2)}",
        f"status waiting{effect('pauses', 0.5)}",
        f"status solved{stops}",
        "status closed final",
    ]


def _on_events(promises: Promises) -> list[str]:
    rng, kinds = promises.rng, promises.kinds
    lines = ["from fresh to working when replied or escalated"]
    guard = ""
    if rng.random() < 0.3:
        kinds.add("guard")
        guard = f" requires {rng.choice(['replied', 'urgent', 'replied and confirmed', 'not vip'])}"
    lines.append(f"from working or waiting to solved when fixed{guard}")
    if rng.random() < 0.7:
        condition = f" if {promises.condition()}" if rng.random() < 0.3 else ""
        lines.append(f"from fresh or working to waiting when {rng.choice(['asked', 'asked or parked'])}{condition}")
    lines.append(f"from waiting to working when {rng.choice(['answered', 'answered and unparked'])}")
    window = ""
    if rng.random() < 0.5:
        kinds.add("window")
        window = f" within {rng.choice([promises.length(2, 30), '1 day', '1 day of office', '6 hours of office'])}"
    lines.append(f"from solved to working when reopened{window}")
    return lines


def _by_themselves(promises: Promises) -> list[str]:
    rng, kinds = promises.rng, promises.kinds
    lines: list[str] = []
    if rng.random() < 0.5:
        kinds.add("counter or timer")
        without = f" without {rng.choice(['answered', 'answered or reopened', 'asked or answered'])}"
        counter = f"after {rng.choice(['', 'more than '])}{rng.randint(1, 2)} asked without answered"
        timer = _timer(promises, without)
        lines.append(f"from waiting to solved {counter} or {timer}, whichever is earlier{_guard(promises)}")
    elif rng.random() < 0.5:
        lines.append(f"from waiting to working {_timer(promises, '')}{_guard(promises)}")
    if rng.random() < 0.6:
        kinds.add("timer")
        lines.append(f"from solved to closed {_timer(promises, '')}{_guard(promises)}")
    if rng.random() < 0.3:
        kinds.add("cascade of timers")
        lines.append(f"from fresh to waiting {_timer(promises, '')}")
    return lines


def _guard(promises: Promises) -> str:
    if promises.rng.random() > 0.15:
        return ""
    promises.kinds.add("timer with a guard")
    return f" {promises.rng.choice(['if', 'requires'])} {promises.condition()}"


def _timer(promises: Promises, without: str) -> str:
    rng, kinds = promises.rng, promises.kinds
    more = rng.choice(["", "more than "])
    kinds.add(f"timer after {more}".strip())
    length = rng.choice(
        [promises.length(1, 30), promises.length(1, 30), "1 day", "1 day of office", "5 hours of office"]
    )
    if "office" in length:
        kinds.add("timer in a calendar")
    if without:
        kinds.add("timer with without")
    return f"after {more}{length}{without}"
