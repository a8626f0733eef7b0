"""An evaluated ticket as people read it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sla_dsl.policy.answers import Priority, Reason
from sla_dsl.policy.tickets.answers import (
    AllowedMove,
    AvailabilityAnswer,
    ChannelAnswer,
    ClockAnswer,
    DutyAnswer,
    ExclusionAnswer,
    InTime,
    Irregular,
    LedgerLine,
    MaintenanceAnswer,
    NextStatus,
    StatusAnswer,
    StepAnswer,
    Warned,
    WouldChange,
)
from sla_dsl.policy.tickets.evaluation import Evaluation
from sla_dsl.reporting.answers import priority_text
from sla_dsl.reporting.evaluation import evaluation_text
from tests.policy.builders import at, cite
from tests.policy.tickets import answered
from tests.policy.tickets.answered import NINE, NOON, TEN
from tests.policy.tickets.why import Because

ZONE = Reason("parameter zone", "`zone` is Europe/Amsterdam, by default; this is assumed.", (), "It is Dutch.")
TARGET = Reason("target response/p1", "Due Friday 2026-03-06 13:00: within 4 hours.", (cite("4 hours", 62),))


def clock(**more: Any) -> ClockAnswer:
    """A clock that runs since nine and is due at ten, unless told otherwise."""
    return answered.clock(**{"started": NINE, "due": TEN, **more})


def evaluation(**parts: Any) -> Evaluation:
    """An evaluation that has these parts, as one has that was pickled."""
    made: Evaluation = object.__new__(Evaluation)
    usual: dict[str, Any] = {
        "policy": "vendor",
        "digest": "0",
        "ticket": "7",
        "at": NOON,
        "priority": Priority("priority", "level", "p1", False, ("p1",), (), (), ()),
        "status": StatusAnswer(None, None),
        "readings": {},
        "would_change": (),
    }
    names = "clocks availability channels duties exclusions maintenance irregular assumptions missing".split()
    made.__setstate__({**dict.fromkeys(names, ()), **usual, **parts})
    return made


def told(*, explain: bool = False, **parts: Any) -> str:
    return evaluation_text(evaluation(**parts), explain=explain)


def test_the_head():
    assert told() == "ticket 7 on Friday 2026-03-06 12:00 +01:00\npriority p1\n"
    assert told(ticket=None).startswith("ticket without an id on ")


@pytest.mark.parametrize(
    ("priority", "line"),
    [
        (("level", "p1", True, ("p1",), ()), "priority p1, given on the ticket"),
        (("unclassified", None, False, (), ()), "priority: unclassified, no level applies"),
        (
            ("overlap", None, False, ("p1", "p2"), ()),
            "priority: several levels apply (p1, p2), and the policy does not say which wins",
        ),
        (
            ("undetermined", None, False, ("p1", "p2"), ("site_down",)),
            "priority undetermined, possible: p1, p2, missing: site_down",
        ),
    ],
)
def test_priority(priority: tuple[Any, ...], line: str):
    answer, level, override, possible, missing = priority
    found = Priority("priority", answer, level, override, possible, missing, (), ())
    assert told(priority=found).splitlines()[1] == line


@pytest.mark.parametrize(("scale", "name"), [("severity", "severity"), (None, "priority")])
def test_a_level_is_told_under_the_name_of_its_scale(scale: str | None, name: str):
    priority = Priority(scale, "level", "high", False, ("high",), (), (), ())
    moved = clock(in_time_if=(InTime("priority", TEN, to="low"),))
    text = told(priority=priority, clocks=(moved,))
    assert text.splitlines()[1] == f"{name} high"
    assert f"in time if the {name} were low (due Friday 2026-03-06 10:00 +01:00)" in text
    assert f"{name} is high" in priority_text(priority)


def test_status_and_what_can_come_next():
    status = StatusAnswer(
        "solved",
        NINE,
        (NextStatus("closed", TEN),),
        (
            AllowedMove("reopened", "open", True, NOON),
            AllowedMove("confirmed", "closed", False, None),
            AllowedMove("replied", "open", None, None, ("zone",)),
        ),
    )
    assert told(status=status).splitlines()[2:] == [
        "status solved since Friday 2026-03-06 09:00 +01:00",
        "  becomes closed on Friday 2026-03-06 10:00 +01:00, if nothing happens before",
        "  reopened → open: allowed, until Friday 2026-03-06 12:00 +01:00",
        "  confirmed → closed: not allowed",
        "  replied → open: not known whether allowed, missing: zone",
    ]
    unknown = StatusAnswer(None, None, possible=("open", "closed"), missing=("zone",))
    assert "status undetermined, possible: open, closed, missing: zone" in told(status=unknown)


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        (
            {"used_seconds": 5400, "budget_seconds": 14400, "remaining_seconds": 9000},
            [
                "response: running, open",
                "  started Friday 2026-03-06 09:00 +01:00",
                "  due Friday 2026-03-06 10:00 +01:00 (shall: late is breached)",
                "  used 1 hour 30 minutes of 4 hours, 2 hours 30 minutes left",
            ],
        ),
        (
            {
                "state": "stopped",
                "verdict": "aim_missed_no_breach",
                "stopped": NOON,
                "modality": "best_effort",
                "strict": True,
                "breached_at": TEN,
                "used_days": 1,
                "remaining_seconds": -0.5,
                "warnings": (Warned(NINE, 75), Warned(TEN, None, 1800)),
                "step": "first",
                "cycle": 2,
            },
            [
                "response, cycle 2, step first: stopped, aim missed no breach",
                "  started Friday 2026-03-06 09:00 +01:00, stopped Friday 2026-03-06 12:00 +01:00",
                "  due Friday 2026-03-06 10:00 +01:00 (best effort: late is no breach, strictly before that instant)",
                "  late since Friday 2026-03-06 10:00 +01:00",
                "  1 day used, 500000 microseconds over",
                "  warns Friday 2026-03-06 09:00 +01:00 (75 %), Friday 2026-03-06 10:00 +01:00 (30 minutes before)",
            ],
        ),
        (
            {
                "verdict": "undetermined",
                "answer": "undetermined",
                "due": None,
                "bounds": (NINE, None),
                "missing": ("zone",),
            },
            [
                "response: running, undetermined",
                "  started Friday 2026-03-06 09:00 +01:00",
                "  due time undetermined: not before Friday 2026-03-06 09:00 +01:00, no latest instant is known",
                "  missing: zone",
            ],
        ),
        (
            {"verdict": "no_commitment", "answer": "no_deadline", "due": None, "modality": "words_only"},
            [
                "response: running, no commitment",
                "  started Friday 2026-03-06 09:00 +01:00",
                "  no deadline: words without a number",
            ],
        ),
        (
            {
                "state": "not_started",
                "verdict": "not_measured",
                "answer": None,
                "modality": None,
                "started": None,
                "due": None,
            },
            ["response: not started, not measured"],
        ),
        (
            {
                "steps": (StepAnswer("first", "stopped", "missed", "target", "due", TEN, date(2026, 3, 6)),),
                "in_time_if": (InTime("stop_earlier", TEN, by_seconds=60), InTime("channel", None, to="web")),
            },
            [
                "response: running, open",
                "  started Friday 2026-03-06 09:00 +01:00",
                "  due Friday 2026-03-06 10:00 +01:00 (shall: late is breached)",
                "  step first: stopped, missed, due Friday 2026-03-06 10:00 +01:00",
                "  in time if the event that stops it had come 1 minute earlier (due Friday 2026-03-06 10:00 +01:00)",
                "  in time if it had come by web",
            ],
        ),
    ],
)
def test_clocks(more: dict[str, Any], lines: list[str]):
    text = evaluation_text(evaluation(clocks=(clock(**more),)), width=140)
    assert text.partition("──────\n\n")[2].splitlines() == [f"  {line}" for line in lines]


def test_cycles_are_numbered_where_there_are_several():
    text = told(clocks=(clock(), clock(cycle=2), clock(clock="repair")))
    assert [line.strip() for line in text.splitlines() if line.startswith("  ") and line[2] != " "] == [
        "response, cycle 1: running, open",
        "response, cycle 2: running, open",
        "repair: running, open",
    ]


def test_the_rest():
    text = told(
        availability=(AvailabilityAnswer("desk", "not_stated"), AvailabilityAnswer("on_call", "yes", NOON)),
        channels=(ChannelAnswer("web", True), ChannelAnswer("phone", None, ("zone",))),
        duties=(
            DutyAnswer("notify", ("vendor", "partner"), ("client",), "should", "owed", TEN),
            DutyAnswer("announce", ("vendor",), (), None, "not_owed"),
        ),
        exclusions=(ExclusionAnswer("misuse", ("response", "repair"), NINE),),
        maintenance=(MaintenanceAnswer("upgrades", False),),
        irregular=(Irregular(NINE, {"at": "x", "status": "closed"}, "no rule leads there"),),
        would_change=(WouldChange("length", "two", {"/clocks/0/due": None}),),
        readings={"length": "four"},
        assumptions=("zone",),
        missing=("holidays",),
    )
    assert text.splitlines()[2:] == [
        "",
        "Who is there",
        "────────────",
        "  desk: not stated",
        "  on_call: yes, until Friday 2026-03-06 12:00 +01:00",
        "  by web: yes",
        "  by phone: not known, missing: zone",
        "",
        "Duties",
        "──────",
        "  notify: owed, vendor and partner to client (should), due Friday 2026-03-06 10:00 +01:00",
        "",
        "Exclusions",
        "──────────",
        "  misuse ends response, repair since Friday 2026-03-06 09:00 +01:00",
        "",
        "Maintenance",
        "───────────",
        "  upgrades: not allowed",
        "",
        "Irregular entries",
        "─────────────────",
        "  Friday 2026-03-06 09:00 +01:00: no rule leads there",
        '    {"at": "x", "status": "closed"}',
        "",
        "What another reading would change",
        "─────────────────────────────────",
        "  length read as two:",
        "    /clocks/0/due: null",
        "",
        "What this rests on",
        "──────────────────",
        "  length is four",
        "  assumed: zone",
        "  missing: holidays",
    ]


def test_reasons_are_sentences_with_quotations_each_said_once():
    text = evaluation_text(
        evaluation(
            priority=Priority("priority", "level", "p1", False, ("p1",), (), (), (), Because.of(ZONE)),
            clocks=(
                clock(
                    explain=Because.of(TARGET, ZONE),
                    write_ledger=lambda: (
                        LedgerLine(NINE, TEN, "counted", Because.of(Reason("calendar desk", "The desk is open."))),
                        LedgerLine(TEN, NOON, "paused"),
                    ),
                ),
            ),
        ),
        explain=True,
        width=130,
    )
    assert text.splitlines()[2:] == [
        "      `zone` is Europe/Amsterdam, by default; this is assumed. Assumed: It is Dutch. [parameter zone]",
        "",
        "Clocks",
        "──────",
        "",
        "  response: running, open",
        "    started Friday 2026-03-06 09:00 +01:00",
        "    due Friday 2026-03-06 10:00 +01:00 (shall: late is breached)",
        "      Due Friday 2026-03-06 13:00: within 4 hours. “4 hours” (vendor.txt, line 62) [target response/p1]",
        "      Also, as said above: parameter zone.",
        "",
        "   from (+01:00)      to (+01:00)        length    kind      because",
        "   ───────────────────────────────────────────────────────────────────────────",
        "   2026-03-06 09:00   2026-03-06 10:00   1 hour    counted   The desk is open.",
        "   2026-03-06 10:00   2026-03-06 12:00   2 hours   paused",
    ]


def test_a_quotation_is_given_once():
    again = Reason("clock response", "It is due.", (cite("4 hours", 62), cite("4 days", 62)))
    text = evaluation_text(evaluation(clocks=(clock(explain=Because.of(TARGET, again)),)), explain=True, width=140)
    assert "It is due. (vendor.txt, line 62, as above) “4 days” (vendor.txt, line 62) [clock response]" in text


def test_a_ledger_over_a_clock_change_has_the_offset_at_each_time():
    before, after = at("2026-03-29 01:00"), at("2026-03-29 04:00")
    answer = clock(write_ledger=lambda: (LedgerLine(before, after, "counted"),))
    text = evaluation_text(evaluation(clocks=(answer,)), explain=True, width=140)
    assert "2026-03-29 01:00 +01:00   2026-03-29 04:00 +02:00   2 hours   counted" in text


def test_reasons_that_nobody_wants_are_not_made():
    why, written = Because.of(ZONE), list[int]()

    def ledger() -> tuple[LedgerLine, ...]:
        written.append(1)
        return ()

    answer = clock(explain=why, write_ledger=ledger)
    assert "response: running, open" in told(clocks=(answer,))
    assert (why.made, written) == (0, [])
