"""Answers for people at a terminal: the conclusion first, then each reason with its quotation and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING

from sla_dsl.policy.vocabulary import PRIORITY
from sla_dsl.reporting.excerpt import printable

if TYPE_CHECKING:
    from datetime import datetime

    from sla_dsl.policy.answers import Due, Priority, Reason

WIDTH = 100
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MODALITIES = {
    "shall": "shall: late is breached",
    "target": "a target: late is missed",
    "should": "should",
    "may": "may",
    "best_effort": "best effort: late is no breach",
}
"""What a modality says of being late."""
NO_DEADLINE = {
    "best_effort": "best effort, without a number",
    "words_only": "words without a number",
    "to_be_determined": "to be determined",
    "to_be_negotiated": "to be negotiated",
    "no_promise": "expressly not promised",
    "blank": "the cell is left blank",
    "silent": "the document says nothing",
}
"""What a modality says instead of a due time."""


def due_text(due: Due, created: str) -> str:
    """A due time for people.

    Example: begins with `response (p1) is due Monday 2026-03-09 10:30 +01:00`.
    """
    name = due.clock if due.priority is None else f"{due.clock} ({due.priority})"
    lines = [f"{name} {_conclusion(due)}", f"  created {created}"]
    if due.answer == "due":
        lines.append(f"  {MODALITIES.get(due.modality or '', due.modality or '')}")
        if due.strict:
            lines.append("  strictly before that instant")
    if due.bounds is not None:
        earliest, latest = due.bounds
        lines.append(f"  not before {moment(earliest)}")
        lines.append(f"  not after {moment(latest)}" if latest else "  no latest instant is known")
    return _page([*lines, *_missing(due.missing)], due.because, due.readings, due.assumptions)


def _conclusion(due: Due) -> str:
    if due.answer == "due" and due.at is not None:
        return f"is due {moment(due.at)}"
    if due.answer == "no_deadline":
        return f"has no deadline: {NO_DEADLINE.get(due.modality or '', due.modality or 'nothing is promised')}"
    return "is undetermined"


def priority_text(priority: Priority) -> str:
    """A level for people.

    Example: begins with `priority is p1`.
    """
    scale = scale_name(priority.scale)
    possible = ", ".join(priority.possible)
    match priority.answer:
        case "level":
            first = f"{scale} is {priority.level}"
        case "unclassified":
            first = f"{scale}: unclassified, no level applies"
        case "overlap":
            first = f"{scale}: several levels apply ({possible}), and the policy does not say which wins"
        case "undetermined":
            first = f"{scale} is undetermined"
    lines = [first]
    if priority.override:
        lines.append("  given on the ticket, over what follows from the rest")
    if priority.answer == "undetermined":
        lines.append(f"  possible: {possible or 'no level'}")
    return _page([*lines, *_missing(priority.missing)], priority.because, priority.readings, priority.assumptions)


def scale_name(scale: str | None) -> str:
    """What the levels of a scale are told under; `priority` in a policy without one.

    >>> scale_name("severity"), scale_name(None)
    ('severity', 'priority')
    """
    return scale or PRIORITY


def moment(when: datetime) -> str:
    """An instant for people: weekday, date, wall time and offset.

    Example: `Monday 2026-03-09 10:30 +01:00`.
    """
    wall = when.replace(tzinfo=None).isoformat()
    offset = when.isoformat()[len(wall) :]
    return f"{_WEEKDAYS[when.weekday()]} {wall.replace('T', ' ').removesuffix(':00')} {offset}"


def _missing(missing: Iterable[str]) -> Iterator[str]:
    listed = ", ".join(missing)
    if listed:
        yield f"  missing: {listed}"


def _page(
    head: Iterable[str], because: Iterable[Reason], readings: Mapping[str, str], assumptions: Iterable[str]
) -> str:
    lines = [*head, "", "because"]
    for reason in because:
        lines += _reason(reason)
    if readings:
        lines += ["", "under these readings (another: --reading NAME=READING)"]
        lines += [f"  {name} is {reading}" for name, reading in readings.items()]
    assumed = list(assumptions)
    if assumed:
        lines += ["", *_wrapped(f"assumed: {', '.join(assumed)}", "", "  ")]
    return "\n".join(printable(line) for line in lines)


def _reason(reason: Reason) -> Iterator[str]:
    yield from _wrapped(f"{reason.clause}: {reason.text}", "  ", "    ")
    for cite in reason.cites:
        yield from _wrapped(f"“{cite.quote}” {cite.source}, line {cite.line}", "    ", "     ")
    if reason.assume is not None:
        yield from _wrapped(f"assumed: {reason.assume}", "    ", "      ")


def _wrapped(text: str, first: str, following: str) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
