"""One damage, one report, where the damage is. The few reports that lie elsewhere are printed (`pytest -s`)."""

import gc

import pytest

from tests.syntax.damage import MOST_REPORTS, POLICIES, verdicts

COPIES = {"cloudcti": 600, "harbour": 300}


@pytest.fixture
def uncollected():
    """Trees have no cycles, and looking for some in thousands of them takes a quarter of the time."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_the_first_report_lies_where_the_damage_is(policy):
    copies = COPIES.get(policy.stem, 60)
    said = verdicts(policy, seed=1, count=copies)
    elsewhere = [str(one) for one in said if not one.found]
    summary = f"{policy.stem}: {len(said)} of {copies} copies refused, {len(elsewhere)} first reported elsewhere"
    print("", summary, *elsewhere, sep="\n")  # noqa: T201  # for whoever wants to see them
    assert len(said) > copies / 3
    assert len(elsewhere) <= max(1, 0.05 * len(said))
    assert [str(one) for one in said if len(one.lines) > MOST_REPORTS] == []
    assert max(one.seconds for one in said) < 1
