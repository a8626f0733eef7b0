"""Loading policies and annexes, and the policies that come of it."""

import copy
import pickle
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import sla_dsl
from sla_dsl import Policy, PolicyError, SlaError
from sla_dsl.resources import shipped_policies, shipped_policy

HARBOUR = Path(__file__).parent / "harbour"
CREATED = datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def harbour() -> Policy:
    return sla_dsl.load(HARBOUR / "harbour.sla")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the policy, its annex and their sources."""
    shutil.copytree(HARBOUR, tmp_path / "harbour")
    return tmp_path / "harbour"


def due(policy: Policy, priority: str = "urgent") -> str | None:
    return policy.due("response", priority=priority, created=CREATED).due


# ------------------------------------------------------------------------------------------ the API


def test_the_public_names() -> None:
    assert {name for name in dir(sla_dsl) if name in sla_dsl.__all__} == set(sla_dsl.__all__)
    for name in sla_dsl.__all__:
        assert getattr(sla_dsl, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        _ = sla_dsl.lod


def test_load_as_written_and_compiled(harbour: Policy, tmp_path: Path) -> None:
    compiled = tmp_path / "harbour.json"
    compiled.write_text(harbour.to_json(), encoding="utf-8", newline="\n")
    assert sla_dsl.load(compiled) == harbour
    assert sla_dsl.load(str(compiled)).digest == harbour.digest


def test_loads_with_and_without_a_folder(harbour: Policy) -> None:
    text = (HARBOUR / "harbour.sla").read_text(encoding="utf-8")
    assert sla_dsl.loads(text, folder=HARBOUR) == harbour
    with pytest.raises(PolicyError) as caught:
        sla_dsl.loads(text)
    assert "SLA502" in {finding.code for finding in caught.value.findings}, "its document cannot be read"


def test_round_trip_through_json(harbour: Policy) -> None:
    changed = harbour.set(holidays=[date(2026, 3, 3)]).reading(day_count="counted").annex(HARBOUR / "northern.sla")
    again = sla_dsl.from_json(changed.to_json())
    assert again == changed
    assert again.to_json() == changed.to_json()
    assert again.digest != harbour.digest
    assert due(again) == due(changed)


@pytest.mark.parametrize("name", shipped_policies())
def test_a_shipped_policy_is_what_its_text_compiles_to(name: str) -> None:
    policy = sla_dsl.load(shipped_policy(name, "sla"))
    assert sla_dsl.from_json(policy.to_json()) == policy == sla_dsl.shipped(name)


def test_a_byte_order_mark_in_a_text_is_no_part_of_it() -> None:
    text = (HARBOUR / "harbour.sla").read_text(encoding="utf-8")
    assert sla_dsl.loads("\ufeff" + text, folder=HARBOUR) == sla_dsl.loads(text, folder=HARBOUR)


def test_nothing_but_a_compiled_policy_is_read_as_one() -> None:
    for text in ("", "{}", "[]", "null", '{"format": 1, "format": 1}', '{"format": NaN}', "{" * 10_000):
        with pytest.raises(SlaError):
            sla_dsl.from_json(text)


def test_what_changed_after_compiling_is_refused(harbour: Policy) -> None:
    with pytest.raises(SlaError, match="was changed after it was compiled"):
        sla_dsl.from_json(harbour.to_json().replace("3 hours", "9 hours"))


@pytest.mark.parametrize("name", ["missing.sla", "missing.json", "", "a\0b"])
def test_what_cannot_be_read(name: str) -> None:
    with pytest.raises(SlaError, match="cannot be read"):
        sla_dsl.load(HARBOUR / name)


def test_an_unknown_shipped_policy() -> None:
    with pytest.raises(SlaError, match="did you mean `cloudcti`"):
        sla_dsl.shipped("cloudctl")


def test_what_is_no_name_at_all(harbour: Policy) -> None:
    for name in (None, 1):
        with pytest.raises(SlaError, match=f"`{name}`"):
            sla_dsl.shipped(name)  # type: ignore[arg-type] - that is the point
        with pytest.raises(SlaError, match=f"`{name}`"):
            harbour.due(name, priority="urgent", created=CREATED)  # type: ignore[arg-type] - that is the point


def test_mistakes_come_as_one_error_with_all_findings() -> None:
    text = (HARBOUR / "harbour.sla").read_text(encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        sla_dsl.loads(
            text.replace("in desk", "in dekc").replace("within 3 hours  ", "within 4 hours  "), folder=HARBOUR
        )
    findings = caught.value.findings
    assert [finding.code for finding in findings] == ["SLA201", "SLA509"]
    assert str(caught.value).splitlines()[0].startswith("<text>:")
    assert pickle.loads(pickle.dumps(caught.value)).findings == findings


def test_accepted_warnings_are_findings_of_the_policy() -> None:
    text = (HARBOUR / "harbour.sla").read_text(encoding="utf-8")
    unmarked = text.replace('  informative "Harbour Telecom Support Terms"\n', "  {}\n")
    [warning] = sla_dsl.loads(unmarked.replace("{}", ""), folder=HARBOUR).findings
    assert (warning.code, warning.accepted_because) == ("SLA510", None)
    accepted = sla_dsl.loads(unmarked.replace("{}", 'accept SLA510 because "The title."'), folder=HARBOUR)
    assert [finding.accepted_because for finding in accepted.findings] == ["The title."]
    assert sla_dsl.from_json(accepted.to_json()).findings == ()
    assert sla_dsl.from_json(accepted.to_json()) == accepted, "what was found is no part of what it says"


# --------------------------------------------------------------------------------------- new policies


def test_changes_give_new_policies(harbour: Policy) -> None:
    answered = harbour.set(holidays=[])
    assert type(answered) is Policy
    assert due(harbour) is None
    assert due(answered) == "2026-03-03T13:00:00+00:00"
    assert due(answered.set(holidays=None)) is None
    assert due(answered, "ordinary") == "2026-03-05T16:00:00+00:00"
    assert due(answered.reading(day_count="counted"), "ordinary") == "2026-03-04T16:00:00+00:00"


def test_policies_can_be_copied_pickled_and_shared(harbour: Policy) -> None:
    policy = harbour.set(holidays=[]).annex(HARBOUR / "northern.sla")
    for same in (copy.copy(policy), copy.deepcopy(policy), pickle.loads(pickle.dumps(policy))):
        assert same == policy
        assert hash(same) == hash(policy)
        assert due(same) == due(policy)
    with ThreadPoolExecutor(8) as pool:
        fresh = sla_dsl.from_json(policy.to_json())
        assert set(pool.map(lambda _: due(fresh), range(200))) == {due(policy)}


# --------------------------------------------------------------------------------------------- annexes


def test_an_annex_file_on_its_policy(harbour: Policy) -> None:
    amended = harbour.annex(HARBOUR / "northern.sla")
    assert due(amended) == "2026-03-03T11:00:00+00:00"
    assert [annex.id for annex in amended.annexes] == ["northern"]


def test_an_annex_alone_finds_its_policy_beside_it(harbour: Policy) -> None:
    alone = sla_dsl.load(HARBOUR / "northern.sla")
    assert alone == harbour.annex(HARBOUR / "northern.sla")
    assert harbour.annex(alone) == alone


def test_an_annex_alone_finds_its_policy_in_a_folder_of_that_name(folder: Path, harbour: Policy) -> None:
    elsewhere = folder.parent / "northern"
    elsewhere.mkdir()
    for name in ("northern.sla", "northern.txt"):
        (folder / name).rename(elsewhere / name)
    assert due(sla_dsl.load(elsewhere / "northern.sla")) == "2026-03-03T11:00:00+00:00"
    (folder / "harbour.json").write_text(harbour.to_json(), encoding="utf-8", newline="\n")
    (folder / "harbour.sla").unlink()
    assert due(sla_dsl.load(elsewhere / "northern.sla")) == "2026-03-03T11:00:00+00:00"


def test_an_annex_called_like_its_policy_does_not_take_itself_for_it(folder: Path) -> None:
    (folder / "harbour.sla").unlink()
    (folder / "northern.sla").rename(folder / "harbour.sla")
    with pytest.raises(PolicyError) as caught:
        sla_dsl.load(folder / "harbour.sla")
    assert [finding.code for finding in caught.value.findings] == ["SLA707"]


def test_an_annex_to_a_shipped_policy(tmp_path: Path) -> None:
    annex = (
        'language 1\n\nannex acme for cloudcti "Acme" {\n  set holidays to none {\n    assume "So agreed."\n  }\n}\n'
    )
    (tmp_path / "acme.sla").write_text(annex, encoding="utf-8")
    policy = sla_dsl.load(tmp_path / "acme.sla")
    assert policy.document.id == "cloudcti"
    answered = policy.due("response", priority="p1", created="2026-03-06T15:00+01:00")
    assert answered.due == "2026-03-09T10:30:00+01:00"


def test_an_annex_to_another_policy(harbour: Policy, folder: Path) -> None:
    text = (folder / "northern.sla").read_text(encoding="utf-8")
    (folder / "northern.sla").write_text(text.replace("for harbour", "for cloudcti"), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        harbour.annex(folder / "northern.sla")
    assert [finding.code for finding in caught.value.findings] == ["SLA706"]


def test_a_policy_is_no_annex(harbour: Policy) -> None:
    for annex in (harbour, HARBOUR / "harbour.sla"):
        with pytest.raises(SlaError, match="is a policy, not an annex"):
            harbour.annex(annex)


def test_two_annexes_that_name_one_thing_clash(harbour: Policy, folder: Path) -> None:
    text = (folder / "northern.sla").read_text(encoding="utf-8")
    (folder / "southern.sla").write_text(text.replace("annex northern", "annex southern"), encoding="utf-8")
    with pytest.raises(SlaError, match="only one may"):
        harbour.annex(folder / "northern.sla").annex(folder / "southern.sla")
