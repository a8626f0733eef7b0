"""The tickets on which conditions are tried: enough, no more, and told in words."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sla_dsl.checking.atoms import OTHER, World
from sla_dsl.checking.cases import MOST_CASES, Cases, cases
from sla_dsl.policy.terms import (
    All,
    Among,
    AnyTest,
    Compares,
    Comparison,
    Condition,
    Distance,
    During,
    Fact,
    Given,
    Level,
    Not,
    Precedes,
    Scale,
    Some,
    Subject,
    Type,
    Yes,
)

LEVELS = (
    Level(id="high", when=Condition(text="x", test=Yes(fact="x"))),
    Level(id="low", otherwise=True),
)
WORLD = World(
    facts={
        "users": Fact(id="users", type=Type(name="number")),
        "sort": Fact(id="sort", type=Type(name="one of", choices=("a", "b"))),
        "asked": Fact(id="asked", type=Type(name="yes or no")),
        "wished": Fact(id="wished", type=Type(name="level", scale="severity")),
    },
    scales={
        "severity": Scale(id="severity", levels=LEVELS),
        "reach": Scale(id="reach", levels=LEVELS[:1]),
    },
)
WIDE = Compares(fact="users", comparison="at least", value=20.0)


def outcomes(*tests: AnyTest) -> set[tuple[bool | None, ...]]:
    return {trial.outcomes for trial in cases(WORLD, tests)}


def domain(test: AnyTest) -> list[object]:
    (values,) = cases(WORLD, [test]).domains.values()
    return list(values)


def users(comparison: Comparison, value: float) -> Compares:
    return Compares(fact="users", comparison=comparison, value=value)


def level_is(scale: str, *levels: str) -> Among:
    return Among(subject=Subject(kind="level", name=scale), values=levels)


@pytest.mark.parametrize(
    ("test", "values"),
    [
        (Yes(fact="asked"), [True, False]),
        (WIDE, [19.0, 20.0, 21.0]),
        (Compares(fact="users", comparison="more than", value=0.0), [0.0, 1.0]),
        (Compares(fact="users", comparison="less than", value=-1.0), [-2.0, -1.0, 0.0]),
        (Among(subject=Subject(kind="fact", name="sort"), values=("a",)), ["a", "b"]),
        (Among(subject=Subject(kind="fact", name="asked"), values=("yes",)), [True, False]),
        (Among(subject=Subject(kind="fact", name="wished"), values=("low",)), ["high", "low"]),
        (Among(subject=Subject(kind="channel"), values=("phone",)), ["phone", OTHER]),
        (level_is("severity", "high"), ["high", "low"]),
        (level_is("reach", "high"), ["high", OTHER]),
        (Given(subject=Subject(kind="level", name="severity")), ["high", "low", None]),
        (Precedes(earlier="a", later="b"), ["before", "the same", "after"]),
    ],
)
def test_a_variable_takes_the_values_that_make_a_difference(test: AnyTest, values: list[object]):
    assert domain(test) == values


def test_between_two_whole_numbers_there_is_nothing():
    assert (False, False) not in outcomes(users("at most", 1.0), users("at least", 2.0))


def test_between_two_broken_numbers_there_is_something():
    assert (False, False) in outcomes(users("at most", 1.5), users("at least", 2.0))


@pytest.mark.parametrize(
    ("test", "opposite"),
    [
        (During(calendar="desk"), During(calendar="desk", outside=True)),
        (Precedes(earlier="a", later="b"), Not(part=Precedes(earlier="a", later="b"))),
        (
            Distance(later="a", earlier="b", comparison="at most", days=90),
            Distance(later="a", earlier="b", comparison="more than", days=90),
        ),
        (
            Compares(fact="day", comparison="less than", value="2026-01-01"),
            Compares(fact="day", comparison="at least", value="2026-01-01"),
        ),
        (
            Compares(fact="moment", comparison="less than", value="2026-01-01T12:00"),
            Compares(fact="moment", comparison="at least", value="2026-01-01T12:00"),
        ),
    ],
)
def test_opposites_leave_no_gap(test: AnyTest, opposite: AnyTest):
    assert outcomes(test, opposite) == {(True, False), (False, True)}


def test_of_two_instants_neither_may_be_earlier():
    assert (False, False) in outcomes(Precedes(earlier="a", later="b"), Precedes(earlier="b", later="a"))


def test_what_is_not_given_answers_nothing():
    level = level_is("severity", "high")
    given = Given(subject=level.subject)
    assert outcomes(given, level) == {(True, True), (True, False), (False, None)}
    assert (None,) in outcomes(All(parts=(level, Some(parts=(given, Not(part=given))))))
    assert outcomes(All(parts=(given, level))) == {(True,), (False,)}


def test_an_instant_with_an_offset_is_compared_with_nothing():
    test = Compares(fact="moment", comparison="at least", value="2026-01-01T12:00+01:00")
    assert outcomes(test) == {(True,), (False,)}


def test_states_of_a_clock_go_together():
    overdue, running = (Among(subject=Subject(kind="clock", name="c"), values=(s,)) for s in ("overdue", "running"))
    assert (True, True) in outcomes(overdue, running)


def test_a_trial_names_its_first_case_and_whether_it_is_open():
    level = level_is("severity", "high")
    given = Given(subject=level.subject)
    trials = {trial.outcomes: trial for trial in cases(WORLD, [level, given])}
    assert trials[True, True].first == 0
    assert trials[False, True].first == 1
    assert trials[None, False].first is None
    assert trials[None, False].is_open
    assert not trials[False, True].is_open


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        ([WIDE], "users is 19"),
        ([Yes(fact="asked"), WIDE], "asked is yes and users is 19"),
        ([Given(subject=Subject(kind="fact", name="sort"))], "sort is a"),
        ([Compares(fact="day", comparison="at least", value="2026-01-01")], "day is 2025-12-31"),
        ([Compares(fact="moment", comparison="at least", value="2026-01-01T12:00")], "moment is 2026-01-01 11:59:00"),
        ([], "nothing is known"),
    ],
)
def test_a_ticket_is_told_in_words(tests: Iterable[AnyTest], words: str):
    assert str(next(iter(cases(WORLD, tests)))) == words


def many(count: int) -> Cases:
    return cases(WORLD, [Yes(fact=f"fact_{number}") for number in range(count)])


def test_too_many_combinations_are_sampled_and_always_the_same():
    assert many(10).complete
    sampled = many(20)
    assert not sampled.complete
    assert len(list(sampled)) == MOST_CASES
    assert [trial.ticket for trial in sampled][:50] == [trial.ticket for trial in many(20)][:50]
