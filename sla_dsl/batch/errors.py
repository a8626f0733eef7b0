"""What can be wrong with a question about a whole log."""

from __future__ import annotations

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import advice


class NoInstant(SlaError):
    """A question without an instant about a log that can be read only once, so that nobody knows its latest."""

    def __str__(self) -> str:
        return "give `at`, the instant to look at: the latest of a log that is read only once is not known before"


class NotKept(SlaError):
    """A column by which answers are to be grouped, and which the log does not keep."""

    def __init__(self, column: str, kept: tuple[str, ...]) -> None:
        super().__init__(column, kept)
        self.column = column
        self.kept = kept

    def __str__(self) -> str:
        there = ", ".join(f"`{one}`" for one in self.kept) or "none"
        return f"the tickets have no kept column `{self.column}`{advice(self.column, self.kept)}; kept: {there}"
