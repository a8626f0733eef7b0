"""What values of a log say under a policy, and mappings that do not fit one."""

from __future__ import annotations

import pytest

import sla_dsl
from sla_dsl.policy.logs.mapping import ChangeColumn, Mapping, Meaning, MomentColumn, TimeColumn, Times, ValueColumn
from sla_dsl.policy.logs.meanings import UnknownValue, meaning
from sla_dsl.policy.logs.naming import NotInPolicy, of_policy
from sla_dsl.policy.logs.usual import NoUsualColumns, usual

SECPOD = sla_dsl.shipped("secpod").terms
SIGHTWORKS = sla_dsl.shipped("sightworks").terms


def log(**parts: object) -> Mapping:
    return Mapping("log", "entry", ("id",), at=TimeColumn("at"), **parts)  # type: ignore[arg-type]


def test_values_mean_what_the_mapping_says_before_what_the_policy_calls_so() -> None:
    column = ValueColumn(
        "status",
        "",
        ("state",),
        {"open": Meaning("status", "", "pending"), "-100": None, "new": Meaning("status", "", "open")},
    )
    assert meaning(SECPOD, column, " OPEN ") == Meaning("status", "", "pending")
    assert meaning(SECPOD, column, "New") == Meaning("status", "", "open")
    assert meaning(SECPOD, column, "-100") is None
    assert meaning(SECPOD, column, "closed") == Meaning("status", "", "closed")


def test_a_value_that_nobody_knows_is_told_unless_the_rest_is_ignored() -> None:
    with pytest.raises(UnknownValue) as told:
        meaning(SECPOD, ValueColumn("status", "", ("state",)), "closd")
    assert str(told.value) == (
        "“closd” in `state` is not in the mapping, and there is no status `closd`; did you mean `closed`?"
    )
    assert meaning(SECPOD, ValueColumn("status", "", ("state",), ignore_rest=True), "closd") is None


def test_levels_are_those_of_their_scale() -> None:
    assert meaning(SECPOD, ValueColumn("level", "severity", ("p",)), "CRITICAL") == Meaning(
        "level", "severity", "critical"
    )


def test_facts_have_the_type_of_the_policy() -> None:
    assert meaning(SECPOD, ValueColumn("fact", "routine", ("r",)), "true") == Meaning("fact", "routine", True)
    column = ValueColumn("fact", "next_update_due", ("n",), times=Times(("%d.%m.%Y",)))
    assert meaning(SIGHTWORKS, column, "31.12.2016") == Meaning("fact", "next_update_due", "2016-12-31")
    with pytest.raises(UnknownValue, match="write `yes` or `no`"):
        meaning(SECPOD, ValueColumn("fact", "routine", ("r",)), "Y")


def test_a_mapping_gets_the_ids_and_types_of_the_policy() -> None:
    written = log(
        values=(
            ValueColumn("level", "Severity", ("p",), {"1": Meaning("level", "Severity", "critical")}),
            ValueColumn("fact", "routine", ("r",), {"y": Meaning("fact", "routine", "yes")}),
        ),
        moments=(MomentColumn("status", "Solved", "solved_at"),),
        changes=(ChangeColumn("replied", "agent"),),
    )
    named = of_policy(written, SECPOD)
    assert named.values[0].name == "severity"
    assert named.values[0].read == {"1": Meaning("level", "severity", "critical")}
    assert named.values[1].read == {"y": Meaning("fact", "routine", True)}
    assert named.moments[0].value == "solved"
    assert of_policy(named, SECPOD) == named


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    written = log(
        values=(
            ValueColumn("level", "severty", ("p",), {"1": Meaning("level", "severty", "critical")}),
            ValueColumn("level", "severity", ("q",), {"1": Meaning("level", "severity", "critcal")}),
        ),
        changes=(ChangeColumn("repliedd", "agent"),),
    )
    with pytest.raises(NotInPolicy) as told:
        of_policy(written, SECPOD)
    assert str(told.value).splitlines() == [
        "the mapping `log` does not fit the policy `secpod`:",
        "there is no scale `severty`; did you mean `severity`?",
        "`severity` has no level `critcal`; did you mean `critical`?",
        "there is no event `repliedd`; did you mean `replied`?",
    ]


def test_a_table_in_the_usual_form_needs_no_mapping() -> None:
    found = usual(["id", "at", "event", "status", "priority", "routine", "channel", "group"], SECPOD)
    assert found.rows == "entry"
    assert [(one.kind, one.name) for one in found.values] == [
        ("event", ""),
        ("status", ""),
        ("level", "severity"),
        ("fact", "routine"),
        ("channel", ""),
    ]
    assert found.keep == ("group",)
    assert found.columns == ("id", "at", "event", "status", "priority", "routine", "channel", "group")
    assert usual(["id", "created", "status"], SECPOD).keep == ("status",)


def test_the_usual_form_needs_ids_and_times() -> None:
    with pytest.raises(NoUsualColumns, match="no column `id` and no `created`"):
        usual(["number", "opened_at"], SECPOD)
