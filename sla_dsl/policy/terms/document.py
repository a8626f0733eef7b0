"""The compiled form: everything a policy or annex says, as one immutable value that is its own JSON."""

from __future__ import annotations

from typing import Literal

from sla_dsl.policy.terms.base import Assumption, Citation, Declaration, Term
from sla_dsl.policy.terms.calendars import Calendar
from sla_dsl.policy.terms.classification import Channel, Event, Fact, Matrix, Parameter, Party, Scale
from sla_dsl.policy.terms.lifecycle import Reclassification, Status, Transition
from sla_dsl.policy.terms.measures import Cascade, Clock, Target
from sla_dsl.policy.terms.organisation import (
    Definition,
    Duty,
    Exclusion,
    Maintenance,
    NonPromise,
    Objective,
    Reference,
    Remark,
    Service,
    SupportLine,
)
from sla_dsl.policy.terms.values import Value

FORMAT = 1
"""The version of the compiled form. A newer one is refused."""

AnyDeclaration = (
    Calendar
    | Cascade
    | Channel
    | Clock
    | Definition
    | Duty
    | Event
    | Exclusion
    | Fact
    | Maintenance
    | Matrix
    | NonPromise
    | Objective
    | Parameter
    | Party
    | Reclassification
    | Reference
    | Remark
    | Scale
    | Service
    | Status
    | SupportLine
    | Target
    | Transition
)


class SourceDocument(Term, frozen=True, kw_only=True):
    """A document the policy was written from, pinned by the SHA-256 of its bytes (H1)."""

    name: str
    sha256: str


class Setting(Term, frozen=True, kw_only=True):
    """A parameter that an annex, a reading or an example fills."""

    parameter: str
    value: Value
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()


class Dropped(Term, frozen=True, kw_only=True):
    """A declaration that a reading or annex takes away."""

    kind: str
    id: str


class Reading(Term, frozen=True, kw_only=True):
    """One defensible way to read disputed passages: what it declares in place of the policy's own (H3)."""

    id: str
    label: str | None = None
    declarations: tuple[AnyDeclaration, ...] = ()
    settings: tuple[Setting, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    not_computed: str | None = None
    notes: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()

    @property
    def touches(self) -> frozenset[tuple[str, str]]:
        """The keys of everything this reading replaces, sets or drops."""
        return frozenset(
            {d.key for d in self.declarations}
            | {("parameter", s.parameter) for s in self.settings}
            | {(d.kind, d.id) for d in self.dropped}
        )


class Ambiguity(Declaration, tag="ambiguity", frozen=True, kw_only=True):
    """A doubt about the document, its readings, the one chosen and why (H3). `label` is the question."""

    readings: tuple[Reading, ...]
    chosen: str
    because: str
    overrides: tuple[str, ...] = ()

    @property
    def touches(self) -> frozenset[tuple[str, str]]:
        """The keys of everything that some reading replaces, sets or drops."""
        return frozenset[tuple[str, str]]().union(*(reading.touches for reading in self.readings))


class Mark(Term, frozen=True, kw_only=True):
    """A passage that no rule comes from: informative, or out of scope with the reason."""

    kind: Literal["informative", "out of scope"]
    source: str
    line: int
    first: str
    last: str | None = None
    because: str | None = None


class Item(Term, frozen=True, kw_only=True):
    """One thing that an example says of its ticket: a name with its value, or an event."""

    name: str
    value: str | float | bool | None = None


class Happening(Term, frozen=True, kw_only=True):
    """What happens to an example's ticket, and when (ISO text, wall time of the policy's zone without an offset)."""

    at: str
    items: tuple[Item, ...]


class Expectation(Term, frozen=True, kw_only=True):
    """What an example expects of a clock, a scale, a status, a service, a duty, …; `text` of a promise in words.

    `step` is that of the clock which is meant; `micros` or `days` are the time that a clock has used.
    """

    of: str
    outcome: Literal[
        "due", "is", "is not", "no deadline", "undetermined", "available", "not available", "warns at", "has used"
    ]
    step: str | None = None
    values: tuple[str, ...] = ()
    text: str | None = None
    micros: int | None = None
    days: int | None = None
    at: str | None = None
    because: str | None = None
    line: int = 0


class Example(Term, frozen=True, kw_only=True):
    """A ticket and what must come out of it."""

    title: str
    settings: tuple[Setting, ...] = ()
    readings: dict[str, str] = {}  # noqa: RUF012 - msgspec gives each value its own
    ticket: tuple[Item, ...] = ()
    happenings: tuple[Happening, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    line: int = 0


class PinnedDates(Term, frozen=True, kw_only=True):
    """The dates that one official holiday list had when the policy was compiled (T8)."""

    rule: str
    first_year: int
    last_year: int
    dates: dict[str, str]


class Pinned(Term, frozen=True, kw_only=True):
    """What was resolved at compile time, and the versions of the packages it came from (T8)."""

    holidays_version: str
    tzdata_version: str
    holidays: tuple[PinnedDates, ...] = ()


class Accepted(Term, frozen=True, kw_only=True):
    """A warning that the author accepts, and why."""

    code: str
    because: str


class Selection(Term, frozen=True, kw_only=True):
    """What was chosen on top of a policy and its annexes: readings, parameter values, and defaults taken away (H5)."""

    readings: dict[str, str] = {}  # noqa: RUF012 - msgspec gives each value its own
    values: tuple[Setting, ...] = ()
    unset: tuple[str, ...] = ()


class Document(Term, frozen=True, kw_only=True):
    """A compiled policy, or an annex to one. A policy may carry annexes and a selection with it."""

    format: int
    language: int
    kind: Literal["policy", "annex"]
    id: str
    label: str | None = None
    amends: str | None = None
    sources: tuple[SourceDocument, ...] = ()
    timezone: str | None = None
    timezone_parameter: str | None = None
    timezone_cites: tuple[Citation, ...] = ()
    timezone_assumes: tuple[Assumption, ...] = ()
    created: str | None = None
    targets_scale: str | None = None
    declarations: tuple[AnyDeclaration, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    settings: tuple[Setting, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    chosen: dict[str, str] = {}  # noqa: RUF012 - msgspec gives each value its own
    marks: tuple[Mark, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    examples: tuple[Example, ...] = ()
    pinned: Pinned
    annexes: tuple[Document, ...] = ()
    selection: Selection | None = None
    digest: str = ""
