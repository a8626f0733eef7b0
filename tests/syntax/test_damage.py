"""One damage, one report, where the damage is."""

import pytest

from tests.syntax.damage import MOST_REPORTS, POLICIES, verdicts

COPIES = 600


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_the_first_report_lies_where_the_damage_is(policy, capsys):
    said = verdicts(policy, seed=1, count=COPIES)
    elsewhere = [str(one) for one in said if not one.found]
    with capsys.disabled():
        print(f"\n{policy.stem}: {len(said)} of {COPIES} copies refused, {len(elsewhere)} first reported elsewhere")
        print("\n".join(elsewhere))
    assert len(said) > COPIES / 3
    assert len(elsewhere) <= 0.05 * len(said)
    assert [str(one) for one in said if len(one.lines) > MOST_REPORTS] == []
    assert max(one.seconds for one in said) < 1
