"""What came out of an example, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import rfc3339
from sla_dsl.policy.reasons.wording import days_count, length_text

if TYPE_CHECKING:
    from datetime import date, datetime

    from sla_dsl.policy.answers import Due, Priority
    from sla_dsl.policy.tickets.answers import ClockAnswer, DutyAnswer, StatusAnswer, StepAnswer

Bounds = tuple["datetime", "datetime | None"]


def with_missing(text: str, missing: tuple[str, ...]) -> str:
    """Return a text with the names that would determine what it says."""
    return f"{text} missing {', '.join(missing)}" if missing else text


def describe_due(answer: Due) -> str:
    """Return an answer about a clock in a few words.

    Example: `response due 2026-03-02T14:00:00+01:00, target`.
    """
    if answer.answer == "due":
        return f"{answer.clock} {_due(answer.at, answer.due_date)}, {answer.modality}"
    if answer.answer == "no_deadline":
        return f"{answer.clock} no deadline, {answer.modality}"
    return with_missing(f"{answer.clock} undetermined", answer.missing) + _bounds(answer.bounds)


def describe_clock(answer: ClockAnswer, *, several: bool) -> str:
    """Return a cycle of a clock in a few words; `several` tells which cycle it is.

    Example: `update (cycle 2) running, missed, due 2026-03-04T09:30:00+01:00, target`.
    """
    name = f"{answer.clock} (cycle {answer.cycle})" if several else answer.clock
    state = answer.state or "in a state that is undetermined"
    if answer.started is None and answer.state is not None:
        return f"{name} {state}"
    said = [f"{name} {state}", answer.verdict]
    if answer.answer == "due":
        said.append(_due(answer.due, answer.due_date))
    elif answer.answer == "no_deadline":
        said.append("no deadline")
    else:
        said.append(with_missing("due time undetermined", answer.missing) + _bounds(answer.bounds))
    said += [one for one in (answer.modality, answer.step and f"step {answer.step}") if one]
    return ", ".join(said)


def describe_step(answer: StepAnswer) -> str:
    """Return a step of a cascade in a few words."""
    said = [f"{answer.step} {answer.state}", answer.verdict]
    if answer.answer == "due":
        said.append(_due(answer.due, answer.due_date))
    return ", ".join([*said, *([answer.modality] if answer.modality else [])])


def describe_warnings(warnings: tuple[datetime, ...]) -> str:
    """Return when a clock warns."""
    return f"warns at {', '.join(map(rfc3339, warnings))}" if warnings else "no warning"


def describe_used(seconds: float | None, days: int | None) -> str:
    """Return how much time a clock has used."""
    if days is not None:
        return f"has used {days_count(days)}"
    return "used time not known" if seconds is None else f"has used {length_text(round(seconds * 1_000_000))}"


def describe_level(answer: Priority) -> str:
    """Return an answer about a scale in a few words."""
    if answer.answer == "level":
        return str(answer.level)
    return with_missing(answer.answer, answer.missing) + _possible(answer.possible)


def describe_status(answer: StatusAnswer) -> str:
    """Return the status in a few words."""
    if answer.name is not None:
        return answer.name if answer.since is None else f"{answer.name} since {rfc3339(answer.since)}"
    return with_missing("undetermined", answer.missing) + _possible(answer.possible)


def describe_duty(answer: DutyAnswer) -> str:
    """Return a duty in a few words."""
    due = f", {_due(answer.due, answer.due_date)}" if answer.due is not None else ""
    return with_missing(f"{answer.duty} {answer.state}", answer.missing) + f"{due}, {answer.modality}"


def _due(at: datetime | None, day: date | None) -> str:
    instant = "" if at is None else rfc3339(at)
    return f"due {instant}" + ("" if day is None else f" (by the end of {day.isoformat()})")


def _bounds(bounds: Bounds | None) -> str:
    if bounds is None:
        return ""
    earliest, latest = bounds
    return f", not before {rfc3339(earliest)}" + ("" if latest is None else f", not after {rfc3339(latest)}")


def _possible(names: tuple[str, ...]) -> str:
    return f", {' or '.join(names)} possible" if names else ""
