"""Objectives of whole logs: cycles that count alike are measured at once, by the rule for single tickets (R8)."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np

from sla_dsl.batch.dates import local_days
from sla_dsl.batch.engine.rows import CODES, MISSING
from sla_dsl.policy.answers import Priority
from sla_dsl.policy.terms import All, Among, Given, Not, Some, Subject, Test
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.policy.tickets.measuring import Alike, AlikeCycle
from sla_dsl.policy.tickets.objectives import Measurements
from sla_dsl.policy.tickets.tally import period_of, unit_of
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from numpy.typing import NDArray

    from sla_dsl.batch.engine.rows import Rows, Words
    from sla_dsl.batch.typed import Flags, Ints
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.tickets.answers import ClockState, ObjectiveAnswer, Verdict
    from sla_dsl.policy.tickets.evaluation import Evaluation
    from sla_dsl.policy.tickets.measuring import Measure

    Asking = Callable[[int], Evaluation]

_OF_LEVELS = (All, Some, Not, Among, Given, Subject)


class Objectives:
    """How the tickets of a log measure up, chunk by chunk; the same figures as `Policy.objectives` has.

    Tickets of which the columns do not tell enough are evaluated for it: those with something undetermined or without
    a known level, and all of them where a measurement rests on more than the level of the targets.
    """

    def __init__(self, policy: Executable, words: Words, at: datetime) -> None:
        self._found = Measurements(policy.book.desk)
        self._words = words
        self._at = at
        self._zone = policy.zone
        self._scale = policy.terms.targets_scale
        self._one_of: dict[str | None, Evaluation] = {}

    def add(self, rows: Rows, ask: Asking) -> None:
        """Take in the answers about a chunk; `ask` evaluates one of its tickets."""
        asked: dict[int, Evaluation] = {}

        def once(ticket: int) -> Evaluation:
            if ticket not in asked:
                asked[ticket] = ask(ticket)
            return asked[ticket]

        for measure in self._found.measures:
            clocks = [code for code, clock in enumerate(self._words.clock) if clock in measure.measurement.of]
            own = rows.take(np.flatnonzero(np.isin(rows["clock"], clocks)))
            told = self._told(measure, own)
            tickets = cast("Ints", own["ticket"])
            apart = np.unique(tickets[~told])
            for alike, times in self._alike(measure, own.take(np.flatnonzero(~np.isin(tickets, apart))), once):
                measure.take(alike, times)
            for ticket in apart.tolist():
                measure.take(once(ticket))

    def answers(self) -> tuple[ObjectiveAnswer, ...]:
        """Return how the tickets so far measure up."""
        return self._found.answers()

    def _told(self, measure: Measure, rows: Rows) -> Flags:
        """Return of which rows the columns tell all that a measurement looks at."""
        objective, measurement = measure.objective, measure.measurement
        conditions = [one for one in (objective.applies, measurement.condition) if one is not None]
        by_level = all(
            isinstance(term, _OF_LEVELS) and (not isinstance(term, Subject) or self._is_level(term))
            for condition in conditions
            for term in terms_inside(condition)
            if isinstance(term, Test | Subject)
        )
        told: Flags = np.full(len(rows), by_level and measurement.per is None)
        if objective.levels or objective.blank or conditions:
            told &= cast("Ints", rows["priority"]) >= 0
        if measurement.statistic == "share":
            return told & (rows["verdict"] != self._words.verdict.index("undetermined"))
        used = rows["used_seconds" if unit_of(measurement) == "seconds" else "used_days"]
        return told & ((rows["state"] != self._words.state.index("stopped")) | (used != MISSING))

    def _is_level(self, subject: Subject) -> bool:
        return subject.kind == "level" and subject.name == self._scale

    def _alike(self, measure: Measure, rows: Rows, ask: Asking) -> Iterator[tuple[Alike, int]]:
        """Yield each kind of row, and how many there are of it."""
        if not len(rows):
            return
        words, mean = self._words, measure.measurement.statistic == "mean"
        days = mean and unit_of(measure.measurement) == "days"
        decided = cast("Ints", rows["stopped"] if mean else _first(rows["breached_at"], rows["stopped"]))
        kinds = np.stack([rows[name] for name in ("clock", "state", "verdict", "modality", "priority")], axis=1)
        kinds = np.column_stack([kinds, self._periods(measure, decided)])
        _, first, kind, counts = np.unique(kinds, axis=0, return_index=True, return_inverse=True, return_counts=True)
        lengths = _sums(rows["used_days" if days else "used_seconds"], kind.reshape(-1), len(first))
        for row, times, total in zip(first.tolist(), counts.tolist(), lengths, strict=True):
            said = {name: _word(words, name, int(rows[name][row])) for name in CODES}
            cycle = AlikeCycle(
                said["clock"] or "",
                cast("ClockState | None", said["state"]),
                cast("Verdict", said["verdict"]),
                words.modality[code] if (code := int(rows["modality"][row])) >= 0 else None,  # type: ignore[arg-type]
                None,
                self._instant(rows, "stopped", row),
                self._instant(rows, "breached_at", row),
                None if days else Fraction(total, 1_000_000 * times),
                Fraction(total, times) if days else None,
            )
            level, ticket = said["priority"], int(rows["ticket"][row])
            yield Alike(self._at, self._level(level), (cycle,), partial(self._one, level, ticket, ask)), times

    def _level(self, level: str | None) -> Priority:
        if level is None:
            return Priority(self._scale, "unclassified", None, False, (), (), (), ())
        return Priority(self._scale, "level", level, False, (level,), (), (), ())

    def _one(self, level: str | None, ticket: int, ask: Asking) -> Evaluation:
        """Return a ticket of a level: what is asked of those that count alike rests on nothing else."""
        if level not in self._one_of:
            self._one_of[level] = ask(ticket)
        return self._one_of[level]

    def _periods(self, measure: Measure, decided: Ints) -> Ints:
        """Return a number for the period of each row, all alike where there is none."""
        period = measure.measurement.period
        found = np.zeros(len(decided), np.int64)
        known = np.flatnonzero(decided != MISSING)
        if period is None or self._zone is None or not len(known):
            return found
        days, places = np.unique(local_days(decided[known], self._zone), return_inverse=True)
        numbers: dict[str, int] = {}
        of_day = [numbers.setdefault(period_of(day, period), len(numbers) + 1) for day in days.tolist()]
        found[known] = np.array(of_day, np.int64)[places]
        return found

    def _instant(self, rows: Rows, name: str, row: int) -> datetime | None:
        micros = int(cast("Ints", rows[name])[row])
        return None if micros == MISSING else from_micros(micros)


def _first(preferred: NDArray[np.generic], other: NDArray[np.generic]) -> NDArray[np.generic]:
    return np.where(preferred == MISSING, other, preferred)


def _sums(lengths: NDArray[np.generic], kinds: Ints, count: int) -> list[int]:
    """Return the sum of the lengths of each kind, exactly; what is missing counts as nothing."""
    order = np.argsort(kinds, kind="stable")
    starts = np.searchsorted(kinds[order], np.arange(count))
    sorted_lengths = np.where(lengths == MISSING, 0, cast("Ints", lengths))[order]
    return np.add.reduceat(sorted_lengths, starts).tolist()


def _word(words: Words, name: str, code: int) -> str | None:
    of_column: tuple[str, ...] = getattr(words, name)
    return of_column[code] if code >= 0 else None
