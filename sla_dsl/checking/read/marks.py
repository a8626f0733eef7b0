"""`informative` and `out of scope`: passages that no rule comes from (SEMANTICS H2)."""

from __future__ import annotations

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.quoting import Quoted, quoted
from sla_dsl.checking.words import text_after, text_of
from sla_dsl.model import Purpose
from sla_dsl.policy.terms import Mark
from sla_dsl.syntax import Statement


def mark(ctx: Context, statement: Statement) -> Mark:
    """What one such statement says of which passage."""
    line = statement.line
    wanted = Quoted(
        statement=statement,
        text=text_of(line.nodes("text")[0]),
        last=text_after(line, "THROUGH"),
        before=text_after(line, "BEFORE"),
        after=text_after(line, "AFTER"),
    )
    purpose = Purpose.INFORMATIVE if statement.kind == "informative" else Purpose.OUT_OF_SCOPE
    found = quoted(ctx, wanted, purpose, str(purpose))
    return Mark(
        kind="informative" if purpose is Purpose.INFORMATIVE else "out of scope",
        source=found.source,
        line=found.line,
        first=wanted.text,
        last=wanted.last,
        because=text_after(line, "BECAUSE"),
    )
