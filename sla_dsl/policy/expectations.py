"""An expectation of an example beside the answer that came out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.answers import rfc3339
from sla_dsl.policy.names import folded
from sla_dsl.worktime import to_micros

if TYPE_CHECKING:
    from sla_dsl.policy.answers import Due, Priority
    from sla_dsl.policy.terms import Expectation
    from sla_dsl.policy.vocabulary import Terms

_MODALITIES = {
    "shall": "shall",
    "target": "target",
    "should": "should",
    "may": "may",
    "best effort": "best_effort",
    "words": "words_only",
    "words only": "words_only",
    "to be determined": "to_be_determined",
    "to be negotiated": "to_be_negotiated",
    "no promise": "no_promise",
    "blank": "blank",
    "left blank": "blank",
    "silent": "silent",
}


class NotExecuted(Exception):
    """An expectation that needs what is not executed yet; it neither passes nor fails."""


@frozen
class Outcome:
    """Whether an expectation holds, what came out instead, and the clauses that were looked at."""

    holds: bool
    actual: str
    clauses: tuple[str, ...]


def compare_due(due: Due, expected: Expectation, moment: Callable[[str], datetime]) -> Outcome:
    """Compare an answer about a clock; `moment` reads a time of the example. Raises `NotExecuted`."""
    match expected.outcome:
        case "due":
            holds = due.answer == "due" and any(_is_due(due, text, moment) for text in expected.values)
        case "no deadline":
            holds = due.answer == "no_deadline"
        case "undetermined":
            holds = due.answer == "undetermined" and _names(expected.values) in (set(), _names(due.missing))
        case "is" | "is not":
            modalities = {_modality(text) for text in expected.values}
            holds = (due.modality in modalities) is (expected.outcome == "is")
        case "available" | "not available":
            raise NotExecuted("who may use a service when is not executed yet")
    return Outcome(holds, describe(due), due.clauses)


def _is_due(due: Due, text: str, moment: Callable[[str], datetime]) -> bool:
    if len(text) == len("2026-12-25"):
        return due.due_date is not None and due.due_date.isoformat() == text
    return due.at is not None and to_micros(due.at) == to_micros(moment(text))


def _modality(text: str) -> str:
    word = folded(text).replace("_", " ")
    if word not in _MODALITIES:
        raise NotExecuted(f"`is {text}` needs a ticket evaluated over time, which is not executed yet")
    return _MODALITIES[word]


def compare_level(answer: Priority, expected: Expectation, terms: Terms) -> Outcome:
    """Compare an answer about a scale. Raises `NotExecuted`, `UnknownLevel`."""
    match expected.outcome:
        case "is" | "is not":
            wanted = {_level(text, expected.of, terms) for text in expected.values}
            found = answer.level if answer.answer == "level" else answer.answer
            holds = (found in wanted) is (expected.outcome == "is")
        case "undetermined":
            missing = _names(expected.values) in (set(), _names(answer.missing))
            holds = answer.answer == "undetermined" and missing
        case _:
            raise NotExecuted(f"a level is not `{expected.outcome}`")
    return Outcome(holds, describe_level(answer), answer.clauses)


def _level(text: str, of: str, terms: Terms) -> str:
    word = folded(text)
    if word in ("unclassified", "overlap"):
        return word
    scale = terms.scale_named(of)
    return text if scale is None else terms.level(scale, text)


def _names(names: tuple[str, ...]) -> set[str]:
    return {folded(name) for name in names}


def describe(due: Due) -> str:
    """Return an answer about a clock in a few words."""
    if due.answer == "due":
        day = "" if due.due_date is None else f" (by the end of {due.due_date.isoformat()})"
        return f"{due.clock} due {due.due}{day}, {due.modality}"
    if due.answer == "no_deadline":
        return f"{due.clock} no deadline, {due.modality}"
    return f"{due.clock} undetermined{_missing(due.missing)}{_bounds(due)}"


def _bounds(due: Due) -> str:
    if due.bounds is None:
        return ""
    earliest, latest = due.bounds
    return f", not before {rfc3339(earliest)}" + ("" if latest is None else f", not after {rfc3339(latest)}")


def describe_level(answer: Priority) -> str:
    """Return an answer about a scale in a few words."""
    if answer.answer == "level":
        return str(answer.level)
    left = f", {' or '.join(answer.possible)} possible" if answer.possible else ""
    return f"{answer.answer}{_missing(answer.missing)}{left}"


def _missing(names: tuple[str, ...]) -> str:
    return f" missing {', '.join(names)}" if names else ""
