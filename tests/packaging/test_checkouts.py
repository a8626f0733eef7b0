"""A checkout at work, installed as editable and not installed at all."""

from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Environment, environment

pytestmark = pytest.mark.xdist_group("packaging")

FIND = """
from sla_dsl.resources import folder, shipped_policies, shipped_policy
assert (folder("grammars") / "sla.lark").is_file()
assert "cloudcti" in shipped_policies()
print(shipped_policy("cloudcti", "sla"))
"""


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """A virtual environment without sla-dsl."""
    return environment(tmp_path_factory.mktemp("bare"))


def test_a_checkout_that_is_not_installed(bare: Environment) -> None:
    assert bare.run(bare.python, "-c", "import sla_dsl").returncode == 1, "not there unless asked for"
    found = Path(bare.code(FIND, PYTHONPATH=str(ROOT)).strip())
    assert found == ROOT / "policies" / "cloudcti" / "cloudcti.sla"


def test_an_editable_install(tmp_path: Path) -> None:
    made = environment(tmp_path)
    made.install("--editable", ROOT)
    assert Path(made.code(FIND).strip()) == ROOT / "policies" / "cloudcti" / "cloudcti.sla"
    assert made.sla("--version").returncode == 0
