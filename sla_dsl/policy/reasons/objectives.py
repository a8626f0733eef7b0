"""Why an objective is met or missed, or nobody can say (R8, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import not_computed_reasons, parameter_reasons, reading_reasons, zone_reasons
from sla_dsl.policy.reasons.told import spoken
from sla_dsl.policy.reasons.wording import days_count, length_text, listing
from sla_dsl.policy.terms import ELAPSED
from sla_dsl.policy.tickets.tally import threshold_of, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.terms import ELAPSED, Measurement
    from sla_dsl.policy.tickets.objectives import ObjectiveTold
from sla_dsl.policy.tickets.tally import Tally

_LEFT_OUT = {
    "open": "still open",
    "no_commitment": "without a promise of time",
    "not_measured": "not measured",
    "not_started": "not started",
    "running": "still running",
    "paused": "paused",
    "void": "void",
}


def explain_objective(told: ObjectiveTold) -> Iterator[Reason]:
    """Yield what the tickets come to, against what is wanted, and what did not count (H7)."""
    objective, tally, terms = told.objective, told.tally, told.desk.terms
    not_computed = [one for one in told.chosen if one.reading.not_computed is not None]
    if tally is None:
        text = f"{spoken(objective)}: left blank for {told.group.level}; nothing is promised and nothing refused"
        yield from reasons(objective.clause, text, objective.cites, objective.assumes)
    else:
        yield from not_computed_reasons(not_computed)
        yield from reasons(objective.clause, _conclusion(told, tally), objective.cites, objective.assumes)
        yield from _conditions(told, tally.measurement)
        yield from _left_out(told)
        yield from _unknown(told, tally)
    yield from reading_reasons(told.chosen)
    yield from zone_reasons(told.keys, terms, counted_in_it=told.period is not None)
    yield from parameter_reasons(told.keys, terms)


def _conclusion(told: ObjectiveTold, tally: Tally) -> str:
    """Return what the tickets come to, in a sentence."""
    measurement, group = tally.measurement, told.group
    place = [f"`{group.clock}`"]
    place += [f"{told.desk.terms.targets_scale} {group.level}"] if group.level else []
    place += [f"{measurement.per} {group.per}"] if group.per else []
    place += [told.period] if told.period else []
    amount = _amount(threshold_of(measurement), measurement)
    if measurement.days is not None:
        everyday = measurement.calendar == ELAPSED
        amount = amount.replace("day", "calendar day") if everyday else f"{amount} of `{measurement.calendar}`"
    wanted = f"{measurement.comparison} {amount} is wanted"
    head = f"{spoken(told.objective)}, {', '.join(place)}"
    if not tally.count and not tally.uncertain:
        return f"{head}: no cycle counts, so nothing can be said; {wanted}"
    if measurement.statistic == "share":
        found = f"{tally.within} of {tally.count} in time"
        if tally.value is not None:
            found += f", that is {_amount(tally.value, measurement)}"
    elif tally.value is not None:
        found = f"{_amount(tally.value, measurement)} on average of {tally.count}"
    else:
        found = f"no average can be told of {tally.count} and {tally.uncertain} more"
    return f"{head}: {found}; {wanted}"


def _amount(value: Fraction, measurement: Measurement) -> str:
    match unit_of(measurement):
        case "percent":
            return f"{float(value):g} %"
        case "seconds":
            return length_text(round(value * 1_000_000))
        case "days":
            return days_count(value.numerator) if value.denominator == 1 else f"{float(value):g} days"


def _conditions(told: ObjectiveTold, measurement: Measurement) -> Iterator[Reason]:
    for condition in (told.objective.applies, measurement.condition):
        if condition is not None:
            yield from reasons(told.objective.clause, f"Only tickets count for which “{condition.text}” holds")


def _left_out(told: ObjectiveTold) -> Iterator[Reason]:
    if told.left_out:
        parts = [f"{number} {_LEFT_OUT.get(why, why)}" for why, number in sorted(told.left_out.items())]
        yield from reasons(told.objective.clause, f"Not counted, in all periods: {listing(parts)}")


def _unknown(told: ObjectiveTold, tally: Tally) -> Iterator[Reason]:
    if tally.uncertain:
        names = listing(f"`{name}`" for name in tally.missing)
        rests = f", which rests on {names}" if names else ""
        many = "1 cycle" if tally.uncertain == 1 else f"{tally.uncertain} cycles"
        text = f"Of {many} it is not known whether and how they count{rests}"
        yield from reasons(told.objective.clause, text)
