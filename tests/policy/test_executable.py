"""An executable policy as a value: unchanging, comparable, picklable, shared by threads; its answers too."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve, field, frozen
from attrs.exceptions import FrozenInstanceError

from sla_dsl.policy import terms as t
from sla_dsl.policy.codec import from_json
from sla_dsl.policy.executable import Executable
from tests.policy.builders import (
    OPEN_DESK,
    ambiguity,
    annex,
    ask,
    at,
    clock,
    in_hours,
    parameter,
    reading,
    target,
    within,
)

CREATED = at("2026-03-03 10:00")
DOUBT = ambiguity("length", reading("four"), reading("two", target("response", within(in_hours(2)))))
POLICY = ask(
    OPEN_DESK,
    parameter("zone", "timezone", t.ZoneValue(name="Europe/Amsterdam")),
    parameter("holidays", "holiday list", t.HolidayList()),
    clock("response"),
    target("response", within(in_hours(4))),
    ambiguities=(DOUBT,),
)


def test_changes_give_new_policies_and_leave_the_old_alone():
    changed = POLICY.reading(length="two").set(zone="UTC").annexed(annex("northern"))
    assert (POLICY.readings, POLICY.values, POLICY.annexes) == ({}, {}, ())
    assert changed.readings == {"length": "two"}
    assert changed != POLICY
    assert changed == POLICY.set(zone="UTC").annexed(annex("northern")).reading(length="two")
    assert hash(changed) == hash(POLICY.set(zone="UTC").annexed(annex("northern")).reading(length="two"))
    with pytest.raises(FrozenInstanceError):
        POLICY.document = changed.document  # pyright: ignore[reportAttributeAccessIssue] - that is what is tested


def test_policies_and_answers_survive_pickling_and_copying():
    for one in (POLICY, POLICY.reading(length="two").set(zone=None)):
        for again in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
            assert again == one
            assert again.due("response", created=CREATED) == one.due("response", created=CREATED)
    due, priority = POLICY.due("response", created=CREATED), POLICY.priority(priority="p1")
    for answer in (due, priority):
        for again in (pickle.loads(pickle.dumps(answer)), copy.deepcopy(answer)):
            assert again == answer
            assert again.to_dict() == answer.to_dict()
            assert again.clauses == answer.clauses


def test_a_pickled_answer_does_not_carry_its_policy():
    assert len(pickle.dumps(POLICY.due("response", created=CREATED))) < len(POLICY.to_json())


@frozen(slots=False, eq=False)
class Named(Executable):
    """A subclass, as the public policy is one."""

    name: str = field(default="", kw_only=True)


def test_subclasses_stay_what_they_are():
    named = Named(POLICY.document, name="mine")
    for changed in (named.reading(length="two"), named.set(zone="UTC"), named.annexed(annex("northern"))):
        assert isinstance(changed, Named)
        assert changed.name == "mine"
    assert pickle.loads(pickle.dumps(named)) == named
    assert evolve(named, name="yours") != named
    assert type(from_json(named.to_json(), Named)) is Named


def test_threads_may_ask_one_policy():
    policy = pickle.loads(pickle.dumps(POLICY))
    starts = [datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=37 * number) for number in range(200)]
    expected = [POLICY.due("response", created=start).due for start in starts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda start: policy.due("response", created=start).due, starts)) == expected


def test_answers_do_not_depend_on_what_was_asked_before():
    fresh = pickle.loads(pickle.dumps(POLICY))
    for number in range(3000):
        fresh.due("response", created=CREATED, done=CREATED + timedelta(minutes=number))
    assert fresh.due("response", created=CREATED) == POLICY.due("response", created=CREATED)


def test_the_readings_of_an_answer_cannot_be_changed_through_it():
    due = POLICY.due("response", created=CREATED)
    due.readings["length"] = "two"
    assert due.readings == {"length": "four"}
    assert POLICY.due("response", created=CREATED).readings == {"length": "four"}


def test_a_digest_covers_everything_that_was_chosen():
    policies = [
        POLICY,
        POLICY.reading(length="two"),
        POLICY.set(zone="UTC"),
        POLICY.set(zone=None),
        POLICY.annexed(annex("northern")),
        POLICY.annexed(annex("northern", target("response", within(in_hours(1))))),
    ]
    assert len({policy.digest for policy in policies}) == len(policies)
    assert POLICY.reading(length="two").reading(length=None).digest == POLICY.digest
