"""Tickets read under a policy: names, mistakes with their paths, and the order of entries (R3, R6)."""

from __future__ import annotations

import gc
import json
import weakref
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from sla_dsl.errors import SlaError
from sla_dsl.policy import terms as t
from sla_dsl.policy.errors import BadValue, GivenTwice, UnknownLevel, UnknownName
from sla_dsl.policy.tickets.entries import read_entry, read_ticket
from sla_dsl.policy.tickets.errors import BadTicket, KeyElsewhere, MissingKey, NothingAgreed
from sla_dsl.policy.tickets.recorded import Entry, Recorded
from sla_dsl.policy.tickets.ticket import Event, Ticket
from sla_dsl.worktime import parse_instant
from sla_dsl.worktime.errors import BadInstant, NaiveDatetime
from tests.policy.builders import ask, clock, fact, scale

LONG_LABEL = "A label that a vendor wrote and that is a good deal longer than any message would quote"


def policy(**more: Any):
    return ask(
        clock("repair", agreed="agreed"),
        fact("down", label=LONG_LABEL),
        fact("sites", "number"),
        fact("kind", "one of", choices=("defect", "request")),
        fact("since", "date"),
        fact("began", "instant"),
        t.Fact(id="claimed", type=t.Type(name="level", scale="priority")),
        scale("region", "north", "south", of="customer"),
        t.Channel(id="web", label="The web form"),
        t.Party(id="customer"),
        t.Event(id="noticed", may_precede_creation=True),
        t.Event(id="replied", label="Reply sent"),
        t.Event(id="agreed"),
        t.Status(id="open", label="Open", labels=("Open", "In progress"), initial=True),
        t.Status(id="closed", final=True),
        **more,
    )


TERMS = policy().terms
CREATED = "2026-03-06T15:00:00+01:00"


def instant(clock_time: str) -> int:
    return parse_instant(f"2026-03-06T{clock_time}:00+01:00")


def entry(clock_time: str, **said: Any) -> dict[str, Any]:
    return {"at": f"2026-03-06T{clock_time}:00+01:00", **said}


def recorded(*events: dict[str, Any], **first: Any) -> Recorded:
    return read_ticket(TERMS, {"created": CREATED, "events": list(events), **first})


def told(one: Entry) -> dict[str, Any]:
    """What an entry says, without what it does not say."""
    said = {name: getattr(one, name) for name in ("event", "status", "channel", "caller", "agreed", "levels", "facts")}
    return {name: value for name, value in said.items() if value}


def events_of(found: Recorded) -> list[str | None]:
    return [one.event or one.status for one in found.entries]


# ------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"event": "replied"}, {"event": "replied"}),
        ({"event": " reply  SENT "}, {"event": "replied"}),
        ({"status": "OPEN"}, {"status": "open"}),
        ({"status": "in progress"}, {"status": "open"}),
        ({"priority": "critical"}, {"levels": {"priority": "p1"}}),
        ({"Priority": 2}, {"levels": {"priority": "p2"}}),
        ({"region": "South"}, {"levels": {"region": "south"}}),
        ({"channel": "the WEB form"}, {"channel": "web"}),
        ({"caller": "Customer"}, {"caller": "customer"}),
        ({"facts": {"down": True}}, {"facts": {"down": True}}),
        ({"facts": {LONG_LABEL.upper(): "no", "sites": 1}}, {"facts": {"down": False, "sites": 1}}),
        ({"facts": {"down": "Yes", "sites": "2.5"}}, {"facts": {"down": True, "sites": 2.5}}),
        ({"facts": {"kind": "Defect", "claimed": "high"}}, {"facts": {"kind": "defect", "claimed": "p2"}}),
        ({"facts": {"since": "2026-03-01"}}, {"facts": {"since": date(2026, 3, 1)}}),
        ({"facts": {"began": CREATED}}, {"facts": {"began": instant("15:00")}}),
        ({"event": "agreed", "due": CREATED}, {"event": "agreed", "agreed": instant("15:00")}),
        ({"event": "replied", "status": None, "priority": None, "facts": None}, {"event": "replied"}),
        ({"event": "replied", "facts": {"down": None}}, {"event": "replied"}),
    ],
)
def test_names_by_id_then_label_case_and_spacing_folded(said: dict[str, Any], means: dict[str, Any]):
    assert told(recorded(entry("15:30", **said)).entries[1]) == means


def test_the_creation_has_the_first_values():
    found = recorded(id=7, priority="p1", region="north", channel="web", caller="customer", facts={"down": "no"})
    [first] = found.entries
    assert (found.id, found.created, found.where.utcoffset(None)) == ("7", instant("15:00"), timedelta(hours=1))
    assert (first.at, first.number, first.event) == (instant("15:00"), None, "reported")
    assert first.levels == {"priority": "p1", "region": "north"}
    assert (first.channel, first.caller, first.facts) == ("web", "customer", {"down": False})


def test_a_ticket_says_the_same_as_its_form():
    form = {
        "id": "7",
        "created": CREATED,
        "region": "north",
        "events": [entry("16:00", event="replied", facts={"began": CREATED}), entry("16:10", status="closed")],
    }
    ticket = Ticket.from_dict(form)
    assert [told(one) for one in read_ticket(TERMS, ticket).entries] == [
        told(one) for one in read_ticket(TERMS, form).entries
    ]
    as_events = {**form, "events": ticket.events}
    assert read_ticket(TERMS, as_events).entries[2].status == "closed"


def test_an_entry_alone():
    assert told(read_entry(TERMS, Event(CREATED, status="closed"))) == {"status": "closed"}
    with pytest.raises(BadTicket) as raised:
        read_entry(TERMS, {"at": "now", "status": "closd"})
    assert [problem.path for problem in raised.value.problems] == ["at", "status"]


# --------------------------------------------------------------------------------------------- mistakes

NESTED: Any = []
for _ in range(100_000):
    NESTED = [NESTED]


@pytest.mark.parametrize(
    ("ticket", "path", "error", "said"),
    [
        ({}, "created", MissingKey, "`created` is missing"),
        ({"created": None}, "created", BadValue, "`created` cannot be `null`: write an instant"),
        ({"created": "2026-03-06T15:00:00"}, "created", NaiveDatetime, "has no timezone"),
        ({"created": "2026-03-06T15:00:00.1234567Z"}, "created", BadInstant, "more than six digits"),
        ({"id": True}, "id", BadValue, "a text or a whole number"),
        ({"id": 1.5}, "id", BadValue, "a text or a whole number"),
        ({"priorty": "p1"}, "priorty", UnknownName, "there is no key `priorty`; did you mean `priority`?"),
        ({"regon": None}, "regon", UnknownName, "did you mean `region`?"),
        ({5: "p1"}, "5", UnknownName, "there is no key `5`"),
        ({"down": True}, "down", KeyElsewhere, "`down` is a fact: write it in `facts`"),
        ({"replied": CREATED}, "replied", KeyElsewhere, "`replied` is an event: write it in `events`"),
        ({"status": "open"}, "status", KeyElsewhere, "`status` is a key of an entry: write it in `events`"),
        ({"priority": "p9"}, "priority", UnknownLevel, "`priority` has no level `p9`; there is `p1`"),
        ({"priority": True}, "priority", BadValue, "write one of its levels, `p1`"),
        ({"priority": ["p1"]}, "priority", BadValue, "write one of its levels"),
        ({"priority": 10**5000}, "priority", UnknownLevel, "`priority` has no level `…`"),
        ({"priority": "p1", "Priority": "p2"}, "Priority", GivenTwice, "given twice, as `p1` and as `p2`"),
        ({"channel": "webb"}, "channel", UnknownName, "there is no channel `webb`; did you mean `web`?"),
        ({"channel": 5}, "channel", BadValue, "`channel` cannot be `5`: write its name"),
        ({"caller": "custmer"}, "caller", UnknownName, "there is no party `custmer`; did you mean `customer`?"),
        ({"facts": [1]}, "facts", BadValue, "write an object, each fact with its value"),
        ({"facts": {"dwn": True}}, "facts.dwn", UnknownName, "there is no fact `dwn`; did you mean `down`?"),
        ({"facts": {"region": "north"}}, "facts.region", KeyElsewhere, "`region` is a level: write it beside `facts`"),
        ({"facts": {"down": 1}}, "facts.down", BadValue, "`down` cannot be `1`: write `yes` or `no`"),
        ({"facts": {"sites": "many"}}, "facts.sites", BadValue, "write a number"),
        ({"facts": {"sites": float("nan")}}, "facts.sites", BadValue, "write a number"),
        ({"facts": {"sites": 10**5000}}, "facts.sites", BadValue, "write a number"),
        ({"facts": {"sites": NESTED}}, "facts.sites", BadValue, "`sites` cannot be `…`: write a number"),
        ({"facts": {"kind": "defekt"}}, "facts.kind", BadValue, "one of defect, request"),
        ({"facts": {"since": "2026-02-30"}}, "facts.since", BadValue, "write a date"),
        ({"facts": {"claimed": "p7"}}, "facts.claimed", UnknownLevel, "no level `p7`"),
        ({"events": {}}, "events", BadValue, "write a list of entries"),
        ({"events": ["closed"]}, "events[0]", BadValue, "write an object with `at`"),
        ({"events": [None]}, "events[0]", BadValue, "`entry` cannot be `null`"),
        ({"events": [{"status": "open"}]}, "events[0].at", MissingKey, "`at` is missing"),
        ({"events": [entry("16:00"), {"at": "16:00"}]}, "events[1].at", BadInstant, "not an instant"),
        ({"events": [{"at": 16}]}, "events[0].at", BadValue, "write an instant"),
        ({"events": [entry("16:00", status="opn")]}, "events[0].status", UnknownName, "no status `opn`; did you mean"),
        ({"events": [entry("16:00", event="repleid")]}, "events[0].event", UnknownName, "did you mean `replied`?"),
        ({"events": [entry("16:00", event=["replied"])]}, "events[0].event", BadValue, "write its name"),
        ({"events": [entry("16:00", created=CREATED)]}, "events[0].created", KeyElsewhere, "a key of the ticket"),
        ({"events": [entry("16:00", facts={"sits": 1})]}, "events[0].facts.sits", UnknownName, "did you mean `sites`?"),
        ({"events": [entry("16:00", due=CREATED)]}, "events[0].due", NothingAgreed, "give it with the event `agreed`"),
        ({"events": [entry("16:00", event="replied", due=CREATED)]}, "events[0].due", NothingAgreed, "`agreed`"),
    ],
)
def test_every_mistake_has_its_path(ticket: Any, path: str, error: type[SlaError], said: str):
    given = ticket if "created" in ticket or not ticket else {"created": CREATED, **ticket}
    with pytest.raises(BadTicket) as raised:
        read_ticket(TERMS, given)
    [problem] = raised.value.problems
    assert (problem.path, type(problem.error)) == (path, error)
    assert said in str(problem)
    assert len(str(problem)) < 400


@pytest.mark.parametrize("given", [None, [], "7", 7, True, NESTED])
def test_a_ticket_is_an_object(given: Any):
    with pytest.raises(BadTicket) as raised:
        read_ticket(TERMS, given)
    assert [problem.path for problem in raised.value.problems] == [""]
    assert "write an object with `created`" in str(raised.value)


def test_all_mistakes_come_at_once():
    with pytest.raises(BadTicket) as raised:
        recorded(entry("16:00", status="opn", facts={"a": 1, "b": 2}), {"evnt": 1}, id="7", priority="p9")
    paths = [problem.path for problem in raised.value.problems]
    assert paths == [
        "events[0].status",
        "events[0].facts.a",
        "events[0].facts.b",
        "events[1].at",
        "events[1].evnt",
        "priority",
    ]
    assert raised.value.ticket == "7"


def test_without_an_agreed_event_there_is_no_due_time():
    with pytest.raises(BadTicket, match="the policy declares no event"):
        read_entry(ask(clock("repair")).terms, {"at": CREATED, "due": CREATED})


@drawn(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.sampled_from(["p1", "open", "replied", CREATED]),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["created", "at", "events", "facts", "status", "event", "down", "priority", "due"])
                | st.text(max_size=3),
                inner,
                max_size=5,
            )
        ),
    )
)
def test_whatever_is_given_is_read_or_refused(given: Any):
    assert entries_or_problems(given)


def entries_or_problems(given: Any) -> tuple[object, ...]:
    try:
        return read_ticket(TERMS, given).entries
    except BadTicket as error:
        return error.problems


# ------------------------------------------------------------------------------------------------- order


def test_entries_by_time_those_of_one_instant_as_given():
    found = recorded(
        entry("17:00", event="replied"),
        entry("16:00", status="closed"),
        entry("16:00", status="open"),
        entry("16:00", event="agreed"),
    )
    assert events_of(found) == ["reported", "closed", "open", "agreed", "replied"]
    assert [one.number for one in found.entries] == [None, 1, 2, 3, 0]


def test_one_entry_may_say_several_things():
    found = recorded(entry("16:00", status="closed", event="replied", priority="p2", facts={"sites": 2}))
    assert told(found.entries[1]) == {
        "status": "closed",
        "event": "replied",
        "levels": {"priority": "p2"},
        "facts": {"sites": 2},
    }


def test_exact_duplicates_count_once():
    found = recorded(
        entry("16:00", event="replied", facts={"sites": 2}),
        {"at": "2026-03-06T15:00:00Z", "event": "Reply sent", "facts": {"sites": "2"}},
        entry("16:00", event="replied"),
        entry("16:01", event="replied", facts={"sites": 2}),
    )
    assert [one.number for one in found.entries] == [None, 0, 2, 3]
    assert found.irregular == ()


def test_what_says_nothing_is_nothing():
    assert events_of(recorded(entry("14:00"), entry("16:00", status=None), entry("16:00", facts={}))) == ["reported"]


def test_before_creation_counts_as_at_creation_and_is_listed():
    found = recorded(
        entry("14:50", event="replied"), entry("15:00", status="closed"), entry("14:40", status="open", priority="p1")
    )
    assert [(one.at, told(one)) for one in found.entries] == [
        (instant("15:00"), {"event": "reported"}),
        (instant("15:00"), {"status": "open", "levels": {"priority": "p1"}}),
        (instant("15:00"), {"event": "replied"}),
        (instant("15:00"), {"status": "closed"}),
    ]
    assert [one.to_dict() for one in found.irregular] == [
        {
            "at": "2026-03-06T14:40:00+01:00",
            "entry": entry("14:40", status="open", priority="p1"),
            "why": "it is recorded before the ticket was created; it counts as at creation",
        },
        {
            "at": "2026-03-06T14:50:00+01:00",
            "entry": entry("14:50", event="replied"),
            "why": "it is recorded before the ticket was created; it counts as at creation",
        },
    ]


def test_an_event_that_may_precede_creation_keeps_its_time():
    found = recorded(entry("14:00", event="noticed", facts={"sites": 2}), entry("16:00", event="noticed"))
    assert [(one.at, one.event) for one in found.entries] == [
        (instant("14:00"), "noticed"),
        (instant("15:00"), "reported"),
        (instant("16:00"), "noticed"),
    ]
    assert found.entries[0].facts == {"sites": 2}
    assert found.irregular == ()


def test_the_status_of_such_an_entry_counts_as_at_creation():
    found = recorded(entry("14:00", event="noticed", status="closed"))
    assert [(one.at, told(one)) for one in found.entries] == [
        (instant("14:00"), {"event": "noticed"}),
        (instant("15:00"), {"event": "reported"}),
        (instant("15:00"), {"status": "closed"}),
    ]
    assert [one.why for one in found.irregular] == [
        "a ticket has no status before it is created; the status counts as at creation"
    ]


def test_the_created_event_at_the_instant_of_creation_is_the_creation():
    found = recorded(entry("15:00", event="reported"), entry("15:00", event="Reported", facts={"sites": 2}))
    assert [told(one) for one in found.entries] == [{"event": "reported"}, {"facts": {"sites": 2}}]
    assert found.irregular == ()


@pytest.mark.parametrize("clock_time", ["14:00", "16:00"])
def test_the_created_event_at_another_instant_changes_nothing_and_is_listed(clock_time: str):
    found = recorded(entry(clock_time, event="reported"))
    assert events_of(found) == ["reported"]
    [irregular] = found.irregular
    assert irregular.entry == entry(clock_time, event="reported")
    assert irregular.why.startswith("a ticket is created once")


def test_what_else_such_an_entry_says_counts():
    found = recorded(entry("16:00", event="reported", status="closed"))
    assert [told(one) for one in found.entries] == [{"event": "reported"}, {"status": "closed"}]
    assert len(found.irregular) == 1


def test_a_policy_that_does_not_say_what_creation_is():
    found = read_ticket(policy(created=None).terms, {"created": CREATED, "events": [entry("16:00", event="reported")]})
    assert events_of(found) == [None, "reported"]
    assert found.irregular == ()


def test_an_entry_is_shown_as_it_was_given_whatever_the_program_does_with_it():
    given = entry("14:00", event="replied", facts={"began": date(2026, 3, 1).isoformat() + "T00:00:00Z"})
    found = recorded(given)
    given["facts"]["began"] = "changed"
    given["event"] = "changed"
    assert "changed" not in json.dumps(found.irregular[0].to_dict())


@drawn(st.permutations(range(6)))
def test_the_order_in_which_entries_of_distinct_instants_are_given_does_not_matter(order: list[int]):
    events = [
        entry("14:30", event="replied"),
        entry("14:40", status="open"),
        entry("14:50", event="noticed"),
        entry("15:00", event="reported"),
        entry("15:30", event="reported"),
        entry("16:00", status="closed"),
    ]
    found = recorded(*(events[at] for at in order))
    assert [(one.at, told(one)) for one in found.entries] == [(one.at, told(one)) for one in recorded(*events).entries]
    assert found.irregular == recorded(*events).irregular


def test_the_words_of_a_policy_are_let_go_with_it():
    made = policy()
    read_ticket(made.terms, {"created": CREATED})
    gone = weakref.ref(made.terms)
    del made
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(
    "said",
    [
        {"event": "replied"},
        {"event": "Reply sent"},
        {"event": "REPLIED"},
        {"status": "In progress"},
        {"status": "closed"},
        {"event": None},
        {"priority": "p1"},
        {"event": "replied", "status": "open"},
        {"event": "repleid"},
        {"status": 3},
        {"event": "replied", "at": "2026-03-06 15:30"},
        {"event": "replied", "at": " 2026-03-06t15:30:00.5z "},
        {"event": "replied", "at": "2026-03-06T25:00:00Z"},
        {"event": "replied", "at": "0001-01-01T00:00:00Z"},
    ],
)
def test_what_is_known_at_once_is_what_reading_key_by_key_finds(said: dict[str, Any]) -> None:
    class Other(dict[str, Any]):
        """An entry that is never known at once."""

    def found(kind: type[dict[str, Any]]) -> object:
        try:
            return recorded(kind(entry("15:30") | said))
        except BadTicket as error:
            return str(error)

    assert found(dict) == found(Other)
