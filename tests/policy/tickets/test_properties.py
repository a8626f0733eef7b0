"""What holds of every ticket under every policy, with random ones of both."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sla_dsl.policy.terms import Clock
from tests.policy.tickets.against import Duel, said
from tests.reference.tickets.asking import policy_of
from tests.reference.tickets.entries import micros

if TYPE_CHECKING:
    from sla_dsl import Policy
    from sla_dsl.policy.tickets.answers import ClockAnswer

Json = dict[str, Any]

POLICIES = 31
EXAMPLES = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
seeds = st.integers(0, 10**6)
CHANGING = {"priority", "severity", "reach", "plan", "facts", "channel", "caller"}


def case(seed: int, which: int) -> tuple[Policy, Json, datetime]:
    """A random policy, one of its random tickets, and the instant at which to look at it."""
    duel = _duel(seed % POLICIES)
    duel.tickets.rng = Random(f"{seed} {which}")
    ticket, at = duel.tickets.ticket([])
    return duel.policy, ticket, datetime.fromisoformat(at)


@cache
def _duel(seed: int) -> Duel:
    return Duel(10_000 + seed)


def look(policy: Policy, ticket: Json, at: datetime) -> Json:
    return said(policy.evaluate(ticket, at=at))


def started(policy: Policy, ticket: Json, at: datetime) -> list[ClockAnswer]:
    return [one for one in policy.evaluate(ticket, at=at).clocks if one.started is not None]


# ---------------------------------------------------------------------------------------------- ledger


@EXAMPLES
@given(seeds)
def test_the_ledger_adds_up_to_the_time_elapsed(seed: int) -> None:
    policy, ticket, at = case(seed, 1)
    for clock in started(policy, ticket, at):
        if clock.missing:
            continue  # a ledger that rests on something unknown is not written
        # Datetimes of one zone subtract as wall time: instants do not.
        places = [(_instant(line.start), _instant(line.end)) for line in clock.ledger]
        assert all(start < end for start, end in places)
        assert [end for _, end in places[:-1]] == [start for start, _ in places[1:]]
        assert sum(end - start for start, end in places) == _instant(at) - _instant(clock.started)
        counted = [line for line in clock.ledger if line.kind == "counted"]
        assert clock.used_seconds == sum(_instant(line.end) - _instant(line.start) for line in counted) / 1_000_000


def _instant(at: datetime | None) -> int:
    assert at is not None
    return micros(at.isoformat())


# --------------------------------------------------------------------------------------- longer targets


@EXAMPLES
@given(seeds, st.integers(1, 40), st.integers(1, 40))
def test_a_longer_target_is_never_due_earlier(seed: int, halves: int, more: int) -> None:
    text = Duel.policy_of(10_000 + seed % POLICIES).text
    assume("overdue" not in text)
    _, ticket, at = case(seed, 2)
    shorter, longer = (policy_of(_with_targets(text, 30 * size)) for size in (halves, halves + more))
    soon = {(one.clock, one.cycle): one for one in started(shorter, ticket, at)}
    late = {(one.clock, one.cycle): one for one in started(longer, ticket, at)}
    assert soon.keys() == late.keys()
    for key, one in soon.items():
        other = late[key]
        assert one.due is None or other.due is None or one.due <= other.due
        assert one.breached_at is not None or other.breached_at is None


def _with_targets(text: str, minutes: int) -> str:
    """The policy, with nothing promised but a length for each level that grows with `minutes`."""
    clocks = re.findall(r"^clock (\w+)", text, re.MULTILINE)
    text = re.sub(r"^cascade \w+ \{\n(?:step .*\{\n(?:.*\n)*?\}\n|.*\n)*?\}$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^target .*$", "", text, flags=re.MULTILINE)
    levels = [("p1", minutes), ("p2", 2 * minutes), ("p3", 3 * minutes)]
    targets = [
        f'target {clock} for {level}: shall within {length} minutes {{ assume "invented" }}'
        for clock in clocks
        for level, length in levels
    ]
    return "\n".join([text, *targets])


# ------------------------------------------------------------------------------------------- looks back


@EXAMPLES
@given(seeds)
def test_entries_after_the_look_never_matter(seed: int) -> None:
    policy, ticket, at = case(seed, 3)
    known = [entry for entry in ticket["events"] if datetime.fromisoformat(entry["at"]) <= at]
    assert look(policy, ticket, at) == look(policy, {**ticket, "events": known}, at)


@EXAMPLES
@given(seeds, st.integers(1, 12))
def test_two_looks_agree_on_the_time_before_the_earlier(seed: int, hours: int) -> None:
    """Unless another promise governs since, or the clock is reopened as if it had never stopped."""
    policy, ticket, later = case(seed, 4)
    earlier = later - timedelta(hours=hours)
    assume(earlier >= datetime.fromisoformat(ticket["created"]))
    assume("reclassify" not in Duel.policy_of(10_000 + seed % POLICIES).text)
    between = [one for one in ticket["events"] if earlier < datetime.fromisoformat(one["at"]) <= later]
    assume(not any(CHANGING & entry.keys() for entry in between))
    rewritten = {one.id for one in _clocks(policy) if one.reopening == "continue, gap counts"}
    first, last = look(policy, ticket, earlier), look(policy, ticket, later)
    assert [one for one in first["irregular"] if one not in last["irregular"]] == []
    after = {(one["clock"], one["cycle"]): one for one in last["clocks"]}
    for one in first["clocks"]:
        if one["started"] is None or one["clock"] in rewritten:
            continue
        other = after[one["clock"], one["cycle"]]
        assert other["started"] == one["started"]
        if one["step"] != other["step"]:
            continue  # another step counts in a calendar of its own
        assert _until(other["ledger"], micros(earlier.isoformat())) == one["ledger"]
        if one["breached_at"] is not None:
            assert other["breached_at"] == one["breached_at"]


def _clocks(policy: Policy) -> list[Clock]:
    return [one for one in policy.document.declarations if isinstance(one, Clock)]


def _until(ledger: list[tuple[int, int, str]], end: int) -> list[tuple[int, int, str]]:
    return [(start, min(stop, end), kind) for start, stop, kind in ledger if start < end]


# --------------------------------------------------------------------------------------- step by step


@EXAMPLES
@given(seeds)
def test_following_a_ticket_entry_by_entry_agrees_with_replaying_it(seed: int) -> None:
    policy, ticket, at = case(seed, 5)
    entries = sorted(ticket["events"], key=lambda entry: micros(entry["at"]))
    created = micros(ticket["created"])
    known = [entry for entry in entries if micros(entry["at"]) <= created]
    state = policy.begin({**ticket, "events": known})
    for entry in entries:
        if created < micros(entry["at"]) <= micros(at.isoformat()):
            state = policy.step(state, entry)
            known.append(entry)
            instant = datetime.fromisoformat(entry["at"])
            assert said(state.at(instant)) == look(policy, {**ticket, "events": known}, instant)
    assert said(state.at(at)) == look(policy, ticket, at)


# ------------------------------------------------------------------------------------------------ order


@EXAMPLES
@given(seeds, st.randoms())
def test_the_order_of_entries_at_distinct_instants_does_not_matter(seed: int, chance: Random) -> None:
    policy, ticket, at = case(seed, 6)
    created = datetime.fromisoformat(ticket["created"])
    distinct = {max(datetime.fromisoformat(entry["at"]), created): entry for entry in ticket["events"]}
    entries = [*distinct.values()]
    in_order = look(policy, {**ticket, "events": entries}, at)
    chance.shuffle(entries)
    assert look(policy, {**ticket, "events": entries}, at) == in_order
