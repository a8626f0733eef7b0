"""Scales, attributes, matrices, facts and events: what a ticket is said to be (SEMANTICS R1-R3)."""

from __future__ import annotations

from typing import Literal

from sla_dsl.policy.terms.base import Assumption, Citation, Declaration, Term
from sla_dsl.policy.terms.conditions import Condition
from sla_dsl.policy.terms.organisation import Availability
from sla_dsl.policy.terms.values import Type, Value


class Level(Term, frozen=True, kw_only=True):
    """One level of a scale: its labels, its definition, and where the document allows, when it applies."""

    id: str
    labels: tuple[str, ...] = ()
    means: str | None = None
    when: Condition | None = None
    otherwise: bool = False
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()


class Scale(Declaration, tag="scale", frozen=True, kw_only=True):
    """Ordered levels, the highest first. `of` makes it an attribute of ticket, caller or customer, without order."""

    levels: tuple[Level, ...]
    highest_wins: bool = False
    chosen_by: tuple[str, ...] = ()
    of: Literal["ticket", "caller", "customer"] | None = None
    default: str | None = None

    @property
    def clause(self) -> str:
        """The name under which reasons speak of it, as it is declared: `scale severity`, `attribute plan`."""
        return f"attribute {self.id}" if self.of is not None else super().clause

    def level(self, name: str) -> Level | None:
        """The level with this name, if there is one."""
        return next((level for level in self.levels if level.id == name), None)


class Cell(Term, frozen=True, kw_only=True):
    """A cell of a matrix: the level it gives, or none where its absence is declared."""

    row: str
    column: str
    gives: str | None


class Matrix(Declaration, tag="matrix", frozen=True, kw_only=True):
    """Two scales give a third (R2). Its `id` is the scale that it gives."""

    rows: str
    columns: str
    cells: tuple[Cell, ...]
    chosen_by: tuple[str, ...] = ()


class Fact(Declaration, tag="fact", frozen=True, kw_only=True):
    """Something known of a ticket, of a type; not given is unknown unless there is a default (R3)."""

    type: Type
    default: Value | None = None


class Parameter(Declaration, tag="parameter", frozen=True, kw_only=True):
    """What a document needs and does not say (H4)."""

    type: Type
    default: Value | None = None


class Event(Declaration, tag="event", frozen=True, kw_only=True):
    """Something that happens to a ticket."""

    may_precede_creation: bool = False


class Party(Declaration, tag="party", frozen=True, kw_only=True):
    """Somebody who has rights or duties under the policy."""


class Channel(Declaration, tag="channel", frozen=True, kw_only=True):
    """A way of reaching somebody, with its address where the document gives one, and when it is there."""

    address: str | None = None
    availability: tuple[Availability, ...] = ()
