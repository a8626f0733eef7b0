"""POLICY, the common options, and the answers of `priority` and `due`."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import HARBOUR, sla

POLICY = HARBOUR / "harbour.sla"
DUE = ("--clock", "response", "--created", "2026-03-03T10:00+00:00")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compiled") / "harbour.json"
    assert sla("compile", POLICY, "-o", path).exit_code == 0
    return path


def answer(*arguments: str | Path) -> dict[str, object]:
    result = sla(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("form", ["written", "compiled", "shipped name"])
def test_every_form_of_policy(form: str, compiled: Path) -> None:
    policy = {"written": str(POLICY), "compiled": str(compiled), "shipped name": "cloudcti"}[form]
    assert sla("show", policy).exit_code == 0


def test_standard_input_compiled(compiled: Path) -> None:
    result = sla("priority", "-", "site_down=yes", given=compiled.read_bytes())
    assert result.stdout.startswith("priority is urgent\n")


def test_standard_input_as_written_finds_its_source_in_the_working_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HARBOUR)
    result = sla("priority", "-", "site_down=yes", given=POLICY.read_bytes())
    assert result.stdout.startswith("priority is urgent\n"), result.output


def test_a_due_time_with_clause_quotation_line_and_assumption() -> None:
    result = sla("due", POLICY, *DUE, "--priority", "urgent", "--set", "holidays=none")
    assert result.exit_code == 0
    assert result.stdout.startswith("response (urgent) is due Tuesday 2026-03-03 13:00 +00:00\n")
    assert "target response/urgent: " in result.stdout
    assert "“Urgent faults are answered within 3 hours of the desk.” harbour.txt, line 7" in result.stdout
    assert "assumed: No zone is stated; the registered office is in Reykjavík." in result.stdout
    assert "assumed: zone" in result.stdout


def test_the_same_as_json() -> None:
    due = answer("due", POLICY, *DUE, "--priority", "urgent", "--set", "holidays=none")
    assert due["due"] == "2026-03-03T13:00:00+00:00"
    assert due["assumptions"] == ["zone"]


def test_priority_from_labels_and_facts() -> None:
    assert answer("priority", POLICY, "site_down=no")["level"] == "ordinary"
    assert answer("priority", POLICY, "Urgency=Urgent")["level"] == "urgent"


def test_an_undetermined_answer_is_an_answer() -> None:
    due = answer("due", POLICY, *DUE, "--priority", "urgent")
    assert (due["answer"], due["missing"]) == ("undetermined", ["holidays"])
    text = sla("due", POLICY, *DUE, "--priority", "urgent").stdout
    assert "  missing: holidays\n  not before" not in text, "bounds come first"
    assert "missing: holidays" in text


def test_no_deadline_is_an_answer() -> None:
    created = "2026-03-03T10:00+00:00"
    text = sla("due", POLICY, "--clock", "repair", "--created", created, "--set", "holidays=none").stdout
    assert "repair has no deadline: expressly not promised\n" in text


def test_a_reading_changes_the_answer() -> None:
    asked = ("due", POLICY, *DUE, "--priority", "ordinary", "--set", "holidays=none")
    assert answer(*asked)["due"] == "2026-03-05T16:00:00+00:00"
    assert answer(*asked, "--reading", "day_count=counted")["due"] == "2026-03-04T16:00:00+00:00"


def test_a_parameter_set_and_unset() -> None:
    asked = ("due", POLICY, *DUE, "--priority", "urgent", "--set", "holidays=none")
    assert answer(*asked, "--set", "zone=Asia/Tokyo")["due"] == "2026-03-04T11:00:00+09:00"
    assert answer(*asked, "--unset", "zone")["missing"] == ["zone"]


def test_an_annex_written_and_compiled(tmp_path: Path) -> None:
    asked = (*DUE, "--priority", "urgent")
    annex = HARBOUR / "northern.sla"
    assert answer("due", POLICY, *asked, "--annex", annex)["due"] == "2026-03-03T11:00:00+00:00"
    assert sla("compile", annex, "-o", tmp_path / "northern.json").exit_code == 0
    amended = answer("due", POLICY, *asked, "--annex", tmp_path / "northern.json")
    assert amended["due"] == "2026-03-03T11:00:00+00:00"


def test_a_fact_for_due() -> None:
    due = answer("due", POLICY, *DUE, "--fact", "site_down=yes", "--set", "holidays=none")
    assert due["priority"] == "urgent"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("priority", POLICY, "site_donw=yes"), "did you mean `site_down`?"),
        (("priority", POLICY, "priority=urgnt"), "did you mean `urgent`?"),
        (("priority", POLICY, "site_down"), "write a name and a value, NAME=VALUE"),
        (("priority", POLICY, "site_down=yes", "site_down=no"), "given twice"),
        (("due", POLICY, *DUE, "--fact", "clock=x"), "write it once, as --clock"),
        (("due", POLICY, *DUE, "--priority", "urgent", "--fact", "priority=urgent"), "write it once, as --priority"),
        (("due", POLICY, "--clock", "respnse", "--created", "2026-03-03T10:00Z"), "did you mean `response`?"),
        (("due", POLICY, "--clock", "response", "--created", "2026-03-03T10:00"), "has no timezone"),
        (("due", POLICY, "--clock", "response"), "Missing option '--created'"),
        (("due", POLICY, *DUE, "--reading", "day_cuont=counted"), "did you mean `day_count`?"),
        (("due", POLICY, *DUE, "--reading", "day_count=conted"), "did you mean `counted`?"),
        (("due", POLICY, *DUE, "--set", "zone=Europe/Amsterdm"), "did you mean `Europe/Amsterdam`?"),
        (("due", POLICY, *DUE, "--set", "zone=UTC", "--unset", "zone"), "cannot be set and unset at once"),
        (("due", POLICY, *DUE, "--annex", POLICY), "it is a policy, not an annex"),
        (("due", "cloudct", *DUE), "did you mean `cloudcti`?"),
        (("show", "no/such/file.sla"), "cannot be read"),
        (("show", "\x1b[31mred"), "`<U+001B>[31mred`"),
        (("due", "cloudcti", *DUE[:2], "--created", "2050-01-01T00:00Z", "--set", "holidays=none"), "2015 to 2035"),
        (("show", "nothing.json"), "cannot be read"),
    ],
)
def test_what_cannot_be_answered_as_it_was_put(arguments: tuple[str | Path, ...], words: str) -> None:
    result = sla(*arguments)
    assert result.exit_code == 2, result.output
    assert words in result.stderr
    assert result.stdout == ""


def test_mistakes_in_the_policy_come_as_findings(tmp_path: Path) -> None:
    shutil.copytree(HARBOUR, tmp_path, dirs_exist_ok=True)
    bad = tmp_path / "harbour.sla"
    bad.write_text(POLICY.read_text(encoding="utf-8").replace("measured in desk", "measured in dekc"), encoding="utf-8")
    result = sla("due", bad, *DUE)
    assert result.exit_code == 1
    assert "SLA201" in result.stderr
    assert result.stdout == ""


def test_unaccepted_warnings_are_mentioned_beside_the_answer(tmp_path: Path) -> None:
    shutil.copytree(HARBOUR, tmp_path, dirs_exist_ok=True)
    doubtful = tmp_path / "harbour.sla"
    text = POLICY.read_text(encoding="utf-8").replace('  informative "Harbour Telecom Support Terms"\n', "")
    doubtful.write_text(text, encoding="utf-8")
    result = sla("priority", doubtful, "site_down=yes")
    assert result.exit_code == 0
    assert result.stderr == "1 warning in the policy; `sla check` shows it.\n"
