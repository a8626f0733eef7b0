"""How alike two names are: what a log calls something, and what a policy calls it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from sla_dsl.policy.names import folded

SURE = 0.75
"""Names that are at least so alike are taken for the same."""

_ALIKE = (
    "new open opened created create logged registered submitted reported raised unassigned todo",
    "working work active progress started start doing investigating inprogress",
    "waiting wait awaiting awaits pending hold onhold suspended stalled blocked",
    "resolved resolve solved solve fixed fix restored restore repaired repair",
    "closed close done finished finish completed complete ended end",
    "answered answer acknowledged acknowledge responded response respond replied reply",
    "phone telephone tel call",
    "mail email",
    "web portal website",
    "customer client user",
    "priority prio",
    "severity sev",
)
_GROUP = {word: words.split(maxsplit=1)[0] for words in _ALIKE for word in words.split()}
_SMALL = frozenset("a an and at by for from in is it of on or the to with".split())
_RANK = re.compile(r"\s*(?:p|prio|priority|sev|severity)?\s*([0-9])(?![0-9])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def words_of(name: str) -> frozenset[str]:
    """The words of a name, those that mean nearly the same made one.

    >>> sorted(words_of("incidentState"))
    ['incident', 'state']
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    found: list[str] = re.findall(r"[^\W\d_]+|[0-9]+", apart.casefold())
    return frozenset(str(_GROUP.get(word, word)) for word in found if word not in _SMALL)


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1.

    >>> likeness("1 - Critical", "critical"), likeness("Awaiting", "waiting"), likeness("red", "green")
    (0.95, 0.9, 0.0)
    """
    if folded(one) == folded(other):
        return 1.0
    if _plain(one) == _plain(other) != "":
        return 0.95
    ours, theirs = words_of(one), words_of(other)
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 0.9
    if ours < theirs or theirs < ours:
        return 0.8 if min(len(ours), len(theirs)) * 3 >= max(len(ours), len(theirs)) else 0.7
    close = SequenceMatcher(None, folded(one), folded(other)).ratio()
    if close >= 0.84:
        return 0.9 * close
    return 0.6 * len(ours & theirs) / len(ours | theirs)


def rank_of(value: str) -> int | None:
    """The number with which a value of an ordered scale begins: 1 of `1 - Critical` and of `P1`."""
    found = _RANK.match(value)
    return int(found[1]) if found else None


def _plain(name: str) -> str:
    """A name without a number before it and without signs."""
    return folded(re.sub(r"^[\s0-9.:)-]+|[^\w\s]|_", " ", name))
