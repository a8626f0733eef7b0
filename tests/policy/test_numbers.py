"""What a question may give as a number."""

from __future__ import annotations

import pytest

from sla_dsl.policy.errors import BadValue
from sla_dsl.policy.situation import read_number


@pytest.mark.parametrize(
    ("given", "number"),
    [(3, 3), (2.5, 2.5), (10**300, 10**300), ("3", 3), (" 3 ", 3), ("-1", -1), ("2.5", 2.5), (".5", 0.5)],
)
def test_a_number(given: object, number: float):
    assert read_number("sites", given) == number


@pytest.mark.parametrize(
    "given",
    [
        *(True, None, [1], 1j, float("inf"), float("nan"), 10**400, -(10**400)),
        *("", "many", "nan", "inf", "1e400", "9" * 5_000, "1_000", "1,000", "\u0663", "0x10", "- 1", "1.2.3", "1e"),
    ],
)
def test_no_number(given: object):
    with pytest.raises(BadValue, match="write a number"):
        read_number("sites", given)
