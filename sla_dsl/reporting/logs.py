"""What is said of whole logs, in the form that is wanted: a summary or a comparison, as text or as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.logs.summary import Summary

if TYPE_CHECKING:
    from sla_dsl.policy.logs.comparison import Comparison


def log_text(found: Summary | Comparison, *, width: int = 100, colour: bool = False) -> str:
    """A summary or comparison for a terminal.

    Example: `print(log_text(summary))`.
    """
    if isinstance(found, Summary):
        from sla_dsl.reporting.log_text import summary_text

        return summary_text(found, width=width, colour=colour)
    from sla_dsl.reporting.comparison_text import comparison_text

    return comparison_text(found, width=width, colour=colour)


def log_page(found: Summary | Comparison) -> str:
    """A summary or comparison as one page of HTML that needs nothing else.

    Example: `Path("report.html").write_text(log_page(summary), encoding="utf-8")`.
    """
    if isinstance(found, Summary):
        from sla_dsl.reporting.log_page import summary_page

        return summary_page(found)
    from sla_dsl.reporting.comparison_page import comparison_page

    return comparison_page(found)
