"""What became of every unit of a source document (SEMANTICS H2)."""

from __future__ import annotations

from sla_dsl.evidence import Claim, Coverage, cover
from sla_dsl.model import Model


def coverage_of(model: Model, source: str) -> Coverage:
    """The units of one source, each with the citations and marks that account for it.

    Example: `coverage_of(model, "cloudcti.txt")`.
    """
    claims = [
        Claim(quotation.span, str(quotation.purpose), quotation.by)
        for quotation in model.quotations
        if quotation.source == source
    ]
    return cover(model.sources[source], claims)
