"""Objectives over many tickets: shares and means, by clock, level, kind and period (R8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import product
from typing import Any, TypeVar, cast

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sla_dsl import shipped
from sla_dsl.pipeline import Policy
from sla_dsl.policy.answers import Priority
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.tickets.answers import ClockAnswer, ObjectiveAnswer
from sla_dsl.policy.tickets.evaluation import Evaluation
from sla_dsl.policy.tickets.look import Answered, Look
from sla_dsl.policy.tickets.objectives import objectives
from sla_dsl.policy.tickets.tally import in_time, period_of
from tests.policy.tickets.looking import ZONE, look, policy

T = TypeVar("T")


@frozen
class Ticket:
    """An evaluated ticket, put together by hand."""

    at: datetime
    clocks: tuple[ClockAnswer, ...]
    made: Executable
    look: Look
    said: dict[str, Any]

    @property
    def priority(self) -> Priority:
        return self.level("priority")

    def level(self, scale: str) -> Priority:
        return self.made.level(scale, **{name: value for name, value in self.said.items() if name != "channel"})

    def ask(self, question: Callable[[Inquiry], T]) -> Answered[T]:
        return self.look.ask(question)


def wall(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=ZONE)


def cycle(verdict: Any = "met", clock: str = "repair", **more: Any) -> ClockAnswer:
    """A cycle that ran from Monday 2026-03-02 10:00 to 12:00, unless told otherwise."""
    parts: dict[str, Any] = {
        "state": "stopped", "answer": "due", "modality": "shall", "step": None, "used_seconds": 7200, "missing": (),
        "started": "2026-03-02T10:00", "stopped": "2026-03-02T12:00", "breached_at": None, "used_days": None, **more,
    }  # fmt: skip
    for name in ("started", "stopped", "breached_at"):
        parts[name] = wall(parts[name])
    return ClockAnswer(clock=clock, cycle=1, verdict=verdict, **parts)


OPEN = cycle("open", state="running", stopped=None)
LATE_OPEN = cycle("breached", state="running", stopped=None, breached_at="2026-03-02T18:00")


def ticket(made: Executable, *clocks: ClockAnswer, **said: Any) -> Ticket:
    now = "2026-05-04T10:00"
    at = wall(now)
    assert at is not None
    return Ticket(at, clocks, made, look(made, now, **said), said)


def objective(lines: str, head: str = "for p1, p2") -> Policy:
    return policy(f'objective o "Objective" {head} {{\n{lines}\nassume "Made up."\n}}')


def measured(made: Executable, *tickets: Ticket) -> list[ObjectiveAnswer]:
    return list(objectives(made._desk, cast("tuple[Evaluation, ...]", tickets)))


def of(made: Executable, tickets: Iterable[Ticket], **where: Any) -> ObjectiveAnswer:
    """The one answer with these parts."""
    found = measured(made, *tickets)
    kept = [one for one in found if all(getattr(one, name) == value for name, value in where.items())]
    assert len(kept) == 1, found
    return kept[0]


def short(answer: ObjectiveAnswer) -> tuple[int, int | None, float | None, str]:
    return answer.count, answer.within, answer.value, answer.verdict


SHARE = objective("share more than 50 % of repair\nleft blank for p3")


def test_a_share_by_level():
    tickets = [
        ticket(SHARE, cycle(), priority="p1"),
        ticket(SHARE, cycle(), priority="p1"),
        ticket(SHARE, cycle("breached"), priority="p1"),
        ticket(SHARE, cycle("missed"), priority="p2"),
        ticket(SHARE, cycle(), priority="p3"),
    ]
    answers = measured(SHARE, *tickets)
    assert [(one.objective, one.clock, one.level, one.period) for one in answers] == [
        ("o", "repair", "p1", None),
        ("o", "repair", "p2", None),
        ("o", "repair", "p3", None),
    ]
    assert short(answers[0]) == (3, 2, 200 / 3, "met")
    assert short(answers[1]) == (1, 0, 0, "missed")
    assert short(answers[2]) == (0, None, None, "no_commitment")
    assert [(one.threshold, one.strict, one.unit) for one in answers] == [
        (50, True, "percent"),
        (50, True, "percent"),
        (None, None, None),
    ]


@pytest.mark.parametrize(
    ("comparison", "verdict"),
    [("more than", "missed"), ("at least", "met"), ("at most", "met"), ("less than", "missed")],
)
def test_a_threshold_is_compared_strictly_or_not(comparison: str, verdict: str):
    made = objective(f"share {comparison} 50 % of repair", "for p1")
    tickets = [ticket(made, cycle(), priority="p1"), ticket(made, cycle("breached"), priority="p1")]
    assert of(made, tickets).verdict == verdict


def test_a_share_is_compared_exactly():
    made = objective("share at least 99.9 % of repair", "for p1")
    late = ticket(made, cycle("breached"), priority="p1")
    tickets = [ticket(made, cycle(), priority="p1")] * 999
    assert short(of(made, [*tickets, late])) == (1000, 999, 99.9, "met")
    assert of(objective("share more than 99.9 % of repair", "for p1"), [*tickets, late]).verdict == "missed"


def test_no_ticket_leaves_it_open():
    assert [short(one) for one in measured(SHARE)] == [
        (0, 0, None, "undetermined"),
        (0, 0, None, "undetermined"),
        (0, None, None, "no_commitment"),
    ]


def test_what_runs_does_not_count_until_it_is_late():
    late = [ticket(SHARE, OPEN, priority="p1"), ticket(SHARE, LATE_OPEN, priority="p1")]
    assert short(of(SHARE, late, level="p1")) == (1, 0, 0, "missed")
    assert short(of(SHARE, late[:1], level="p1")) == (0, 0, None, "undetermined")


@pytest.mark.parametrize("verdict", ["no_commitment", "not_measured"])
def test_what_has_no_promise_or_was_not_measured_does_not_count(verdict: str):
    assert short(of(SHARE, [ticket(SHARE, cycle(verdict), priority="p1")], level="p1"))[0] == 0


def test_each_cycle_counts():
    tickets = [ticket(SHARE, cycle(), cycle("breached"), evolve(OPEN, cycle=3), priority="p1")]
    assert short(of(SHARE, tickets, level="p1"))[:2] == (2, 1)


def test_what_nobody_knows_is_open_only_where_it_decides():
    unknown = cycle("undetermined", missing=("holidays",))
    known = [ticket(SHARE, cycle(), priority="p1")] * 2
    one = of(SHARE, [*known, ticket(SHARE, unknown, priority="p1")], level="p1")
    assert (short(one), one.missing) == ((3, 2, None, "met"), ("holidays",))
    two = of(SHARE, [*known, *[ticket(SHARE, unknown, priority="p1")] * 2], level="p1")
    assert (short(two), two.missing) == ((4, 2, None, "undetermined"), ("holidays",))


def test_a_ticket_of_which_the_level_is_not_known_perhaps_counts():
    known = [ticket(SHARE, cycle(), priority="p1")]
    perhaps = of(SHARE, [*known, ticket(SHARE, cycle("breached"))], level="p1")
    assert (short(perhaps), perhaps.missing) == ((1, 1, None, "undetermined"), ("priority",))
    no_matter = of(SHARE, [*known, ticket(SHARE, cycle())], level="p1")
    assert short(no_matter) == (1, 1, 100, "met")
    alone = of(SHARE, [ticket(SHARE, cycle())], level="p1")
    assert short(alone) == (0, 0, None, "undetermined")


def test_an_objective_without_levels_measures_all_but_the_blank():
    made = objective("share at least 50 % of repair\nleft blank for p3", "")
    tickets = [
        ticket(made, cycle(), priority="p1"),
        ticket(made, cycle("breached"), priority="p2"),
        ticket(made, cycle("breached"), priority="p3"),
    ]
    assert short(of(made, tickets, level=None)) == (2, 1, 50, "met")
    assert of(made, tickets, level="p3").verdict == "no_commitment"
    perhaps = of(made, [*tickets, ticket(made, cycle("breached"))], level=None)
    assert (perhaps.verdict, perhaps.missing) == ("undetermined", ("priority",))
    every = objective("share at least 50 % of repair", "")
    assert short(of(every, [ticket(every, cycle()), ticket(every, cycle("breached"), priority="p3")])) == (
        2,
        1,
        50,
        "met",
    )


def test_only_tickets_for_which_the_condition_holds():
    made = policy("""
      objective o "Objective" {
        applies if plan is gold
        share at least 50 % of repair if channel is phone
        assume "Made up."
      }
    """)
    gold = {"plan": "gold", "channel": "phone"}
    tickets = [
        ticket(made, cycle(), **gold),
        ticket(made, cycle("breached"), **{**gold, "channel": "mail"}),
        ticket(made, cycle("breached"), **{**gold, "plan": "basic"}),
    ]
    assert short(of(made, tickets)) == (1, 1, 100, "met")
    unknown = of(made, [*tickets, ticket(made, cycle("breached"), plan="gold")])
    assert (unknown.verdict, unknown.value, unknown.missing) == ("met", None, ("channel",))
    two = [ticket(made, cycle("breached"), plan="gold")] * 2
    assert of(made, [*tickets, *two]).verdict == "undetermined"


def test_by_kind_of_ticket():
    made = objective("share at least 50 % of repair per plan", "for p1")
    tickets = [
        ticket(made, cycle(), priority="p1", plan="gold"),
        ticket(made, cycle("breached"), priority="p1", plan="basic"),
    ]
    answers = measured(made, *tickets)
    assert [(one.per, one.verdict) for one in answers] == [({"plan": "gold"}, "met"), ({"plan": "basic"}, "missed")]
    unknown = measured(made, *tickets, ticket(made, cycle("breached"), priority="p1"))
    assert [(one.count, one.missing) for one in unknown] == [(1, ("plan",)), (1, ("plan",))]


def test_a_mean_of_what_has_stopped():
    made = objective("mean of repair at most 3 hours", "for p1")
    tickets = [
        ticket(made, cycle(), priority="p1"),
        ticket(made, cycle("breached", used_seconds=14400.5), priority="p1"),
        ticket(made, cycle("no_commitment", used_seconds=3600), priority="p1"),
        ticket(made, OPEN, priority="p1"),
        ticket(made, LATE_OPEN, priority="p1"),
        ticket(made, cycle("not_measured", state="void"), priority="p1"),
    ]
    answer = of(made, tickets)
    assert short(answer) == (3, None, (7200 + 14400.5 + 3600) / 3, "met")
    assert (answer.threshold, answer.unit, answer.strict) == (10800, "seconds", False)


def test_a_mean_that_rests_on_what_nobody_knows():
    made = objective("mean of repair at most 3 hours", "for p1")
    tickets = [
        ticket(made, cycle(), priority="p1"),
        ticket(made, cycle("undetermined", used_seconds=None, missing=("holidays",)), priority="p1"),
    ]
    answer = of(made, tickets)
    assert (short(answer), answer.missing) == ((1, None, None, "undetermined"), ("holidays",))


def test_a_mean_in_days():
    made = objective("mean of repair at most 1 day of desk", "for p1")
    tickets = [
        # What the target counted is not asked: the days of the mean are its own.
        ticket(made, cycle(used_days=7, stopped="2026-03-04T12:00"), priority="p1"),
        # Thursday to Monday: two dates with opening hours after the first.
        ticket(made, cycle(started="2026-03-05T10:00", stopped="2026-03-09T12:00"), priority="p1"),
        ticket(made, cycle(), priority="p1"),
        ticket(made, cycle(started="2026-03-07T10:00", stopped="2026-03-07T12:00"), priority="p1"),
    ]
    answer = of(made, tickets)
    assert (short(answer), answer.threshold, answer.unit) == ((4, None, 1, "met"), 1, "days")
    assert short(of(made, tickets[:2])) == (2, None, 2, "missed")


@pytest.mark.parametrize(("days", "value"), [("days of desk", 2), ("calendar days", 4), ("weeks", 4)])
def test_days_of_a_mean_are_those_that_it_names(days: str, value: int):
    # From Thursday to Monday: Friday and Monday of the desk; Friday, Saturday, Sunday and Monday of the calendar.
    made = objective(f"mean of repair at most 1 {days}", "for p1")
    stopped = cycle(started="2026-03-05T10:00", stopped="2026-03-09T12:00", used_days=1)
    assert of(made, [ticket(made, stopped, priority="p1")]).value == value


def test_a_mean_in_days_rests_on_its_calendar():
    made = objective("mean of repair at most 1 day of desk", "for p1")
    assert "calendar desk" in of(made, [ticket(made, cycle(), priority="p1")]).clauses
    plain = objective("mean of repair at most 1 calendar day", "for p1")
    assert "calendar desk" not in of(plain, [ticket(plain, cycle(), priority="p1")]).clauses


def test_hours_of_a_clock_that_a_reading_measures_in_something_else_are_not_known():
    made = policy("""
      objective o "Objective" for p1 {
        mean of repair at most 3 hours of desk
        assume "Made up."
      }
      objective again "Again" for p1 {
        mean of repair at most 3 hours
        assume "Made up."
      }
      ambiguity how "How is repair measured?" {
        cite "Small terms."
        reading desk "In desk hours"
        reading throughout "All the time" { amend clock repair { measured in elapsed time } }
        choose desk because "Made up."
      }
    """)
    stopped = ticket(made, cycle(), priority="p1")
    assert short(of(made, [stopped], objective="o")) == (1, None, 7200, "met")
    other = made.reading(how="throughout")
    stopped = ticket(other, cycle(), priority="p1")
    assert short(of(other, [stopped], objective="o")) == (0, None, None, "undetermined")
    assert short(of(other, [stopped], objective="again")) == (1, None, 7200, "met")


def test_a_mean_in_days_of_hours_that_nobody_knows():
    made = policy("""
      clock visit "Visit" {
        starts when noticed
        stops when answered
        measured in office
        on reopening stay closed
        assume "Made up."
      }
      target visit: silent
      objective o "Objective" {
        mean of visit at most 1 day of office
        assume "Made up."
      }
    """)
    asked = of(made, [ticket(made, cycle("no_commitment", "visit"))])
    assert (asked.count, asked.verdict) == (0, "undetermined")
    known = made.set(holidays=["2026-03-03"])
    stopped = cycle("no_commitment", "visit", stopped="2026-03-04T12:00")
    assert short(of(known, [ticket(known, stopped)])) == (1, None, 1, "met")


@pytest.mark.parametrize(
    ("each", "names"),
    [
        ("day", ["2026-02-28", "2026-03-01", "2026-03-31"]),
        ("week", ["2026-W09", "2026-W14"]),
        ("month", ["2026-02", "2026-03"]),
        ("quarter", ["2026-Q1"]),
        ("year", ["2026"]),
    ],
)
def test_by_period_in_the_zone_of_the_policy(each: str, names: list[str]):
    made = objective(f"share at least 50 % of repair each {each}", "for p1")
    ends = ("2026-02-28T23:59", "2026-03-01T00:00", "2026-03-31T23:30")
    tickets = [ticket(made, cycle(stopped=end), priority="p1") for end in ends]
    assert [one.period for one in measured(made, *tickets)] == names
    assert sum(one.count for one in measured(made, *tickets)) == 3


def test_what_is_late_belongs_to_the_period_in_which_it_became_so():
    made = objective("share at least 50 % of repair each month", "for p1")
    late = cycle("breached", breached_at="2026-03-31T18:00", stopped="2026-04-02T10:00")
    running = evolve(late, state="running", stopped=None)
    for one in (late, running):
        assert [answer.period for answer in measured(made, ticket(made, one, priority="p1"))] == ["2026-03"]
    mean = objective("mean of repair at most 1 hour each month", "for p1")
    assert [answer.period for answer in measured(mean, ticket(mean, late, priority="p1"))] == ["2026-04"]


def test_no_period_without_a_ticket():
    made = objective("share at least 50 % of repair each month", "for p1")
    assert [(one.period, one.verdict) for one in measured(made)] == [(None, "undetermined")]


def test_a_period_needs_a_zone():
    text = """
      parameter place "zone" is a timezone { assume "Made up." }
      objective o "Objective" {
        share at least 50 % of repair each month
        assume "Made up."
      }
    """
    nowhere = Executable(replace(policy(text).document, timezone_parameter="place"))
    answer = of(nowhere, [ticket(nowhere, cycle())])
    assert (answer.period, answer.verdict, answer.missing, answer.count) == (None, "undetermined", ("place",), 1)
    known = nowhere.set(place="Asia/Tokyo")
    assert of(known, [ticket(known, cycle(stopped="2026-03-31T18:00"))]).period == "2026-04"


KINDS = ["met", "missed", "breached", "open", "no_commitment", "undetermined", "unclear"]
"""Verdicts; an unclear one is undetermined, and it is not even known whether there is a promise."""
TURNS_OUT = {"undetermined": ("met", "missed"), "unclear": ("met", "missed", "no_commitment")}


def cycle_of(kind: str) -> ClockAnswer:
    return cycle("undetermined", modality=None) if kind == "unclear" else cycle(kind)


@given(
    kinds=st.lists(st.sampled_from(KINDS), max_size=6),
    threshold=st.sampled_from([0, 25, 50, 75, 100]),
    comparison=st.sampled_from(["more than", "at least", "less than", "at most"]),
)
def test_a_verdict_is_known_where_it_is_the_same_however_the_unknown_turns_out(
    kinds: list[str], threshold: int, comparison: str
):
    made = SHARES[comparison, threshold]
    found = of(made, [ticket(made, *map(cycle_of, kinds), priority="p1")]).verdict
    ways = product(*(TURNS_OUT.get(kind, (kind,)) for kind in kinds))
    outcomes = {of(made, [ticket(made, *map(cycle_of, way), priority="p1")]).verdict for way in {*map(ordered, ways)}}
    assert found == (outcomes.pop() if len(outcomes) == 1 else "undetermined")


def ordered(way: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(way))


SHARES = {
    (comparison, threshold): objective(f"share {comparison} {threshold} % of repair", "for p1")
    for comparison in ("more than", "at least", "less than", "at most")
    for threshold in (0, 25, 50, 75, 100)
}


def test_names_of_periods_at_the_turn_of_a_year():
    day = datetime(2027, 1, 1, tzinfo=ZONE).date()
    assert [period_of(day, each) for each in ("week", "quarter")] == ["2026-W53", "2027-Q1"]
    assert in_time(cycle("aim_missed_no_breach")) == {False}


# -------------------------------------------------------------------------------------------- reasons


def test_reasons():
    tickets = [
        ticket(SHARE, cycle(), cycle("breached"), OPEN, priority="p1"),
        ticket(SHARE, cycle("undetermined", missing=("holidays",)), priority="p1"),
    ]
    answer = of(SHARE, tickets, level="p1")
    assert [reason.text for reason in answer.because] == [
        "Objective, `repair`, priority p1: 1 of 3 in time; more than 50 % is wanted.",
        "Not counted, in all periods: 1 still open.",
        "Of 1 cycle it is not known whether and how they count, which rests on `holidays`.",
    ]
    assert answer.because[0].assume == "Made up."
    blank = of(SHARE, tickets, level="p3")
    assert blank.because[0].text == "Objective: left blank for p3; nothing is promised and nothing refused."
    assert blank.clauses == ("objective o", "clock repair")


def test_reasons_of_a_mean():
    made = objective("mean of repair at most 90 minutes each month if broken", "for p1")
    answer = of(made, [ticket(made, cycle(), priority="p1", broken=True)])
    assert [reason.text for reason in answer.because] == [
        "Objective, `repair`, priority p1, 2026-03: 2 hours on average of 1; at most 1 hour 30 minutes is wanted.",
        "Only tickets count for which “broken” holds.",
    ]


# ----------------------------------------------------------------------------------- shipped policies


def test_cloudcti():
    made = shipped("cloudcti").set(holidays="none")
    tickets = [
        ticket(made, cycle(stopped="2026-03-03T12:00"), cycle(clock="response"), priority="p2"),
        ticket(made, cycle("missed", stopped="2026-03-06T12:00"), cycle(clock="response"), priority="p2"),
        ticket(made, cycle("no_commitment"), cycle("missed", "response"), priority="p1"),
    ]
    answers = measured(made, *tickets)
    found = {(one.objective, one.clock, one.level): short(one) for one in answers}
    assert len(found) == len(answers) == 1 + 3 + 9
    assert found["mean_repair", "repair", "p2"] == (2, None, 2.5, "missed")
    assert found["performance", "response", "p2"] == (2, 2, 100, "met")
    assert found["performance", "repair", "p2"] == (2, 1, 50, "missed")
    assert found["performance", "update", "p2"] == (0, 0, None, "undetermined")
    assert found["performance", "response", "p1"] == (0, None, None, "no_commitment")


def test_a_reading_that_is_not_computed_leaves_an_objective_open():
    made = shipped("cloudcti").reading(performance_of="telephone")
    answer = of(made, [ticket(made, cycle(), priority="p2")], objective="performance", clock="repair", level="p2")
    assert (answer.verdict, answer.value) == ("undetermined", None)
    assert "not computed" in answer.because[0].text


def test_a_mean_alone_still_counts_days():
    made = shipped("cloudcti").set(holidays="none").reading(mean_or_each="mean_only")
    stopped = cycle("no_commitment", started="2026-03-05T10:00", stopped="2026-03-09T12:00")
    answer = of(made, [ticket(made, stopped, priority="p2")], objective="mean_repair")
    assert short(answer) == (1, None, 2, "met")


def test_a_limit_that_leaves_out_the_day_after_has_no_mean_that_counts_it():
    made = shipped("cloudcti").set(holidays="none").reading(repair_days="day_zero")
    stopped = cycle("met", started="2026-03-03T10:00", stopped="2026-03-06T16:00")
    answers = measured(made, ticket(made, stopped, priority="p2"))
    found = {(one.objective, one.clock, one.level): one.verdict for one in answers}
    assert found["performance", "repair", "p2"] == "met"
    assert "mean_repair" not in {objective for objective, _, _ in found}
