"""Reasons: from the conclusion to its ground, in sentences, with quotation and line or assumption (H7)."""

from __future__ import annotations

from sla_dsl.policy import terms as t
from sla_dsl.policy.answers import Due, Priority
from sla_dsl.policy.executable import Executable
from tests.policy.builders import (
    OFFICE,
    ambiguity,
    annex,
    ask,
    assume,
    at,
    calendar,
    cite,
    clock,
    closed_on,
    every,
    fact,
    hours,
    in_days,
    in_hours,
    is_level,
    level,
    number,
    parameter,
    period,
    reading,
    scale,
    target,
    when,
    within,
    yes,
)

CREATED = at("2026-04-02 16:00")
CITES = (cite("1 4 Support hours", 62), cite("4 Support hours", 62, "p1", "response"))


def texts(answer: Due | Priority) -> dict[str, list[str]]:
    """The sentences of each clause."""
    found: dict[str, list[str]] = {}
    for reason in answer.because:
        found.setdefault(reason.clause, []).append(reason.text)
    return found


def vendor(**more: object) -> Executable:
    desk = calendar(
        "desk",
        hours(OFFICE, zone_parameter="zone", closed=(closed_on("holidays"),)),
        cite("Working days 08:30 – 17:00", 51),
        assumes=(assume("Monday to Friday"),),
    )
    doubt = ambiguity("days", reading("four"), reading("two", target("response", within(in_hours(2)), "p1")))
    return ask(
        desk,
        parameter("zone", "timezone", t.ZoneValue(name="Europe/Amsterdam"), assumes=(assume("The numbers are Dutch"),)),
        parameter(
            "holidays", "holiday list", t.HolidayList(rule=t.HolidayRule(country="NL")), cites=(cite("days", 30),)
        ),
        clock("response"),
        target("response", within(in_hours(4)), "p1", cites=CITES),
        ambiguities=(doubt,),
        **more,
    )


def test_a_due_time_is_explained_from_target_to_parameter():
    due = vendor().due("response", priority="p1", created=CREATED)
    assert due.at == at("2026-04-07 11:30")
    clauses = [reason.clause for reason in due.because]
    assert clauses == [
        "target response/p1",
        "clock response",
        "calendar desk",
        "calendar desk",
        "ambiguity days",
        "parameter zone",
        "parameter holidays",
    ]
    said = texts(due)
    assert said["target response/p1"] == [
        "Due Tuesday 2026-04-07 11:30: within 4 hours, from Thursday 2026-04-02 16:00."
    ]
    assert said["calendar desk"][0] == (
        "Counted: Thursday 2026-04-02 16:00 to 17:00 (1 hour) and Tuesday 2026-04-07 08:30 to 11:30 (3 hours). "
        "Not counted: Friday 2026-04-03 (Good Friday), Sunday 2026-04-05 (Easter Sunday) and Monday 2026-04-06 "
        "(Easter Monday)."
    )
    assert said["ambiguity days"] == ["Days? Read as `four`. Four it is."]
    zone = due.because[-2]
    assert (zone.text, zone.assume) == (
        "`zone` is Europe/Amsterdam, by default; this is assumed.",
        "The numbers are Dutch.",
    )
    assert due.because[-1].cites == (cite("days", 30),)


def test_the_citation_of_the_cell_comes_first():
    due = vendor().due("response", priority="p1", created=CREATED)
    assert due.because[0].cites == (CITES[1], CITES[0])
    assert due.because[0].to_dict()["cite"] == [
        {"source": "vendor.txt", "line": 62, "quote": "4 Support hours"},
        {"source": "vendor.txt", "line": 62, "quote": "1 4 Support hours"},
    ]
    assumed = [reason for reason in due.because if reason.assume is not None]
    assert assumed[0].to_dict() == {
        "clause": "calendar desk",
        "text": "Part of this is assumed.",
        "assume": "Monday to Friday.",
    }


def test_who_chose_a_reading_and_set_a_value_is_said():
    policy = vendor().reading(days="two").set(holidays=["2026-04-03"], zone="Europe/Oslo")
    said = texts(policy.due("response", priority="p1", created=CREATED))
    assert said["ambiguity days"] == ["Days? Read as `two`. This was asked for."]
    assert said["parameter holidays"] == ["`holidays` is 2026-04-03, as set for this question."]
    by_annex = vendor().annexed(annex("northern", chosen={"days": "two"}))
    assert "The annex says so." in texts(by_annex.due("response", priority="p1", created=CREATED))["ambiguity days"][0]


def test_an_undetermined_answer_says_what_is_missing_and_between_which_bounds_it_lies():
    due = vendor().set(holidays=None).due("response", created=CREATED, priority="p1")
    assert [reason.text for reason in due.because[:2]] == [
        "Undetermined: it rests on `holidays`, which is not known.",
        "Whatever is missing, not due before Friday 2026-04-03 11:30.",
    ]
    assert texts(due)["parameter holidays"] == ["`holidays` has no value."]


def test_each_case_of_an_unknown_condition_is_said():
    policy = ask(
        fact("sites", "number"),
        clock("response"),
        target("response", within(in_hours(1)), id="big", condition=when(number("sites", "more than", 2), "sites > 2")),
        target("response", t.BestEffort()),
    )
    said = texts(policy.due("response", created=at("2026-03-03 10:00")))
    assert said["target big"] == [
        "If sites is more than 2: Due Tuesday 2026-03-03 11:00: within 1 hours, from Tuesday 2026-03-03 10:00."
    ]
    assert said["target response"] == ["If sites is at most 2: No due time: best effort, without a number."]


def test_deciding_conditions_and_their_facts_are_said():
    condition = when(every(yes("down"), number("sites", "at least", 2)), "down and sites at least 2")
    policy = ask(
        fact("down", default=t.TextValue(text="yes"), assumes=(assume("Who reports is down."),)),
        fact("sites", "number"),
        clock("response"),
        target("response", within(in_hours(1)), id="big", condition=condition),
        target("response", within(in_hours(4))),
    )
    due = policy.due("response", created=at("2026-03-03 10:00"), sites=3)
    said = texts(due)
    assert said["target big"][1] == (
        "“down and sites at least 2” holds, because down is yes unless said otherwise and sites is 3."
    )
    assert said["fact down"] == ["`down` is yes unless said otherwise; this is assumed."]
    assert due.assumptions == ("down",)


def test_how_the_level_follows_is_said():
    policy = ask(
        scale(
            "priority",
            level("p1", number("sites", "at least", 2), means="Several sites.", cites=(cite("several", 41),)),
            t.Level(id="p2", otherwise=True, assumes=(assume("The rest."),)),
        ),
        fact("sites", "number"),
        clock("response"),
        target("response", within(in_hours(1)), "p1"),
    )
    due = policy.due("response", created=at("2026-03-03 10:00"), sites=2)
    assert texts(due)["scale priority p1"] == ["`priority` is p1: “Several sites.”, because sites is 2."]
    answer = policy.priority(sites=1)
    assert answer.because[0].text == "No definition of `priority` holds, because sites is 1; otherwise it is p2."
    assert answer.because[0].assume == "The rest."


def test_a_matrix_and_an_override_are_said():
    cells = (t.Cell(row="high", column="wide", gives="p1"), t.Cell(row="high", column="narrow", gives="p2"))
    matrix = t.Matrix(
        id="priority",
        rows="severity",
        columns="impact",
        cells=cells,
        cites=(
            cite("the chart", 5),
            cite("high and wide", 6, "high", "wide"),
            cite("high and narrow", 7, "high", "narrow"),
        ),
    )
    policy = ask(matrix, scale("severity", "high"), scale("impact", "wide", "narrow"))
    answer = policy.priority(severity="high", impact="wide")
    assert answer.because[0].text == "Severity high and impact wide give priority p1."
    assert [one.line for one in answer.because[0].cites] == [6, 5]
    overridden = policy.priority(severity="high", impact="wide", priority="p2")
    assert [reason.text for reason in overridden.because] == [
        "The ticket says priority p2.",
        "This overrides what follows from the rest: p1.",
    ]
    missing = policy.priority(severity="high")
    assert missing.because[0].text == "Undetermined: it rests on `impact`; p1 or p2 is possible."


def test_promises_without_a_number_say_what_the_document_says():
    for promise, text in [
        (t.Words(text="in good time"), "No due time: the document says only “in good time”."),
        (t.Blank(), "No due time: the document leaves this blank."),
        (t.NoPromise(), "No due time: the document expressly promises none."),
        (t.ToBeNegotiated(), "No due time: the document leaves it to be negotiated."),
    ]:
        also = (t.Also(promise=t.Words(text="soon"), cites=(cite("soon", 3),)),)
        policy = ask(clock("response"), target("response", promise, cites=(cite("x", 2),), also=also))
        due = policy.due("response", created=at("2026-03-03 10:00"))
        assert [reason.text for reason in due.because[:2]] == [
            text,
            "The document also says “soon”.",
        ]
        assert due.because[1].cites == (cite("soon", 3),)
    refused = (t.Also(promise=t.NoPromise()), t.Also(promise=t.BestEffort()))
    policy = ask(clock("response"), target("response", t.Words(text="soon"), cites=(cite("soon", 3),), also=refused))
    assert [reason.text for reason in policy.due("response", created=at("2026-03-03 10:00")).because[1:3]] == [
        "Besides, the document expressly promises none.",
        "Besides: best effort, without a number.",
    ]
    silent = ask(clock("response")).due("response", created=at("2026-03-03 10:00"))
    assert silent.because[0].text == "No due time: the document says nothing about `response` for such a ticket."


def arithmetic(promise: t.AnyPromise, created: str) -> str:
    due = ask(clock("response"), target("response", promise)).due("response", created=at(created))
    return next(reason.text for reason in due.because if reason.clause == "calendar desk")


def test_the_arithmetic_of_hours():
    assert arithmetic(within(in_hours(4)), "2026-03-07 12:00") == (
        "Closed on Saturday 2026-03-07 12:00; the time runs from Monday 2026-03-09 08:30. "
        "Counted: Monday 2026-03-09 08:30 to 12:30 (4 hours)."
    )
    assert arithmetic(within(in_hours(4)), "2026-03-27 16:00").endswith(
        "The clocks go forward on Sunday 2026-03-29; only time that passes counts."
    )
    long = arithmetic(within(in_hours(100)), "2026-03-03 10:00")
    assert "6 more" in long
    assert "100 hours in all" in long


def test_the_arithmetic_of_days():
    after = within(in_days(2, "close", counted="after", anchor="start date"))
    assert arithmetic(after, "2026-03-05 10:00") == (
        "The start date is Thursday 2026-03-05. Friday 2026-03-06 is day 1 and Monday 2026-03-09 is day 2. "
        "Not counted: Saturday 2026-03-07 and Sunday 2026-03-08 (no opening hours). That date closes at 17:00."
    )
    end = within(in_days(1, "end of day", counted="after", anchor="start date"))
    assert arithmetic(end, "2026-03-03 10:00").endswith("It ends with that date; the next date is too late.")
    same = within(in_days(1, "same time"))
    assert arithmetic(same, "2026-03-07 12:00") == (
        "Closed on Saturday 2026-03-07 12:00; the days are counted from Monday 2026-03-09 08:30. "
        "1 day later, by dates with opening hours, at the same time or at the last closing before it. "
        "That is Monday 2026-03-09 17:00."
    )
    cut = within(in_days(1, "close", counted="after", anchor="start date", cutoff=9 * 3600))
    assert "It came after the cut-off and counts as the next day's." in arithmetic(cut, "2026-03-03 10:00")


def test_the_arithmetic_of_periods_and_elapsed_time():
    policy = ask(clock("response", t.ELAPSED), target("response", within(period(2))))
    due = policy.due("response", created=at("2026-03-03 10:00"))
    assert "The start date, Tuesday 2026-03-03, does not count; the last date is Thursday 2026-03-05." in [
        reason.text for reason in due.because
    ]
    elapsed = ask(clock("response", t.ELAPSED), target("response", within(in_hours(2))))
    said = [reason.text for reason in elapsed.due("response", created=at("2026-03-29 01:30")).because]
    assert (
        "Every minute counts: 2 hours after Sunday 2026-03-29 01:30. "
        "The clocks go forward on Sunday 2026-03-29; only time that passes counts."
    ) in said


def test_reasons_are_the_same_each_time_and_every_one_has_its_form():
    policy = vendor()
    for answer in (
        policy.due("response", priority="p1", created=CREATED),
        policy.due("response", created=CREATED),
        policy.priority(),
        policy.priority(priority="p1"),
    ):
        again = answer.to_dict()
        assert again["because"] == [reason.to_dict() for reason in answer.because]
        for reason in answer.because:
            assert reason.text[0].upper() == reason.text[0]
            assert reason.text.endswith((".", "?"))
            assert ("assume" in reason.to_dict()) is (reason.assume is not None)
    assert is_level("priority", "p1").values == ("p1",)


def test_the_clauses_that_were_looked_at_are_named():
    due = vendor().due("response", priority="p1", created=CREATED)
    assert set(due.clauses) == {
        "clock response",
        "target response/p1",
        "calendar desk",
        "parameter zone",
        "parameter holidays",
    }
