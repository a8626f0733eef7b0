"""The built wheel at work, with the checkout out of reach."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Built, Environment

pytestmark = pytest.mark.xdist_group("packaging")

LOADED = """
import json, sys
{code}
print(json.dumps(sorted(name for name in sys.modules if "." not in name)))
"""

ASK = """
from datetime import datetime, timezone
import sla_dsl
policy = sla_dsl.shipped("cloudcti").set(holidays=[])
due = policy.due("response", priority="p1", created=datetime(2026, 3, 6, 14, tzinfo=timezone.utc))
assert due.at == datetime(2026, 3, 9, 9, 30, tzinfo=timezone.utc), due.at
assert due.to_dict()["because"], "a reason"
"""


def test_the_package_comes_from_the_wheel(installed: Environment) -> None:
    package = installed.code("import sla_dsl; print(sla_dsl.__file__)").strip()
    assert Path(package).is_relative_to(installed.home)
    assert not Path(package).is_relative_to(ROOT)


@pytest.mark.parametrize("name", ["grammars", "policies"])
def test_packaged_folders_lie_inside_the_package(installed: Environment, name: str) -> None:
    found = Path(installed.code(f"from sla_dsl.resources import folder; print(folder({name!r}))").strip())
    assert found.is_relative_to(installed.home)
    assert found.parent.name == "sla_dsl"


def test_version_of_command_and_wheel_agree(installed: Environment, built: Built) -> None:
    done = installed.sla("--version")
    assert done.returncode == 0, done.stderr
    version = built.wheel.name.split("-")[1]
    assert version in done.stdout.split()


def test_due_on_a_shipped_policy(installed: Environment) -> None:
    question = ["--clock", "response", "--priority", "p1", "--created", "2026-03-06T15:00+01:00"]
    done = installed.sla("due", "cloudcti", *question, "--set", "holidays=[]", "--format", "json")
    assert done.returncode == 0, done.stderr
    due = json.loads(done.stdout)
    # Two of the four hours on Friday until 17:00, two on Monday from 08:30.
    assert datetime.fromisoformat(due["due"]) == datetime.fromisoformat("2026-03-09T10:30+01:00")
    quotes = [cite["quote"] for reason in due["because"] for cite in reason.get("cite", ())]
    assert any("4 Support hours" in quote for quote in quotes)


def test_check_with_the_document_at_hand(installed: Environment) -> None:
    place = installed.cwd / "cloudcti"
    shutil.copytree(ROOT / "policies" / "cloudcti", place, dirs_exist_ok=True)
    done = installed.sla("check", place / "cloudcti.sla")
    assert done.returncode == 0, done.stdout + done.stderr


def test_check_reports_a_mistake_with_its_place(installed: Environment) -> None:
    bad = installed.cwd / "bad.sla"
    bad.write_text('language 1\n\npolicy bad "Bad" {\n  calender desk { }\n}\n', encoding="utf-8")
    done = installed.sla("check", bad)
    assert done.returncode == 1, done.stderr
    assert "bad.sla:4" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("code", ["import sla_dsl", ASK], ids=["import", "ask"])
def test_neither_parser_nor_numpy_is_loaded(installed: Environment, code: str) -> None:
    loaded = set(json.loads(installed.code(LOADED.format(code=code))))
    assert "sla_dsl" in loaded
    assert loaded.isdisjoint({"lark", "numpy", "rich", "click"})
