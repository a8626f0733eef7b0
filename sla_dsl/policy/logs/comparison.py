"""The same log under two policies, as values in the form of `docs/schemas/comparison.schema.json`.

The two may also be one policy under other readings, parameters or annexes. Lengths are in seconds; a difference is
always the second answer less the first.
"""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from sla_dsl.policy.logs.summary import Asked, OneByOne, Percentiles, Rows
from sla_dsl.policy.tickets.answers import Verdict
from sla_dsl.policy.tickets.form import Formed


@frozen
class Cell(Formed):
    """How many cycles have one verdict before and another after; None is a cycle that only the other side has."""

    before: Verdict | None
    after: Verdict | None
    cycles: int


@frozen
class Shift(Formed):
    """By how much due times moved, in elapsed time; `both_due` cycles have a due time on both sides."""

    both_due: int
    later: Percentiles
    earlier: Percentiles


@frozen
class Change(Formed):
    """What became of the cycles of a clock, at a priority (the one before) where `by_priority` says so.

    `flipped` have another verdict, or are on one side only. Shares are percent of those decided on each side.
    """

    clock: str
    by_priority: bool
    priority: str | None
    cycles: int
    flipped: int
    share_before: float | None
    share_after: float | None
    cells: tuple[Cell, ...]
    due: Shift


@frozen
class Flip(Formed):
    """A cycle whose verdict is another, and by how much.

    `due_later_seconds` is how much later it is due in elapsed time, `remaining_more_seconds` how much more time is
    left of its target (or less is over) in the time that the clock counts. Lateness is elapsed time from due to stop,
    or to the instant asked about; negative where it was in time.
    """

    ticket: str
    clock: str
    cycle: int
    priority_before: str | None
    priority_after: str | None
    verdict_before: Verdict | None
    verdict_after: Verdict | None
    due_before: datetime | None
    due_after: datetime | None
    due_later_seconds: float | None
    late_before_seconds: float | None
    late_after_seconds: float | None
    remaining_more_seconds: float | None


@frozen
class Comparison(Formed):
    """A log under two policies at an instant: which tickets flip, and by how much.

    `compared` are the tickets that both could answer; the others are among the rows listed. `flips` are those with the
    greatest differences; all of them go to the file that is asked for.

    Example: `[(one.before, one.after, one.cycles) for one in comparison.changes[0].cells]`.
    """

    before: Asked
    after: Asked
    at: datetime
    zone: str
    files: tuple[str, ...]
    rows: Rows
    compared: int
    flipped_tickets: int
    flipped_cycles: int
    one_by_one_before: OneByOne
    one_by_one_after: OneByOne
    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]
