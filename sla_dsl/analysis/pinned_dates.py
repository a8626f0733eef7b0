"""Whether the dates that a compiled policy carries are those that today's packages give (T8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.pinning import pinned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.terms import Document

_MOST_NAMED = 5


def moved(document: Document, base: Document | None = None) -> Iterator[str]:
    """A sentence for each list of holidays that has changed; `base` is the policy that an annex amends.

    Example: `NL has now 2030-04-26, and no longer 2030-04-27`.
    """
    today = {one.rule: set(one.dates) for one in pinned(document, base).holidays}
    for held in document.pinned.holidays:
        now, then = today.get(held.rule, set[str]()), set(held.dates)
        changes = [("has now", now - then), ("has no longer", then - now)]
        said = [f"{word} {_dates(dates)}" for word, dates in changes if dates]
        if said:
            yield f"{held.rule} {' and '.join(said)}"


def _dates(dates: set[str]) -> str:
    named = sorted(dates)[:_MOST_NAMED]
    return ", ".join(named) + (f" and {len(dates) - len(named)} more" if len(dates) > len(named) else "")
