"""The package against the reference: 10^3 random tickets under random policies, stepped through minute by minute."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.policy.tickets.against import TICKETS, Duel

FIRST, CHUNKS, POLICIES = 12, 2, 54


def _seeds(chunk: int) -> range:
    return range(FIRST + chunk * POLICIES, FIRST + (chunk + 1) * POLICIES)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_package_and_reference_agree(chunk: int) -> None:
    seen: Counter[str] = Counter()
    for seed in _seeds(chunk):
        duel = Duel(seed)
        duel.run(TICKETS)
        seen += duel.seen
    assert seen["tickets"] * CHUNKS >= 1000
    assert seen["not tabulated"] * 10 < seen["tickets"]
    assert {kind for kind in OUTCOMES if not seen[kind]} == set()


OUTCOMES = [
    "not_started", "running", "paused", "stopped", "void",
    "open", "met", "breached", "missed", "aim_missed_no_breach", "no_commitment", "not_measured",
    "counted", "closed", "after stop", "irregular", "something unknown",
    "a later cycle", "a later step", "reopened", "late by a change", "stopped straight from a pause",
    "stopped as it started", "met at the due instant", "looked at when due", "asked at the instant of an entry",
    "a story",
    "equal instants", "at creation", "at a due instant", "before creation", "reported before creation",
    "created again", "twice the same", "out of order", "recorded status", "several keys",
    "level changes", "fact changes", "channel, caller or plan changes",
]  # fmt: skip
"""What must come of some ticket in each chunk."""


def test_every_odd_kind_of_policy_occurs_among_them() -> None:
    kinds: Counter[str] = Counter()
    for chunk in range(CHUNKS):
        for seed in _seeds(chunk):
            kinds.update(Duel.policy_of(seed).kinds)
    assert {kind for kind in KINDS if kinds[kind] < 3} == set()


KINDS = [
    "1 clocks", "2 clocks", "3 clocks", "clock change", "matrix", "reclassification", "exclusion", "duty",
    "starts when logged", "starts when reported or logged", "starts when asked and escalated", "starts when asked",
    "starts when status is working", "starts instead", "starts if", "stops if", "void", "repeats",
    "stops when replied or fixed", "stops when fixed and confirmed", "stops when status is solved",
    "measured in office", "measured in night", "measured in odd", "measured in nonstop", "measured in covered",
    "measured in elapsed time", "measured by condition",
    "shall", "target", "best effort", "less than", "no number", "choice", "earlier of", "later of", "cascade",
    "duration", "same time", "by close", "by end of day", "by a time", "calendar days", "target with a condition",
    "pauses while facts", "pauses in a calendar", "pauses between events", "pauses until either",
    "pauses in a status", "pauses in a status sometimes", "pauses while overdue", "pauses move", "pauses do not move",
    "rebase", "carry", "restart", "keep", "continue", "continue, gap counts", "new cycle", "stay closed",
    "status that pauses", "status that stops", "status that runs", "guard", "window", "counter or timer", "timer",
    "timer after", "timer after more than", "timer with without", "timer in a calendar", "timer with a guard",
    "cascade of timers", "step with a start of its own", "range", "cut-off", "pauses on some days", "applies if",
]  # fmt: skip
