"""Reasons with what bears them out: citations, or why something is assumed (H1, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.reasons.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.policy.terms import Assumption, Citation


def reasons(
    clause: str, text: str, cites: Iterable[Citation] = (), assumes: Iterable[Assumption] = ()
) -> Iterator[Reason]:
    """Yield a reason with its citations, and one with what is assumed; where there is only the latter, it alone.

    Of citations those that support a single cell come first.
    """
    cited = tuple(sorted(cites, key=lambda one: -len(one.supports)))
    assumed = " ".join(sentence(one.text) for one in assumes)
    if cited or not assumed:
        yield Reason(clause, sentence(text), cited)
        text = "Part of this is assumed."
    if assumed:
        yield Reason(clause, sentence(text), (), assumed)
