"""A ticket followed entry by entry, and evaluations that travel: `begin`, `step`, `at`, copies, threads.

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from sla_dsl.policy.tickets.errors import AskedBeforeEntries, BadTicket, CopiedEvaluation, OlderEntry
from sla_dsl.worktime import parse_instant
from sla_dsl.worktime.errors import NaiveDatetime
from tests.policy.tickets.desk import desk, instant, look, ticket, told, wall
from tests.reference.tickets.asking import policy_of
from tests.reference.tickets.random_policies import random_policy
from tests.reference.tickets.random_tickets import Tickets

if TYPE_CHECKING:
    from sla_dsl.policy.tickets.tracking import State

STARTED = "2026-03-06 09:00"
POLICY = desk("""
clock response {
  starts when opened
  stops when replied
  pauses in waiting
  measured in office
  on change of priority rebase
  on reopening new cycle
  warn at 50 %
}
clock repair {
  starts when opened
  stops when status is solved
  pauses in waiting
  measured in office
  on change of priority carry
  on reopening continue
}
target response for p1: shall within 2 hours
target response for p2 and p3: target within 4 hours
cascade repair {
  step quick if urgent: shall within 4 hours
  step usual: target within 8 hours
}
duty log {
  owed by vendor to customer when fixed
  due shall within 8 hours of office
  fulfilled when wrote
}
lifecycle {
  status working initial
  status waiting
  status solved
  status closed final
  from working to waiting when asked
  from waiting to working when answered
  from waiting to closed after 2 asked
  from working to solved when fixed requires replied
  from solved to working when reopened within 2 days
  from solved to closed after 7 days
}
""")
FIRST = ticket(STARTED, priority="p2")
LINES: list[tuple[str, str, Mapping[str, object]]] = [
    # 4 hours to 13:00; 1 hour to 10:00, when the clock pauses; 3 from 12:00 make 15:00.
    (STARTED, "running, open, due 2026-03-06 13:00, used 0:00:00", {}),
    ("2026-03-06 10:00", "paused, open, from 2026-03-06 13:00 to ?, used 1:00:00", {"event": "asked"}),
    ("2026-03-06 12:00", "running, open, due 2026-03-06 15:00, used 1:00:00", {"event": "answered"}),
    # p1: 2 hours; 1 is left at 12:00, so 13:00.
    ("2026-03-06 12:30", "running, open, due 2026-03-06 13:00, used 1:30:00", {"priority": "p1"}),
    (
        "2026-03-06 14:00",
        "stopped 2026-03-06 14:00, breached, due 2026-03-06 13:00, used 3:00:00, late 2026-03-06 13:00",
        {"event": "replied"},
    ),
]
ENTRIES: list[dict[str, object]] = [{"at": instant(at), **said} for at, _, said in LINES[1:]]


def followed() -> State:
    """The state after all entries."""
    state = POLICY.begin(FIRST)
    for entry in ENTRIES:
        state = POLICY.step(state, entry)
    return state


# ----------------------------------------------------------------------------------------------- stepping


def test_a_state_tells_the_same_as_a_replay_after_every_entry():
    state = POLICY.begin(FIRST)
    assert told(state.at(instant(STARTED))) == LINES[0][1]
    for number, (at, expected, _) in enumerate(LINES[1:]):
        state = POLICY.step(state, ENTRIES[number])
        assert told(state.at(instant(at))) == expected
        replayed = POLICY.evaluate({**FIRST, "events": ENTRIES[: number + 1]}, at=instant(at))
        assert state.at(instant(at)).to_dict() == replayed.to_dict()


def test_a_state_begins_with_the_entries_that_the_ticket_has():
    half = POLICY.begin({**FIRST, "events": ENTRIES[:2]})
    state = POLICY.step(POLICY.step(half, ENTRIES[2]), ENTRIES[3])
    at = instant("2026-03-09 12:00")
    assert state.at(at).to_dict() == followed().at(at).to_dict()


def test_a_step_leaves_the_state_before_it_as_it_was():
    state = POLICY.begin({**FIRST, "events": ENTRIES[:1]})
    before = state.at(instant("2026-03-06 11:00")).to_dict()
    one = POLICY.step(state, {"at": instant("2026-03-06 11:00"), "event": "answered"})
    other = POLICY.step(state, {"at": instant("2026-03-06 11:00"), "priority": "p1"})
    # 1 of 4 hours is used: 11:00 and 3. Of 2 hours one is left.
    assert told(one.at(instant("2026-03-06 11:00"))) == "running, open, due 2026-03-06 14:00, used 1:00:00"
    assert told(other.at(instant("2026-03-06 11:00"))) == "paused, open, from 2026-03-06 12:00 to ?, used 1:00:00"
    assert state.at(instant("2026-03-06 11:00")).to_dict() == before


def test_a_state_can_be_asked_again_and_again_and_about_any_later_instant():
    state = followed()
    late = state.at(instant("2026-04-01 12:00")).to_dict()
    # Replied, but never fixed: the repair goes on. What was asked about April changes nothing about Friday.
    early = state.at(instant("2026-03-06 14:00")).to_dict()
    assert early == look(POLICY, "2026-03-06 14:00", {**FIRST, "events": ENTRIES}).to_dict()
    assert late == look(POLICY, "2026-04-01 12:00", {**FIRST, "events": ENTRIES}).to_dict()
    assert state.at(instant("2026-04-01 12:00")).to_dict() == late


def test_entries_of_one_instant_count_together_however_they_come():
    at = instant("2026-03-06 12:30")
    entries: list[dict[str, object]] = [{"at": at, "event": "replied"}, {"at": at, "priority": "p1"}]
    state = POLICY.begin(FIRST)
    for entry in entries:
        state = POLICY.step(state, entry)
    # The priority counts before the reply: 11:00 is over at the change.
    assert told(state.at(at)) == (
        "stopped 2026-03-06 12:30, breached, due 2026-03-06 11:00, used 3:30:00, late 2026-03-06 12:30"
    )
    assert state.at(at).to_dict() == POLICY.evaluate({**FIRST, "events": entries}, at=at).to_dict()


def test_an_entry_given_twice_counts_once():
    asked = {"at": instant("2026-03-06 10:00"), "event": "asked"}
    again = {"at": instant("2026-03-06 11:00"), "event": "asked"}
    state = POLICY.begin(FIRST)
    for entry in (asked, asked, again, again, again):
        state = POLICY.step(state, entry)
    # One question since it waits: two would close it.
    assert state.at(instant("2026-03-06 12:00")).status.name == "waiting"


def test_what_happens_by_itself_between_two_entries():
    solved = {"at": instant("2026-03-06 15:00"), "event": "fixed"}
    state = POLICY.step(followed(), solved)
    # Solved at 15:00; closed by itself 7 days later, for good. To reopen it takes no more than 2 days.
    late = POLICY.step(state, {"at": instant("2026-03-12 12:00"), "event": "reopened"})
    closed = POLICY.step(late, {"at": instant("2026-03-13 15:00:01"), "event": "reopened"})
    found = closed.at(instant("2026-03-14 12:00"))
    assert (found.status.name, wall(found.status.since)) == ("closed", "2026-03-13 15:00")  # type: ignore[arg-type]
    assert [wall(one.at) for one in found.irregular] == ["2026-03-12 12:00", "2026-03-13 15:00:01"]


# ------------------------------------------------------------------------------------------------ refusals


def test_an_older_entry_is_refused_and_changes_nothing():
    state = followed()
    before = state.at(instant("2026-03-09 12:00")).to_dict()
    with pytest.raises(OlderEntry, match=r"13:59:59.* is older than the state, which stands at .*14:00:00"):
        POLICY.step(state, {"at": instant("2026-03-06 13:59:59"), "event": "asked"})
    assert state.at(instant("2026-03-09 12:00")).to_dict() == before
    with pytest.raises(OlderEntry):
        POLICY.step(POLICY.begin(FIRST), {"at": instant("2026-03-06 08:59"), "event": "asked"})


def test_a_look_before_the_last_entry_is_refused():
    with pytest.raises(AskedBeforeEntries, match=r"13:59:59.*, before the last entry .*14:00:00"):
        followed().at(instant("2026-03-06 13:59:59"))
    with pytest.raises(NaiveDatetime):
        followed().at("2026-03-06T14:00:00")


@pytest.mark.parametrize(
    "entry",
    [
        {"event": "asked"},
        {"at": "2026-03-09T10:00:00", "event": "asked"},
        {"at": instant("2026-03-09 10:00"), "event": "asekd"},
        {"at": instant("2026-03-09 10:00"), "status": "gone"},
        {"at": instant("2026-03-09 10:00"), "facts": {"urgent": "perhaps"}},
    ],
)
def test_a_bad_entry_is_refused_and_says_where(entry: dict[str, object]):
    with pytest.raises(BadTicket) as caught:
        POLICY.step(followed(), entry)
    assert len(caught.value.problems) == 1


# ------------------------------------------------------------------------------------ entries after the look


def test_entries_after_the_instant_asked_about_never_matter():
    for number, (at, expected, _) in enumerate(LINES):
        whole = POLICY.evaluate({**FIRST, "events": ENTRIES}, at=instant(at))
        known = POLICY.evaluate({**FIRST, "events": ENTRIES[:number]}, at=instant(at))
        assert told(whole) == expected
        assert whole.to_dict() == known.to_dict()


def test_a_bad_name_in_a_later_entry_is_still_an_error_of_the_ticket():
    bad = [*ENTRIES, {"at": instant("2027-01-01 12:00"), "event": "asekd"}]
    with pytest.raises(BadTicket, match=r"events\[4\]"):
        POLICY.evaluate({**FIRST, "events": bad}, at=instant("2026-03-06 10:00"))


# ----------------------------------------------------------------------------------------- random tickets


@pytest.mark.parametrize("seed", range(6))
def test_random_tickets_are_the_same_stepped_and_replayed_and_cut_off(seed: int):
    rng = Random(seed)
    random = random_policy(rng)
    policy, tickets = policy_of(random.text), Tickets(rng, random)
    for _ in range(3):
        given, _ = tickets.ticket([])
        created = parse_instant(given["created"])
        entries = sorted(given["events"], key=lambda entry: parse_instant(entry["at"]))
        early = [entry for entry in entries if parse_instant(entry["at"]) <= created]
        state = policy.begin({**given, "events": early})
        for number, entry in enumerate(entries[len(early) :], len(early) + 1):
            state = policy.step(state, entry)
            if number < len(entries) and parse_instant(entries[number]["at"]) == parse_instant(entry["at"]):
                continue  # the instant is not over
            whole = policy.evaluate(given, at=entry["at"]).to_dict()
            known = policy.evaluate({**given, "events": entries[:number]}, at=entry["at"]).to_dict()
            assert state.at(entry["at"]).to_dict() == whole == known, f"{random.text}\n{json.dumps(given)}"


# ------------------------------------------------------------------------------------- copies and threads

COPIES: list[Callable[[Any], Any]] = [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))]


@pytest.mark.parametrize("copied", COPIES, ids=["copy", "deepcopy", "pickle"])
def test_an_evaluation_can_be_copied_with_all_its_parts(copied: Callable[[Any], Any]):
    at = instant("2026-03-06 13:00")
    expected = POLICY.evaluate({**FIRST, "events": ENTRIES}, at=at, would_change=True).to_dict()
    unread = copied(POLICY.evaluate({**FIRST, "events": ENTRIES}, at=at, would_change=True))
    assert unread.to_dict() == expected
    assert copied(unread).to_dict() == expected
    assert [one.ledger for one in unread.clocks] == [
        one.ledger for one in POLICY.evaluate({**FIRST, "events": ENTRIES}, at=at).clocks
    ]


@pytest.mark.parametrize("copied", COPIES, ids=["copy", "deepcopy", "pickle"])
def test_a_state_can_be_copied_and_goes_on_from_there(copied: Callable[[Any], Any]):
    state = POLICY.begin({**FIRST, "events": ENTRIES[:2]})
    other = copied(state)
    for entry in ENTRIES[2:]:
        state, other = POLICY.step(state, entry), POLICY.step(other, entry)
    at = instant("2026-03-09 12:00")
    assert other.at(at).to_dict() == state.at(at).to_dict()


@pytest.mark.parametrize("copied", COPIES, ids=["copy", "deepcopy", "pickle"])
def test_a_state_of_clocks_that_look_at_each_other_can_be_copied(copied: Callable[[Any], Any]):
    policy = desk("""
clock response {
  starts when opened
  stops when replied
  measured in office
  on reopening stay closed
}
clock repair {
  starts when opened
  stops when fixed
  pauses while response is overdue or outside office
  measured in elapsed time
  on reopening stay closed
}
target response: shall within 2 hours
target repair: shall within 8 hours
""")
    state = policy.begin(ticket(STARTED))
    for at, event in (("2026-03-06 10:00", "asked"), ("2026-03-06 12:00", "replied"), ("2026-03-06 13:00", "asked")):
        state = copied(policy.step(state, {"at": instant(at), "event": event}))
    # 2 hours to 11:00, when the answer is overdue; it comes at 12:00, and 5 hours later the office closes. 1 is left.
    assert told(state.at(instant("2026-03-09 09:30")), "repair") == (
        "running, open, due 2026-03-09 10:00, used 7:30:00"
    )


def test_a_copied_evaluation_carries_its_answers_and_says_that_it_cannot_be_asked_more():
    found = pickle.loads(pickle.dumps(POLICY.evaluate(FIRST, at=instant(STARTED))))
    assert found.priority.level == "p2"
    with pytest.raises(CopiedEvaluation, match="T-1"):
        found.level("priority")


def test_the_lazy_parts_of_an_evaluation_can_be_read_by_several_threads():
    at = instant("2026-03-06 13:00")
    given = {**FIRST, "events": ENTRIES}
    expected = POLICY.evaluate(given, at=at).to_dict()
    for _ in range(5):
        shared = POLICY.evaluate(given, at=at)
        with ThreadPoolExecutor(8) as threads:
            assert [one.result() for one in [threads.submit(shared.to_dict) for _ in range(16)]] == [expected] * 16


def test_several_threads_evaluate_and_step_under_one_policy():
    policy = desk("""
clock response {
  starts when opened
  stops when replied
  measured in office
  on change of priority rebase
  on reopening stay closed
}
target response for p1: shall within 2 hours
target response for p2 and p3: target within 4 hours
""")

    def one(number: int) -> list[str]:
        given = ticket(STARTED, priority="p1" if number % 2 else "p2")
        state = policy.step(policy.begin(given), {"at": instant("2026-03-06 12:00"), "event": "replied"})
        return [told(look(policy, "2026-03-06 10:00", given)), told(state.at(instant("2026-03-06 12:00")))]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(one, range(40)))
    late = "stopped 2026-03-06 12:00, breached, due 2026-03-06 11:00, used 3:00:00, late 2026-03-06 11:00"
    assert answers[1::2] == [["running, open, due 2026-03-06 11:00, used 1:00:00", late]] * 20
    assert (
        answers[::2]
        == [
            [
                "running, open, due 2026-03-06 13:00, used 1:00:00",
                "stopped 2026-03-06 12:00, met, due 2026-03-06 13:00, used 3:00:00",
            ]
        ]
        * 20
    )
