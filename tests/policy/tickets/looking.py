"""Tickets at an instant, put together by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen
from msgspec.structs import replace

from sla_dsl.pipeline import Policy, loads
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.situation import ClockStates, Situation, read_situation
from sla_dsl.policy.tickets.history import Moment
from sla_dsl.policy.tickets.look import Branch, Look
from sla_dsl.policy.tickets.past import Histories
from sla_dsl.worktime import to_micros

ZONE = ZoneInfo("Europe/Amsterdam")
FOLDER = Path(__file__).parent / "small"

HEAD = """
  party vendor "Vendor"
  party customer "Customer"
  party partner "Partner"
  channel phone "Phone"
  channel mail "Mail"
  channel web "Web"
  events reported, answered, escalated, noticed, planned, done
  created is reported
  parameter holidays is a holiday list { assume "Nothing is said." }
  calendar desk "Desk" {
    timezone Europe/Amsterdam
    years 2020 to 2030
    open mon to fri 09:00 to 17:00
    assume "Made up."
  }
  calendar office "Office" {
    timezone Europe/Amsterdam
    years 2020 to 2030
    open mon to fri 09:00 to 17:00
    closed on holidays
    assume "Made up."
  }
  scale priority "Priority" highest first {
    level p1 "P1"
    level p2 "P2"
    level p3 "P3"
    assume "Made up."
  }
  attribute plan of customer {
    level gold "Gold"
    level basic "Basic"
    assume "Made up."
  }
  fact broken "it is broken" is yes or no
  fact lost "data is lost" is yes or no
  clock repair "Repair" {
    starts when reported
    stops when done
    measured in desk
    on change of priority rebase
    on reopening stay closed
    assume "Made up."
  }
  target repair: shall within 8 hours of desk { assume "Made up." }
  informative "Small terms."
"""


def policy(text: str) -> Policy:
    """A small policy in which everything is assumed."""
    source = f'source "small.txt" sha256 "{sha256((FOLDER / "small.txt").read_bytes()).hexdigest()}"'
    return loads(f'language 1\npolicy small "Small" {{\n{source}\n{HEAD}\n{text}\n}}\n', FOLDER)


def micros(text: str) -> int:
    """The instant of a wall time in Amsterdam."""
    return to_micros(datetime.fromisoformat(text).replace(tzinfo=ZONE))


def situation(policy: Executable, **said: Any) -> Situation:
    """What is known of a ticket; `events` by the wall time of their last occurrence, `status`, `clocks` by state."""
    events = said.pop("events", {})
    status = said.pop("status", None)
    clocks = said.pop("clocks", None)
    priority, channel, caller = said.pop("priority", None), said.pop("channel", None), said.pop("caller", None)
    found = read_situation(policy.terms, said, priority=priority, channel=channel, caller=caller)
    return replace(
        found,
        events={name: micros(at) for name, at in events.items()},
        status=status,
        recorded=True,
        clocks=None if clocks is None else lambda clock, _: frozenset(clocks.get(clock, ())),
    )


def look(
    policy: Executable, at: str, clocks_at: Callable[[int], ClockStates] | None = None,
    turns: Sequence[str] = (), **said: Any,
) -> Look:  # fmt: skip
    """A ticket at a wall time in Amsterdam; `clocks_at` and `turns` say how its clocks go on."""
    instant = micros(at)

    def nothing(_: int) -> ClockStates:
        return lambda _clock, _supposed: frozenset()

    states = clocks_at or nothing
    branch = Branch({}, replace(situation(policy, **said), clocks=states(instant)), states)
    found = Look(policy._desk, instant, ZONE, (branch,), {})
    return replace(found, future=Foretold(found, tuple(micros(turn) for turn in turns)))


@frozen
class Foretold:
    """A ticket of which nothing goes on but its clocks, at some instants."""

    now: Look
    changes: tuple[int, ...]

    def turns(self, at: int) -> tuple[int, ...]:
        return tuple(turn for turn in self.changes if turn > at)

    def look(self, at: int) -> Look:
        (branch,) = self.now.branches
        then = replace(branch, situation=replace(branch.situation, clocks=branch.clocks_at(at)))
        return replace(self.now, at=at, branches=(then,), future=self)


def moment(policy: Executable, at: str, *happened: str, entered: Sequence[str] = (), **said: Any) -> Moment:
    """A moment at which events happened and statuses were entered; what is said of the ticket holds after it."""
    after = situation(policy, **said)
    return Moment(micros(at), happened, tuple(entered), after, after)


def histories(*moments: Moment) -> Histories:
    """What happened to a ticket that can have gone one way only."""
    return (({}, moments),)
