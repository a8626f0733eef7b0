"""What can be wrong with a text that should be a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define

from sla_dsl.errors import SlaError

if TYPE_CHECKING:
    from sla_dsl.diagnostics import Finding

_MOST_NAMED = 10


class PolicyError(SlaError):
    r"""A policy or annex with mistakes. `findings` holds all of them, the warnings too, in the order of the text.

    >>> import sla_dsl
    >>> try:
    ...     sla_dsl.loads("language 1\npolicy p { calender desk { } }")
    ... except sla_dsl.PolicyError as error:
    ...     print(error.findings[0].code)
    SLA102
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        errors = [finding for finding in self.findings if finding.severity == "error"]
        lines = [f"{finding.place}: {finding.code} {finding.message}" for finding in errors[:_MOST_NAMED]]
        if len(errors) > _MOST_NAMED:
            lines.append(f"and {len(errors) - _MOST_NAMED} more")
        return "\n".join(lines)


@define
class NeedsSources(SlaError):
    """A compiled policy where the sources are needed: it holds the quotations, not the documents."""

    name: str

    def __str__(self) -> str:
        return f"{self.name} is compiled; give the policy as written (`.sla`), with its sources beside it"


@define
class NotAPolicy(SlaError):
    """The mapping of a log where a policy is needed."""

    name: str

    def __str__(self) -> str:
        return f"`{self.name}` is the mapping of a log, not a policy; give the policy, and the mapping beside the log"


@define
class NotAMapping(SlaError):
    """A policy, an annex or something compiled where the mapping of a log is needed."""

    name: str

    def __str__(self) -> str:
        return f"{self.name} is not the mapping of a log; it begins with `log NAME {{ … }}`"
