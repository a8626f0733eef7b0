"""`Ticket` and `Event`: the JSON form of CONTRACT as values."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import BadValue
from sla_dsl.policy.tickets.errors import BadTicket, MissingKey
from sla_dsl.policy.tickets.ticket import Event, Ticket
from sla_dsl.worktime.errors import BadInstant, NaiveDatetime
from tests.policy.builders import at

FORM: dict[str, Any] = {
    "id": "7",
    "created": "2026-03-06T15:00:00+01:00",
    "severity": "high",
    "region": "north",
    "channel": "web",
    "caller": "customer",
    "facts": {"sites": 3, "down": True, "since": "2026-03-01"},
    "events": [
        {"at": "2026-03-06T15:10:00+01:00", "status": "working", "priority": "p2"},
        {"at": "2026-03-06T15:10:00.000001+01:00", "event": "agreed", "due": "2026-03-09T12:00:00+00:00"},
        {"at": "2026-03-06T16:00:00+00:00", "facts": {"sites": 4}, "channel": "phone", "caller": "vendor"},
    ],
}


def test_from_the_form_and_back():
    ticket = Ticket.from_dict(FORM)
    assert ticket.to_dict() == FORM
    assert Ticket(**FORM) == ticket
    assert Ticket.from_dict(ticket.to_dict()) == ticket


def test_what_was_not_given_is_not_in_the_form():
    assert Ticket(created="2026-03-06T15:00:00Z").to_dict() == {"created": "2026-03-06T15:00:00+00:00"}
    assert Event("2026-03-06T15:00:00Z").to_dict() == {"at": "2026-03-06T15:00:00+00:00"}


def test_keywords_and_datetimes():
    ticket = Ticket(
        id=7,
        created=at("2026-03-06 15:00"),
        severity="high",
        facts={"since": at("2026-03-01 08:00").date(), "began": at("2026-03-06 14:00")},
        events=(Event(at("2026-03-06 15:10"), event="replied"), {"at": at("2026-03-06 15:20"), "status": "closed"}),
    )
    assert ticket.created == datetime(2026, 3, 6, 14, tzinfo=UTC)
    assert ticket.levels == {"severity": "high"}
    assert ticket.events[1].status == "closed"
    assert ticket.to_dict() == {
        "id": 7,
        "created": "2026-03-06T15:00:00+01:00",
        "severity": "high",
        "facts": {"since": "2026-03-01", "began": "2026-03-06T14:00:00+01:00"},
        "events": [
            {"at": "2026-03-06T15:10:00+01:00", "event": "replied"},
            {"at": "2026-03-06T15:20:00+01:00", "status": "closed"},
        ],
    }


def test_texts_become_datetimes_in_their_zone():
    created = Ticket(created="2026-03-06T15:00:00-05:30").created
    assert created.utcoffset() == -timedelta(hours=5, minutes=30)
    assert Ticket(created="2026-03-06T15:00-00:00").created.tzinfo is not None


def test_a_ticket_is_a_value():
    ticket = Ticket.from_dict(FORM)
    assert copy.deepcopy(ticket) == ticket
    assert pickle.loads(pickle.dumps(ticket)) == ticket
    with pytest.raises(AttributeError):
        ticket.id = "8"  # pyright: ignore[reportAttributeAccessIssue]
    facts = {"sites": 3}
    mine = Ticket(created="2026-03-06T15:00:00Z", facts=facts)
    facts["sites"] = 4
    assert mine.facts == {"sites": 3}


@pytest.mark.parametrize(
    ("given", "path", "error"),
    [
        ({}, "created", MissingKey),
        ({"created": "2026-03-06T15:00:00"}, "created", NaiveDatetime),
        ({"created": datetime(2026, 3, 6)}, "created", NaiveDatetime),
        ({"created": "soon"}, "created", BadInstant),
        ({"created": 5}, "created", BadValue),
        ({"created": None}, "created", BadValue),
        ({**FORM, "facts": ["sites"]}, "facts", BadValue),
        ({**FORM, "facts": 0}, "facts", BadValue),
        ({**FORM, "events": {"at": "2026-03-06T15:10:00Z"}}, "events", BadValue),
        ({**FORM, "events": "none"}, "events", BadValue),
        ({**FORM, "events": ["closed"]}, "events[0]", BadValue),
        ({**FORM, "events": [{}]}, "events[0].at", MissingKey),
        ({**FORM, "events": [FORM["events"][0], {"at": "2026-03-06"}]}, "events[1].at", BadInstant),
        ({**FORM, "events": [{"at": "2026-03-06T15:10:00Z", "due": "monday"}]}, "events[0].due", BadInstant),
        ({**FORM, "events": [{"at": "2026-03-06T15:10:00Z", "facts": 1}]}, "events[0].facts", BadValue),
        (["created"], "", BadValue),
    ],
)
def test_what_is_no_ticket(given: Any, path: str, error: type[SlaError]):
    with pytest.raises(BadTicket) as raised:
        Ticket.from_dict(given)
    [problem] = raised.value.problems
    assert (problem.path, type(problem.error)) == (path, error)
    assert str(raised.value) == (f"{path}: {problem.error}" if path else str(problem.error))


def test_everything_wrong_comes_at_once_with_the_id():
    with pytest.raises(BadTicket) as raised:
        Ticket.from_dict({"id": 7, "created": "soon", "facts": 1, "events": [{"at": 1}, {"at": "now", "due": "later"}]})
    paths = [problem.path for problem in raised.value.problems]
    assert paths == ["created", "facts", "events[0].at", "events[1].at", "events[1].due"]
    assert raised.value.ticket == "7"
    assert pickle.loads(pickle.dumps(raised.value)).problems[0].path == "created"


@pytest.mark.parametrize("key", ["self", "cls", "levels", "data", "", "a b"])
def test_any_text_may_be_the_name_of_a_scale(key: str):
    form = {"created": "2026-03-06T15:00:00+00:00", key: "high"}
    assert Ticket.from_dict(form).to_dict() == form
    assert Event.from_dict({"at": form["created"], key: "high"}).levels == {key: "high"}


def test_a_naive_time_is_refused_when_an_entry_is_made():
    with pytest.raises(BadTicket, match="at: `2026-03-06 15:00:00` has no timezone"):
        Event(datetime(2026, 3, 6, 15), event="replied")
    assert Event(datetime(2026, 3, 6, 15, tzinfo=timezone(timedelta(hours=1)))).at == at("2026-03-06 15:00")
