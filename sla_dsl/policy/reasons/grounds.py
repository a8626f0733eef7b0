"""What an answer rests on beside its clause: conditions, levels, readings, parameters, defaults (H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.reasons.evidence import conclusion, reasons
from sla_dsl.policy.reasons.wording import length_text, listing, sentence
from sla_dsl.policy.terms import (
    Calendar,
    CalendarValue,
    Distance,
    DurationValue,
    During,
    Fact,
    HolidayList,
    Hours,
    Matrix,
    NumberValue,
    OnDay,
    Parameter,
    Precedes,
    Scale,
    TextValue,
    Value,
    ZoneValue,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.policy.classification import Classified, Definition
    from sla_dsl.policy.inquiry import Decision
    from sla_dsl.policy.selection import Chosen, Filled, Key
    from sla_dsl.policy.terms import Assumption, Citation
    from sla_dsl.policy.vocabulary import Terms
    from sla_dsl.policy.witness import Ground, Seen


# ---------------------------------------------------------------------------------------- conditions


def decision_reason(
    decision: Decision,
    cites: Iterable[Citation] = (),
    assumes: Iterable[Assumption] = (),
    when: str = "",
    *,
    then: bool = False,
) -> Reason:
    """Return why a condition holds or does not; `when` it was asked, if that was not when the ticket was reported.

    With `then` it was asked when something happened, and may be otherwise now.
    """
    verdict = f"{'holds' if decision.holds else 'does not hold'}{' at that time' if then else ''}"
    text = f"“{decision.condition.text}” {verdict}{because(decision.grounds, when, decision.condition.text)}"
    return conclusion(decision.clause, text, cites, assumes)


def because(grounds: Iterable[Ground], when: str = "", said: str = "") -> str:
    """Return what was seen as the second half of a sentence, but for what the first half `said` already."""
    seen = dict.fromkeys(text for ground in grounds for text in seen_in(ground, when) if text != said)
    return f", because {listing(seen)}" if seen else ""


def seen_in(ground: Ground, when: str = "") -> Iterator[str]:
    """Yield what was seen where a part of a condition decided; `when` it was asked, in words."""
    match ground.test:
        case During(calendar=calendar, subject=subject):
            for seen in ground.seen:
                what = when if when and not subject else seen.text or "it"
                yield f"{what} lies {'in' if seen.value else 'outside'} `{calendar}`"
        case OnDay(calendar=calendar):
            for seen in ground.seen:
                yield f"the date has {'' if seen.value else 'no '}opening hours in `{calendar}`"
        case Distance() | Precedes():
            yield from (f"{seen.text} {seen.when}".rstrip() for seen in ground.seen if seen.text)
        case _:
            yield from (_seen_text(seen) for seen in ground.seen if seen.text)


def _seen_text(seen: Seen) -> str:
    """Return what was seen and, of a level, what it follows from."""
    inner = dict.fromkeys(text for ground in seen.because for text in seen_in(ground))
    return f"{seen.text} ({listing(inner)})" if inner else seen.text


# -------------------------------------------------------------------------------------------- levels


def level_reasons(found: Classified, terms: Terms) -> Iterator[Reason]:
    """Yield why a ticket has its level on a scale, from the level to what it follows from."""
    scale = terms.scales[found.scale]
    match found.via:
        case "given":
            yield from reasons(scale.clause, f"The ticket says {scale.id} {found.level}")
        case "supposed":
            return
        case "default":
            text = f"{_name(scale)} is {found.level} unless said otherwise"
            yield from reasons(scale.clause, text, scale.cites, scale.assumes)
        case "matrix":
            yield from _matrix_reasons(found, terms)
        case "definitions":
            yield from _definition_reasons(found, scale)


def _matrix_reasons(found: Classified, terms: Terms) -> Iterator[Reason]:
    matrix = terms.need(Matrix, found.scale)
    at = " and ".join(f"{axis.scale} {axis.level or 'unclassified'}" for axis in found.axes)
    gives = found.level or "none"
    cites = [one for one in matrix.cites if _supports(one.supports, found)]
    yield from reasons(matrix.clause, f"{at} give {matrix.id} {gives}", cites, matrix.assumes)
    for axis in found.axes:
        yield from level_reasons(axis, terms)


def _supports(supports: tuple[str, ...], found: Classified) -> bool:
    return set(supports) <= {axis.level for axis in found.axes}


def _definition_reasons(found: Classified, scale: Scale) -> Iterator[Reason]:
    holding = [one for one in found.definitions if one.holds]
    for one in holding:
        yield from _defined(one, scale)
    if not holding:
        otherwise = next((level for level in scale.levels if level.otherwise), None)
        text = f"No definition of {_name(scale)} holds{_all_because(found.definitions)}"
        if otherwise is None:
            yield from reasons(scale.clause, text, scale.cites, scale.assumes)
        else:
            text = f"{text}; otherwise it is {otherwise.id}"
            yield from reasons(scale.clause, text, otherwise.cites, otherwise.assumes)
    elif scale.highest_wins and len(scale.levels) > 1:
        above = [one for one in found.definitions if not one.holds]
        names = listing(one.level.id for one in above)
        more = f"; {names} {'does' if len(above) == 1 else 'do'} not apply{_all_because(above)}" if above else ""
        yield from reasons(scale.clause, f"The highest level whose definition holds counts{more}", (), scale.assumes)


def _defined(one: Definition, scale: Scale) -> Iterator[Reason]:
    level = one.level
    means = f": “{level.means}”" if level.means else ""
    text = f"{_name(scale)} is {level.id}{means}{because(one.grounds)}"
    yield from reasons(f"{scale.clause} {level.id}", text, level.cites, level.assumes)


def _name(scale: Scale) -> str:
    return f"`{scale.id}`"


def _all_because(definitions: Iterable[Definition]) -> str:
    return because([ground for one in definitions for ground in one.grounds])


# ------------------------------------------------------------------------------------------- readings


def reading_reasons(chosen: Iterable[Chosen]) -> Iterator[Reason]:
    """Yield which reading of each ambiguity holds, and why."""
    for one in chosen:
        ambiguity, reading = one.ambiguity, one.reading
        name = f"`{reading.id}`" + (f" ({reading.label})" if reading.label else "")
        why = {
            "policy": sentence(ambiguity.because),
            "annex": "The annex says so.",
            "question": "This was asked for.",
        }[one.by]
        if one.by == "annex" and reading.id == ambiguity.chosen:
            why = sentence(ambiguity.because)
        question = f"{sentence(ambiguity.label)} " if ambiguity.label else ""
        text = f"{question}Read as {name}. {why}{_over(one)}"
        yield from reasons(ambiguity.clause, text, (*ambiguity.cites, *reading.cites), reading.assumes)


def _over(one: Chosen) -> str:
    """Return that a reading goes before others, which do not hold where both change the same."""
    others = [f"`{other.reading.id}` of `{other.ambiguity.id}`" for other in one.over]
    does = "does" if len(others) == 1 else "do"
    return f" Where both change the same, {listing(others)} {does} not hold." if others else ""


def not_computed_reasons(chosen: Iterable[Chosen]) -> Iterator[Reason]:
    """Yield that an answer is undetermined because a reading on which it rests is not computed."""
    for one in chosen:
        why = sentence(one.reading.not_computed or "")
        yield from reasons(one.ambiguity.clause, f"Undetermined: under `{one.reading.id}` it is not computed. {why}")


# ----------------------------------------------------------------------------- parameters and defaults


def parameter_reasons(keys: Iterable[Key], terms: Terms) -> Iterator[Reason]:
    """Yield the value of each parameter that was used, and whether it is assumed; or that it has none."""
    for kind, name in dict.fromkeys(keys):
        if kind != "parameter":
            continue
        parameter, filled = terms.need(Parameter, name), terms.filled(name)
        if filled is None:
            yield from reasons(parameter.clause, f"`{name}` has no value", parameter.cites)
        else:
            yield from _filled_reasons(parameter, filled)


def _filled_reasons(parameter: Parameter, filled: Filled) -> Iterator[Reason]:
    by = {
        "default": "by default",
        "reading": f"by {filled.by}",
        "annex": f"by {filled.by}",
        "set": "as set for this question",
    }[filled.origin]
    text = f"`{parameter.id}` is {value_text(filled.value)}, {by}"
    if not filled.assumed:
        yield from reasons(parameter.clause, text, filled.cites)
    else:
        why = " ".join(sentence(one.text) for one in filled.assumes) or "The document does not say it."
        yield Reason(parameter.clause, sentence(f"{text}; this is assumed"), (), why)


def zone_reasons(keys: Iterable[Key], terms: Terms, *, counted_in_it: bool) -> Iterator[Reason]:
    """Yield the policy's own zone, where a calendar without one, or a count of calendar days, goes by it (R10)."""
    named = {name for kind, name in keys if kind == "calendar"}
    hours = [one.hours for one in terms.all(Calendar) if one.id in named]
    if not counted_in_it and not any(isinstance(one, Hours) and one.zone is None for one in hours):
        return
    for part in (*reversed(terms.annexes), terms.document):
        name = part.timezone or part.timezone_parameter
        if name is not None:
            yield from reasons("timezone", f"The zone is {name}", part.timezone_cites, part.timezone_assumes)
            return


def value_text(value: Value) -> str:
    """Return the value of a parameter in words."""
    match value:
        case ZoneValue(name=text) | TextValue(text=text):
            return text
        case HolidayList():
            return _holidays(value)
        case CalendarValue(name=name):
            return "a calendar given in full" if name is None else f"the calendar `{name}`"
        case DurationValue(micros=micros):
            return length_text(micros)
        case NumberValue(number=number):
            return f"{number:g}"


def _holidays(value: HolidayList) -> str:
    rule, dates = value.rule, value.dates
    if rule is not None:
        place = f"{rule.country}-{rule.subdivision}" if rule.subdivision else rule.country
        kinds = f" ({', '.join(rule.categories)})" if rule.categories else ""
        return f"the public holidays of {place}{kinds}"
    spans = () if dates is None else dates.spans
    return listing(one.first if one.first == one.last else f"{one.first} to {one.last}" for one in spans) or "none"


def default_reasons(names: Iterable[str], terms: Terms) -> Iterator[Reason]:
    """Yield the facts whose assumed default was used."""
    for name in names:
        fact = terms.find(Fact, name)
        if fact is not None and fact.default is not None:
            text = f"`{name}` is {value_text(fact.default)} unless said otherwise; this is assumed"
            yield from reasons(fact.clause, text, fact.cites, fact.assumes)
