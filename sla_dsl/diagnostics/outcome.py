"""What a phase hands on: a value or none, and what it found."""

from __future__ import annotations

from typing import Generic, TypeVar

from attrs import frozen

from sla_dsl.diagnostics.finding import Finding, Severity

T = TypeVar("T")


@frozen
class Outcome(Generic[T]):
    """The result of a phase: no phase raises for a bad policy, it reports.

    Example: `Outcome(tree, ())` is a parse without findings.
    """

    value: T | None
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether a finding stops the next phase."""
        return self.value is None or any(f.severity is Severity.ERROR for f in self.findings)
