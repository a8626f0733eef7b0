"""The zone of a policy, and lengths that are whole numbers of days."""

from __future__ import annotations

from pathlib import Path

from sla_dsl.policy.terms import Objective
from tests.checking.small import checked, codes


def test_the_zone_of_a_policy_may_be_a_parameter(tmp_path: Path):
    statements = """
        parameter place is a timezone {
          default Europe/Amsterdam
          assume "invented"
        }
        timezone place {
          assume "invented"
        }
    """
    model = checked(statements, tmp_path).value
    assert model is not None
    assert (model.document.timezone, model.document.timezone_parameter) == (None, "place")


OBJECTIVE = """
    events opened, mended
    created is opened
    clock repair {{
      starts when opened
      stops when mended
      measured in elapsed time
      on reopening stay closed
      assume "invented"
    }}
    target repair: words "soon" {{
      assume "invented"
    }}
    objective mean {{
      mean of repair at most {length}
      assume "invented"
    }}
"""


def test_weeks_of_a_mean_are_seven_days_each(tmp_path: Path):
    model = checked(OBJECTIVE.format(length="2 weeks"), tmp_path).value
    assert model is not None
    (objective,) = (one for one in model.document.declarations if isinstance(one, Objective))
    assert objective.measurements[0].days == 14


def test_months_of_a_mean_have_no_length(tmp_path: Path):
    assert "SLA325" in codes(OBJECTIVE.format(length="2 months"), tmp_path)
    assert "SLA325" not in codes(OBJECTIVE.format(length="2 weeks"), tmp_path)
