"""What is unknown: which names decide, between which bounds the answer lies, and when it does not matter (R3, H4)."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sla_dsl.policy import terms as t
from sla_dsl.policy.executable import Executable
from tests.policy.builders import (
    OFFICE,
    OPEN_DESK,
    ambiguity,
    ask,
    at,
    calendar,
    clock,
    closed_on,
    every,
    fact,
    hours,
    in_days,
    in_hours,
    is_level,
    level,
    limit,
    no,
    number,
    opening,
    parameter,
    period,
    reading,
    scale,
    some,
    target,
    when,
    within,
    yes,
)

CREATED = at("2026-03-03 10:00")


def three_levels(*more: t.AnyDeclaration, **options: Any) -> Executable:
    return ask(
        clock("response"),
        target("response", within(in_hours(1)), "p1"),
        target("response", within(in_hours(4)), "p2"),
        target("response", within(in_hours(8)), "p3"),
        *more,
        **options,
    )


def test_without_a_priority_the_bounds_are_those_of_all_levels():
    due = three_levels().due("response", created=CREATED)
    assert (due.answer, due.missing, due.at, due.priority) == ("undetermined", ("priority",), None, None)
    assert due.bounds == (at("2026-03-03 11:00"), at("2026-03-04 09:30"))
    assert due.modality == "target"


def test_what_does_not_matter_is_not_missing():
    policy = ask(
        fact("a"),
        clock("response"),
        target("response", within(in_hours(4)), id="x", condition=when(yes("a"))),
        target("response", within(in_hours(4))),
    )
    due = policy.due("response", created=CREATED)
    assert (due.answer, due.at, due.missing) == ("due", at("2026-03-03 14:00"), ())


def test_cases_that_differ_in_modality_are_undetermined_at_one_instant():
    policy = ask(
        fact("a"),
        clock("response"),
        target("response", within(in_hours(4), modality="shall"), id="x", condition=when(yes("a"))),
        target("response", within(in_hours(4))),
    )
    due = policy.due("response", created=CREATED)
    assert (due.answer, due.missing, due.modality) == ("undetermined", ("a",), None)
    assert due.bounds == (at("2026-03-03 14:00"), at("2026-03-03 14:00"))


def test_cases_that_differ_in_strictness_are_undetermined():
    policy = ask(
        fact("a"),
        clock("response"),
        target("response", within(in_hours(4), strict=True), id="x", condition=when(yes("a"))),
        target("response", within(in_hours(4))),
    )
    due = policy.due("response", created=CREATED)
    assert (due.answer, due.strict) == ("undetermined", None)


def test_where_a_case_has_no_deadline_there_is_no_latest_bound():
    policy = ask(
        fact("a"),
        clock("response"),
        target("response", t.NoPromise(), id="x", condition=when(yes("a"))),
        target("response", within(in_hours(4))),
    )
    due = policy.due("response", created=CREATED)
    assert due.bounds == (at("2026-03-03 14:00"), None)


# ------------------------------------------------------------------------------- missing parameters


def test_without_holidays_the_due_time_is_not_before_that_without_any():
    policy = ask(
        OPEN_DESK,
        parameter("zone", "timezone", t.ZoneValue(name="Europe/Amsterdam")),
        parameter("holidays", "holiday list"),
        clock("response"),
        target("response", within(in_hours(4))),
    )
    due = policy.due("response", created=at("2026-03-03 16:00"))
    assert (due.answer, due.missing) == ("undetermined", ("holidays",))
    assert due.bounds == (at("2026-03-04 11:30"), None)
    assert due.assumptions == ("zone",)
    settled = policy.set(holidays=["2026-03-04"]).due("response", created=at("2026-03-03 16:00"))
    assert settled.at == at("2026-03-05 11:30")


def test_an_unknown_calendar_gives_the_elapsed_length_as_bound():
    policy = ask(
        parameter("business_hours", "calendar"),
        clock("response", "business_hours"),
        target("response", within(in_hours(4))),
    )
    due = policy.due("response", created=CREATED)
    assert (due.missing, due.bounds) == (("business_hours",), (at("2026-03-03 14:00"), None))


def test_an_unknown_zone_is_missing_and_the_holidays_with_it():
    policy = ask(
        OPEN_DESK,
        parameter("zone", "timezone"),
        parameter("holidays", "holiday list"),
        clock("response"),
        target("response", within(in_hours(4))),
        target("response", t.ToBeDetermined(), id="open", levels={"priority": "p1"}),
    )
    due = policy.due("response", created=CREATED, priority="p2")
    assert (set(due.missing), due.bounds) == ({"zone", "holidays"}, (at("2026-03-03 14:00"), None))
    assert due.assumptions == ()


def test_an_answer_that_needs_no_parameter_is_determined():
    policy = ask(
        OPEN_DESK,
        parameter("zone", "timezone"),
        parameter("holidays", "holiday list"),
        clock("response"),
        target("response", t.ToBeDetermined(), "p1"),
        target("response", within(in_hours(1, t.ELAPSED)), "p2"),
    )
    assert policy.due("response", created=CREATED, priority="p1").answer == "no_deadline"
    assert policy.due("response", created=CREATED, priority="p2").at == at("2026-03-03 11:00")


def test_calendar_days_need_a_zone_only():
    policy = ask(
        OPEN_DESK,
        parameter("zone", "timezone"),
        parameter("holidays", "holiday list"),
        clock("response", t.ELAPSED),
        target("response", within(period(2))),
    )
    assert policy.due("response", created=CREATED).missing == ("zone",)
    assert policy.set(zone="Europe/Amsterdam").due("response", created=CREATED).at == at("2026-03-06 00:00")


def test_the_earlier_of_two_limits_may_not_need_what_is_missing():
    first, second = limit(in_hours(1, t.ELAPSED)), limit(in_hours(4, "unknown"))
    for which, answer in (("earlier", "due"), ("later", "undetermined")):
        both = t.Combined(text="", which=which, first=first, second=second)  # pyright: ignore[reportArgumentType]
        policy = ask(
            parameter("unknown", "calendar"),
            clock("response"),
            target("response", t.Committed(modality="shall", limit=both)),
        )
        due = policy.due("response", created=CREATED)
        assert due.answer == answer
        if answer == "undetermined":
            assert (due.missing, due.bounds) == (("unknown",), (at("2026-03-03 14:00"), None))


def test_a_condition_on_a_calendar_without_holidays_is_known_where_no_holiday_can_matter():
    policy = ask(
        OPEN_DESK,
        parameter("zone", "timezone", t.ZoneValue(name="Europe/Amsterdam")),
        parameter("holidays", "holiday list"),
        clock("response", t.ELAPSED),
        target("response", within(in_hours(1)), id="out", condition=when(t.During(calendar="desk", outside=True))),
        target("response", t.NoPromise()),
    )
    saturday = policy.due("response", created=at("2026-03-07 11:00"))
    assert (saturday.answer, saturday.at) == ("due", at("2026-03-07 12:00"))
    tuesday = policy.due("response", created=at("2026-03-03 11:00"))
    assert (tuesday.answer, tuesday.missing) == ("undetermined", ("holidays",))


def test_a_reading_that_is_not_computed_leaves_its_answers_open():
    doubt = ambiguity(
        "length",
        reading("short"),
        reading("long", target("response", within(in_hours(9)))),
        reading("other", not_computed="The length is not stated."),
    )
    policy = ask(clock("response"), target("response", within(in_hours(4))), ambiguities=(doubt,))
    assert policy.due("response", created=CREATED).readings == {"length": "short"}
    open_one = policy.reading(length="other").due("response", created=CREATED)
    assert (open_one.answer, open_one.readings, open_one.bounds) == ("undetermined", {"length": "other"}, None)
    assert "The length is not stated." in open_one.because[0].text


# ------------------------------------------------------------------------------------------ priorities

DEFINED = scale(
    "priority",
    level("p1", every(yes("down"), number("sites", "at least", 1))),
    level("p2", every(yes("down"), number("users", "at least", 1))),
    level("p3", every(yes("slow"), some(number("users", "at least", 1), number("sites", "at least", 1)))),
    highest_wins=True,
)
FACTS = (fact("down"), fact("slow"), fact("sites", "number"), fact("users", "number"))


def test_possible_levels_and_what_decides_between_them():
    policy = ask(DEFINED, *FACTS)
    some_down = policy.priority(down=True)
    assert (some_down.answer, some_down.level) == ("undetermined", None)
    assert set(some_down.missing) == {"sites", "users"}
    assert some_down.possible == ("p1", "p2")
    assert policy.priority(down=True, sites=1).level == "p1"
    assert policy.priority(down=False, slow=False).answer == "unclassified"
    assert set(policy.priority().missing) == {"down", "slow", "sites", "users"}


def test_highest_wins_with_an_unknown_higher_level_is_undetermined():
    answer = ask(DEFINED, *FACTS).priority(down=True, users=2)
    assert (answer.answer, answer.missing, answer.possible) == ("undetermined", ("sites",), ("p1", "p2"))


def test_it_is_determined_where_both_outcomes_are_equal():
    policy = ask(
        scale("priority", level("p1", yes("a")), level("p2", no("b"), otherwise=False), highest_wins=True),
        fact("a"),
        fact("b"),
    )
    assert policy.priority(a=True).level == "p1"
    assert policy.priority(b=False).possible == ("p1", "p2")


def test_a_due_time_misses_the_priority_until_something_is_said_of_it():
    policy = three_levels(DEFINED, *FACTS)
    assert policy.due("response", created=CREATED).missing == ("priority",)
    partly = policy.due("response", created=CREATED, down=True, sites=0)
    assert partly.missing == ("users",)
    assert partly.bounds == (at("2026-03-03 14:00"), None)
    assert policy.due("response", created=CREATED, down=True, sites=0, users=1).priority == "p2"


def test_many_unknowns_end_soon_and_are_all_missing():
    names = [f"f{number}" for number in range(30)]
    odd = yes(names[0])
    for name in names[1:]:
        odd = some(every(odd, no(name)), every(t.Not(part=odd), yes(name))) if name < "f13" else every(odd, yes(name))
    policy = ask(scale("priority", level("p1", odd), t.Level(id="p2", otherwise=True)), *(fact(name) for name in names))
    answer = policy.priority(f0=True)
    assert answer.answer == "undetermined"
    assert answer.possible == ("p1", "p2")


# ------------------------------------------------------------------------------------------ properties

ATOMS = ("a", "b", "c")


def conditions() -> st.SearchStrategy[t.AnyTest]:
    leaves: st.SearchStrategy[t.AnyTest] = st.one_of(
        st.sampled_from(ATOMS).map(yes),
        st.tuples(st.sampled_from(("at least", "more than", "is")), st.integers(0, 3)).map(
            lambda pair: number("n", pair[0], pair[1])
        ),
        st.just(is_level("region", "north")),
    )

    def larger(inner: st.SearchStrategy[t.AnyTest]) -> st.SearchStrategy[t.AnyTest]:
        pairs = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            pairs.map(lambda parts: t.All(parts=parts)),
            pairs.map(lambda parts: t.Some(parts=parts)),
            inner.map(lambda part: t.Not(part=part)),
        )

    return st.recursive(leaves, larger, max_leaves=6)


DOMAINS: dict[str, tuple[Any, ...]] = {
    "a": (True, False),
    "b": (True, False),
    "c": (True, False),
    "n": (-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4),
    "region": ("north", "south"),
}


@settings(max_examples=60, deadline=None)
@given(
    tests=st.lists(conditions(), min_size=1, max_size=3),
    known=st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in DOMAINS.items()}),
)
def test_bounds_contain_the_truth_for_any_filling_and_missing_names_are_those_that_decide(
    tests: list[t.AnyTest], known: dict[str, Any]
):
    targets = [
        target("response", within(in_hours(number_)), id=f"t{number_}", condition=when(test, f"test {number_}"))
        for number_, test in enumerate(tests, 1)
    ]
    policy = ask(
        *(fact(name) for name in ATOMS),
        fact("n", "number"),
        scale("region", "north", "south", of="customer"),
        clock("response"),
        *targets,
        target("response", within(in_hours(20))),
    )
    due = policy.due("response", created=CREATED, **known)
    unknown = [name for name in DOMAINS if name not in known]
    fillings = [dict(zip(unknown, values, strict=True)) for values in product(*(DOMAINS[name] for name in unknown))]
    truths = {
        tuple(filling.items()): policy.due("response", created=CREATED, **known, **filling).at for filling in fillings
    }
    instants = {truth for truth in truths.values() if truth is not None}
    if due.answer == "due":
        assert instants == {due.at}
    else:
        assert due.bounds is not None
        assert due.bounds[0] == min(instants)
        assert due.bounds[1] == max(instants)
    deciding = {
        name
        for name in unknown
        for filling in fillings
        for value in DOMAINS[name]
        if truths[tuple(filling.items())] != truths[tuple({**filling, name: value}.items())]
    }
    assert set(due.missing) == deciding


@settings(max_examples=40, deadline=None)
@given(
    days=st.lists(st.dates(at("2026-03-01 00:00").date(), at("2026-04-15 00:00").date()), max_size=12),
    created=st.integers(0, 30 * 24 * 4),
    budget=st.sampled_from(
        [
            in_hours(1),
            in_hours(9.5),
            in_hours(40),
            in_days(1, "close", counted="after", anchor="start date"),
            in_days(2, "end of day", counted="from", anchor="day after"),
            in_days(1, "close", counted="from", anchor="start date", cutoff=16 * 3600),
            in_days(2, "same time"),
            period(3, rolled_to="desk"),
        ]
    ),
)
def test_without_holidays_known_no_list_of_them_gives_an_earlier_due_time(
    days: list[Any], created: int, budget: t.AnyBudget
):
    nights = opening((4,), "22:00", "03:00")
    desk = calendar("desk", hours(OFFICE, nights, closed=(closed_on("holidays"),)))
    policy = ask(desk, parameter("holidays", "holiday list"), clock("response"), target("response", within(budget)))
    start = at("2026-03-01 00:00").timestamp() + created * 900
    instant = at("2026-03-01 00:00").fromtimestamp(start, at("2026-03-01 00:00").tzinfo)
    bounds = policy.due("response", created=instant).bounds
    truth = policy.set(holidays=days).due("response", created=instant).at
    assert bounds is not None
    assert truth is not None
    assert bounds[0] <= truth
    assert bounds[0] == policy.set(holidays="none").due("response", created=instant).at


def test_a_level_under_a_reading_that_is_not_computed_is_undetermined():
    doubt = ambiguity(
        "down", reading("plain"), reading("other", DEFINED), reading("unclear", not_computed="Nobody can say.")
    )
    levels = scale("priority", level("p1", yes("down")), t.Level(id="p2", otherwise=True))
    policy = ask(levels, *FACTS, ambiguities=(doubt,))
    assert policy.priority(down=True).level == "p1"
    answer = policy.reading(down="unclear").priority(down=True)
    assert (answer.answer, answer.level, answer.readings) == ("undetermined", None, {"down": "unclear"})
    assert answer.because[0].text == "Undetermined: under `unclear` it is not computed. Nobody can say."
    given = policy.reading(down="unclear").priority(down=True, priority="p2")
    assert (given.answer, given.level) == ("level", "p2")
