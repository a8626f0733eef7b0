"""What an evaluation says of a ticket, as values in the forms of CONTRACT.

Reasons and ledgers are made when they are read. A value has the names of its form, instants as aware datetimes; lengths
are seconds.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from sla_dsl.policy.answers import AnswerModality, DueAnswer, Explain, Explained, Json
from sla_dsl.policy.tickets.deferred import Deferred, deferred
from sla_dsl.policy.tickets.form import Formed, form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from sla_dsl.policy.terms import Comparison

AvailabilityState = Literal["yes", "no", "not_stated", "undetermined"]
ClockState = Literal["not_started", "running", "paused", "stopped", "void"]
DutyState = Literal["not_owed", "owed", "fulfilled", "late", "undetermined"]
LedgerKind = Literal["counted", "paused", "closed", "holiday", "after stop"]
Move = Literal["stop_earlier", "priority", "channel", "reported_earlier"]
ObjectiveUnit = Literal["percent", "seconds", "days"]
ObjectiveVerdict = Literal["met", "missed", "no_commitment", "undetermined"]
Verdict = Literal[
    "met", "missed", "breached", "aim_missed_no_breach", "no_commitment", "open", "undetermined", "not_measured"
]  # fmt: skip


def seconds(micros: int | None) -> float | None:
    """Return a length of so many microseconds in seconds, as a whole number where it is one.

    >>> seconds(90_000_000), seconds(1_500_000), seconds(None)
    (90, 1.5, None)
    """
    if micros is None:
        return None
    return micros / 1_000_000 if micros % 1_000_000 else micros // 1_000_000


# ------------------------------------------------------------------------------------------- status


@frozen
class NextStatus(Formed):
    """A status that the ticket enters by itself, and when, if nothing happens before (R4)."""

    to: str
    at: datetime


@frozen(slots=False)
class AllowedMove(Explained, Formed):
    """An event that would move the ticket, where to, whether it is allowed now, and until when that stays so (R4).

    `available` is None where what is known does not decide; `missing` names what would.
    """

    event: str
    to: str
    available: bool | None
    until: datetime | None
    missing: tuple[str, ...] = ()
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)


@deferred
@frozen(slots=False)
class StatusAnswer(Deferred):
    """The status of a ticket, since when, and what can come next (R4).

    `name` is None in a policy without statuses, and where what is known does not decide: then `possible` lists those
    left and `missing` names what would.

    Example: `evaluation.status.name`.
    """

    name: str | None
    since: datetime | None
    next: tuple[NextStatus, ...] = ()
    allowed: tuple[AllowedMove, ...] = ()
    possible: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)


# ------------------------------------------------------------------------------------------- clocks


@frozen(slots=False)
class LedgerLine(Explained):
    """From when to when the time of a clock was of which kind, and why (H6)."""

    start: datetime
    end: datetime
    kind: LedgerKind
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form of CONTRACT; without `reasons`, `because` stays empty and no reason is made."""
        return {
            "from": form(self.start),
            "to": form(self.end),
            "kind": self.kind,
            "because": self.because_form(reasons=reasons),
        }


@frozen
class Warned(Formed):
    """When a clock warns: at a share of its budget (percent), or some time before it is due (P8)."""

    at: datetime
    share: float | None
    before_seconds: float | None = None


@frozen(slots=False)
class StepAnswer(Explained, Formed):
    """A step of a cascade: whether it runs, how it ended, when it is due (P5)."""

    step: str
    state: ClockState | None
    verdict: Verdict
    modality: AnswerModality | None
    answer: DueAnswer | None
    due: datetime | None
    due_date: date | None
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)


@frozen(slots=False)
class InTime(Explained):
    """The smallest of one kind of move that would have turned late into in time, and the due time it would give.

    The stopping event so much earlier, the report so much earlier, another priority, or another channel.
    """

    move: Move
    due: datetime | None
    by_seconds: float | None = None
    to: str | None = None
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form: with `by_seconds` or with `to`, as the move has it; reasons are left out on request."""
        how: Json = {"by_seconds": self.by_seconds} if self.to is None else {"to": self.to}
        return {"move": self.move, **how, "due": form(self.due), "because": self.because_form(reasons=reasons)}


@deferred
@frozen(slots=False)
class ClockAnswer(Deferred):
    """One cycle of a clock at an instant: its state and verdict, when it is due, and where its time went (P1-P8).

    `budget_seconds` is None for days and dates, `used_days` for lengths of time. `ledger` runs from the start to the
    instant asked about. `in_time_if` is there when it was asked for.

    Example: `[clock.verdict for clock in evaluation.clocks if clock.clock == "response"]`.
    """

    clock: str
    cycle: int
    step: str | None
    state: ClockState | None
    verdict: Verdict
    answer: DueAnswer | None
    modality: AnswerModality | None
    started: datetime | None = None
    stopped: datetime | None = None
    due: datetime | None = None
    due_date: date | None = None
    bounds: tuple[datetime, datetime | None] | None = None
    strict: bool | None = None
    breached_at: datetime | None = None
    used_seconds: float | None = None
    budget_seconds: float | None = None
    used_days: int | None = None
    remaining_seconds: float | None = None
    steps: tuple[StepAnswer, ...] = ()
    warnings: tuple[Warned, ...] = ()
    readings: Mapping[str, str] = field(factory=dict[str, str])
    assumptions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    in_time_if: tuple[InTime, ...] | None = None
    _write_ledger: Callable[[], tuple[LedgerLine, ...]] | None = field(
        default=None, alias="write_ledger", eq=False, repr=False
    )
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)

    @cached_property
    def ledger(self) -> tuple[LedgerLine, ...]:
        """Where the time from the start to the instant asked about went, without gaps (H6)."""
        return () if self._write_ledger is None else self._write_ledger()

    def __getstate__(self) -> dict[str, object]:
        return {**super().__getstate__(), "ledger": self.ledger, "_write_ledger": None}

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form of CONTRACT; with `in_time_if` where that was asked for.

        Without `reasons`, `because` and `ledger` stay empty, and nothing of them is made.
        """
        made: Json = {}
        for name, value in super().to_dict(reasons=reasons).items():
            if name == "readings":
                made["ledger"] = form(self.ledger) if reasons else []
            if name != "in_time_if" or value is not None:
                made[name] = value
        return made


# ------------------------------------------------------------------------------- who and what else


@frozen(slots=False)
class AvailabilityAnswer(Explained, Formed):
    """Whether a service is there for this ticket now, and until when that stays so (R7)."""

    service: str
    answer: AvailabilityState
    until: datetime | None = None
    missing: tuple[str, ...] = ()
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)


@frozen(slots=False)
class ChannelAnswer(Explained, Formed):
    """Whether a channel is there for this ticket now (R7).

    None where nothing is stated, and where what is known does not decide; `missing` names what would.
    """

    channel: str
    available: bool | None
    missing: tuple[str, ...] = ()
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)


@frozen(slots=False)
class DutyAnswer(Explained):
    """What a party owes another: whether it is owed, until when, and whether that was done (R8)."""

    duty: str
    party: tuple[str, ...]
    to: tuple[str, ...]
    modality: AnswerModality | None
    state: DutyState
    due: datetime | None = None
    due_date: date | None = None
    missing: tuple[str, ...] = ()
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form of CONTRACT: one party by its id, none as null, several as a list.

        Without `reasons`, `because` stays empty and no reason is made.
        """
        return {
            "duty": self.duty,
            "party": _one_or_all(self.party),
            "to": _one_or_all(self.to),
            "modality": self.modality,
            "state": self.state,
            "due": form(self.due),
            "due_date": form(self.due_date),
            "missing": form(self.missing),
            "because": self.because_form(reasons=reasons),
        }


@frozen(slots=False)
class ExclusionAnswer(Explained, Formed):
    """An exclusion that holds: which clocks it ends, and since when (R8)."""

    exclusion: str
    ends: tuple[str, ...]
    since: datetime | None
    missing: tuple[str, ...] = ()
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)


@frozen(slots=False)
class MaintenanceAnswer(Explained, Formed):
    """Whether maintenance may take place now (R8)."""

    maintenance: str
    allowed: bool | None
    missing: tuple[str, ...] = ()
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)


@frozen
class Irregular(Formed):
    """An entry that no rule provides for, as it was given, when, and why it is none (R5, R6)."""

    at: datetime
    entry: Mapping[str, object]
    why: str


@frozen
class WouldChange(Formed):
    """What another reading of one ambiguity would answer, by the place in the evaluation (H3)."""

    ambiguity: str
    reading: str
    answers: Mapping[str, object]


@frozen(slots=False)
class ObjectiveAnswer(Explained, Formed):
    """How many tickets kept a clock in time, or how long they took on average, against an objective (R8).

    `value` and `threshold` are in `unit`; `value` is None where there was no ticket, or no commitment, or where what is
    not known could change it. `comparison` is how the value is to stand to the threshold, `calendar` that of its days
    (`elapsed time`: all of them). `per` is the level that tells these tickets from others, where the objective does.

    Example: `[one.verdict for one in policy.objectives(evaluations)]`.
    """

    objective: str
    clock: str
    level: str | None
    period: str | None
    count: int
    within: int | None
    value: float | None
    threshold: float | None
    strict: bool | None
    verdict: ObjectiveVerdict
    missing: tuple[str, ...] = ()
    unit: ObjectiveUnit | None = None
    per: Mapping[str, str] | None = None
    comparison: Comparison | None = None
    calendar: str | None = None
    _explain: Explain | None = field(default=None, alias="explain", eq=False, repr=False)


def _one_or_all(names: tuple[str, ...]) -> str | list[str] | None:
    if len(names) > 1:
        return list(names)
    return names[0] if names else None
