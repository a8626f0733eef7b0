"""What the package imports from outside."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.packaging.conftest import ROOT

# The extras `batch`, `sort` and `spark`; the rest of the package does without.
OPTIONAL = {"duckdb", "numpy", "pyarrow", "pyspark"}


def imported_by(path: Path) -> Iterator[str]:
    """The top-level names that a module imports, at any depth of its code."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def importers() -> dict[str, set[str]]:
    """Each outside package, with the modules that import it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "sla_dsl").rglob("*.py"):
        for name in imported_by(path):
            if name not in sys.stdlib_module_names and name != "sla_dsl":
                found.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    return found


def test_one_module_imports_lark() -> None:
    [module] = importers()["lark"]
    assert module.startswith("sla_dsl/syntax/")


def test_every_outside_package_is_a_declared_dependency_and_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[;]", text)[0] for text in project["dependencies"]}
    distributions = packages_distributions()
    used = {distributions[name][0] for name in importers() if name not in OPTIONAL}
    # `tzdata` is data: it is read, not always imported.
    assert used | {"tzdata"} == declared
