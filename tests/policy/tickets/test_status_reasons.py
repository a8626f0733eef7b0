"""Why a ticket has its status, and why an event would move it or not (R4, R5, H7).

6 March 2026 is a Friday; the office is open from 9 to 17. Its holidays are assumed to be Tuesday, 10 March.
"""

from __future__ import annotations

from tests.policy.tickets.desk import Said, desk, look, ticket

FRI = "2026-03-06"
LIFE = """
fact paid "it is paid" is yes or no
parameter holidays is a holiday list {
  default 2026-03-10
  assume "No list is given."
}
calendar counter {
  timezone Europe/Amsterdam
  years 2025 to 2027
  open mon to fri 09:00 to 17:00
  closed on holidays
}
lifecycle {
  status new initial
  status waiting
  status solved
  status closed final
  from new to waiting when asked
  from waiting to new when answered
  from waiting to closed after 2 asked without wrote, or after more than 3 days of counter without wrote,
      whichever is earlier
  from new or waiting to solved when fixed requires vip
  from solved to new when reopened within 2 days of counter if paid
  from solved to closed after 48 hours
}
clock response {
  starts when opened
  stops when replied
  measured in office
  on change of priority rebase
  on reopening stay closed
}
target response: shall within 8 hours
"""
ASKED = (f"{FRI} 11:00", "asked")
FIXED = (f"{FRI} 11:00", "fixed")
HOLIDAYS = ("parameter holidays", "`holidays` is 2026-03-10, by default; this is assumed.")


def why(at: str, *entries: tuple[str, Said], policy: str = LIFE, **facts: object) -> list[tuple[str, str]]:
    """Clause and sentence of each reason of the status."""
    found = look(desk(policy), at, ticket(f"{FRI} 10:00", *entries, facts=facts))
    return [(one.clause, one.text) for one in found.status.because]


def move(at: str, event: str, *entries: tuple[str, Said], policy: str = LIFE, **facts: object) -> list[object]:
    """Whether an event would move the ticket, what is missing to know it, and the sentences."""
    found = look(desk(policy), at, ticket(f"{FRI} 10:00", *entries, facts=facts))
    one = next(allowed for allowed in found.status.allowed if allowed.event == event)
    return [one.available, one.missing, *(reason.text for reason in one.because)]


# ---------------------------------------------------------------------------------- how it came to it


def test_a_new_ticket_has_the_status_of_new_ones():
    assert why(f"{FRI} 12:00") == [("status new", f"`new` since Friday {FRI} 10:00: a new ticket has it.")]


def test_an_event_that_moved_it_is_named_with_the_rule():
    assert why(f"{FRI} 12:00", ASKED) == [
        ("transition new to waiting", f"`waiting` since Friday {FRI} 11:00: asked moved it there from new."),
        HOLIDAYS,
    ]


def test_the_guard_that_held_is_told():
    assert why(f"{FRI} 12:00", FIXED, vip=True)[:2] == [
        ("transition new to solved", f"`solved` since Friday {FRI} 11:00: fixed moved it there from new."),
        ("transition new to solved", "“vip” holds, because vip is yes."),
    ]


def test_a_timer_says_how_long_after_what():
    # More than three days with hours, without the holiday on Tuesday: Monday, Wednesday, Thursday 11:00.
    assert why("2026-03-16 12:00", ASKED)[0] == (
        "transition waiting to closed",
        (
            "`closed` since Thursday 2026-03-12 11:00: it went there from waiting by itself, "
            f"more than 3 days of `counter` after Friday {FRI} 11:00 without wrote."
        ),
    )
    # Written on Monday, it begins anew: Wednesday, Thursday, Friday.
    wrote = ("2026-03-09 15:00", "wrote")
    assert why("2026-03-16 12:00", ASKED, wrote)[0][1] == (
        "`closed` since Friday 2026-03-13 15:00: it went there from waiting by itself, "
        "more than 3 days of `counter` after Monday 2026-03-09 15:00 without wrote."
    )
    assert why("2026-03-09 12:00", FIXED, vip=True)[0][1] == (
        "`closed` since Sunday 2026-03-08 11:00: it went there from solved by itself, "
        f"48 hours after Friday {FRI} 11:00."
    )


def test_a_counter_says_how_often():
    again = ((f"{FRI} 12:00", "asked"), (f"{FRI} 13:00", "asked"))
    assert why(f"{FRI} 14:00", ASKED, *again)[0] == (
        "transition waiting to closed",
        (
            f"`closed` since Friday {FRI} 13:00: it went there from waiting by itself, "
            "after asked came 2 times without wrote."
        ),
    )


def test_a_recorded_status_is_believed_and_says_whether_a_rule_leads_there():
    assert why(f"{FRI} 12:00", (f"{FRI} 11:00", {"status": "waiting"}))[0] == (
        "transition new to waiting",
        f"`waiting` since Friday {FRI} 11:00: it was recorded, and a rule leads there from new.",
    )
    assert why(f"{FRI} 12:00", (f"{FRI} 11:00", {"status": "closed"}))[0] == (
        "status closed",
        f"`closed` since Friday {FRI} 11:00: it was recorded, though no rule leads there from new.",
    )


def test_an_event_with_a_label_is_told_with_it():
    policy = LIFE.replace("when asked", "when returned").replace(
        "fact paid", 'event returned "the ticket went back"\nfact paid', 1
    )
    assert why(f"{FRI} 12:00", (f"{FRI} 11:00", "returned"), policy=policy)[0][1] == (
        f"`waiting` since Friday {FRI} 11:00: returned (“the ticket went back”) moved it there from new."
    )


def test_a_status_that_rests_on_something_unknown_is_told_case_by_case():
    assert why(f"{FRI} 12:00", FIXED) == [
        ("status solved", "Undetermined: it rests on `vip`, which is not known."),
        (
            "transition new to solved",
            f"If vip is yes: `solved` since Friday {FRI} 11:00: fixed moved it there from new.",
        ),
        ("transition new to solved", "“vip” holds, because vip is yes."),
        ("status new", f"If vip is no: `new` since Friday {FRI} 10:00: a new ticket has it."),
    ]


# ----------------------------------------------------------------------------------------------- moves


def test_a_move_that_is_open_and_one_whose_guard_is_not():
    assert move(f"{FRI} 12:00", "asked") == [True, (), "It goes to waiting with asked."]
    assert move(f"{FRI} 12:00", "fixed", vip=False) == [
        False,
        (),
        "It goes to solved with fixed only under conditions that do not hold now.",
        "“vip” does not hold, because vip is no.",
    ]
    assert move(f"{FRI} 12:00", "fixed", vip=True)[2:] == [
        "It goes to solved with fixed.",
        "“vip” holds, because vip is yes.",
    ]


def test_a_guard_that_is_not_known_is_told_case_by_case():
    assert move(f"{FRI} 12:00", "fixed") == [
        None,
        ("vip",),
        "Undetermined: it rests on `vip`, which is not known.",
        "If vip is yes: “vip” holds, because vip is yes.",
        "If vip is no: “vip” does not hold, because vip is no.",
    ]


def test_a_window_says_until_when_and_when_it_is_over():
    # Two days with hours after Friday 11:00, without the holiday: Wednesday 11:00. By then 48 hours have closed it.
    lasting = LIFE.replace("from solved to closed after 48 hours", "from solved to closed after 480 hours")
    opened = move("2026-03-07 12:00", "reopened", FIXED, policy=lasting, vip=True, paid=True)
    assert opened == [
        True,
        (),
        "It goes to new with reopened, until Wednesday 2026-03-11 11:00.",
        "“paid” holds, because paid is yes.",
    ]
    over = move("2026-03-11 11:01", "reopened", FIXED, policy=lasting, vip=True, paid=True)
    assert over[:3] == [False, (), "It goes to new with reopened only until Wednesday 2026-03-11 11:00, which is over."]


def test_a_window_that_cannot_be_computed_leaves_it_open():
    open_list = LIFE.replace(
        'is a holiday list {\n  default 2026-03-10\n  assume "No list is given."\n}', "is a holiday list"
    )
    assert move(f"{FRI} 12:00", "reopened", FIXED, policy=open_list, vip=True, paid=True) == [
        None,
        ("holidays",),
        "It goes to new with reopened only for some time; until when, rests on `holidays`.",
        "“paid” holds, because paid is yes.",
    ]
    # A guard that fails settles it whatever the window is.
    refused = move(f"{FRI} 12:00", "reopened", FIXED, policy=open_list, vip=True, paid=False)
    assert refused[:2] == [False, ()]
    late = ticket("2027-12-31 10:00", ("2027-12-31 11:00", "fixed"), facts={"vip": True, "paid": True})
    outside = look(desk(LIFE), "2027-12-31 12:00", late).status.allowed
    assert (outside[0].available, outside[0].until) == (None, None)
    assert outside[0].because[0].text == (
        "It goes to new with reopened only for some time; until when is not known: "
        "the answer lies outside the years calendar `counter` covers (2025 to 2027)."
    )


def test_reasons_of_statuses_carry_what_bears_them_out():
    found = look(desk(LIFE), f"{FRI} 12:00", ticket(f"{FRI} 10:00", FIXED, facts={"vip": True})).status
    assert {one.assume for one in found.because} == {"Made up.", "No list is given."}
    assert {one.assume for one in found.allowed[0].because} == {"Made up."}
