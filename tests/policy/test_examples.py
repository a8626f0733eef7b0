"""Running the examples of a policy (R10, CONTRACT `test`)."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sla_dsl.policy import terms as t
from sla_dsl.policy.examples import run_examples
from sla_dsl.policy.executable import Executable
from tests.policy.builders import (
    OPEN_DESK,
    ambiguity,
    annex,
    ask,
    clock,
    fact,
    in_days,
    in_hours,
    parameter,
    reading,
    target,
    when,
    within,
    yes,
)

MONDAY = "2026-03-02 10:00"


def example(*expectations: t.Expectation, ticket: dict[str, Any] | None = None, **more: Any) -> t.Example:
    said = {"priority": "p1", "reported": MONDAY} if ticket is None else ticket
    items = tuple(t.Item(name=name, value=value) for name, value in said.items())
    return t.Example(title="x", ticket=items, expectations=expectations, **more)


def expect(of: str, outcome: Any, *values: str, **more: Any) -> t.Expectation:
    return t.Expectation(of=of, outcome=outcome, values=values, **more)


def happens(at: str, *names: str, **values: Any) -> t.Happening:
    named = (*(t.Item(name=name) for name in names), *(t.Item(name=n, value=v) for n, v in values.items()))
    return t.Happening(at=at, items=named)


def policy(*parts: Any, **more: Any) -> Executable:
    """A small policy; `parts` are examples and further declarations."""
    examples = tuple(one for one in parts if isinstance(one, t.Example))
    declared = [one for one in parts if not isinstance(one, t.Example)]
    return ask(
        OPEN_DESK,
        parameter("zone", "timezone", t.ZoneValue(name="Europe/Amsterdam")),
        parameter("holidays", "holiday list", t.HolidayList()),
        fact("urgent"),
        fact("began", "instant"),
        t.Service(id="desk_staff"),
        t.Channel(id="web"),
        clock("response"),
        clock("repair"),
        target("response", within(in_hours(1)), id="urgent", condition=when(yes("urgent"))),
        target("response", within(in_hours(4)), "p1"),
        target("response", within(in_days(1, "end of day", counted="after", anchor="start date")), "p2"),
        target("repair", t.ToBeDetermined(), "p1"),
        target("repair", t.BestEffort(), "p2"),
        *declared,
        ambiguities=(
            ambiguity("length", reading("four"), reading("two", target("response", within(in_hours(2)), "p1"))),
        ),
        examples=examples,
        **more,
    )


CALM = {"urgent": False, "priority": "p1", "reported": MONDAY}


@pytest.mark.parametrize(
    ("one", "ticket", "verdict"),
    [
        (expect("response", "due", "2026-03-02 14:00"), CALM, "passed"),
        (expect("response", "due", "2026-03-02 14:01"), CALM, "failed"),
        (expect("response", "due", "2026-03-02T13:00+00:00"), CALM, "passed"),
        (expect("response", "due", "2026-03-02"), CALM, "failed"),
        (expect("response", "due", "2026-03-03"), {**CALM, "priority": "p2"}, "passed"),
        (expect("response", "due", "2026-03-04 00:00"), {**CALM, "priority": "p2"}, "passed"),
        (expect("response", "due", "2026-03-02 11:00"), {"urgent": None, "reported": MONDAY}, "passed"),
        (expect("response", "is", "target"), CALM, "passed"),
        (expect("response", "no deadline"), CALM, "failed"),
        (expect("repair", "is", "to be determined"), CALM, "passed"),
        (expect("repair", "is", "to_be_determined"), CALM, "passed"),
        (expect("repair", "is not", "best effort"), CALM, "passed"),
        (expect("repair", "is", "best effort"), CALM, "failed"),
        (expect("repair", "is", "best effort"), {**CALM, "priority": "High"}, "passed"),
        (expect("repair", "no deadline"), CALM, "passed"),
        (expect("response", "undetermined"), {"priority": "p1", "reported": MONDAY}, "passed"),
        (expect("response", "undetermined", "urgent"), {"priority": "p1", "reported": MONDAY}, "passed"),
        (expect("response", "undetermined", "holidays"), {"priority": "p1", "reported": MONDAY}, "failed"),
        (expect("response", "undetermined", "urgent", "priority"), {"reported": MONDAY}, "passed"),
        (expect("response", "undetermined"), CALM, "failed"),
        (expect("priority", "is", "p1"), CALM, "passed"),
        (expect("priority", "is", "Critical"), CALM, "passed"),
        (expect("priority", "is not", "p2", "p3"), CALM, "passed"),
        (expect("priority", "is", "p2"), CALM, "failed"),
        (expect("priority", "undetermined", "priority"), {"urgent": True}, "passed"),
        (expect("priority", "is", "unclassified"), CALM, "failed"),
        (expect("response", "is not", "target"), CALM, "failed"),
        (expect("response", "is", "shall"), CALM, "failed"),
        (expect("response", "is", "committed"), CALM, "error"),
        (expect("response", "available"), CALM, "error"),
        (expect("priority", "is", "p9"), CALM, "error"),
        (expect("priority", "due", "2026-03-02 14:00"), CALM, "error"),
        (expect("reponse", "due", "2026-03-02 14:00"), CALM, "error"),
        (expect("response", "due", "2026-03-02 14:00"), {"urgent": False, "priority": "p1"}, "error"),
        (expect("response", "due", "2026-03-02 14:00"), {**CALM, "priority": "p9"}, "error"),
        (expect("response", "due", "2026-03-02 14:00"), {**CALM, "urgnt": True}, "error"),
        (expect("response", "due", "2026-03-02 14:00"), {**CALM, "reported": "yesterday"}, "error"),
        (expect("response", "due", "2026-03-29 02:30"), CALM, "error"),
        (expect("response", "due", "2026-03-02 14:00"), {**CALM, "reported": "2026-10-25 02:30"}, "error"),
    ],
)
def test_expectations(one: t.Expectation, ticket: dict[str, Any], verdict: str):
    (result,) = run_examples(policy(example(one, ticket=ticket)))
    assert result.results[0].verdict == verdict, result.results[0]
    assert result.passed is (verdict == "passed")


def test_what_came_out_instead_is_said():
    (result,) = run_examples(policy(example(expect("response", "due", "2026-03-02 15:00"), ticket=CALM)))
    one = result.results[0]
    assert one.expected == "response due 2026-03-02 15:00"
    assert one.actual == "response due 2026-03-02T14:00:00+01:00, target"
    assert "target response/p1" in one.clauses


@pytest.mark.parametrize(
    ("text", "why"),
    [("2026-03-29 02:30", "is skipped when the clocks go forward"), ("2026-10-25 02:30", "comes twice")],
)
def test_a_wall_time_in_a_gap_or_fold_needs_an_offset(text: str, why: str):
    ticket = {**CALM, "reported": text}
    (result,) = run_examples(policy(example(expect("response", "due", "2026-03-30 12:30"), ticket=ticket)))
    assert why in result.results[0].why
    told_apart = {**CALM, "reported": f"{text}+01:00"}
    (result,) = run_examples(policy(example(expect("response", "is", "target"), ticket=told_apart)))
    assert result.passed


def test_settings_and_readings_of_an_example_hold_for_it_alone():
    reading_two = example(expect("response", "due", "2026-03-02 12:00"), ticket=CALM, readings={"length": "two"})
    setting = t.Setting(
        parameter="holidays",
        value=t.HolidayList(dates=t.Dates(spans=(t.DateSpan(first="2026-03-02", last="2026-03-02"),))),
    )
    closed = example(expect("response", "due", "2026-03-03 12:30"), ticket=CALM, settings=(setting,))
    plain = example(expect("response", "due", "2026-03-02 14:00"), ticket=CALM)
    assert [result.passed for result in run_examples(policy(reading_two, closed, plain))] == [True, True, True]
    unknown = example(expect("response", "is", "target"), readings={"lenght": "two"})
    assert run_examples(policy(unknown))[0].results[0].verdict == "error"


def test_an_example_without_expectations_has_not_passed():
    (result,) = run_examples(policy(example()))
    assert (result.passed, result.results) == (False, ())


def test_a_happening_at_creation_is_part_of_the_question():
    expected = expect("response", "due", "2026-03-02 14:00")
    created = happens(MONDAY, "reported", urgent=False)
    (result,) = run_examples(policy(example(expected, ticket={"priority": "p1"}, happenings=(created,))))
    assert result.passed


def test_instants_of_facts_are_wall_time_too():
    ticket = {**CALM, "began": "2026-03-02 09:00"}
    assert run_examples(policy(example(expect("response", "is", "target"), ticket=ticket)))[0].passed


@pytest.mark.parametrize(
    ("one", "happenings", "verdict"),
    [
        # with something that happens, the ticket is evaluated when the last of it does
        (expect("response", "is", "met"), (happens("2026-03-02 11:00", "done"),), "passed"),
        (expect("response", "is", "open"), (happens("2026-03-02 11:00", urgent=True),), "passed"),
        (expect("response", "is", "running"), (happens("2026-03-02 11:00", urgent=True),), "passed"),
        (expect("response", "due", "2026-03-02 11:00"), (happens("2026-03-02 10:30", urgent=True),), "passed"),
        (expect("response", "is", "shall"), (happens("2026-03-02 11:00", "done"),), "failed"),
        # or when it is asked
        (expect("response", "is", "running", at=MONDAY), (happens("2026-03-02 11:00", "done"),), "passed"),
        (expect("response", "due", "2026-03-02 14:00", at="2026-03-02 10:30"), (), "passed"),
        (expect("response", "is", "missed", at="2026-03-02 14:01"), (), "passed"),
        (expect("response", "is", "missed", at="2026-03-02 14:00"), (), "failed"),
        (expect("response", "is", "running"), (), "passed"),
        (expect("priority", "is", "p2"), (happens("2026-03-02 11:00", priority="High"),), "passed"),
        (expect("priority", "is", "p1", at=MONDAY), (happens("2026-03-02 11:00", priority="p2"),), "passed"),
        # two things at one instant, in the order of the line
        (expect("repair", "is", "stopped"), (happens("2026-03-02 11:00", "reported", "done", urgent=True),), "passed"),
        # what cannot be asked
        (expect("response", "is", "running", at="2026-03-02 09:59"), (), "error"),
        (expect("response", "is", "met"), (happens("2026-03-02 11:00", "dnoe"),), "error"),
        (expect("response", "is", "met"), (happens("2026-03-02 11:00", done="2026-03-02 12:00"),), "error"),
        (expect("status", "is", "open"), (), "error"),
        (expect("desk_staff", "due", MONDAY), (), "error"),
        (expect("web", "is", "met"), (), "error"),
        (expect("desk_staff", "available"), (), "failed"),
        (expect("web", "is", "not_stated"), (), "passed"),
    ],
)
def test_what_happens_to_a_ticket(one: t.Expectation, happenings: tuple[t.Happening, ...], verdict: str):
    (result,) = run_examples(policy(example(one, ticket=CALM, happenings=happenings)))
    assert result.results[0].verdict == verdict, result.results[0]


def test_an_event_without_a_time_stands_on_a_line_of_its_own():
    ticket = {**CALM, "done": None}
    (result,) = run_examples(policy(example(expect("response", "is", "met"), ticket=ticket)))
    assert "an `at` line for it" in result.results[0].why


def test_an_event_of_the_ticket_line_happens_at_its_own_time():
    ticket = {**CALM, "done": "2026-03-02 12:00"}
    examples = (
        example(expect("response", "is", "running"), ticket=ticket),
        example(expect("response", "is", "stopped", at="2026-03-02 12:00"), ticket=ticket),
    )
    assert [result.passed for result in run_examples(policy(*examples))] == [True, True]


def test_a_status_of_the_ticket_line_is_its_first():
    statuses = (t.Status(id="new", labels=("New",), initial=True), t.Status(id="waiting", labels=("Waiting",)))
    one = example(
        expect("status", "is", "waiting"), expect("status", "is", "Waiting"), ticket={**CALM, "status": "waiting"}
    )
    document = policy().document
    made = replace(document, declarations=(*document.declarations, *statuses), examples=(one,))
    assert [result.passed for result in run_examples(Executable(made))] == [True]


def test_a_step_is_called_by_its_label_too():
    steps = (
        t.Step(id="aid", label="First aid", promise=within(in_hours(2))),
        t.Step(id="cure", promise=within(in_hours(4))),
    )
    document = policy(clock("fix"), t.Cascade(id="fix", clock="fix", steps=steps)).document
    one = example(
        expect("fix", "is", "First aid", at="2026-03-02 11:00"),
        expect("fix", "due", "2026-03-02 12:00", step="First aid", at="2026-03-02 13:00"),
        ticket=CALM,
    )
    assert [result.passed for result in run_examples(Executable(replace(document, examples=(one,))))] == [True]


def test_a_due_time_is_agreed_with_the_event_that_agrees_it():
    agreed = (t.Event(id="agreed_on"), clock("fix", agreed="agreed_on"), target("fix", within(in_hours(4)), "p1"))
    document = policy().document
    examples = (
        example(
            expect("fix", "due", "2026-03-04 12:00"),
            expect("fix", "due", "2026-03-02 14:00", at="2026-03-02 10:30"),
            ticket=CALM,
            happenings=(happens("2026-03-02 11:00", agreed_on="2026-03-04 12:00"),),
        ),
    )
    made = replace(document, declarations=(*document.declarations, *agreed), examples=examples)
    assert [result.passed for result in run_examples(Executable(made))] == [True]


def test_the_words_of_a_promise():
    later = happens("2026-03-02 11:00", urgent=False)
    words = t.Words(text="As soon as possible")
    document = policy(clock("fix"), target("fix", words)).document
    examples = tuple(
        example(expect("fix", outcome, "words_only", text=text), ticket=CALM, happenings=happenings)
        for outcome, text in (("is", "as soon as  possible"), ("is", "soon"), ("is not", "soon"), ("is", None))
        for happenings in ((), (later,))
    )
    results = [result.results[0] for result in run_examples(Executable(replace(document, examples=examples)))]
    assert [one.verdict for one in results] == ["passed"] * 2 + ["failed"] * 2 + ["passed"] * 4
    assert "words “As soon as possible”" in results[2].actual


def test_a_ticket_over_time_in_a_zone_that_nobody_knows():
    later = (happens("2026-03-02 11:00", "done"),)
    examples = (
        example(expect("response", "undetermined", "zone"), ticket=CALM, happenings=later),
        example(expect("repair", "is", "to be determined"), ticket=CALM, happenings=later),
        example(expect("repair", "is", "stopped"), ticket=CALM, happenings=later),
        example(expect("priority", "is", "p1"), ticket=CALM, happenings=later),
        example(expect("response", "due", "2026-03-02 14:00"), ticket=CALM, happenings=later),
    )
    verdicts = [result.results[0].verdict for result in run_examples(policy(*examples).set(zone=None))]
    assert verdicts == ["passed", "passed", "passed", "passed", "failed"]


def test_a_time_elapsed_in_a_zone_that_nobody_knows_needs_an_offset():
    elapsed = clock("visit", (t.Measure(calendar=t.ELAPSED),))
    document = policy(elapsed, target("visit", within(in_hours(2, t.ELAPSED)), "p1")).document
    told = {**CALM, "reported": "2026-03-02 10:00+01:00"}
    examples = (
        example(expect("visit", "due", "2026-03-02 12:00+01:00", at="2026-03-02 10:30+01:00"), ticket=told),
        example(expect("visit", "due", "2026-03-02 12:00", at="2026-03-02 10:30"), ticket=CALM),
        example(expect("visit", "is", "met"), ticket=CALM),
        # here nobody knows which is earlier
        example(expect("priority", "is", "p1", at="2026-03-02 12:30+01:00"), ticket=CALM),
        example(expect("priority", "is", "p1", at="2026-03-02 12:30"), ticket=told),
    )
    made = Executable(replace(document, examples=examples)).set(zone=None)
    results = [result.results[0] for result in run_examples(made)]
    assert [one.verdict for one in results] == ["passed", "error", "error", "error", "error"]
    assert all("write an offset" in one.why for one in results[1:])


def test_a_policy_whose_zone_nobody_knows():
    examples = (
        example(expect("response", "undetermined", "zone"), ticket=CALM),
        example(expect("repair", "is", "to be determined"), ticket=CALM),
        example(expect("priority", "is", "p1"), ticket=CALM),
        example(expect("response", "due", "2026-03-02 14:00"), ticket=CALM),
    )
    verdicts = [result.results[0].verdict for result in run_examples(policy(*examples).set(zone=None))]
    assert verdicts == ["passed", "passed", "passed", "failed"]


def test_the_examples_of_an_annex_run_under_it():
    one = example(expect("response", "due", "2026-03-02 13:00"), ticket=CALM)
    changed = policy().annexed(annex("northern", target("response", within(in_hours(3)), "p1"), examples=(one,)))
    assert [result.passed for result in run_examples(changed)] == [True]
