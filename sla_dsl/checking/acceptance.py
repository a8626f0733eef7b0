"""`accept CODE because "…"`: warnings that the author has seen and keeps, each with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from sla_dsl.checking.context import Context
from sla_dsl.checking.words import text_after
from sla_dsl.diagnostics import Finding, Severity, catalogue
from sla_dsl.policy.terms.document import Accepted
from sla_dsl.syntax import Statement


def acceptances(head: Statement) -> tuple[Accepted, ...]:
    """What a policy accepts, in the order written."""
    return tuple(
        Accepted(code=s.line.tokens("WORD")[0].text, because=text_after(s.line, "BECAUSE") or "")
        for s in head.body
        if s.kind == "accept"
    )


def accepted(ctx: Context, head: Statement, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with accepted warnings marked, and a finding for every acceptance that fits none."""
    judged = list(findings)
    kinds = {kind.code: kind for kind in catalogue.ALL}
    for statement in (s for s in head.body if s.kind == "accept"):
        code = statement.line.tokens("WORD")[0]
        because = text_after(statement.line, "BECAUSE") or ""
        kind = kinds.get(code.text)
        fitting = [at for at, finding in enumerate(judged) if finding.code == code.text]
        if kind is None:
            judged.append(catalogue.UNKNOWN_CODE(ctx.place(code), code=code.text))
        elif kind.severity is Severity.ERROR:
            judged.append(catalogue.CANNOT_ACCEPT(ctx.place(code), code=code.text))
        elif not fitting:
            judged.append(catalogue.ACCEPTED_NOTHING(ctx.place(code), code=code.text))
        for at in fitting:
            judged[at] = evolve(judged[at], accepted_because=because)
    return judged
