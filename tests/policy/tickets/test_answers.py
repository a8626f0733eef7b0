"""The answers about a ticket: their forms, to the letter of CONTRACT, and what is made when it is read."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, cast

import jsonschema
import pytest

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.schemas import evaluation_schema, objective_schema
from sla_dsl.policy.tickets.answers import (
    AllowedMove,
    AvailabilityAnswer,
    ChannelAnswer,
    DutyAnswer,
    ExclusionAnswer,
    InTime,
    Irregular,
    LedgerLine,
    MaintenanceAnswer,
    NextStatus,
    ObjectiveAnswer,
    StatusAnswer,
    StepAnswer,
    Warned,
    WouldChange,
    seconds,
)
from tests.policy.builders import cite
from tests.policy.tickets.answered import NINE, TEN, clock
from tests.policy.tickets.why import Because

REASON = {
    "clause": "target x",
    "text": "Within 4 hours.",
    "cite": [{"source": "vendor.txt", "line": 3, "quote": "4 h"}],
}


WORDS = Reason("target x", "Within 4 hours.", (cite("4 h", 3),))
BECAUSE = Because.of(WORDS)


FULL = clock(
    step="first",
    state="stopped",
    verdict="breached",
    started=NINE,
    stopped=TEN,
    due=TEN,
    due_date=date(2026, 3, 6),
    bounds=(NINE, None),
    strict=True,
    breached_at=TEN,
    used_seconds=seconds(3_600_000_000),
    budget_seconds=seconds(3_599_500_000),
    used_days=1,
    remaining_seconds=seconds(-500_000),
    steps=(StepAnswer("first", "stopped", "missed", "target", "due", TEN, date(2026, 3, 6), BECAUSE),),
    warnings=(Warned(NINE, 75), Warned(NINE, None, 1800)),
    readings={"length": "four"},
    assumptions=("zone",),
    missing=("holidays",),
    in_time_if=(InTime("stop_earlier", TEN, by_seconds=60, explain=BECAUSE), InTime("channel", TEN, to="web")),
    write_ledger=lambda: (LedgerLine(NINE, TEN, "after stop", BECAUSE),),
    explain=BECAUSE,
)
FULL_FORM: dict[str, Any] = {
    "clock": "response",
    "cycle": 1,
    "step": "first",
    "state": "stopped",
    "verdict": "breached",
    "answer": "due",
    "modality": "shall",
    "started": "2026-03-06T09:00:00+01:00",
    "stopped": "2026-03-06T10:00:00+01:00",
    "due": "2026-03-06T10:00:00+01:00",
    "due_date": "2026-03-06",
    "bounds": ["2026-03-06T09:00:00+01:00", None],
    "strict": True,
    "breached_at": "2026-03-06T10:00:00+01:00",
    "used_seconds": 3600,
    "budget_seconds": 3599.5,
    "used_days": 1,
    "remaining_seconds": -0.5,
    "steps": [
        {
            "step": "first",
            "state": "stopped",
            "verdict": "missed",
            "modality": "target",
            "answer": "due",
            "due": "2026-03-06T10:00:00+01:00",
            "due_date": "2026-03-06",
            "because": [REASON],
        }
    ],
    "warnings": [
        {"at": "2026-03-06T09:00:00+01:00", "share": 75, "before_seconds": None},
        {"at": "2026-03-06T09:00:00+01:00", "share": None, "before_seconds": 1800},
    ],
    "ledger": [
        {
            "from": "2026-03-06T09:00:00+01:00",
            "to": "2026-03-06T10:00:00+01:00",
            "kind": "after stop",
            "because": [REASON],
        }
    ],
    "readings": {"length": "four"},
    "assumptions": ["zone"],
    "missing": ["holidays"],
    "in_time_if": [
        {"move": "stop_earlier", "by_seconds": 60, "due": "2026-03-06T10:00:00+01:00", "because": [REASON]},
        {"move": "channel", "to": "web", "due": "2026-03-06T10:00:00+01:00", "because": []},
    ],
    "because": [REASON],
}

OTHERS: list[tuple[Any, str, dict[str, Any]]] = [
    (
        StatusAnswer(
            "open",
            NINE,
            next=(NextStatus("closed", TEN),),
            allowed=(AllowedMove("resolved", "solved", None, TEN, ("zone",), BECAUSE),),
            explain=BECAUSE,
        ),
        "status",
        {
            "name": "open",
            "since": "2026-03-06T09:00:00+01:00",
            "next": [{"to": "closed", "at": "2026-03-06T10:00:00+01:00"}],
            "allowed": [
                {
                    "event": "resolved",
                    "to": "solved",
                    "available": None,
                    "until": "2026-03-06T10:00:00+01:00",
                    "missing": ["zone"],
                    "because": [REASON],
                }
            ],
            "possible": [],
            "missing": [],
            "because": [REASON],
        },
    ),
    (
        AvailabilityAnswer("desk", "not_stated"),
        "availability",
        {"service": "desk", "answer": "not_stated", "until": None, "missing": [], "because": []},
    ),
    (
        ChannelAnswer("web", True, explain=BECAUSE),
        "channel",
        {"channel": "web", "available": True, "missing": [], "because": [REASON]},
    ),
    (
        DutyAnswer("notify", ("vendor",), (), "should", "owed", TEN, explain=BECAUSE),
        "duty",
        {
            "duty": "notify",
            "party": "vendor",
            "to": None,
            "modality": "should",
            "state": "owed",
            "due": "2026-03-06T10:00:00+01:00",
            "due_date": None,
            "missing": [],
            "because": [REASON],
        },
    ),
    (
        DutyAnswer("notify", ("vendor", "partner"), ("customer",), None, "not_owed"),
        "duty",
        {
            "duty": "notify",
            "party": ["vendor", "partner"],
            "to": "customer",
            "modality": None,
            "state": "not_owed",
            "due": None,
            "due_date": None,
            "missing": [],
            "because": [],
        },
    ),
    (
        ExclusionAnswer("misuse", ("response", "repair"), NINE),
        "exclusion",
        {
            "exclusion": "misuse",
            "ends": ["response", "repair"],
            "since": "2026-03-06T09:00:00+01:00",
            "missing": [],
            "because": [],
        },
    ),
    (
        MaintenanceAnswer("upgrades", False, ("zone",)),
        "maintenance",
        {"maintenance": "upgrades", "allowed": False, "missing": ["zone"], "because": []},
    ),
    (
        Irregular(NINE, {"at": TEN, "facts": {"since": date(2026, 3, 6), "sites": 2}}, "no rule provides it"),
        "irregular",
        {
            "at": "2026-03-06T09:00:00+01:00",
            "entry": {"at": "2026-03-06T10:00:00+01:00", "facts": {"since": "2026-03-06", "sites": 2}},
            "why": "no rule provides it",
        },
    ),
    (
        WouldChange("length", "two", {"/clocks/0/due": "2026-03-06T10:00:00+01:00", "/status/name": None}),
        "would_change",
        {
            "ambiguity": "length",
            "reading": "two",
            "answers": {"/clocks/0/due": "2026-03-06T10:00:00+01:00", "/status/name": None},
        },
    ),
]
OBJECTIVE = ObjectiveAnswer(
    "performance", "repair", "p1", "2026", 4, 3, 75, 80, False, "missed", (), "percent", {"plan": "gold"},
    "at least", None, BECAUSE,
)  # fmt: skip
OBJECTIVE_FORM = {
    "objective": "performance",
    "clock": "repair",
    "level": "p1",
    "period": "2026",
    "count": 4,
    "within": 3,
    "value": 75,
    "threshold": 80,
    "strict": False,
    "verdict": "missed",
    "missing": [],
    "unit": "percent",
    "per": {"plan": "gold"},
    "comparison": "at least",
    "calendar": None,
    "because": [REASON],
}

FORMS = [(FULL, "clock", FULL_FORM), *OTHERS]


@pytest.mark.parametrize(("answer", "part", "form"), FORMS)
def test_forms_key_by_key_in_their_order(answer: Any, part: str, form: dict[str, Any]):
    assert json.dumps(answer.to_dict()) == json.dumps(form)
    schema = evaluation_schema()
    jsonschema.validate(form, {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]})


def test_the_form_of_an_objective():
    assert json.dumps(OBJECTIVE.to_dict()) == json.dumps(OBJECTIVE_FORM)
    jsonschema.validate(OBJECTIVE_FORM, objective_schema())


def test_a_clock_of_which_nothing_is_known():
    form = clock(state="not_started", verdict="not_measured", answer=None, modality=None).to_dict()
    assert list(form) == [name for name in FULL_FORM if name != "in_time_if"]
    set_ = {name for name, value in form.items() if value not in (None, [], {})}
    assert set_ == {"clock", "cycle", "state", "verdict"}


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda answer: pickle.loads(pickle.dumps(answer))])
@pytest.mark.parametrize("answer", [FULL, OBJECTIVE, *(answer for answer, _, _ in OTHERS)])
def test_copies_say_the_same(answer: Any, again: Callable[[Any], Any]):
    copied = again(answer)
    assert copied == answer
    assert copied.to_dict() == answer.to_dict()


def test_reasons_and_ledger_are_made_when_read_and_once():
    why, written = Because.of(WORDS), list[int]()

    def ledger() -> tuple[LedgerLine, ...]:
        written.append(1)
        return (LedgerLine(NINE, TEN, "counted"),)

    answer = clock(explain=why, write_ledger=ledger)
    assert (why.made, written) == (0, [])
    assert (answer.because, answer.ledger) == (answer.because, answer.ledger)
    assert (why.made, written) == (1, [1])


@pytest.mark.parametrize("answer", [FULL, OBJECTIVE, *(answer for answer, _, _ in OTHERS)])
def test_a_form_without_reasons_is_else_the_same(answer: Any):
    brief = answer.to_dict(reasons=False)
    assert list(brief) == list(answer.to_dict())
    assert brief == without_reasons(answer.to_dict())


def without_reasons(form: Any) -> Any:
    """A form with every `because` and `ledger` emptied."""
    if isinstance(form, list):
        return [without_reasons(one) for one in cast("list[Any]", form)]
    if not isinstance(form, dict):
        return form
    held = cast("dict[str, Any]", form)
    return {key: [] if key in ("because", "ledger") else without_reasons(value) for key, value in held.items()}


def test_reasons_that_are_left_out_are_not_made():
    why, written = Because.of(WORDS), list[int]()

    def ledger() -> tuple[LedgerLine, ...]:
        written.append(1)
        return ()

    step = StepAnswer("first", "running", "open", "shall", "due", TEN, None, why)
    moved = InTime("priority", TEN, None, "p2", why)
    answer = clock(explain=why, write_ledger=ledger, steps=(step,), in_time_if=(moved,))
    assert answer.to_dict(reasons=False)["ledger"] == []
    assert (why.made, written) == (0, [])


def test_answers_do_not_change():
    with pytest.raises(AttributeError):
        FULL.state = "running"  # pyright: ignore[reportAttributeAccessIssue]


def test_seconds_are_whole_where_they_can_be():
    assert [seconds(micros) for micros in (0, 1_000_000, 1, -1_500_000, None)] == [0, 1, 0.000001, -1.5, None]
    assert isinstance(seconds(3_000_000), int)


def test_an_offset_with_seconds_is_written_in_utc():
    odd = datetime(1900, 1, 1, tzinfo=timezone(timedelta(minutes=19, seconds=32)))
    assert NextStatus("closed", odd).to_dict()["at"] == odd.astimezone(UTC).isoformat()
