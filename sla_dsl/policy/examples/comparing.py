"""An expectation of an example beside what came out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.errors import BadValue, listed
from sla_dsl.policy.examples.describing import describe_used, describe_warnings
from sla_dsl.policy.examples.words import NOT_STATED, OUTCOMES, UNDETERMINED, word
from sla_dsl.policy.names import folded
from sla_dsl.worktime import to_micros

if TYPE_CHECKING:
    from sla_dsl.policy.examples.seen import Facet, Seen
    from sla_dsl.policy.terms import Expectation

_NO_DENIAL = frozenset({UNDETERMINED, NOT_STATED})
"""What is undetermined or not stated does not show that something is not so."""


@frozen
class Outcome:
    """Whether an expectation holds, what came out instead, and the clauses that were looked at."""

    holds: bool
    actual: str
    clauses: tuple[str, ...]


def compare(seen: Seen, expected: Expectation, moment: Callable[[str], datetime]) -> Outcome:
    """Compare what came out with what is expected; `moment` reads a time of the example.

    Raises `BadValue` for an outcome or a word that never comes out of a thing of this kind.
    """
    if expected.outcome not in OUTCOMES[seen.kind]:
        raise BadValue(seen.kind, expected.outcome, f"expect one of {listed(OUTCOMES[seen.kind])}")
    actual = seen.actual
    match expected.outcome:
        case "warns at":
            holds = any(to_micros(one) == to_micros(moment(expected.values[0])) for one in seen.warnings)
            actual = f"{actual}; {describe_warnings(seen.warnings)}"
        case "has used":
            seconds, days = seen.used
            micros = None if seconds is None else round(seconds * 1_000_000)
            holds = (micros == expected.micros) if expected.days is None else (days == expected.days)
            actual = f"{actual}; {describe_used(seconds, None if expected.days is None else days)}"
        case "due":
            holds = seen.due_answer == "due" and any(_is_due(seen, text, moment) for text in expected.values)
        case "no deadline":
            holds = seen.due_answer == "no_deadline"
        case "undetermined":
            wanted = _names(expected.values)
            holds = seen.undetermined and (not wanted or wanted == _names(seen.missing))
        case "is" | "is not":
            holds = _is_so(seen, expected)
        case "available":
            holds = _there(seen) == "yes"
        case "not available":
            holds = _there(seen) == "no"
    words = "" if expected.text is None or seen.words is None else f", words “{seen.words}”"
    return Outcome(holds, f"{actual}{words}", seen.clauses)


def _is_due(seen: Seen, text: str, moment: Callable[[str], datetime]) -> bool:
    if len(text) == len("2026-12-25"):
        return seen.due_date is not None and seen.due_date.isoformat() == text
    return seen.due is not None and to_micros(seen.due) == to_micros(moment(text))


def _is_so(seen: Seen, expected: Expectation) -> bool:
    wanted = frozenset(_called(seen, text) for text in expected.values)
    asked = [(facet, facet.words & wanted) for facet in seen.facets if facet.words & wanted]
    if expected.outcome == "is":
        return any(_surely(facet, some) for facet, some in asked) and _same_words(seen, expected.text)
    denied = all(facet.possible.isdisjoint(some | (_NO_DENIAL - wanted)) for facet, some in asked)
    return denied or (expected.text is not None and not _same_words(seen, expected.text))


def _surely(facet: Facet, wanted: frozenset[str]) -> bool:
    return facet.possible <= wanted


def _same_words(seen: Seen, text: str | None) -> bool:
    return text is None or (seen.words is not None and folded(seen.words) == folded(text))


def _called(seen: Seen, text: str) -> str:
    """Return the word that an expectation uses, as answers have it. Raises `BadValue`."""
    known = [name for facet in seen.facets for name in sorted(facet.words)]
    for name in (text, word(text), seen.labels.get(folded(text))):
        if name in known:
            return name
    raise BadValue(seen.kind, text, f"expect one of {listed(known)}")


def _there(seen: Seen) -> str:
    (facet,) = seen.facets
    (answer,) = facet.possible
    return answer


def _names(names: tuple[str, ...]) -> set[str]:
    return {folded(name) for name in names}
