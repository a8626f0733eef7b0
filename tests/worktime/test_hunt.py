"""The hunt runs as long as told, counts, and tells what it found."""

from __future__ import annotations

import re

import pytest

from tests import hunt


def test_a_hunt_that_finds_nothing_counts_its_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert hunt.main(["worktime", "--seconds", "0.1", "--seed", "1"]) == 0
    counted = re.search(r"worktime: ([0-9]+) cases from ([0-9]+) seeds, from 1", capsys.readouterr().out)
    assert counted is not None
    assert int(counted[1]) >= 1


def lies(seed: int) -> int:
    assert seed < 0, "that was wrong"
    return 1


def breaks(seed: int) -> int:
    raise IndexError(seed)


def test_a_difference_is_told_with_its_seed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hunt, "_load", lambda _place: lies)
    assert hunt.main(["worktime", "--seconds", "0.01", "--seed", "7"]) == 1
    assert "worktime, --seed 7: that was wrong" in capsys.readouterr().err


def test_a_crash_is_told_with_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunt, "_load", lambda _place: breaks)
    with pytest.raises(IndexError) as caught:
        hunt.main(["worktime", "--seconds", "1", "--seed", "7"])
    assert caught.value.__notes__ == ["in the hunt worktime, --seed 7"]


def test_an_unknown_hunt_is_a_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        hunt.main(["snipes"])
    assert "no hunt called snipes" in capsys.readouterr().err
