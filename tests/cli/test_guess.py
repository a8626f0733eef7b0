"""`sla report --guess`, and mappings that do not fit a policy."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import sla
from tests.docs.fragments import EXAMPLES

BRIGHTWATER, LOG = EXAMPLES / "brightwater.sla", EXAMPLES / "brightwater_log.csv"
MAPPING = EXAMPLES / "brightwater_log.sla"


def test_a_proposal_can_be_saved_and_checked(tmp_path: Path) -> None:
    guessed = sla("report", BRIGHTWATER, LOG, "--guess")
    assert guessed.exit_code == 0
    assert guessed.stdout.startswith("language 1\n\n# Guessed from the first 9 rows.")
    path = tmp_path / "log.sla"
    path.write_text(guessed.stdout.replace(" for brightwater", ""), encoding="utf-8")
    assert sla("check", path).exit_code == 1  # without the policy there is nothing to accept
    path.write_text(guessed.stdout, encoding="utf-8")
    for name in ("brightwater.sla", "brightwater.txt"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
    assert sla("check", path).exit_code == 0
    assert sla("fmt", "--check", path).exit_code == 0
    assert sla("report", BRIGHTWATER, LOG, "--map", path).exit_code == 1  # two rows have states that nobody knows


def test_a_proposal_as_json() -> None:
    guessed = sla("report", BRIGHTWATER, LOG, "--guess", "--format", "json")
    assert json.loads(guessed.stdout)["mapping"].startswith("language 1\n")


def test_a_proposal_is_for_one_file_without_a_mapping(tmp_path: Path) -> None:
    for arguments in ((LOG, LOG), (LOG, "--map", MAPPING), ("-",)):
        wrong = sla("report", BRIGHTWATER, *arguments, "--guess")
        assert wrong.exit_code == 2
        assert "--guess looks at one file, without --map" in wrong.stderr
    assert sla("report", BRIGHTWATER, tmp_path / "absent.csv", "--guess").exit_code == 2


def test_a_mapping_that_fits_only_one_of_two_policies_is_told_before_work_begins() -> None:
    told = sla("report", BRIGHTWATER, LOG, "--map", MAPPING, "--against", "secpod")
    assert told.exit_code == 2
    assert "the mapping `tickets_2026` does not fit the policy `secpod`" in told.stderr
    assert "there is no status `new`" in told.stderr
