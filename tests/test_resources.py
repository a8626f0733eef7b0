"""Finding the files that ship with the package."""

from pathlib import Path

import pytest

from sla_dsl import resources
from sla_dsl.errors import SlaError
from sla_dsl.resources import MissingFolder, UnknownPolicy


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout: a package folder and nothing beside it."""
    (tmp_path / "sla_dsl").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "sla_dsl")
    return tmp_path


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}", encoding="utf-8")
    return path


def test_the_sibling_serves_a_checkout(checkout: Path) -> None:
    (checkout / "grammars").mkdir()
    assert resources.folder("grammars") == checkout / "grammars"


def test_the_packaged_folder_wins_over_the_sibling(checkout: Path) -> None:
    (checkout / "grammars").mkdir()
    (checkout / "sla_dsl" / "grammars").mkdir()
    assert resources.folder("grammars") == checkout / "sla_dsl" / "grammars"


def test_a_missing_folder_is_a_clear_error(checkout: Path) -> None:
    assert not list((checkout / "sla_dsl").iterdir())
    with pytest.raises(MissingFolder, match="the folder `policies` is missing"):
        resources.folder("policies")


def test_policies_are_listed_by_name_in_order(checkout: Path) -> None:
    for name in ("harbour", "anchor"):
        put(checkout / "policies" / name / f"{name}.json")
    put(checkout / "policies" / "harbour" / "notes.json")
    put(checkout / "policies" / "draft" / "draft.sla")
    assert resources.shipped_policies() == ("anchor", "harbour")


def test_a_policy_is_found_compiled_and_as_written(checkout: Path) -> None:
    compiled = put(checkout / "policies" / "harbour" / "harbour.json")
    assert resources.shipped_policy("harbour") == compiled
    assert resources.shipped_policy("harbour", "sla") == compiled.with_suffix(".sla")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("habour", "did you mean `harbour`?"),
        ("Harbour", "did you mean `harbour`?"),
        ("zzz", "shipped are: anchor, harbour"),
        ("../harbour/harbour", "shipped are: anchor, harbour"),
        ("", "shipped are: anchor, harbour"),
    ],
)
def test_an_unknown_name_gets_advice(checkout: Path, name: str, advice: str) -> None:
    for known in ("anchor", "harbour"):
        put(checkout / "policies" / known / f"{known}.json")
    with pytest.raises(UnknownPolicy) as caught:
        resources.shipped_policy(name)
    assert str(caught.value) == f"no policy named `{name}` is shipped; {advice}"
    assert isinstance(caught.value, SlaError)


def test_without_policies_the_advice_says_so(checkout: Path) -> None:
    (checkout / "policies").mkdir()
    with pytest.raises(UnknownPolicy, match="shipped are: none"):
        resources.shipped_policy("harbour")
