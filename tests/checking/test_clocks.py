"""What clocks must say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking.small import codes

CLOCK = """
events opened, done
created is opened
scale severity highest first {{
  level s1 "Severity 1"
  level s2 "Severity 2"
  assume "An example."
}}
clock response {{
  starts when opened
  stops when done
  measured in elapsed time
  on reopening new cycle
  {change}
  assume "An example."
}}
target response for s1: shall within 1 hour {{ assume "An example." }}
target response for s2: shall within 2 hours {{ assume "An example." }}
"""


@pytest.mark.parametrize("name", ["severity", "priority"])
def test_the_scale_of_the_targets_changes_under_either_name(name: str, tmp_path: Path):
    assert codes(CLOCK.format(change=f"on change of {name} rebase"), tmp_path) == []


def test_a_change_that_is_not_said_is_asked_for(tmp_path: Path):
    assert codes(CLOCK.format(change=""), tmp_path) == ["SLA402"]
