"""What an answer about a cycle of a clock tells, each figure worked out when it is read (P, H4).

What is not the same in every way of the ticket's life is not told, or told with its bounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sla_dsl.policy.cases import bounds_of
from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.lazily import lazily
from sla_dsl.policy.tickets.agreeing import Agreed, common
from sla_dsl.policy.tickets.answers import StepAnswer, Warned, seconds
from sla_dsl.policy.tickets.cycle_view import due_time
from sla_dsl.policy.tickets.steps import StepAsked
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime, tzinfo

    from sla_dsl.policy.answers import AnswerModality, DueAnswer
    from sla_dsl.policy.tickets.answers import ClockState, LedgerLine, Verdict
    from sla_dsl.policy.tickets.cycle_asked import CycleAsked
    from sla_dsl.policy.tickets.cycle_view import CycleView, StepView


class Figures(Struct, frozen=True, eq=False, dict=True):
    """The figures of a cycle by the names that `ClockAnswer` has for them; `cycle` is its number."""

    asked: CycleAsked
    cycle: int
    in_time_if: None = None  # for who did not ask what would have helped

    @property
    def clock(self) -> str:
        """The clock."""
        return self.asked.rules.clock.id

    @property
    def explain(self) -> CycleAsked:
        """What puts the reasons into words."""
        return self.asked

    @property
    def write_ledger(self) -> Callable[[], tuple[LedgerLine, ...]]:
        """What writes down where the time went."""
        return self.asked.ledger

    @lazily
    def _same(self) -> CycleView | Agreed:
        """What every way has in common."""
        return self.asked.views[0] if len(self.asked.leaves) == 1 else Agreed.of(self.asked)

    @lazily
    def _settled(self) -> bool:
        """Whether the due time is the same in every way, and no reading leaves it open."""
        return self.asked.agreed or self.asked.same_due

    @property
    def _reached(self) -> Reached | None:
        due = self._same.due
        return due if isinstance(due, Reached) and self._settled else None

    @property
    def _computed(self) -> bool:
        return not self.asked.not_computed

    @lazily
    def _zone(self) -> tzinfo:
        return self.asked.views[0].zone or self.asked.where

    def _shown(self, at: int | None) -> datetime | None:
        return None if at is None else from_micros(at, self._zone)

    # ----------------------------------------------------------------------------------------- verdict

    @property
    def step(self) -> str | None:
        """The step of a cascade that is in force."""
        return self._same.step

    @property
    def state(self) -> ClockState | None:
        """Whether the clock runs."""
        return self._same.state

    @property
    def verdict(self) -> Verdict:
        """How the cycle stands."""
        return self._same.verdict if self._computed else "undetermined"

    @property
    def modality(self) -> AnswerModality | None:
        """How bindingly what governs is promised."""
        return self._same.modality if self._computed else None

    # ---------------------------------------------------------------------------------------- instants

    @property
    def answer(self) -> DueAnswer:
        """Whether there is a due time."""
        if self._reached is not None:
            return "due"
        return "no_deadline" if self._settled and self._same.due is None else "undetermined"

    @property
    def started(self) -> datetime | None:
        """The instant of the start."""
        return self._shown(self._same.started)

    @property
    def stopped(self) -> datetime | None:
        """The instant of the stop."""
        return self._shown(self._same.stopped)

    @property
    def due(self) -> datetime | None:
        """The due instant."""
        reached = self._reached
        return None if reached is None else self._shown(reached.at)

    @property
    def due_date(self) -> date | None:
        """The date on which it is due, for answers by close or end of day."""
        return self._same.day if self._computed else None

    @property
    def bounds(self) -> tuple[datetime, datetime | None] | None:
        """The earliest and the latest due instant, where it is not one instant."""
        reached = self._reached
        if reached is not None and reached.low is None:
            return None
        found = bounds_of(None if one is None else one.due for _, one in self.asked.leaves)
        if found is None:
            return None
        earliest, latest = found
        end = None if latest is None else from_micros(latest.at, latest.zone or self._zone)
        return from_micros(earliest.at, earliest.zone or self._zone), end

    @property
    def strict(self) -> bool | None:
        """Whether only what happens before the due instant is in time."""
        return self._same.strict

    @property
    def breached_at(self) -> datetime | None:
        """The instant at which it became late, where that is known."""
        due, at = self._same.due, self._same.late_at
        return None if isinstance(due, Bounded) and at == due.latest else self._shown(at)

    # ----------------------------------------------------------------------------------------- lengths

    @property
    def used_seconds(self) -> float | None:
        """The time counted so far."""
        return seconds(self._same.used)

    @property
    def budget_seconds(self) -> float | None:
        """The budget in force, None for days and dates."""
        return seconds(self._same.budget)

    @property
    def used_days(self) -> int | None:
        """The days that count so far, where the budget is one of days."""
        if not self.asked.agreed:
            return None
        return self.asked.views[0].used_days(self.asked.book.desk.calendars.zone)

    @property
    def remaining_seconds(self) -> float | None:
        """What is left of the budget."""
        return seconds(self._same.left)

    # ----------------------------------------------------------------------------------- steps, warnings

    @property
    def steps(self) -> tuple[StepAnswer, ...]:
        """The steps of a cascade; of one that stands otherwise in some way only what agrees is told (H4)."""
        asked = self.asked
        if not asked.rules.cascades or len(asked.views) < len(asked.leaves):
            return ()
        if not (asked.ways.complete and self._computed):
            return ()
        ways = [one.steps for one in asked.views]
        if len({tuple(one.step for one in steps) for steps in ways}) > 1:
            return ()
        return tuple([_step(found, asked) for found in zip(*ways, strict=True)])

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """When it warns."""
        if not (self.asked.rules.clock.warnings and self.asked.agreed):
            return ()
        found = self.asked.views[0].warnings
        return tuple(Warned(from_micros(one.at, self._zone), one.share, seconds(one.before)) for one in found)

    # ------------------------------------------------------------------------------------ what it rests on

    @property
    def readings(self) -> Mapping[str, str]:
        """The ambiguities on which the answer rests, with the reading of each."""
        return self.asked.rests.readings

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used."""
        return self.asked.assumptions

    @property
    def missing(self) -> tuple[str, ...]:
        """The names that would determine the answer."""
        return self.asked.missing


def _step(found: tuple[StepView, ...], asked: CycleAsked) -> StepAnswer:
    due = found[0].due
    states: list[ClockState] = [one.state for one in found]
    verdicts: list[Verdict] = [one.verdict for one in found]
    modalities: list[AnswerModality] = [one.modality for one in found]
    same = len({due_time(one.due) for one in found}) == 1
    known = due if same and isinstance(due, Reached) else None
    answer: DueAnswer = "due" if known is not None else "no_deadline" if same and due is None else "undetermined"
    return StepAnswer(
        found[0].step,
        common(states),
        common(verdicts) or "undetermined",
        common(modalities),
        answer,
        None if known is None else from_micros(known.at, known.zone or asked.where),
        None if known is None else known.day,
        StepAsked(asked, found[0].step),
    )
