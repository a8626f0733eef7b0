"""`show` as a page: every kind of statement has its place on it."""

from pathlib import Path

import pytest

import sla_dsl
from sla_dsl.reporting.show import show_text

GOOD = Path(__file__).resolve().parents[1] / "checking" / "good"
POLICIES = sorted(path for path in GOOD.glob("*.sla") if "\npolicy " in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [60, 100])
def test_every_statement_is_shown(path: Path, width: int) -> None:
    policy = sla_dsl.load(path)
    shown = policy.show()
    text = show_text(shown, width=width)
    assert max(map(len, text.splitlines())) <= width
    words = " ".join(text.split())
    for kind in ("clocks", "calendars", "services", "channels", "duties", "objectives", "exclusions", "parameters"):
        for entry in shown[kind]:
            assert entry["id"] in words, f"{kind} {entry['id']}"


def test_there_are_policies_to_show() -> None:
    assert POLICIES


def test_a_definition_that_is_its_own_citation_is_quoted_once(tmp_path: Path) -> None:
    (tmp_path / "terms.txt").write_text("High: the service is down.\nLow: any other fault.\n", encoding="utf-8")
    policy = sla_dsl.loads(
        'language 1\npolicy p "P" {\n  source "terms.txt"\n  scale severity highest first {\n'
        '    level high "High" means "the service is down"\n'
        '    level low "Low" means "any other fault"\n  }\n}\n',
        folder=tmp_path,
    )
    text = show_text(policy.show(), width=100)
    assert text.count("“the service is down”") == 1
