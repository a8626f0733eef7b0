"""Documents are read from the folder of the policy and from nowhere else, and are pinned by their bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sla_dsl.checking import check
from sla_dsl.checking.sources import inside
from sla_dsl.source import MAX_FILE_BYTES, Source
from sla_dsl.syntax import parse


def findings(source: str, folder: Path | None) -> list[tuple[str, str]]:
    tree = parse(Source.of(f"language 1\npolicy p {{\n{source}\n}}\n")).value
    assert tree is not None
    return [(finding.code, finding.message) for finding in check(tree, folder=folder).findings]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("Secret.", encoding="utf-8")
    inner = tmp_path / "policy"
    inner.mkdir()
    (inner / "terms.txt").write_text("Terms.", encoding="utf-8")
    return inner


@pytest.mark.parametrize("name", ["../secret.txt", "sub/../../secret.txt", ".", "/etc/hostname", "link.txt", "nul\0"])
def test_nothing_outside_of_the_folder_is_read(folder: Path, name: str):
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    assert inside(folder, name) is None


def test_a_linked_folder_is_outside_as_well(folder: Path):
    (folder / "linked").symlink_to(folder.parent, target_is_directory=True)
    assert [code for code, _ in findings('source "linked/secret.txt"', folder)] == ["SLA503"]


def test_a_link_to_the_folder_of_the_policy_is_the_folder(folder: Path):
    (folder.parent / "alias").symlink_to(folder, target_is_directory=True)
    assert inside(folder.parent / "alias", "terms.txt") == folder.resolve() / "terms.txt"


def test_the_pin_is_over_the_raw_bytes(folder: Path):
    raw = "\ufeffTerms.\r\n".encode()
    (folder / "terms.txt").write_bytes(raw)
    pinned = f'source "terms.txt" sha256 "{hashlib.sha256(raw).hexdigest()}"\ninformative "Terms."'
    assert findings(pinned, folder) == []


def test_without_a_folder_no_document_is_read():
    assert findings('source "terms.txt"', None) == [
        ("SLA502", "`terms.txt` cannot be read: the policy was given as text, without a folder")
    ]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"x" * (MAX_FILE_BYTES + 1), "bytes"),
        ("Terms.".encode("utf-16"), "UTF-16"),
        (b"caf\xe9", "UTF-8"),
    ],
)
def test_a_document_that_cannot_be_read_is_one_finding(folder: Path, raw: bytes, why: str):
    (folder / "terms.txt").write_bytes(raw)
    (only,) = findings('source "terms.txt"\nservice s "S" {\navailable always\ncite "Terms."\n}', folder)
    assert only[0] == "SLA502"
    assert why in only[1]
