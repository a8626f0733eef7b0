"""Asking the reference about a policy text and a ticket."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import sla_dsl
from tests.reference.tickets.entries import micros
from tests.reference.tickets.grid import Grid
from tests.reference.tickets.life import Life
from tests.reference.tickets.rules import Rules

if TYPE_CHECKING:
    from tests.reference.tickets.answers import Answer

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""The SHA-256 of nothing, which is what the document of an invented policy says."""


@cache
def folder() -> Path:
    """A folder with an empty document, for policies that assume everything they say."""
    made = Path(mkdtemp(prefix="sla-reference-"))
    (made / "terms.txt").write_bytes(b"")
    return made


def policy_of(statements: str) -> sla_dsl.Policy:
    """A policy with these statements."""
    text = f'language 1\npolicy invented {{\nsource "terms.txt" sha256 "{EMPTY}"\n{statements}\n}}\n'
    return sla_dsl.loads(text, folder=folder())


def judge(policy: sla_dsl.Policy, ticket: dict[str, Any], at: str, *, minutes: int = 15, days: int = 60) -> Answer:
    """What the reference says of a ticket, all of which is known."""
    around = datetime.fromisoformat(ticket["created"]).date() + timedelta(days // 4)
    grid = Grid(Rules(policy.document), around, days, minutes)
    return Life(grid, ticket, micros(at), {}).answer()
