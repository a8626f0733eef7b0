"""What a whole log comes to under a policy, as values in the form of `docs/schemas/summary.schema.json`.

Lengths are in seconds, in the time that each clock counts unless said otherwise; shares are percent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import get_args

from attrs import frozen

from sla_dsl.policy.answers import Json
from sla_dsl.policy.tickets.answers import ClockState, LedgerKind, ObjectiveAnswer, Verdict
from sla_dsl.policy.tickets.form import Formed, form

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""The verdicts, in the order in which they are shown."""
IN_TIME = frozenset[Verdict]({"met"})
LATE = frozenset[Verdict]({"missed", "breached", "aim_missed_no_breach"})
"""Together with `IN_TIME` the verdicts that are final (R8): the others do not count in a share."""

OTHER_REASONS = "other reasons"
"""Stands among reasons for all that are not named one by one."""
BIN = 10
"""How wide a bar of a distribution is, in percent of the target."""
BINS = 21
"""How many bars there are: the last holds all from twice the target on."""
PERCENTILES = (50, 90, 95, 99)

OTHER_VALUES = "(other values)"
"""What stands for the values of a column beyond those that are told apart."""
MOST_VALUES = 1_000
"""How many values of a column are told apart; what is kept of a log does not grow with its tickets."""


@frozen
class Asked(Formed):
    """The policy that a log was asked under, with what was chosen on top of it.

    `scale` is the one that carries its targets: each `priority` of a summary is a level of it.
    """

    policy: str
    title: str
    scale: str | None
    digest: str
    annexes: tuple[str, ...]
    readings: Mapping[str, str]
    values: Mapping[str, str]
    unset: tuple[str, ...]


@frozen
class Rows(Formed):
    """What became of the rows of a log: `read` is `used` and `listed` together; `reasons` are those of the listed."""

    read: int
    used: int
    listed: int
    reasons: Mapping[str, int]


@frozen
class OneByOne(Formed):
    """How many tickets were evaluated one by one, and what is not laid out for many at once, by clause, and why."""

    tickets: int
    reasons: Mapping[str, str]


@frozen
class Percentiles(Formed):
    """Lengths of so many cycles, in seconds: percentiles by nearest rank, so that each is the length of some cycle.

    `percentiles` are empty where there is no cycle. `exact` is false where more lengths than could be kept were put
    together; they are then too short by less than one part in 2,000.
    """

    cycles: int
    percentiles: Mapping[str, float]
    exact: bool


@frozen
class Group(Formed):
    """The cycles of a clock that have these values in common; all of the clock where `by` is empty.

    `verdicts` says how many have each verdict, `decided` how many have a final one, `in_time` how many of those were
    in time, and `share` what that is in percent. `used` is the time of those that have stopped.

    Example: `next(one.share for one in summary.groups if one.clock == "response" and not one.by)`.
    """

    clock: str
    by: Mapping[str, str | None]
    cycles: int
    verdicts: Mapping[str, int]
    decided: int
    in_time: int
    share: float | None
    used: Percentiles


@frozen
class Distribution(Formed):
    """How much of its target each decided cycle had used when it stopped, or by the instant asked about.

    Against a length of time that is the time used by the time there was; against days and dates, the time passed by
    the time from start to due. `in_time` and `late` count the cycles by steps of `width` percent; the last step has no
    end. `unknown` cycles were decided, but have no such figure.
    """

    clock: str
    priority: str | None
    width: int
    in_time: tuple[int, ...]
    late: tuple[int, ...]
    unknown: int


@frozen
class LedgerSpan(Formed):
    """From when to when the time of a clock was of which kind, and why, in a sentence (H6)."""

    start: datetime
    end: datetime
    kind: LedgerKind
    because: str

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form, with the names that a ledger has in CONTRACT; without `reasons` it says no why."""
        because = self.because if reasons else ""
        return {"from": form(self.start), "to": form(self.end), "kind": self.kind, "because": because}


@frozen
class LateTicket(Formed):
    """A ticket that was late, by how much, and where its time went.

    `late_seconds` is elapsed time from due to stop, or to the instant asked about; `over_seconds` the same in the time
    that the clock counts, where its target is a length of time.
    """

    ticket: str
    clock: str
    cycle: int
    priority: str | None
    state: ClockState | None
    verdict: Verdict
    started: datetime | None
    stopped: datetime | None
    due: datetime
    late_seconds: float
    over_seconds: float | None
    used_seconds: float | None
    budget_seconds: float | None
    ledger: tuple[LedgerSpan, ...]


@frozen
class Summary(Formed):
    """What a whole log comes to at an instant.

    `zone` is that in which months are told: the policy's, else UTC. `columns` are those of the log by which cycles were
    grouped too. `groups` are, for each clock: all of it, by priority, by month of creation, by both, and by each of the
    columns. `irregular` entries were used, and yet no rule of the policy provides for them (R5, R6).

    Example: `summary.to_dict()["rows"]["used"]`.
    """

    asked: Asked
    at: datetime
    zone: str
    files: tuple[str, ...]
    rows: Rows
    tickets: int
    cycles: int
    irregular: int
    one_by_one: OneByOne
    created: tuple[datetime, datetime] | None
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    distributions: tuple[Distribution, ...]
    objectives: tuple[ObjectiveAnswer, ...]
    worst: tuple[LateTicket, ...]

    def group(self, clock: str, **by: str | None) -> Group | None:
        """Return a group by its values: `summary.group("response", priority="p1")`; None where there is none."""
        return next((one for one in self.groups if one.clock == clock and one.by == by), None)

    @property
    def clocks(self) -> tuple[str, ...]:
        """The clocks, in the order of the policy."""
        return tuple(dict.fromkeys(one.clock for one in self.groups))


def share_of(in_time: int, decided: int) -> float | None:
    """Return a share in percent; None where nothing is decided.

    >>> share_of(3, 4), share_of(0, 0)
    (75.0, None)
    """
    return 100 * in_time / decided if decided else None
