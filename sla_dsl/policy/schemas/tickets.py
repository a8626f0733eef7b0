"""The schemas of a ticket, of its evaluation, and of an objective over many."""

from __future__ import annotations

from sla_dsl.policy.answers import DueAnswer
from sla_dsl.policy.schemas.parts import (
    BECAUSE,
    BOUNDS,
    COUNT,
    DATE,
    INSTANT,
    MODALITY,
    NAMES,
    READINGS,
    TEXT,
    YES_NO_UNKNOWN,
    Schema,
    an_object,
    citation,
    list_of,
    one_of,
    or_null,
    part,
    reason,
    whole,
)
from sla_dsl.policy.schemas.questions import level_answer
from sla_dsl.policy.terms import Comparison
from sla_dsl.policy.tickets.answers import (
    AvailabilityState,
    ClockState,
    DutyState,
    LedgerKind,
    Move,
    ObjectiveUnit,
    ObjectiveVerdict,
    Verdict,
)

_NUMBER: Schema = {"type": ["number", "null"]}
_SECONDS: Schema = {"type": ["number", "null"], "description": "seconds"}
_PARTY: Schema = {"anyOf": [TEXT, NAMES, {"type": "null"}]}

# ------------------------------------------------------------------------------------------- given

_GIVEN_INSTANT: Schema = {**INSTANT, "pattern": "([Zz]|[+-][0-9]{2}:[0-5][0-9])$", "description": "with an offset"}
_LEVEL: Schema = {"type": ["string", "integer", "null"], "description": "a level by id or label"}
_NAME: Schema = {"type": ["string", "null"], "description": "by id or label"}
_FACTS: Schema = {
    "type": ["object", "null"],
    "additionalProperties": {"type": ["boolean", "number", "string", "null"]},
}
_FIRST_VALUES: dict[str, Schema] = {"priority": _LEVEL, "channel": _NAME, "caller": _NAME, "facts": _FACTS}


def ticket_schema() -> Schema:
    """Return the schema of a ticket for any policy: other keys are the names of scales, with a level each."""
    entry = _with_levels(
        {"at": _GIVEN_INSTANT, "event": _NAME, "status": _NAME, "due": or_null(_GIVEN_INSTANT), **_FIRST_VALUES}, "at"
    )
    ticket = _with_levels(
        {
            "id": {"type": ["string", "integer", "null"]},
            "created": _GIVEN_INSTANT,
            **_FIRST_VALUES,
            "events": or_null(list_of(part("entry"))),
        },
        "created",
    )
    return whole("Ticket", ticket, entry=entry)


def _with_levels(properties: dict[str, Schema], needed: str) -> Schema:
    return {"type": "object", "properties": properties, "required": [needed], "additionalProperties": _LEVEL}


# ---------------------------------------------------------------------------------------- answered


def evaluation_schema() -> Schema:
    """Return the schema of the evaluation of a ticket."""
    evaluation = an_object(
        {
            "policy": TEXT,
            "digest": TEXT,
            "ticket": or_null(TEXT),
            "at": INSTANT,
            "priority": part("priority"),
            "status": part("status"),
            "clocks": list_of(part("clock")),
            "availability": list_of(part("availability")),
            "channels": list_of(part("channel")),
            "duties": list_of(part("duty")),
            "exclusions": list_of(part("exclusion")),
            "maintenance": list_of(part("maintenance")),
            "irregular": list_of(part("irregular")),
            "readings": READINGS,
            "assumptions": NAMES,
            "missing": NAMES,
            "would_change": list_of(part("would_change")),
        }
    )
    return whole(
        "Evaluation",
        evaluation,
        priority=level_answer(),
        status=_status(),
        clock=_clock(),
        step=_step(),
        availability=_explained(service=TEXT, answer=one_of(AvailabilityState), until=or_null(INSTANT), missing=NAMES),
        channel=_explained(channel=TEXT, available=YES_NO_UNKNOWN, missing=NAMES),
        duty=_duty(),
        exclusion=_explained(exclusion=TEXT, ends=NAMES, since=or_null(INSTANT), missing=NAMES),
        maintenance=_explained(maintenance=TEXT, allowed=YES_NO_UNKNOWN, missing=NAMES),
        irregular=an_object({"at": INSTANT, "entry": {"type": "object"}, "why": TEXT}),
        would_change=an_object({"ambiguity": TEXT, "reading": TEXT, "answers": {"type": "object"}}),
        reason=reason(),
        citation=citation(),
    )


def objective_schema() -> Schema:
    """Return the schema of the answer about an objective."""
    return whole("Objective", objective_part(), reason=reason(), citation=citation())


def objective_part() -> Schema:
    """Return the same as a part of a schema that has `reason` and `citation`."""
    return _explained(
        objective=TEXT,
        clock=TEXT,
        level=or_null(TEXT),
        period=or_null(TEXT),
        count=COUNT,
        within={"type": ["integer", "null"]},
        value=_NUMBER,
        threshold=_NUMBER,
        strict=YES_NO_UNKNOWN,
        verdict=one_of(ObjectiveVerdict),
        missing=NAMES,
        unit=one_of(ObjectiveUnit, None),
        per=or_null(READINGS),
        comparison=one_of(Comparison, None),
        calendar=or_null(TEXT),
    )


def _explained(**own: Schema) -> Schema:
    return an_object({**own, "because": BECAUSE})


def _status() -> Schema:
    return _explained(
        name=or_null(TEXT),
        since=or_null(INSTANT),
        next=list_of(an_object({"to": TEXT, "at": INSTANT})),
        allowed=list_of(
            _explained(event=TEXT, to=TEXT, available=YES_NO_UNKNOWN, until=or_null(INSTANT), missing=NAMES)
        ),
        possible=NAMES,
        missing=NAMES,
    )


def _clock() -> Schema:
    ledger = {"from": INSTANT, "to": INSTANT, "kind": one_of(LedgerKind), "because": BECAUSE}
    warning: dict[str, Schema] = {"at": INSTANT, "share": _NUMBER, "before_seconds": _SECONDS}
    move: dict[str, Schema] = {
        "move": one_of(Move),
        "by_seconds": _SECONDS,
        "to": TEXT,
        "due": or_null(INSTANT),
        "because": BECAUSE,
    }
    properties: dict[str, Schema] = {
        "clock": TEXT,
        "cycle": {"type": "integer", "minimum": 0},
        "step": or_null(TEXT),
        "state": one_of(ClockState, None),
        "verdict": one_of(Verdict),
        "answer": one_of(DueAnswer, None),
        "modality": MODALITY,
        "started": or_null(INSTANT),
        "stopped": or_null(INSTANT),
        "due": or_null(INSTANT),
        "due_date": or_null(DATE),
        "bounds": BOUNDS,
        "strict": YES_NO_UNKNOWN,
        "breached_at": or_null(INSTANT),
        "used_seconds": _SECONDS,
        "budget_seconds": _SECONDS,
        "used_days": {"type": ["integer", "null"]},
        "remaining_seconds": _SECONDS,
        "steps": list_of(part("step")),
        "warnings": list_of(an_object(warning)),
        "ledger": list_of(an_object(ledger)),
        "readings": READINGS,
        "assumptions": NAMES,
        "missing": NAMES,
        "in_time_if": list_of(an_object(move, optional=("by_seconds", "to"))),
        "because": BECAUSE,
    }
    return an_object(properties, optional=("in_time_if",))


def _step() -> Schema:
    return _explained(
        step=TEXT,
        state=one_of(ClockState, None),
        verdict=one_of(Verdict),
        modality=MODALITY,
        answer=one_of(DueAnswer, None),
        due=or_null(INSTANT),
        due_date=or_null(DATE),
    )


def _duty() -> Schema:
    return _explained(
        duty=TEXT,
        party=_PARTY,
        to=_PARTY,
        modality=MODALITY,
        state=one_of(DutyState),
        due=or_null(INSTANT),
        due_date=or_null(DATE),
        missing=NAMES,
    )
