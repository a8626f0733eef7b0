"""What the distributions carry, and that two builds are the same to the byte."""

import shutil
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Built, build

pytestmark = pytest.mark.xdist_group("packaging")


def tracked(folder: str, *suffixes: str) -> set[str]:
    """The files of a folder of the checkout that belong to the project."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix in suffixes
    }


def in_wheel(built: Built) -> set[str]:
    with zipfile.ZipFile(built.wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def in_sdist(built: Built) -> set[str]:
    with tarfile.open(built.sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_the_wheel_carries_package_grammars_and_policies_and_nothing_else(built: Built) -> None:
    shipped = tracked("grammars", ".lark", ".json") | tracked("policies", ".sla", ".json")
    assert tracked("policies", ".sla"), "there are policies to ship"
    package = tracked("sla_dsl", ".py", ".typed", ".json")
    assert in_wheel(built) == package | {f"sla_dsl/{name}" for name in shipped}


def test_the_wheel_leaves_the_documents_of_the_vendors_out(built: Built) -> None:
    documents = tracked("policies", ".txt")
    assert documents
    assert documents <= in_sdist(built)
    assert not {name for name in in_wheel(built) if name.endswith(".txt")}


def test_every_policy_is_shipped_compiled(built: Built) -> None:
    names = in_wheel(built)
    policies = {name for name in names if name.endswith(".sla")}
    assert {name.removesuffix(".sla") + ".json" for name in policies} <= names


def test_the_sdist_carries_what_its_tests_need(built: Built) -> None:
    names = in_sdist(built)
    assert tracked("tests", ".py", ".sla", ".ambr") <= names
    assert {"Makefile", "LICENSE", "NOTICE", "README.md", "CHANGELOG.md", ".ci/run"} <= names


def test_the_wheel_is_typed_and_names_its_licence(built: Built) -> None:
    assert "sla_dsl/py.typed" in in_wheel(built)
    with zipfile.ZipFile(built.wheel) as archive:
        [name] = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(archive.read(name))
        licence = archive.read(name.replace("METADATA", "licenses/LICENSE")).decode()
    assert metadata["License-Expression"] == "MIT"
    assert "Not covered by this license: the vendors' documents" in licence


def test_another_folder_and_machine_build_the_same_bytes(built: Built, tmp_path: Path) -> None:
    copy = tmp_path / "another folder"
    skip = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "_build", "dist")
    # Not `copy2`: the copies have times of their own.
    shutil.copytree(ROOT, copy, ignore=skip, copy_function=shutil.copy)
    again = build(copy, tmp_path / "dist", "--sdist", "--wheel", PYTHONHASHSEED="7", TZ="Asia/Kolkata", LC_ALL="C")
    assert again.sdist.name == built.sdist.name
    assert again.sdist.read_bytes() == built.sdist.read_bytes()
    assert again.wheel.name == built.wheel.name
    assert again.wheel.read_bytes() == built.wheel.read_bytes()
