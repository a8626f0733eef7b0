"""The tables of the page "A real log", made from the log.

`python -m tests.docs.incidents` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

import pyarrow as pa

import sla_dsl
from sla_dsl.batch import evaluate
from sla_dsl.batch.inputs import Log, open_log
from sla_dsl.pipeline import load_mapping
from tests.docs.pages import DOCS

if TYPE_CHECKING:
    from types import ModuleType

PAGE = DOCS / "logs" / "incidents.md"
FOLDER = DOCS / "logs" / "incidents"
LOG = FOLDER / "incidents_2016_03.csv.gz"
LEVELS = {"p1": "1 - Critical", "p2": "2 - High", "p3": "3 - Moderate", "p4": "4 - Low"}


@cache
def search() -> ModuleType:
    """The script that found the rule."""
    spec = spec_from_file_location("incidents_search", FOLDER / "search.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def opened(policy: sla_dsl.Policy) -> Log:
    """The log under its mapping."""
    return open_log(LOG, load_mapping(FOLDER / "log.sla", policy), terms=policy.terms)


@cache
def answers(window: str = "half_past_one") -> pa.Table:
    """What the policy says of the log, under a reading."""
    policy = sla_dsl.load(FOLDER / "incidents.sla").reading(window=window)
    return evaluate(policy, opened(policy)).table()


def verdicts(window: str = "half_past_one") -> list[tuple[str, str, bool, bool]]:
    """Ticket, priority, whether the company calls it in time, and whether the policy does."""
    found = answers(window).select(["ticket", "priority", "made_sla", "verdict"]).to_pylist()
    return [(one["ticket"], one["priority"], one["made_sla"] == "true", one["verdict"] == "met") for one in found]


def agreement() -> str:
    """The table of how far company and policy agree."""
    lines = [
        "| priority | incidents | company: missed | policy: missed | agree | of the missed | of the met |",
        "|---|---|---|---|---|---|---|",
    ]
    for level, label in {**LEVELS, "": "all"}.items():
        pairs = [(made, met) for _, priority, made, met in verdicts() if priority.startswith(level)]
        agree = sum(made == met for made, met in pairs)
        missed, met = [two for two in pairs if not two[0]], [two for two in pairs if two[0]]
        cells = [
            label,
            f"{len(pairs):,}",
            f"{len(missed):,}",
            f"{sum(not met for _, met in pairs):,}",
            f"{agree:,} ({100 * agree / len(pairs):.2f} %)",
            _share(missed),
            _share(met),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(pairs: list[tuple[bool, bool]]) -> str:
    return f"{100 * sum(made == met for made, met in pairs) / len(pairs):.2f} %"


def report() -> str:
    """What the command of the page prints."""
    command = ["report", "incidents.sla", LOG.name, "--map", "log.sla", "--by", "made_sla", "--worst", "1"]
    ran = [sys.executable, "-m", "sla_dsl", *command]
    said = subprocess.run(ran, cwd=FOLDER, capture_output=True, check=True, encoding="utf-8", env=os.environ)
    return f"```console\n$ sla {' '.join(command)}\n{said.stdout.rstrip()}\n```"


def tables() -> dict[str, str]:
    """The tables of the page by the names of their places."""
    log = search().incidents()
    made = {name: getattr(search(), name)(log) for name in ("tried", "windows", "limits")}
    return {"report": report(), "agreement": agreement(), **made}


def filled(text: str, found: dict[str, str]) -> str:
    """The page with its tables."""
    for name, table in found.items():
        place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        text, count = place.subn(lambda match, table=table: f"{match[1]}{table}\n{match[2]}", text)
        assert count == 1, name
    return text


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), tables()), encoding="utf-8")
