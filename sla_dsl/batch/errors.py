"""What can be wrong with a question about a whole log."""

from __future__ import annotations

from sla_dsl.errors import SlaError


class NoInstant(SlaError):
    """A question without an instant about a log that can be read only once, so that nobody knows its latest."""

    def __str__(self) -> str:
        return "give `at`, the instant to look at: the latest of a log that is read only once is not known before"
