"""From a syntax tree to the checked mapping of a log."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.acceptance import accepted
from sla_dsl.checking.context import Context, Record
from sla_dsl.checking.declare import declare_terms
from sla_dsl.checking.echoes import without_echoes
from sla_dsl.checking.heads import language_said, several
from sla_dsl.checking.limits import within_limits
from sla_dsl.checking.logs.complete import complete
from sla_dsl.checking.logs.given import not_given
from sla_dsl.checking.logs.reading import LogReader
from sla_dsl.checking.names import Ledger, Names, unknown_names
from sla_dsl.diagnostics import Finding, Outcome, Place, Severity, catalogue
from sla_dsl.policy.logs.mapping import Mapping
from sla_dsl.policy.logs.naming import of_policy
from sla_dsl.policy.vocabulary import PRIORITY, Terms
from sla_dsl.syntax import Statement, Tree


def check_log(tree: Tree, terms: Terms | None, *, missing_policy: bool = False) -> Outcome[Mapping]:
    """The checked mapping of a file whose head is `log`, and everything that is wrong with it.

    `terms` are those of the policy whose names it must know; without them names are taken as they are written.
    `missing_policy` says that the policy which the log names was not found. The mapping is none where an error was
    found.

    Example: `check_log(parse(Source.read(path)).value, policy.terms).value`.
    """
    tree, beyond = within_limits(tree)
    head = next(statement for statement in tree.statements if statement.kind == "log")
    ctx = _context(tree, terms)
    read = LogReader(ctx, terms, head)
    mapping = read.mapping()
    findings = [
        *beyond,
        *language_said(tree),
        *several(tree, head),
        *(_not_found(tree, head) if missing_policy else ()),
        *ctx.record.findings,
        *unknown_names(ctx.names.ledger),
        *complete(tree.source, head),
    ]
    if terms is not None and not any(finding.severity is Severity.ERROR for finding in findings):
        mapping = of_policy(mapping, terms)
        findings += not_given(Place(tree.source, head.line.span), mapping, terms)
    judged = without_echoes(tree, accepted(ctx, head, findings))
    failed = any(finding.severity is Severity.ERROR for finding in judged)
    ordered = sorted(judged, key=lambda finding: (finding.place.sort_key(), finding.code))
    return Outcome(None if failed else mapping, tuple(ordered))


def policy_named(head: Statement) -> str | None:
    """The policy that a `log` statement names after `for`, if it names one."""
    names = head.line.nodes("name")
    return names[1].tokens("WORD")[0].text if len(names) > 1 else None


def _context(tree: Tree, terms: Terms | None) -> Context:
    ctx = Context(tree.source, Names(Ledger()), Record(), {})
    if terms is not None:
        declare_terms(ctx, terms.declarations.values())
        ctx.targets_scale = terms.targets_scale or PRIORITY
    return ctx


def _not_found(tree: Tree, head: Statement) -> Iterator[Finding]:
    name = head.line.nodes("name")[1]
    yield catalogue.LOG_POLICY_MISSING(Place(tree.source, name.span), name=name.tokens("WORD")[0].text)
