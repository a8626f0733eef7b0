"""What comes out of that of which an example expects something: what it is, whether it is there, when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from attrs import field, frozen

from sla_dsl.policy.due import Asked
from sla_dsl.policy.examples.describing import (
    describe_clock,
    describe_due,
    describe_duty,
    describe_level,
    describe_status,
    describe_step,
    with_missing,
)
from sla_dsl.policy.examples.words import (
    CLOCK_STATES,
    DUTY_STATES,
    MODALITIES,
    NO_LEVEL,
    NOT_STATED,
    UNDETERMINED,
    VERDICTS,
    WORDS,
)
from sla_dsl.policy.names import Names, folded
from sla_dsl.policy.terms import Cascade, Status, Words
from sla_dsl.policy.tickets.cycle_asked import CycleAsked
from sla_dsl.policy.vocabulary import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from sla_dsl.policy.answers import Due, DueAnswer, Priority
    from sla_dsl.policy.terms import AnyPromise
    from sla_dsl.policy.tickets.answers import (
        AvailabilityAnswer,
        ChannelAnswer,
        ClockAnswer,
        DutyAnswer,
        ExclusionAnswer,
        MaintenanceAnswer,
        StatusAnswer,
    )
    from sla_dsl.policy.tickets.evaluation import Evaluation
    from sla_dsl.policy.vocabulary import Terms


@frozen
class Facet:
    """One respect in which something is what it is: the words for it, and which of them are possible."""

    words: frozenset[str]
    possible: frozenset[str]


@frozen
class Seen:
    """What came out. `actual` says it in a few words, `clauses` are those that were looked at.

    `due_answer` is None where nothing can be due; `undetermined` says that what is `missing` would decide. `labels` are
    other names (folded) of what it can be. `used` is the time that a clock has used in seconds, and in days.
    """

    kind: str
    actual: str
    clauses: tuple[str, ...]
    facets: tuple[Facet, ...] = ()
    undetermined: bool = False
    missing: tuple[str, ...] = ()
    due_answer: DueAnswer | None = None
    due: datetime | None = None
    due_date: date | None = None
    words: str | None = None
    warnings: tuple[datetime, ...] = ()
    used: tuple[float | None, int | None] = (None, None)
    labels: Mapping[str, str] = field(factory=dict[str, str])


def _facet(words: Iterable[str], *possible: str | None) -> Facet:
    return Facet(frozenset(words), frozenset(UNDETERMINED if one is None else one for one in possible))


# -------------------------------------------------------------------------------------------- questions


def seen_due(answer: Due) -> Seen:
    """Return what came out of a question about a clock."""
    return Seen(
        "clock",
        describe_due(answer),
        answer.clauses,
        (_facet(MODALITIES, answer.modality),),
        answer.answer == "undetermined",
        answer.missing,
        answer.answer,
        answer.at,
        answer.due_date,
        _words(answer),
    )


def seen_level(answer: Priority, terms: Terms, scale: str) -> Seen:
    """Return what came out of a question about a scale; while it is undetermined some levels may be left."""
    levels = terms.scales[scale].levels if scale in terms.scales else ()
    labels = {folded(label): level.id for level in levels for label in level.labels}
    found = answer.level if answer.answer == "level" else answer.answer
    possible = (found,) if answer.answer != "undetermined" else answer.possible or (None,)
    facet = _facet((*(level.id for level in levels), *NO_LEVEL), *possible)
    undetermined = answer.answer == "undetermined"
    actual = describe_level(answer)
    return Seen("scale", actual, answer.clauses, (facet,), undetermined, answer.missing, labels=labels)


# ----------------------------------------------------------------------------------------- evaluations


def seen_clock(answers: Iterable[ClockAnswer], terms: Terms) -> Seen:
    """Return what came out of the last cycle of a clock: the one that runs, or the last that ran."""
    *earlier, answer = answers
    steps = _steps(terms, answer.clock)
    began = answer.started is not None
    return Seen(
        "clock",
        describe_clock(answer, several=bool(earlier)),
        answer.clauses,
        (
            _facet(CLOCK_STATES, answer.state),
            _facet(VERDICTS, answer.verdict),
            _facet(MODALITIES, answer.modality),
            _facet(steps.ids, answer.step),
        ),
        answer.answer == "undetermined",
        answer.missing,
        answer.answer if began else None,
        answer.due,
        answer.due_date,
        _words(answer),
        tuple(one.at for one in answer.warnings),
        (answer.used_seconds, answer.used_days),
        {folded(label): step for label in steps.labels if (step := steps.find(label)) is not None},
    )


def seen_step(answers: Iterable[ClockAnswer], name: str, terms: Terms) -> Seen:
    """Return what came out of a step of a cascade, in the last cycle of its clock."""
    *_, clock = answers
    step = _steps(terms, clock.clock).find(name) or name
    answer = next((one for one in clock.steps if one.step == step), None)
    if answer is None:  # another cascade governs, or what governs is not known
        facet = _facet(WORDS["step"], *((None,) if clock.missing else ("not_started", "not_measured")))
        actual = with_missing(f"{clock.clock} does not have the step {step}", clock.missing)
        return Seen("step", actual, clock.clauses, (facet,), bool(clock.missing), clock.missing)
    return Seen(
        "step",
        describe_step(answer),
        answer.clauses,
        (
            _facet(CLOCK_STATES, answer.state),
            _facet(VERDICTS, answer.verdict),
            _facet(MODALITIES, answer.modality),
        ),
        answer.answer == "undetermined",
        clock.missing,
        None if answer.state == "not_started" else answer.answer,
        answer.due,
        answer.due_date,
    )


def _steps(terms: Terms, clock: str) -> Names:
    """Return the names of all steps that the cascades of a clock have."""
    cascades = (one for one in terms.promises.get(clock, ()) if isinstance(one, Cascade))
    return Names.of((step.id, (step.label,) if step.label else ()) for one in cascades for step in one.steps)


def seen_entry(evaluation: Evaluation, name: str, entries: Iterable[Mapping[str, object]]) -> Seen:
    """Return what came out of the last entry with an event or status: whether a rule provides for it (R5)."""
    said = [one for one in entries if name in (one.get("event"), one.get("status"))]
    there = [one for one in said if cast("datetime", one["at"]) <= evaluation.at]
    if not there:
        return Seen("entry", f"{name} is not recorded", (), (_facet(WORDS["entry"], None),))
    last = max(there, key=lambda one: cast("datetime", one["at"]))
    why = next((one.why for one in evaluation.irregular if _says(one.entry, last)), None)
    actual = f"{name} is regular" if why is None else f"{name} is irregular: {why}"
    return Seen("entry", actual, (), (_facet(WORDS["entry"], "regular" if why is None else "irregular"),))


def _says(entry: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return all(entry.get(key) == other.get(key) for key in ("at", "event", "status"))


def seen_status(answer: StatusAnswer, terms: Terms) -> Seen:
    """Return what came out of the status."""
    possible = (answer.name,) if answer.name is not None else answer.possible or (None,)
    facet = _facet(terms.names(Status), *possible)
    labels = {folded(label): one.id for one in terms.all(Status) for label in labels_of(one)}
    actual, undetermined = describe_status(answer), answer.name is None
    return Seen("status", actual, answer.clauses, (facet,), undetermined, answer.missing, labels=labels)


def seen_duty(answer: DutyAnswer) -> Seen:
    """Return what came out of a duty. While it is owed it is due, or has no time."""
    owed = answer.state not in ("not_owed", "undetermined")
    open_due = owed and answer.due is None and bool(answer.missing)
    due_answer = "due" if answer.due is not None else "undetermined" if open_due else "no_deadline" if owed else None
    return Seen(
        "duty",
        describe_duty(answer),
        answer.clauses,
        (_facet(DUTY_STATES, answer.state), _facet(MODALITIES, answer.modality)),
        answer.state == "undetermined" or open_due,
        answer.missing,
        due_answer,
        answer.due,
        answer.due_date,
    )


def seen_service(answer: AvailabilityAnswer) -> Seen:
    """Return what came out of a service."""
    return _there("service", answer.service, answer.answer, answer)


def seen_channel(answer: ChannelAnswer) -> Seen:
    """Return what came out of a channel."""
    return _there("channel", answer.channel, _yes_or_no(answer.available, answer.missing), answer)


def seen_maintenance(answer: MaintenanceAnswer) -> Seen:
    """Return what came out of a rule on maintenance."""
    found = {"yes": "allowed", "no": "forbidden"}
    said = _yes_or_no(answer.allowed, answer.missing)
    state = found.get(said, said)
    facet = _facet(("allowed", "forbidden", NOT_STATED), state)
    actual = with_missing(f"{answer.maintenance} {state}", answer.missing)
    return Seen("maintenance", actual, answer.clauses, (facet,), state == UNDETERMINED, answer.missing)


def seen_exclusion(name: str, answer: ExclusionAnswer | None) -> Seen:
    """Return what came out of an exclusion; None where the evaluation lists none."""
    state = "not_in_force" if answer is None else UNDETERMINED if answer.missing else "in_force"
    missing = () if answer is None else answer.missing
    clauses = (f"exclusion {name}",) if answer is None else answer.clauses
    facet = _facet(("in_force", "not_in_force"), state)
    actual = with_missing(f"{name} {state}", missing)
    return Seen("exclusion", actual, clauses, (facet,), state == UNDETERMINED, missing)


def _yes_or_no(found: bool | None, missing: tuple[str, ...]) -> str:
    if found is None:
        return UNDETERMINED if missing else NOT_STATED
    return "yes" if found else "no"


def _there(kind: str, name: str, answer: str, given: AvailabilityAnswer | ChannelAnswer) -> Seen:
    facet = _facet(("yes", "no", NOT_STATED), answer)
    said = {"yes": "available", "no": "not available"}.get(answer, answer)
    actual = with_missing(f"{name} {said}", given.missing)
    return Seen(kind, actual, given.clauses, (facet,), answer == UNDETERMINED, given.missing)


def _words(answer: Due | ClockAnswer) -> str | None:
    """Return the words of a promise that is made of words only."""
    promises: set[AnyPromise] = set()
    match answer.explain:
        case Asked(plan=plan):
            promises = {leaf.result.governing.promise for leaf in plan.searched.leaves}
        case CycleAsked(views=views):
            promises = {one.cycle.promised.governing.promise for one in views}
        case _:
            pass
    only = promises.pop() if len(promises) == 1 else None
    return only.text if isinstance(only, Words) else None
