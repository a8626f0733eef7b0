"""A ticket evaluated under a policy at an instant (CONTRACT, forms). Its parts are computed when they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from attrs import evolve, field, frozen

from sla_dsl.policy.answers import rfc3339
from sla_dsl.policy.errors import UnknownName
from sla_dsl.policy.lazily import lazily
from sla_dsl.policy.situation import shown
from sla_dsl.policy.terms import Scale
from sla_dsl.policy.tickets.again import with_moves, would_change
from sla_dsl.policy.tickets.channels import channels
from sla_dsl.policy.tickets.clocks import clocks
from sla_dsl.policy.tickets.duties import duties
from sla_dsl.policy.tickets.errors import CopiedEvaluation, ForeignEvaluation
from sla_dsl.policy.tickets.exclusions import exclusions
from sla_dsl.policy.tickets.form import form
from sla_dsl.policy.tickets.going import look_at
from sla_dsl.policy.tickets.maintenance import maintenance
from sla_dsl.policy.tickets.services import availability
from sla_dsl.policy.tickets.standing import level_of, priority_of
from sla_dsl.policy.tickets.status import status
from sla_dsl.worktime import to_micros

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, tzinfo

    from sla_dsl.policy.answers import Explain, Explained, Json, Priority
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.tickets.again import Again
    from sla_dsl.policy.tickets.answers import (
        AvailabilityAnswer,
        ChannelAnswer,
        ClockAnswer,
        DutyAnswer,
        ExclusionAnswer,
        Irregular,
        MaintenanceAnswer,
        StatusAnswer,
        WouldChange,
    )
    from sla_dsl.policy.tickets.history import Moment
    from sla_dsl.policy.tickets.life import Ways
    from sla_dsl.policy.tickets.look import Answered, Look
    from sla_dsl.policy.tickets.rulebook import Rulebook
    from sla_dsl.policy.unknowns import Supposed

T = TypeVar("T")

_PARTS = (
    "priority", "status", "clocks", "availability", "channels", "duties", "exclusions", "maintenance", "irregular",
    "readings", "assumptions", "missing", "would_change",
)  # fmt: skip


@frozen(slots=False, eq=False)
class Seen:
    """What is seen of a ticket at an instant: the ways its life can have gone, and what was recorded out of order."""

    book: Rulebook
    ways: Ways
    look: Look
    recorded: tuple[Irregular, ...]

    @property
    def histories(self) -> tuple[tuple[Supposed, tuple[Moment, ...]], ...]:
        """What happened in each way."""
        return tuple((life.supposed, tuple(life.course.moments)) for life in self.ways.lives)


@frozen(slots=False, eq=False)
class Evaluation:
    """A ticket at an instant: its priority, status and clocks, who is there for it, who owes what (CONTRACT).

    Each part is computed when it is first read; a copied or pickled evaluation carries all of them. `would_change`, and
    the moves that would have turned late into in time, are there when they were asked for.

    Example: `[clock.verdict for clock in policy.evaluate(ticket, at=now).clocks]`.
    """

    policy: str
    digest: str
    ticket: str | None
    at: datetime
    _seen: Seen = field(repr=False)
    _again: Again | None = field(default=None, repr=False)

    @lazily
    def priority(self) -> Priority:
        """The level on the scale of the targets (R1, R2)."""
        return priority_of(self._seen.book, self._seen.look)

    @lazily
    def status(self) -> StatusAnswer:
        """The status, and what can come next (R4)."""
        return status(self._seen.book, self._seen.ways, self._seen.look)

    @lazily
    def clocks(self) -> tuple[ClockAnswer, ...]:
        """Every cycle of every clock, in order (P)."""
        found = clocks(self._seen.book, self._seen.ways, self._seen.look.at, self._seen.look.where)
        return found if self._again is None else with_moves(self._again, found)

    @lazily
    def availability(self) -> tuple[AvailabilityAnswer, ...]:
        """Which services are there for the ticket now, and until when (R7)."""
        return availability(self._seen.look)

    @lazily
    def channels(self) -> tuple[ChannelAnswer, ...]:
        """Which channels are there for the ticket now (R7)."""
        return channels(self._seen.look)

    @lazily
    def duties(self) -> tuple[DutyAnswer, ...]:
        """Who owes whom what (R8)."""
        return duties(self._seen.look, self._seen.histories)

    @lazily
    def exclusions(self) -> tuple[ExclusionAnswer, ...]:
        """What has taken the ticket out of the cover of clocks (R8)."""
        return exclusions(self._seen.look, self._seen.histories)

    @lazily
    def maintenance(self) -> tuple[MaintenanceAnswer, ...]:
        """Whether maintenance is allowed now (R8)."""
        return maintenance(self._seen.look)

    @lazily
    def irregular(self) -> tuple[Irregular, ...]:
        """The entries that no rule provides for, that were refused, or that came at a strange time (R5, R6)."""
        lives = self._seen.ways.lives
        listed: dict[tuple[datetime, str], list[Irregular]] = {}
        for one in (one for life in lives for one in life.course.irregular):
            listed.setdefault((one.at, repr(one.entry)), []).append(one)
        by_rules = (_in_all_ways(found, len(lives)) for found in listed.values())
        return tuple(sorted((*self._seen.recorded, *by_rules), key=lambda one: one.at))

    @lazily
    def readings(self) -> dict[str, str]:
        """The ambiguities on which something in the evaluation rests, with the reading of each (H3)."""
        found = {one.ambiguity.id: one.reading.id for answer in self._explained() for one in answer.chosen}
        return {name: found[name] for name in self._seen.book.desk.terms.chosen if name in found}

    @lazily
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used (H4)."""
        return tuple(dict.fromkeys(name for answer in self._explained() for name in answer.assumptions))

    @lazily
    def missing(self) -> tuple[str, ...]:
        """The names that would determine what is undetermined (H4)."""
        found = [*self.priority.missing, *self.status.missing]
        parts = (self.clocks, self.availability, self.channels, self.duties, self.exclusions, self.maintenance)
        found += [name for part in parts for answer in part for name in answer.missing]
        return tuple(dict.fromkeys(found))

    @lazily
    def would_change(self) -> tuple[WouldChange, ...]:
        """What each other reading would change, one ambiguity at a time (H3)."""
        return () if self._again is None else would_change(self._again, self)

    def level(self, scale: str) -> Priority:
        """Return the level on any scale or attribute, by id or label.

        Raises `UnknownName`, and `CopiedEvaluation` for a copied or pickled one, which knows only its priority.
        """
        seen = self._alive
        named = seen.book.desk.terms.scale_named(scale)
        if named is None:
            raise UnknownName("scale", scale, seen.book.desk.terms.names(Scale))
        return level_of(seen.book, seen.look, named)

    def ask(self, question: Callable[[Inquiry], T]) -> Answered[T]:
        """Return what comes out of a question about the ticket as it stands, in every case. Raises `CopiedEvaluation`.

        Objectives ask so whether a ticket counts.
        """
        return self._alive.look.ask(question)

    @property
    def _alive(self) -> Seen:
        """What is seen of the ticket, unless this is a copy."""
        seen = cast("Seen | None", self._seen)
        if seen is None:
            raise CopiedEvaluation(self.ticket)
        return seen

    def _explained(self) -> Iterator[Explain]:
        answers: tuple[Explained, ...] = (
            self.priority, self.status, *self.clocks, *self.availability, *self.channels, *self.duties,
            *self.exclusions, *self.maintenance, *self.status.allowed,
        )  # fmt: skip
        yield from (answer.explain for answer in answers if answer.explain is not None)

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form of CONTRACT.

        Without `reasons` every `because` and every `ledger` stays an empty list, and nothing of them is made: for many
        tickets, of which most are never asked why.

        Example: `policy.evaluate(ticket, at=now).to_dict(reasons=False)`.
        """
        head: Json = {"policy": self.policy, "digest": self.digest, "ticket": self.ticket, "at": rfc3339(self.at)}
        parts = {name: form(getattr(self, name), reasons=reasons) for name in _PARTS}
        return {**head, **parts}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, **{name: getattr(self, name) for name in _PARTS}, "_seen": None, "_again": None}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)


def _in_all_ways(found: list[Irregular], ways: int) -> Irregular:
    """Return an irregular entry once, with why it is one in each way, and whether it is one in all of them."""
    why = ", or ".join(dict.fromkeys(one.why for one in found))
    return evolve(found[0], why=why if len(found) == ways else f"{why}, unless what is not known allows it")


def own(given: object, policy: str) -> Evaluation:
    """Return an evaluation under a policy. Raises `ForeignEvaluation` for anything else."""
    if not isinstance(given, Evaluation):
        raise ForeignEvaluation(shown(given), policy)
    if given.policy != policy:
        raise ForeignEvaluation(f"the evaluation of a ticket under `{given.policy}`", policy)
    return given


def seen(book: Rulebook, ways: Ways, at: int, where: tzinfo, recorded: tuple[Irregular, ...]) -> Seen:
    """Return what is seen of a ticket whose ways have been followed up to an instant."""
    known = tuple([one for one in recorded if to_micros(one.at) <= at])
    return Seen(book, ways, look_at(book, ways, at, where), known)
