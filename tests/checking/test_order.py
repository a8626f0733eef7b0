"""It does not matter where a declaration stands: conditions may speak of facts and scales below them."""

from __future__ import annotations

import hashlib
from itertools import permutations
from pathlib import Path

import pytest

import sla_dsl
from tests.checking.small import found

DOCUMENT = "Heavy ones first."
KIND = """
scale kind "Kind" highest first, highest wins {
  level heavy "Heavy" when weight is mid or higher
  level back "Back" when rank is centre or lower
  level claimed "Claimed" when claim is mid or higher
  level striking "Striking" when colour is red or users at least 3
  assume "Made up."
}
"""
WEIGHT = """
scale weight "Weight" highest first {
  level high "High"
  level mid "Mid"
  level low "Low"
  assume "Made up."
}
"""
RANK = """
scale rank "Rank" lowest first {
  level rear "Rear"
  level centre "Centre"
  level front "Front"
  assume "Made up."
}
"""
FACTS = """
fact claim "what is claimed" is a level of weight
fact colour "its colour" is one of red, blue
fact users "users" is a number
"""


@pytest.mark.parametrize("order", list(permutations((KIND, WEIGHT, RANK, FACTS))))
def test_a_condition_means_the_same_above_and_below_what_it_speaks_of(order: tuple[str, ...], tmp_path: Path):
    (tmp_path / "terms.txt").write_text(DOCUMENT, encoding="utf-8")
    pin = hashlib.sha256(DOCUMENT.encode()).hexdigest()
    text = f"""language 1
policy small {{
source "terms.txt" sha256 "{pin}"
informative "{DOCUMENT}"
priority is kind
{"".join(order)}
}}
"""
    policy = sla_dsl.loads(text, folder=tmp_path)
    assert policy.priority(weight="high").level == "heavy"
    assert policy.priority(weight="mid").level == "heavy"
    lower = {"weight": "low"}
    assert policy.priority(**lower, rank="rear").level == policy.priority(**lower, rank="centre").level == "back"
    rest = {**lower, "rank": "front"}
    assert policy.priority(**rest, claim="high").level == policy.priority(**rest, claim="mid").level == "claimed"
    rest["claim"] = "low"
    assert policy.priority(**rest, colour="red", users=0).level == "striking"
    assert policy.priority(**rest, colour="blue", users=3).level == "striking"
    assert policy.priority(**rest, colour="blue", users=2).answer == "unclassified"


@pytest.mark.parametrize(
    "condition",
    ["colour is red or higher", "users is 3 or higher", "channel is phone or lower", "urgent is yes or higher"],
)
def test_only_levels_have_an_order(condition: str, tmp_path: Path):
    """Nothing after `or` is passed over in silence."""
    statements = f"""
channel phone "Telephone" {{ assume "Made up." }}
fact urgent "urgent" is yes or no
{FACTS}
{WEIGHT}
service desk "Desk" {{
  available always if {condition}
  assume "Made up."
}}
"""
    assert [one.code for one in found(statements, tmp_path)] == ["SLA333"]
