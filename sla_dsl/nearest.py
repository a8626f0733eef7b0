"""What somebody may have meant who wrote a name that does not exist."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 100
"""Of a longer name only so many characters are compared: a search takes time that grows with their square."""


def nearest(name: str, known: Iterable[str], cutoff: float = 0.65) -> str | None:
    """Return the known name most like a name, upper and lower case aside; None where none is near.

    `cutoff` is how much of the two must be alike, from 0 to 1.

    >>> nearest("europe/amsterdm", ["Europe/Athens", "Europe/Amsterdam"])
    'Europe/Amsterdam'
    """
    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(candidate.casefold(), candidate)
    matches = get_close_matches(name.casefold()[:_LONGEST], by_fold, n=1, cutoff=cutoff)
    return by_fold[matches[0]] if matches else None
