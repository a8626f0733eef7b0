"""How tickets measure up to the objectives of a policy: shares in time and means (R8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.terms import Calendar, Objective
from sla_dsl.policy.tickets.answers import ObjectiveAnswer
from sla_dsl.policy.tickets.measuring import Group, Measure
from sla_dsl.policy.tickets.tally import Tally, threshold_of, unit_of

if TYPE_CHECKING:
    from fractions import Fraction

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.plans import Desk
    from sla_dsl.policy.selection import Chosen, Key
    from sla_dsl.policy.tickets.evaluation import Evaluation


def objectives(desk: Desk, evaluations: Iterable[Evaluation]) -> tuple[ObjectiveAnswer, ...]:
    """Return how tickets measure up to every objective, by clock, level and period (R8).

    A share counts the cycles whose verdict is final: in time, or late, also while a late one still runs. A mean counts
    those that have stopped, with the time that counted for them or, against a number of days, the days. Cycles that
    run, were voided or, in a share, had no promise do not count. A cycle belongs to the period in which its verdict
    fell, a mean's to that in which it stopped, by the policy's zone: so what was true of a past period stays true.
    An objective without levels measures all tickets together, but for those whose level is left blank; a blank level
    is an entry of its own. No cycle at all leaves the verdict undetermined, and so does what is not known where it
    decides. The evaluations are read once, one by one.

    Example: `[one.verdict for one in objectives(desk, evaluations) if one.clock == "response"]`.
    """
    found = Measurements(desk)
    for evaluation in evaluations:
        found.take(evaluation)
    return found.answers()


class Measurements:
    """What tickets add up to for every objective of a policy, ticket by ticket or many at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.measures = [
            Measure(desk, objective, measurement)
            for objective in desk.terms.all(Objective)
            for measurement in objective.measurements
        ]

    def take(self, evaluation: Evaluation) -> None:
        """Add the cycles of a ticket."""
        for measure in self.measures:
            measure.take(evaluation)

    def answers(self) -> tuple[ObjectiveAnswer, ...]:
        """Return how the tickets so far measure up, by objective, clock, level and period."""
        found: list[ObjectiveAnswer] = []
        for objective in self._desk.terms.all(Objective):
            for measure in self.measures:
                if measure.objective is objective:
                    found.extend(_measured(self._desk, measure))
            found.extend(_blanks(self._desk, objective))
        return tuple(found)


@frozen(slots=False, eq=False)
class ObjectiveTold:
    """A measured objective, until somebody wants to read why. Called, it gives the reasons.

    `tally` is None for a level that is left blank; `left_out` are the cycles that did not count, by why not.
    """

    desk: Desk
    objective: Objective
    group: Group
    period: str | None
    tally: Tally | None
    left_out: Mapping[str, int]

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the answer."""
        from sla_dsl.policy.reasons.objectives import explain_objective

        return tuple(dict.fromkeys(explain_objective(self)))

    @property
    def keys(self) -> tuple[Key, ...]:
        """The declarations that were looked at."""
        zone_keys = self.desk.calendars.zone.keys if self.period is not None else ()
        counted = () if self.tally is None else (self.tally.measurement.calendar,)
        days = tuple(("calendar", name) for name in counted if self.desk.terms.find(Calendar, name) is not None)
        return (self.objective.key, ("clock", self.group.clock), *days, *zone_keys)

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the answer looked at."""
        return self.desk.terms.clauses(self.keys)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the objective rests (H3); those behind each clock are told with the ticket."""
        return tuple(self.desk.doubts.behind(self.keys).values())

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The zone of the policy, where it is assumed and the objective goes by periods (H4)."""
        names = (name for kind, name in self.keys if kind == "parameter")
        filled = ((name, self.desk.terms.filled(name)) for name in names)
        return tuple(name for name, value in filled if value is not None and value.assumed)


def _measured(desk: Desk, measure: Measure) -> Iterator[ObjectiveAnswer]:
    """Yield how tickets measure up to a measurement, group by group and period by period."""
    measurement, objective = measure.measurement, measure.objective
    for group, period, tally in measure.found():
        told = ObjectiveTold(desk, objective, group, period, tally, measure.left_out[group])
        unplaced = measurement.period is not None and desk.calendars.zone.name is None
        open_question = unplaced or any(one.reading.not_computed is not None for one in told.chosen)
        zone = (desk.calendars.zone.missing or "timezone",) if unplaced else ()
        yield ObjectiveAnswer(
            objective.id,
            group.clock,
            group.level,
            period,
            tally.count,
            tally.within,
            None if open_question or tally.value is None else _number(tally.value),
            _number(threshold_of(measurement)),
            measurement.comparison in {"more than", "less than"},
            "undetermined" if open_question else tally.verdict,
            tuple(dict.fromkeys((*tally.missing, *zone))) if open_question or tally.uncertain else (),
            unit=unit_of(measurement),
            per=None if measurement.per is None or group.per is None else {measurement.per: group.per},
            comparison=measurement.comparison,
            calendar=None if measurement.days is None else measurement.calendar,
            explain=told,
        )


def _blanks(desk: Desk, objective: Objective) -> Iterator[ObjectiveAnswer]:
    """Yield the levels for which the document leaves the objective blank: nothing is promised for them."""
    clocks = dict.fromkeys(clock for measurement in objective.measurements for clock in measurement.of)
    for clock in clocks:
        for level in objective.blank:
            told = ObjectiveTold(desk, objective, Group(clock, level, None), None, None, {})
            yield ObjectiveAnswer(
                objective.id, clock, level, None, 0, None, None, None, None, "no_commitment", explain=told
            )


def _number(value: Fraction) -> float:
    return value.numerator if value.denominator == 1 else float(value)
