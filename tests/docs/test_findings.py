"""Every finding has one page: its title is the catalogue's, its bad example gives it, its good one does not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sla_dsl.checking.limits import MAX_CELLS
from sla_dsl.diagnostics import catalogue
from sla_dsl.pipeline import check
from sla_dsl.source import Source
from sla_dsl.syntax.machine import MAX_NESTING
from sla_dsl.syntax.parsing import MAX_TOKENS
from sla_dsl.syntax.reading import MOST_FINDINGS
from tests.docs.fragments import EXAMPLES, EXPECTED_OF_PIECES, composed, is_complete
from tests.docs.pages import DOCS, examples

FOLDER = DOCS / "findings"
KINDS = {kind.code: kind for kind in catalogue.ALL}

TOO_LONG_TO_SHOW = {
    "SLA109": "{}calendar c {}".format("policy p {\n" * (MAX_NESTING + 1), "}\n" * (MAX_NESTING + 1)),
    "SLA116": "language 1\npolicy p {\n" + "events a\n" * MAX_TOKENS + "}\n",
    "SLA421": "targets update {\n" + "  | p1 | best effort |\n" * (MAX_CELLS // 2 + 1) + "}\n",
    "SLA117": "language 1\npolicy p {\n" + "events 1\n" * (MOST_FINDINGS + 1) + "}\n",
}
"""Examples that no page can print, by code."""
NOT_OF_A_TEXT = frozenset({"SLA607", "SLA706", "SLA710", "SLA711"})
"""Findings about a compiled policy, or about an annex and what it is put on."""

ABOUT_ALL = frozenset({"SLA203", "SLA212"})
"""Findings for which the rest of the policy matters: what it uses, and how it calls things."""

# What examples leave out on purpose: a pin, and the rest of a document.
ALWAYS_THERE = EXPECTED_OF_PIECES | {"SLA505", "SLA510"}


def codes(code: str, text: str, folder: Path) -> set[str]:
    policy = (
        text if is_complete(text) or text.startswith("policy p {\n" * 2) else composed(text, whole=code in ABOUT_ALL)
    )
    (folder / "shown.sla").write_text(policy, encoding="utf-8")
    found = {finding.code for finding in check(Source.of(policy, name="shown.sla"), folder).findings}
    return found - (ALWAYS_THERE - {code})


def shown(code: str, caption: str) -> str | None:
    found = [example.text for example in examples(FOLDER / f"{code}.md", "sla") if example.caption == caption]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES, tmp_path / "policies"))


def test_every_code_has_one_page_and_every_page_a_code() -> None:
    assert {path.stem for path in FOLDER.glob("SLA*.md")} == set(KINDS)


@pytest.mark.parametrize("code", KINDS)
def test_a_page_has_the_title_and_the_weight_of_its_finding(code: str) -> None:
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"# {code}: {KINDS[code].title}"
    assert text.splitlines()[2].startswith(f"*A{'n error' if KINDS[code].severity == 'error' else ' warning'}")


def test_the_list_of_findings_is_the_catalogue() -> None:
    rows = re.findall(
        r"^\| \[(SLA\d+)\]\(\1\.md\) \| (.+) \| (\w+) \|$", (FOLDER / "index.md").read_text("utf-8"), re.MULTILINE
    )
    assert rows == [(kind.code, kind.title, str(kind.severity)) for _, kind in sorted(KINDS.items())]


@pytest.mark.parametrize("code", [code for code in KINDS if code not in NOT_OF_A_TEXT])
def test_the_bad_example_gives_the_finding_and_no_other(code: str, folder: Path) -> None:
    wrong = TOO_LONG_TO_SHOW.get(code) or shown(code, "wrong")
    assert wrong is not None
    others = {"SLA101"} if code == "SLA117" else set[str]()  # too many findings are findings of some other kind
    assert codes(code, wrong, folder) - others == {code}


@pytest.mark.parametrize("code", [code for code in KINDS if (FOLDER / f"{code}.md").exists() and shown(code, "right")])
def test_the_good_example_does_not_give_it(code: str, folder: Path) -> None:
    right = shown(code, "right")
    assert right is not None
    assert codes(code, right, folder) == set()
