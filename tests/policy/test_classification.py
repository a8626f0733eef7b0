"""Levels by definition and by matrix, overrides, overlaps (R1, R2)."""

from __future__ import annotations

import pytest

from sla_dsl.policy import terms as t
from sla_dsl.policy.errors import Circular, QuestionError, UnknownName
from sla_dsl.policy.executable import Executable
from tests.policy.builders import (
    ask,
    assume,
    at,
    clock,
    every,
    fact,
    in_hours,
    is_level,
    level,
    no,
    number,
    reading,
    scale,
    target,
    when,
    within,
    yes,
)

SEVERITY = scale("severity", level("high", yes("down"), labels=("Severe",)), level("low", no("down")), label="How bad")
IMPACT = scale("impact", "wide", "narrow")
CELLS = {("high", "wide"): "p1", ("high", "narrow"): "p2", ("low", "wide"): "p3", ("low", "narrow"): None}
MATRIX = t.Matrix(
    id="priority",
    rows="severity",
    columns="impact",
    cells=tuple(t.Cell(row=row, column=column, gives=gives) for (row, column), gives in CELLS.items()),
)


def matrix() -> Executable:
    return ask(SEVERITY, IMPACT, MATRIX, fact("down"))


def test_a_matrix_gives_the_level():
    policy = matrix()
    assert policy.priority(severity="Severe", impact=" WIDE ").level == "p1"
    assert policy.priority(severity="low", impact="wide").level == "p3"


def test_a_declared_gap_is_unclassified():
    answer = matrix().priority(severity="low", impact="narrow")
    assert (answer.answer, answer.level, answer.possible) == ("unclassified", None, ())


def test_a_missing_axis_leaves_the_levels_of_its_row():
    answer = matrix().priority(severity="high")
    assert (answer.answer, answer.missing, answer.possible) == ("undetermined", ("impact",), ("p1", "p2"))
    nothing = matrix().priority()
    assert (nothing.missing, nothing.possible) == (("severity", "impact"), ("p1", "p2", "p3"))


def test_an_axis_may_follow_from_facts():
    assert matrix().priority(down=True, impact="wide").level == "p1"
    assert matrix().priority(down="no", impact="wide").level == "p3"
    assert matrix().level("severity", down=True).level == "high"


def test_a_given_priority_overrides_what_follows():
    answer = matrix().priority(severity="high", impact="wide", priority="p3")
    assert (answer.level, answer.override) == ("p3", True)
    assert matrix().priority(severity="high", impact="wide", priority="Critical").override is False
    assert matrix().priority(priority="p3").override is False
    assert matrix().priority(severity="high", priority="p3").override is True


def test_levels_that_overlap_unless_the_highest_wins():
    levels = (level("p1", yes("a")), level("p2", yes("b")), t.Level(id="p3", otherwise=True))
    overlapping = ask(scale("priority", *levels), fact("a"), fact("b"))
    answer = overlapping.priority(a=True, b=True)
    assert (answer.answer, answer.level, answer.possible) == ("overlap", None, ("p1", "p2"))
    highest = ask(scale("priority", *levels, highest_wins=True), fact("a"), fact("b"))
    assert highest.priority(a=True, b=True).level == "p1"
    assert highest.priority(a=True).level == "p1"
    for policy in (overlapping, highest):
        assert policy.priority(a=False, b=True).level == "p2"
        assert policy.priority(a=False, b=False).level == "p3"


def test_a_due_time_where_levels_overlap_is_undetermined_between_them():
    policy = ask(
        scale("priority", level("p1", yes("a")), level("p2", yes("b"))),
        fact("a"),
        fact("b"),
        clock("response"),
        target("response", within(in_hours(1)), "p1"),
        target("response", within(in_hours(4)), "p2"),
    )
    due = policy.due("response", created=at("2026-03-03 10:00"), a=True, b=True)
    assert (due.answer, due.missing) == ("undetermined", ("priority",))
    assert due.bounds == (at("2026-03-03 11:00"), at("2026-03-03 14:00"))


def test_what_no_definition_fits_has_no_target():
    policy = ask(
        scale("priority", level("p1", yes("a"))),
        fact("a"),
        clock("response"),
        target("response", within(in_hours(1)), "p1"),
    )
    assert policy.priority(a=False).answer == "unclassified"
    assert policy.due("response", created=at("2026-03-03 10:00"), a=False).modality == "silent"


def test_levels_may_rest_on_levels_of_other_scales():
    outage = scale("outage", level("total", number("sites", "at least", 2)), level("partial", number("sites", "is", 1)))
    levels = scale("priority", level("p1", is_level("outage", "total")), level("p2", is_level("outage", "partial")))
    policy = ask(outage, levels, fact("sites", "number"))
    assert policy.priority(sites=2).level == "p1"
    assert policy.priority(sites=1).level == "p2"
    assert policy.priority(sites=0).answer == "unclassified"
    assert policy.priority().missing == ("sites",)
    assert policy.priority(outage="partial").level == "p2"


def test_levels_that_rest_on_each_other_are_refused():
    one = scale("one", level("a", is_level("priority", "p1")))
    policy = ask(one, scale("priority", level("p1", is_level("one", "a"))))
    with pytest.raises(Circular, match="`one`"):
        policy.priority()


def test_defaults_of_facts_and_attributes_are_used_and_said():
    policy = ask(
        scale("priority", level("p1", every(yes("down"), is_level("plan", "gold"))), t.Level(id="p2", otherwise=True)),
        scale("plan", "gold", "basic", of="customer", default="basic", assumes=(assume("Most are."),)),
        fact("down", default=t.TextValue(text="no"), assumes=(assume("Nobody said so."),)),
    )
    answer = policy.priority()
    assert (answer.level, answer.assumptions) == ("p2", ("down",))
    assert policy.priority(down=True).level == "p2"
    assert policy.priority(down=True).assumptions == ("plan",)
    assert policy.priority(down=True, plan="gold").assumptions == ()


def test_priority_addresses_the_scale_of_the_targets_whatever_its_name():
    grade = scale("grade", level("g1", yes("a")), t.Level(id="g2", otherwise=True))
    policy = ask(
        grade,
        fact("a"),
        clock("response"),
        target("response", within(in_hours(1)), levels={"grade": "g1"}, id="x"),
        targets_scale="grade",
    )
    assert policy.priority(a=True).level == "g1"
    assert policy.due("response", priority="g1", created=at("2026-03-03 10:00")).priority == "g1"
    assert policy.due("response", grade="g1", created=at("2026-03-03 10:00")).answer == "due"
    assert policy.due("response", created=at("2026-03-03 10:00")).missing == ("priority",)


def test_a_scale_that_is_only_given_is_missing_itself():
    answer = ask().priority()
    assert (answer.answer, answer.missing, answer.possible) == ("undetermined", ("priority",), ("p1", "p2", "p3"))
    assert ask().priority(priority=1).level == "p1"


def test_a_policy_without_the_scale_says_so():
    policy = Executable(ask(t.Event(id="x")).document)
    with pytest.raises(UnknownName, match="no scale `sevrity`"):
        policy.level("sevrity")


def test_given_is_about_what_the_question_says():
    asked = t.Given(subject=t.Subject(kind="level", name="priority"))
    policy = ask(
        scale("priority", level("p1", yes("a")), t.Level(id="p2", otherwise=True)),
        fact("a"),
        fact("third_line"),
        clock("response"),
        target(
            "response", within(in_hours(1)), id="third", condition=when(every(yes("third_line"), t.Not(part=asked)))
        ),
        target("response", within(in_hours(2)), "p1"),
        target("response", within(in_hours(3)), "p2"),
    )
    created = at("2026-03-03 10:00")
    assert policy.due("response", third_line=True, created=created).at == at("2026-03-03 11:00")
    assert policy.due("response", third_line=True, priority="p1", created=created).at == at("2026-03-03 12:00")
    assert policy.due("response", third_line=True, a=False, created=created).at == at("2026-03-03 13:00")
    assert policy.due("response", third_line=False, created=created).missing == ("priority",)
    assert policy.due("response", created=created).missing == ("third_line", "priority")


def test_the_form_of_contract():
    form = matrix().priority(severity="high", impact="wide").to_dict()
    assert {"answer", "level", "override", "possible", "missing", "because"} <= set(form)
    assert reading("x").id == "x"
    with pytest.raises(QuestionError):
        matrix().priority(severity="hihg")
