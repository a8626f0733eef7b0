"""What a question may say, and what is said of a wrong one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sla_dsl.errors import SlaError
from sla_dsl.policy import terms as t
from sla_dsl.policy.errors import BadValue, GivenTwice, MisplacedKey, QuestionError, UnknownLevel, UnknownName
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.names import Names
from sla_dsl.worktime.errors import BadInstant, NaiveDatetime, OutsideYears
from tests.policy.builders import ask, at, clock, fact, in_hours, scale, target, within

CREATED = at("2026-03-03 10:00")
POLICY = ask(
    clock("response", label="First answer"),
    target("response", within(in_hours(4))),
    fact("production_down", label="Production is down"),
    fact("sites", "number"),
    fact("kind", "one of", choices=("defect", "request")),
    fact("since", "date"),
    fact("began", "instant"),
    t.Fact(id="claimed", type=t.Type(name="level", scale="priority")),
    scale("region", "north", "south", of="customer"),
    t.Channel(id="web"),
    t.Party(id="customer", label="Subscriber"),
)


def due(**more: Any):
    return POLICY.due(**{"clock": "response", "created": CREATED, **more})


@pytest.mark.parametrize(
    "given",
    [
        {"clock": "  first   ANSWER "},
        {"priority": "critical"},
        {"priority": 1},
        {"Production is down": "yes"},
        {"production_down": False},
        {"production_down": None},
        {"sites": "3"},
        {"sites": 2.5},
        {"kind": "Defect"},
        {"since": "2026-03-01"},
        {"since": date(2026, 3, 1)},
        {"began": CREATED},
        {"began": "2026-03-03T09:00:00Z"},
        {"claimed": "High"},
        {"region": "North"},
        {"channel": "WEB"},
        {"caller": "subscriber"},
        {"done": CREATED},
    ],
)
def test_what_may_be_said(given: dict[str, Any]):
    assert due(**given).at == at("2026-03-03 14:00")


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"clock": "respone"}, UnknownName, "no clock `respone`; did you mean `response`"),
        ({"priority": "p9"}, UnknownLevel, "`priority` has no level `p9`; there is `p1`, `p2`"),
        ({"priority": True}, BadValue, "one of its levels, `p1`, `p2`, `p3`"),
        ({"region": "west"}, UnknownLevel, "`region` has no level `west`"),
        ({"production_dwn": True}, UnknownName, "did you mean `production_down`"),
        ({"production_dwn": None}, UnknownName, "did you mean `production_down`"),
        ({"production_down": 1}, BadValue, "write `yes` or `no`"),
        ({"sites": True}, BadValue, "write a number"),
        ({"sites": "many"}, BadValue, "write a number"),
        ({"sites": float("nan")}, BadValue, "write a number"),
        ({"kind": "defekt"}, BadValue, "one of defect, request"),
        ({"since": CREATED}, BadValue, "write a date"),
        ({"since": "2026-02-30"}, BadValue, "write a date"),
        ({"began": date(2026, 3, 1)}, BadValue, "write an instant"),
        ({"began": "2026-03-03T09:00:00"}, NaiveDatetime, "no timezone"),
        ({"claimed": "p7"}, UnknownLevel, "no level `p7`"),
        ({"channel": "post"}, UnknownName, "no channel `post`"),
        ({"caller": "custmer"}, UnknownName, "did you mean `customer`"),
        ({"status": "open"}, MisplacedKey, "`status` is not a fact"),
        ({"reported": CREATED}, MisplacedKey, "give it as `created`"),
        ({"events": []}, MisplacedKey, "entries of a ticket"),
        ({"created": datetime(2026, 3, 3, 10)}, NaiveDatetime, "no timezone"),
        ({"created": "2026-03-03T10:00:00"}, NaiveDatetime, "no timezone"),
        ({"created": "soon"}, BadInstant, "not an instant"),
        ({"created": 5}, BadValue, "write an instant"),
        ({"created": "2026-03-03T10:00:00.1234567Z"}, BadInstant, "more than six digits"),
        ({"created": datetime(2019, 12, 31, tzinfo=UTC)}, OutsideYears, "2020 to 2035"),
        ({"created": datetime(2035, 12, 31, 22, tzinfo=UTC)}, OutsideYears, "2020 to 2035"),
        ({"sites": [1]}, BadValue, "write a number"),
    ],
)
def test_what_is_wrong_is_an_error_that_says_so(given: dict[str, Any], error: type[SlaError], said: str):
    with pytest.raises(error, match=said.replace("(", "\\(")):
        due(**given)


def test_a_fact_given_twice_with_two_values_is_an_error():
    with pytest.raises(GivenTwice, match="given twice"):
        due(**{"production_down": True, "Production is down": False})
    assert due(**{"production_down": True, "Production is down": True}).answer == "due"
    with pytest.raises(GivenTwice):
        POLICY.priority(priority="p1", Priority="p2")


def test_the_priority_question_knows_channel_and_caller():
    assert POLICY.priority(priority="p1", channel="web", caller="customer").level == "p1"
    with pytest.raises(QuestionError):
        POLICY.priority(chanel="web")


def test_ids_go_before_labels_and_the_first_label_before_others():
    names = Names.of([("a", ["b", "x"]), ("b", ["x"])])
    assert (names.find("B"), names.find("X"), names.find("y")) == ("b", "a", None)


def test_names_are_listed_as_the_policy_has_them():
    names = Names.of([("p1", ("Critical", "P1")), ("p2", ("High",))])
    assert names.known() == ("p1", "p2", "Critical", "High")


def test_a_question_about_an_unclear_policy_is_an_error_and_no_traceback():
    broken = ask(clock("response", "nowhere"), target("response", within(in_hours(4))))
    with pytest.raises(SlaError, match="`nowhere`"):
        broken.due("response", created=CREATED)
    assert isinstance(broken, Executable)
