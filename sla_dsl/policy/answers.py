"""The answers of a policy as values (CONTRACT, forms). Their reasons are put into words when they are read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from attrs import field, frozen

if TYPE_CHECKING:
    from sla_dsl.policy.selection import Chosen
    from sla_dsl.policy.terms import Citation

DueAnswer = Literal["due", "undetermined", "no_deadline"]
PriorityAnswer = Literal["level", "unclassified", "overlap", "undetermined"]
AnswerModality = Literal[
    "shall", "target", "should", "may", "best_effort", "words_only", "to_be_determined", "to_be_negotiated",
    "no_promise", "blank", "silent",
]  # fmt: skip

Json = dict[str, object]


@frozen
class Reason:
    """A sentence that bears an answer out: the clause it speaks of, and its citations or the assumption (H7)."""

    clause: str
    text: str
    cites: tuple[Citation, ...] = ()
    assume: str | None = None

    def to_dict(self) -> Json:
        """Return the form of CONTRACT: with `assume` where the clause is an assumption, else with `cite`."""
        if self.assume is not None:
            return {"clause": self.clause, "text": self.text, "assume": self.assume}
        cited = [{"source": one.source, "line": one.line, "quote": one.quote} for one in self.cites]
        return {"clause": self.clause, "text": self.text, "cite": cited}


class Explain(Protocol):
    """Puts the reasons of an answer into words."""

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons, from the conclusion to its ground."""
        ...

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the answer looked at."""
        ...

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        ...

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used (H4)."""
        ...


class Explained:
    """An answer whose reasons are made when they are read; a pickled or copied one carries them with it."""

    _explain: Explain | None

    @property
    def explain(self) -> Explain | None:
        """What puts the reasons into words; None once they are carried along."""
        return self._explain

    @cached_property
    def because(self) -> tuple[Reason, ...]:
        """The reasons, from the conclusion to its ground (H7)."""
        return () if self._explain is None else self._explain()

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The names of all clauses that were looked at."""
        return () if self._explain is None else self._explain.clauses()

    def because_form(self, *, reasons: bool = True) -> list[Json]:
        """Return the reasons in the form of CONTRACT; none, and none is made, where they are to be left out."""
        return [reason.to_dict() for reason in self.because] if reasons else []

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "because": self.because, "clauses": self.clauses, "_explain": None}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)


@frozen(slots=False)
class Due(Explained):
    """When a clock is due, or why it is not (T4, P2, H4).

    `at` is the due instant, `bounds` the earliest and latest instant where the answer is undetermined, or both ends of
    a range. `missing` names what would determine it; `readings` and `assumptions` are what it rests on.
    """

    clock: str
    priority: str | None
    answer: DueAnswer
    at: datetime | None
    due_date: date | None
    modality: AnswerModality | None
    strict: bool | None
    bounds: tuple[datetime, datetime | None] | None
    missing: tuple[str, ...]
    assumptions: tuple[str, ...]
    _readings: tuple[tuple[str, str], ...]
    _explain: Explain | None = field(default=None, eq=False, repr=False)

    @property
    def due(self) -> str | None:
        """The due instant as RFC 3339 text."""
        return None if self.at is None else rfc3339(self.at)

    @property
    def readings(self) -> dict[str, str]:
        """The ambiguities on which the answer rests, with the reading of each."""
        return dict(self._readings)

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form of CONTRACT; without `reasons`, `because` stays empty and no reason is made."""
        earliest, latest = self.bounds or (None, None)
        return {
            "clock": self.clock,
            "priority": self.priority,
            "answer": self.answer,
            "due": self.due,
            "due_date": None if self.due_date is None else self.due_date.isoformat(),
            "modality": self.modality,
            "strict": self.strict,
            "bounds": None if earliest is None else [rfc3339(earliest), None if latest is None else rfc3339(latest)],
            "readings": self.readings,
            "assumptions": list(self.assumptions),
            "missing": list(self.missing),
            "because": self.because_form(reasons=reasons),
        }


@frozen(slots=False)
class Priority(Explained):
    """Which level a ticket has on a scale, or why none (R1, R2).

    `scale` is the one that carries the targets unless another was asked for; None in a policy without one. `override`
    says that a level was given where another one, or none, follows from what else was given. `possible` are the levels
    left.
    """

    scale: str | None
    answer: PriorityAnswer
    level: str | None
    override: bool
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    assumptions: tuple[str, ...]
    _readings: tuple[tuple[str, str], ...] = field(alias="readings")
    _explain: Explain | None = field(default=None, eq=False, repr=False, alias="explain")

    @property
    def readings(self) -> dict[str, str]:
        """The ambiguities on which the answer rests, with the reading of each."""
        return dict(self._readings)

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form of CONTRACT; without `reasons`, `because` stays empty and no reason is made."""
        return {
            "scale": self.scale,
            "answer": self.answer,
            "level": self.level,
            "override": self.override,
            "possible": list(self.possible),
            "readings": self.readings,
            "assumptions": list(self.assumptions),
            "missing": list(self.missing),
            "because": self.because_form(reasons=reasons),
        }


def rfc3339(when: datetime) -> str:
    """Return an aware datetime as RFC 3339 text, in UTC where its offset has seconds."""
    offset = when.utcoffset()
    return (when.astimezone(UTC) if offset is not None and offset.seconds % 60 else when).isoformat()
