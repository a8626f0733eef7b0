"""The phases in their order: a text is parsed and checked; an annex against the policy that it amends.

Parser and checker are imported where a text is read, so that a compiled policy is loaded and asked without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.resources import UnknownPolicy
from sla_dsl.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.diagnostics import Finding, Outcome
    from sla_dsl.model import Model
    from sla_dsl.pipeline.policy import Policy
    from sla_dsl.policy.logs.mapping import Mapping
    from sla_dsl.syntax import Statement, Tree


def is_compiled(source: Source) -> bool:
    """Whether a file holds a compiled policy: by its name, else because JSON begins with a brace."""
    suffix = Path(source.name).suffix.casefold()
    return suffix == ".json" if suffix in {".json", ".sla"} else source.text.lstrip().startswith("{")


@frozen
class Checked:
    """What checking a text gave: its model, unless there is an error, all findings, and the policy an annex amends.

    Of the mapping of a log (`is_log`) there is a `mapping` instead of a model, and the policy for which it was checked.
    """

    model: Model | None
    findings: tuple[Finding, ...]
    base: Policy | None = None
    mapping: Mapping | None = None
    is_log: bool = False


def check(source: Source, folder: Path | None, *, base: Policy | None = None) -> Checked:
    """What a text declares, and everything that is wrong with it.

    An annex, or the mapping of a log, is checked against `base`, else against the policy it names, as `load` finds it.

    Raises:
        PolicyError: the policy that an annex or a mapping names has mistakes of its own.

    Example: `check(Source.read(path), path.parent).findings`.
    """
    from sla_dsl.syntax import parse

    parsed = parse(source)
    log = _log_in(parsed)
    if log is not None:
        return _check_log(parsed, log, folder, base)
    amended = None if parsed.value is None else _amends(parsed.value)
    if amended is None:
        return _check_parsed(parsed, folder, None)
    return _check_parsed(parsed, folder, base or _base(amended, folder))


def _check_parsed(parsed: Outcome[Tree], folder: Path | None, base: Policy | None) -> Checked:
    from sla_dsl.checking import check as check_tree

    if parsed.value is None:
        return Checked(None, parsed.findings, base)
    outcome = check_tree(parsed.value, folder=folder, base=base.document if base else None)
    findings = _ordered((*parsed.findings, *outcome.findings))
    return Checked(None if parsed.failed else outcome.value, findings, base)


def _log_in(parsed: Outcome[Tree]) -> Statement | None:
    """The head of the mapping of a log; none for a policy or annex."""
    statements = () if parsed.value is None else parsed.value.statements
    head = next((one for one in statements if one.kind in {"policy", "annex", "log"}), None)
    return head if head is not None and head.kind == "log" else None


def _check_log(parsed: Outcome[Tree], head: Statement, folder: Path | None, base: Policy | None) -> Checked:
    from sla_dsl.checking.logs import check_log, policy_named

    name = policy_named(head)
    if base is None and name is not None:
        base = _base(name, folder)
    missing = base is None and name is not None
    assert parsed.value is not None
    outcome = check_log(parsed.value, base.terms if base else None, missing_policy=missing)
    findings = _ordered((*parsed.findings, *outcome.findings))
    return Checked(None, findings, base, None if parsed.failed else outcome.value, is_log=True)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.place.sort_key(), finding.code)))


# ----------------------------------------------------------------------------- the policy of an annex


def _amends(tree: Tree) -> str | None:
    """The policy that an annex names; none for a policy."""
    head = next((statement for statement in tree.statements if statement.kind == "annex"), None)
    return None if head is None else head.line.nodes("name")[1].tokens("WORD")[0].text


def _base(name: str, folder: Path | None) -> Policy | None:
    """The policy of an annex: beside it, in `../NAME/`, or a shipped one."""
    from sla_dsl.pipeline.policy import shipped

    places = () if folder is None else (folder, folder.parent / name)
    for path in (place / f"{name}.{form}" for place in places for form in ("sla", "json")):
        policy = _policy_in(path) if path.is_file() else None
        if policy is not None:
            return policy
    try:
        return shipped(name)
    except UnknownPolicy:
        return None


def _policy_in(path: Path) -> Policy | None:
    """The policy in a file; none where the file holds an annex or a mapping, perhaps the very one that is asking."""
    from sla_dsl.pipeline.policy import assembled, from_json
    from sla_dsl.syntax import parse

    source = Source.read(path)
    if is_compiled(source):
        return from_json(source.text)
    parsed = parse(source)
    if parsed.value is not None and (_amends(parsed.value) or _log_in(parsed)):
        return None
    return assembled(_check_parsed(parsed, path.parent, None))
