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


def conclusion(clause: str, text: str, cites: Iterable[Citation] = (), assumes: Iterable[Assumption] = ()) -> Reason:
    """Return a sentence that follows from a clause, with its citations or, where it has none, what it assumes."""
    cited = tuple(sorted(cites, key=lambda one: -len(one.supports)))
    assumed = None if cited else " ".join(sentence(one.text) for one in assumes)
    return Reason(clause, sentence(text), cited, assumed or None)
