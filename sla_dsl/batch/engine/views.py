"""Cycles as they are seen at an instant, as rows of answers: state, verdict, due time, usage (P3-P8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from sla_dsl.batch.engine.promises import IN_DAYS
from sla_dsl.batch.engine.rows import COLUMNS, MISSING, Rows
from sla_dsl.policy.tickets.cycle_view import late_verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sla_dsl.batch.engine.clock import Clock
    from sla_dsl.batch.engine.questions import Desk
    from sla_dsl.batch.engine.rows import Words
    from sla_dsl.batch.typed import Codes, Ints, Places
    from sla_dsl.policy.answers import AnswerModality


class Views:
    """Sees cycles at an instant, with the words of the answers as codes."""

    def __init__(self, desk: Desk, words: Words, now: int) -> None:
        self._desk = desk
        self._now = now
        self._states, self._answers = words.codes("state"), words.codes("answer")
        self._verdicts = words.codes("verdict")
        modalities = cast("tuple[AnswerModality, ...]", words.modality)
        self._late = np.array([self._verdicts[late_verdict(one)] for one in modalities], np.int32)

    def cycles(self, clock: Clock, rows: Places) -> Rows:
        """Return the rows of cycles that there are; `ticket` is the place in the block."""
        cycles, table = clock.cycles, clock.rules.promises.table
        promised = cycles.promised[rows]
        now = np.full(len(rows), self._now, np.int64)
        end = cycles.ends(rows, now)
        dues = cycles.dues(rows, end)
        late_at = cycles.late_at[rows]
        modality = table.modality[promised]
        late_as = np.where(late_at == MISSING, modality, cycles.late_as[rows])
        late = (late_at == MISSING) & dues.late(end)
        cycles.pass_step(rows[late])
        late_at = np.where(late, np.maximum(dues.at, cycles.turned[rows]), late_at)
        stopped, there = cycles.stopped[rows], dues.at != MISSING
        void = cycles.voided[rows] != MISSING
        known = there & dues.sure
        bounded = dues.low != MISSING
        used, budget = cycles.used(rows, end), table.budget[promised]
        state = self._state(clock, rows, void, stopped != MISSING)
        in_time = np.where(stopped == MISSING, self._verdicts["open"], self._verdicts["met"])
        # While a pause holds up a due time, whether what has passed by now was in time nobody can say.
        passed = (end > dues.at) | (dues.strict & (end == dues.at))
        in_time = np.where(~dues.sure & passed, self._verdicts["undetermined"], in_time)
        verdict = np.where(there, in_time, self._verdicts["no_commitment"])
        verdict = np.where(void, self._verdicts["not_measured"], verdict)
        answer = np.where(known, self._answers["due"], self._answers["undetermined"])
        columns: dict[str, NDArray[np.generic]] = {
            "ticket": rows,
            "clock": np.full(len(rows), clock.rules.code),
            "step": table.step[promised],
            "cycle": cycles.number[rows],
            "state": state,
            "verdict": np.where(late_at != MISSING, self._late[late_as], verdict),
            "answer": np.where(there, answer, self._answers["no_deadline"]),
            "modality": modality,
            "started": cycles.started[rows],
            "stopped": stopped,
            "due": np.where(known, dues.at, MISSING),
            "earliest": np.where(known, dues.low, dues.at),
            "latest": np.where(known & bounded, dues.at, MISSING),
            "breached_at": late_at,
            "due_date": dues.day,
            "strict": there & dues.strict,
            "used_seconds": used,
            "budget_seconds": budget,
            "remaining_seconds": np.where(budget == MISSING, MISSING, budget - used),
            "used_days": self._used_days(clock, rows, promised, end),
        }
        return _rows(columns)

    def without_cycle(self, clock: Clock, rows: Places, modality: Codes) -> Rows:
        """Return the rows of clocks that have not started."""
        count = len(rows)
        void = clock.ended[rows]
        missing = np.full(count, MISSING)
        columns: dict[str, NDArray[np.generic]] = {
            **{name: missing for name, kind in COLUMNS.items() if kind is np.int64},
            "ticket": rows,
            "clock": np.full(count, clock.rules.code),
            "step": np.full(count, -1),
            "cycle": np.ones(count),
            "state": np.where(void, self._states["void"], self._states["not_started"]),
            "verdict": np.full(count, self._verdicts["not_measured"]),
            "answer": np.full(count, self._answers["no_deadline"]),
            "modality": modality,
            "strict": np.zeros(count),
        }
        return _rows(columns)

    def _state(self, clock: Clock, rows: Places, void: NDArray[np.bool], stopped: NDArray[np.bool]) -> Codes:
        paused = clock.cycles.holds.is_open(rows)
        state = np.where(paused, self._states["paused"], self._states["running"])
        state = np.where(stopped, self._states["stopped"], state)
        return np.where(void, self._states["void"], state).astype(np.int32)

    def _used_days(self, clock: Clock, rows: Places, promised: Codes, end: Ints) -> Ints:
        found = np.full(len(rows), MISSING)
        promises, table = clock.rules.promises, clock.rules.promises.table
        started = clock.cycles.started[rows]
        for number in np.unique(promised[table.kind[promised] == IN_DAYS]).tolist():
            places = np.flatnonzero(promised == number)
            together = promises.in_days(number)
            if together is not None:
                days, told = together.used_days(started[places], end[places])
                found[places] = np.where(told, days, MISSING)
            elif promises.known[int(number)].in_days is not None:
                clock.cycles.set_aside(rows[places])
        return found


def _rows(columns: dict[str, NDArray[np.generic]]) -> Rows:
    count = len(columns["ticket"])
    columns["priority"] = np.full(count, -1)
    columns["scalar"] = np.zeros(count)
    return Rows({name: columns[name].astype(kind, copy=False) for name, kind in COLUMNS.items()})
