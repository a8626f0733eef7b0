"""The verbs themselves: help, reserved words, `check`, `fmt`, `compile`, `show`, `coverage`, `test`."""

import json
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from sla_dsl.cli.verbs import RESERVED, VERBS
from tests.cli.running import HARBOUR, sla

POLICY = HARBOUR / "harbour.sla"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A copy of the policy and its sources."""
    shutil.copytree(HARBOUR, tmp_path / "harbour")
    return tmp_path / "harbour" / "harbour.sla"


def changed(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------- the command


def test_version() -> None:
    assert sla("--version").stdout == f"sla {version('sla-dsl')}\n"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    result = sla(verb, "--help")
    assert result.exit_code == 0
    assert f"Example: sla {verb} " in result.stdout
    command = __import__(f"sla_dsl.cli.{verb}", fromlist=["command"]).command
    assert command.short_help == VERBS[verb], "the list of verbs is made without importing them"


def test_help_names_every_verb() -> None:
    text = sla("--help").stdout
    assert all(f"  {verb} " in text for verb in VERBS)


@pytest.mark.parametrize("verb", sorted(RESERVED))
def test_later_verbs_are_reserved(verb: str) -> None:
    result = sla(verb, "cloudcti")
    assert result.exit_code == 2
    assert f"`{verb}` is reserved for a later version" in result.stderr


def test_a_misspelt_verb() -> None:
    result = sla("chekc", "x.sla")
    assert result.exit_code == 2
    assert "did you mean `check`?" in result.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_to_work_on_is_wrong_usage(verb: str) -> None:
    assert sla(verb).exit_code == 2


# ------------------------------------------------------------------------------------------- check


def test_check_finds_nothing() -> None:
    result = sla("check", POLICY, HARBOUR / "northern.sla")
    assert (result.exit_code, result.stdout) == (0, "no findings in 2 files\n")


def test_check_reports_all_findings_of_all_files(harbour: Path) -> None:
    changed(harbour, "measured in desk", "measured in dekc")
    other = harbour.with_name("other.sla")
    other.write_text('language 1\n\npolicy other "Other" {\n  calender desk { }\n}\n', encoding="utf-8")
    result = sla("check", harbour, other)
    assert result.exit_code == 1
    assert f"{harbour}:" in result.stdout
    assert f"{other}:4:" in result.stdout
    found = json.loads(sla("check", harbour, other, "--format", "json").stdout)["findings"]
    assert {"SLA201", "SLA102"} <= {one["code"] for one in found}
    assert {one["file"] for one in found} == {str(harbour), str(other)}


def test_check_goes_on_after_an_unreadable_file(harbour: Path) -> None:
    changed(harbour, "measured in desk", "measured in dekc")
    result = sla("check", "missing.sla", harbour)
    assert result.exit_code == 2
    assert "missing.sla cannot be read" in result.stderr
    assert "SLA201" in result.stdout
    assert result.stdout.endswith("1 error in 1 file, 1 not read\n")


def test_an_annex_brings_the_mistakes_of_its_policy_once(harbour: Path) -> None:
    changed(harbour, "measured in desk", "measured in dekc")
    result = sla("check", harbour, harbour.with_name("northern.sla"))
    assert result.exit_code == 1
    assert result.stdout.count("SLA201") == 1


def test_an_annex_without_its_policy(tmp_path: Path) -> None:
    for name in ("northern.sla", "northern.txt"):
        shutil.copy(HARBOUR / name, tmp_path / name)
    result = sla("check", tmp_path / "northern.sla")
    assert result.exit_code == 1
    assert "SLA707" in result.stdout


def test_check_of_a_compiled_policy_knows_moved_holidays(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = harbour.with_name("northern.json")
    assert sla("compile", harbour.with_name("northern.sla"), "-o", compiled).exit_code == 0
    assert sla("check", compiled).stdout == "no findings in 1 file\n"

    from sla_dsl.policy import pinning

    known = pinning.dates_of_rule
    monkeypatch.setattr(pinning, "dates_of_rule", lambda *asked: dict(list(known(*asked).items())[1:]))
    result = sla("check", compiled)
    assert result.exit_code == 1
    assert "SLA607" in result.stdout
    assert "NO has no longer 20" in result.stdout


# --------------------------------------------------------------------------------------------- fmt


def test_fmt_writes_what_changes(harbour: Path) -> None:
    before = harbour.read_text(encoding="utf-8")
    changed(harbour, "  created is opened", "      created   is opened")
    result = sla("fmt", harbour)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, f"laid out {harbour}")
    assert harbour.read_text(encoding="utf-8") == before


def test_fmt_check_and_diff_write_nothing(harbour: Path) -> None:
    changed(harbour, "  created is opened", "      created   is opened")
    before = harbour.read_bytes()
    assert sla("fmt", "--check", harbour).exit_code == 1
    result = sla("fmt", "--diff", harbour)
    assert result.exit_code == 0
    assert "-      created   is opened\n+  created is opened\n" in result.stdout
    assert harbour.read_bytes() == before
    assert sla("fmt", "--check", HARBOUR / "northern.sla").exit_code == 0


def test_fmt_leaves_what_it_cannot_read(harbour: Path) -> None:
    changed(harbour, "  created is opened", "  created created is opened")
    before = harbour.read_bytes()
    result = sla("fmt", harbour)
    assert result.exit_code == 1
    assert "error SLA1" in result.stderr
    assert harbour.read_bytes() == before


def test_fmt_of_standard_input() -> None:
    result = sla("fmt", "-", given="language    1\n")
    assert (result.exit_code, result.stdout) == (0, "language 1\n")


# ----------------------------------------------------------------------------------------- compile


def test_compile_to_standard_output_and_file_are_the_same(tmp_path: Path) -> None:
    assert sla("compile", POLICY, "-o", tmp_path / "out.json").exit_code == 0
    assert sla("compile", POLICY).stdout_bytes == (tmp_path / "out.json").read_bytes()


def test_compile_writes_whole_or_not_at_all(harbour: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before", encoding="utf-8")
    assert sla("compile", changed(harbour, "in desk", "in dekc"), "-o", target).exit_code == 1
    assert target.read_text(encoding="utf-8") == "before"
    assert sla("compile", POLICY, "-o", tmp_path / "no" / "folder.json").exit_code == 2


def test_compile_spares_what_it_reads(harbour: Path) -> None:
    annex = harbour.with_name("northern.sla")
    for path in (harbour, annex, *harbour.parent.glob("*.txt")):
        before = path.read_bytes()
        result = sla("compile", harbour, "--annex", annex, "-o", path)
        assert (result.exit_code, "would be overwritten" in result.output) == (2, True), path
        assert path.read_bytes() == before
    compiled = harbour.with_suffix(".json")
    for policy in (harbour, harbour, compiled):
        assert sla("compile", policy, "-o", compiled).exit_code == 0


def test_compile_keeps_what_was_chosen(tmp_path: Path) -> None:
    chosen = ("--set", "holidays=2026-03-03", "--reading", "day_count=counted", "--annex", HARBOUR / "northern.sla")
    assert sla("compile", POLICY, *chosen, "-o", tmp_path / "chosen.json").exit_code == 0
    asked = ("--clock", "response", "--priority", "ordinary", "--created", "2026-03-03T10:00Z", "--format", "json")
    due = json.loads(sla("due", tmp_path / "chosen.json", *asked).stdout)
    assert due == json.loads(sla("due", POLICY, *chosen, *asked).stdout)
    assert due["due"] == "2026-03-05T16:00:00+00:00"


# ------------------------------------------------------------------------------ show, coverage, test


def test_show_for_people() -> None:
    text = sla("show", POLICY).stdout
    for words in (
        "Harbour Telecom Support Terms",
        "shall within 3 hours",
        "open mon to fri 08:00 to 16:00",
        "Does the day of the report count? (day_count)",
        "→ not_counted: No",
        "no value: answers that need it are undetermined",
        "“We do not guarantee a repair time.” harbour.txt:9",
    ):
        assert words in text
    assert max(map(len, text.splitlines())) <= 100
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_coverage_ends_with_n_of_n_for_each_source() -> None:
    result = sla("coverage", POLICY, "--annex", HARBOUR / "northern.sla")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-2:] == ["harbour.txt: 6 of 6", "northern.txt: 3 of 3"]


def test_coverage_of_what_is_left_out(harbour: Path) -> None:
    result = sla("coverage", changed(harbour, '  informative "Harbour Telecom Support Terms"\n', ""))
    assert result.exit_code == 1
    assert "NOT COVERED" in result.stdout
    assert result.stdout.endswith("harbour.txt: 5 of 6\n")


def test_coverage_needs_the_sources(tmp_path: Path) -> None:
    assert sla("compile", POLICY, "-o", tmp_path / "harbour.json").exit_code == 0
    result = sla("coverage", tmp_path / "harbour.json")
    assert result.exit_code == 2
    assert "with its sources beside it" in result.stderr


def test_test_runs_the_examples() -> None:
    result = sla("test", POLICY)
    assert (result.exit_code, result.stdout) == (
        0,
        f"{POLICY}: 2 of 2 examples passed, 4 of 4 expectations\n",
    )


def test_test_shows_what_failed(harbour: Path) -> None:
    result = sla("test", changed(harbour, "due 2026-03-03 13:00", "due 2026-03-03 14:00"))
    assert result.exit_code == 1
    assert "expected  response due 2026-03-03T14:00\n    came out  response due 2026-03-03T13:00" in result.stdout
    assert "1 of 2 examples passed, 3 of 4 expectations, 1 failed" in result.stdout


def test_the_examples_of_an_annex_hold_under_it() -> None:
    annex = HARBOUR / "northern.sla"
    assert sla("test", annex).stdout.endswith(f"{annex}: 1 of 1 examples passed, 1 of 1 expectations\n")


def test_no_example_is_a_failure(harbour: Path) -> None:
    text = harbour.read_text(encoding="utf-8")
    harbour.write_text(text[: text.index('  example "a site is down"')] + "}\n", encoding="utf-8")
    result = sla("test", harbour)
    assert result.exit_code == 1
    assert "no examples" in result.stdout
