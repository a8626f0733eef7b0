"""The package against the reference: 10^4 random questions over more than 200 tabulated calendars."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.reference.specs import random_case
from tests.worktime.against import Duel

CHUNKS, CALENDARS, QUESTIONS = 6, 40, 60


def _seeds(chunk: int) -> range:
    return range(chunk * CALENDARS, (chunk + 1) * CALENDARS)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_package_and_reference_agree(chunk: int) -> None:
    asked: Counter[str] = Counter()
    tabulated = 0
    for seed in _seeds(chunk):
        duel = Duel(Random(seed))
        duel.run(QUESTIONS)
        asked.update(duel.asked)
        tabulated += duel.asked["stretches"]
    answered = asked.total() - asked["not tabulated"]
    assert tabulated * CHUNKS >= 200
    assert answered * CHUNKS >= 10_000
    assert min(asked[name] for name in QUESTION_NAMES) >= 5, asked


QUESTION_NAMES = """is_open next_open next_close date_of add between by by_before days_same_time
    days_same_time_before almanac almanac_before almanac_rolled""".split()


def test_every_odd_case_occurs_among_them() -> None:
    kinds: Counter[str] = Counter()
    zones: set[str] = set()
    for chunk in range(CHUNKS):
        for seed in _seeds(chunk):
            case = random_case(Random(seed))
            kinds.update(case.kinds)
            zones.add(case.spec.zone)
    wanted = {
        "overnight", "season", "gap", "fold", "midnight gap", "midnight fold", "half-hour gap", "half-hour fold",
        "skipped date", "holidays on either side", "holiday hours", "closed", "hours on a date", "several zones",
        "sparse", "stretch",
        "overnight at the odd date", "round the clock", "and", "or", "except", "outside", "whole days",
    }  # fmt: skip
    assert {kind for kind in wanted if kinds[kind] < 4} == set()
    assert len(zones) >= 15
