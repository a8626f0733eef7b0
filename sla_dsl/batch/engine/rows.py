"""Answers as columns: one row per ticket, clock and cycle, in codes and whole microseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

import numpy as np
from attrs import frozen

from sla_dsl.policy.answers import AnswerModality, DueAnswer
from sla_dsl.policy.terms import Cascade, Clock
from sla_dsl.policy.tickets.answers import ClockState, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from sla_dsl.batch.typed import Places
    from sla_dsl.policy.vocabulary import Terms


MISSING = np.iinfo(np.int64).min
"""Stands for no value in every column of numbers; in a column of codes it is -1."""

CODES = ("clock", "step", "priority", "state", "verdict", "answer", "modality")
INSTANTS = ("started", "stopped", "due", "earliest", "latest", "breached_at")
LENGTHS = ("used_seconds", "budget_seconds", "remaining_seconds")
COLUMNS: dict[str, type[np.generic]] = {
    "ticket": np.int64,
    **dict.fromkeys(CODES, np.int32),
    "cycle": np.int32,
    **dict.fromkeys(INSTANTS, np.int64),
    "due_date": np.int64,
    "strict": np.int8,
    **dict.fromkeys(LENGTHS, np.int64),
    "used_days": np.int64,
    "scalar": np.bool,
}
"""`ticket` is the place in the chunk; `due_date` counts days since 1970-01-01; `strict` is -1 for null."""


@frozen
class Words:
    """The words of each column of codes, in the order of their codes."""

    clock: tuple[str, ...]
    step: tuple[str, ...]
    priority: tuple[str, ...]
    state: tuple[str, ...] = get_args(ClockState)
    verdict: tuple[str, ...] = get_args(Verdict)
    answer: tuple[str, ...] = get_args(DueAnswer)
    modality: tuple[str, ...] = get_args(AnswerModality)

    @classmethod
    def of(cls, terms: Terms) -> Words:
        """Return the words of a policy."""
        scale = terms.targets_scale
        steps = dict.fromkeys(step.id for one in terms.all(Cascade) for step in one.steps)
        return cls(
            tuple(one.id for one in terms.all(Clock)),
            tuple(steps),
            () if scale is None else tuple(level.id for level in terms.scales[scale].levels),
        )

    def codes(self, column: str) -> dict[str | None, int]:
        """Return the code of each word of a column, -1 for None."""
        words: tuple[str, ...] = getattr(self, column)
        return {None: -1, **{word: code for code, word in enumerate(words)}}


@frozen(eq=False)
class Rows:
    """Rows of answers, by the names of `COLUMNS`."""

    columns: Mapping[str, NDArray[np.generic]]

    def __len__(self) -> int:
        return len(self.columns["ticket"])

    def __getitem__(self, name: str) -> NDArray[np.generic]:
        return self.columns[name]

    def places(self, name: str) -> Places:
        """Return a column of places or codes."""
        return cast("Places", self.columns[name])

    def replaced(self, name: str, column: NDArray[np.generic]) -> Rows:
        """Return the same rows with another column."""
        return Rows({**self.columns, name: column.astype(COLUMNS[name], copy=False)})

    def take(self, places: Places) -> Rows:
        """Return the rows at some places."""
        return Rows({name: column[places] for name, column in self.columns.items()})

    def order(self) -> Places:
        """Return the places of the rows by ticket, clock and cycle."""
        ticket, clock, cycle = (self.places(name) for name in ("ticket", "clock", "cycle"))
        clocks, cycles = (int(one.max(initial=0)) + 1 for one in (clock, cycle))
        return np.argsort((ticket * clocks + clock) * cycles + cycle, kind="stable")


def stacked(parts: Iterable[Rows]) -> Rows:
    """Return some rows, one after the other."""
    parts = tuple(parts)
    return Rows({
        name: np.concatenate([np.empty(0, kind), *(part[name] for part in parts)]) for name, kind in COLUMNS.items()
    })  # fmt: skip


@frozen
class Refused:
    """A ticket of a chunk, by its place, that cannot be evaluated, and why."""

    ticket: int
    reason: str


@frozen(eq=False)
class Answered:
    """What came of the tickets of a chunk; its rows are in no order.

    `scalar` tickets went one by one; `irregular` entries are used and yet provided for by no rule (R5, R6).
    """

    rows: Rows
    refused: tuple[Refused, ...] = ()
    scalar: int = 0
    irregular: int = 0
