"""The pages of the shipped policies, made from the policies.

`python -m tests.docs.vendors` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

from sla_dsl import load
from sla_dsl.pipeline import coverage
from sla_dsl.reporting.policy_page import policy_page
from sla_dsl.source import Source
from tests.docs.pages import DOCS

FOLDER = DOCS / "vendors"
POLICIES = {
    path.stem: path for path in sorted((DOCS.parent / "policies").glob("*/*.sla")) if path.stem == path.parent.name
}


def page_of(path: Path) -> str:
    """The page of a policy as it should be."""
    policy = load(path)
    return policy_page(policy.show(), coverage(policy, [(Source.read(path, name=path.name), path.parent)]))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, path in POLICIES.items():
        (FOLDER / f"{name}.md").write_text(page_of(path), encoding="utf-8")
