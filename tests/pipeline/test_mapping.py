"""Mappings of logs from files, and the policies that they are for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sla_dsl
from sla_dsl import Policy, PolicyError
from sla_dsl.pipeline import NotAMapping, NotAPolicy, mapping_for
from sla_dsl.policy.logs.mapping import Mapping, MomentColumn, TimeColumn
from sla_dsl.policy.logs.naming import NotInPolicy
from sla_dsl.source import UnreadableSource
from tests.cli.running import sla
from tests.docs.fragments import EXAMPLES

MAPPING = EXAMPLES / "brightwater_log.sla"


@pytest.fixture(scope="module")
def brightwater() -> Policy:
    return sla_dsl.load(EXAMPLES / "brightwater.sla")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES, tmp_path / "desk"))


def changed(folder: Path, old: str, new: str) -> Path:
    """The mapping with one thing changed."""
    path = folder / MAPPING.name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_mapping_is_checked_with_the_policy_that_it_names(brightwater: Policy) -> None:
    mapping = sla_dsl.load_mapping(MAPPING)
    assert mapping == sla_dsl.load_mapping(str(MAPPING), brightwater) == mapping_for(MAPPING, brightwater)
    assert (mapping.policy, mapping.rows, mapping.keep) == ("brightwater", "entry", ("Category",))


def test_what_is_misnamed_is_found(folder: Path) -> None:
    path = changed(folder, "as waiting", "as wating")
    with pytest.raises(PolicyError) as told:
        sla_dsl.load_mapping(path)
    assert [finding.code for finding in told.value.findings] == ["SLA201"]
    assert "there is no status called `wating`" in str(told.value)


def test_a_mapping_fits_any_policy_that_has_its_names(brightwater: Policy) -> None:
    with pytest.raises(PolicyError, match="there is no status called `new`"):
        sla_dsl.load_mapping(MAPPING, sla_dsl.shipped("secpod"))
    assert mapping_for(MAPPING, brightwater.annex(EXAMPLES / "northern.sla")).id == "tickets_2026"


def test_without_a_policy_names_are_left_as_they_are(folder: Path) -> None:
    path = changed(folder, " for brightwater", "")
    assert sla_dsl.load_mapping(changed(folder, "as waiting", "as wating")).policy is None
    with pytest.raises(PolicyError, match="wating"):
        sla_dsl.load_mapping(path, sla_dsl.load(folder / "brightwater.sla"))


def test_a_mapping_made_in_python_is_checked_too(brightwater: Policy) -> None:
    made = Mapping("m", "ticket", ("id",), created=TimeColumn("c"), moments=(MomentColumn("event", "Restored", "r"),))
    with pytest.raises(NotInPolicy, match="there is no event `Restord`"):
        mapping_for(Mapping("m", "entry", ("id",), moments=(MomentColumn("event", "Restord", "r"),)), brightwater)
    assert mapping_for(made, brightwater).moments[0].value == "restored"


def test_the_policy_of_a_mapping_is_looked_for_where_that_of_an_annex_is(folder: Path) -> None:
    (folder.parent / "logs").mkdir()
    path = folder.parent / "logs" / MAPPING.name
    (folder / MAPPING.name).rename(path)
    with pytest.raises(PolicyError, match="SLA901"):
        sla_dsl.load_mapping(path)
    folder.rename(folder.parent / "brightwater")
    assert sla_dsl.load_mapping(path).policy == "brightwater"


def test_mistakes_of_the_policy_are_told(folder: Path) -> None:
    (folder / "brightwater.sla").write_text("language 1\npolicy brightwater {\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="SLA104"):
        sla_dsl.load_mapping(folder / MAPPING.name)


def test_what_is_no_mapping_and_what_is_no_policy(folder: Path, brightwater: Policy) -> None:
    compiled = folder / "compiled.json"
    compiled.write_text(brightwater.to_json(), encoding="utf-8")
    for path in (EXAMPLES / "brightwater.sla", EXAMPLES / "northern.sla", compiled):
        with pytest.raises(NotAMapping, match="is not the mapping of a log"):
            sla_dsl.load_mapping(path)
    with pytest.raises(NotAPolicy, match="`tickets_2026` is the mapping of a log, not a policy"):
        sla_dsl.load(MAPPING)
    with pytest.raises(UnreadableSource):
        sla_dsl.load_mapping(folder / "absent.sla")


def test_a_mapping_is_no_policy_of_an_annex_or_of_itself(folder: Path) -> None:
    (folder / "brightwater.sla").unlink()
    (folder / MAPPING.name).rename(folder / "brightwater.sla")
    with pytest.raises(PolicyError, match="SLA901"):
        sla_dsl.load_mapping(folder / "brightwater.sla")
    with pytest.raises(PolicyError, match="SLA707"):
        sla_dsl.load(folder / "northern.sla")


def test_the_commands_take_a_mapping(folder: Path) -> None:
    good = sla("check", MAPPING)
    assert (good.exit_code, good.output) == (0, "no findings in 1 file\n")
    path = changed(folder, "as waiting", "as  wating")
    assert sla("fmt", "--check", path).exit_code == 1
    wrong = sla("check", path)
    assert wrong.exit_code == 1
    assert "error SLA201: there is no status called `wating`" in wrong.output
    assert "Did you mean `waiting`?" in wrong.output


@pytest.mark.parametrize("verb", ["show", "test", "coverage", "compile"])
def test_other_commands_say_that_it_is_no_policy(verb: str, tmp_path: Path) -> None:
    options = ("-o", tmp_path / "out.json") if verb == "compile" else ()
    answer = sla(verb, MAPPING, *options)
    assert answer.exit_code == 2
    assert "is the mapping of a log, not a policy" in answer.output
