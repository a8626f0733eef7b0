"""What every term shares: an immutable struct that is its own JSON form, and the evidence a declaration rests on."""

from __future__ import annotations

import msgspec

from sla_dsl.worktime.units import DAY, HOUR, MINUTE, SECOND


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A value of a policy. Equal terms mean the same; a term knows nothing of where it was written."""


class Citation(Term, frozen=True, kw_only=True):
    """A quotation that bears a rule out, with the line on which it begins in its source (H1).

    `supports` narrows it to a row and a cell of a table, for example `("p1", "response")`.
    """

    source: str
    quote: str
    line: int
    supports: tuple[str, ...] = ()


class Assumption(Term, frozen=True, kw_only=True):
    """Why a value stands here though the document does not say so (H1)."""

    text: str
    supports: tuple[str, ...] = ()


class Declaration(Term, tag_field="kind", frozen=True, kw_only=True):
    """Something a policy declares under a name; within its kind the name is unique."""

    id: str
    label: str | None = None
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of declaration, as in the compiled form: `calendar`, `clock`, …."""
        return str(self.__struct_config__.tag)

    @property
    def key(self) -> tuple[str, str]:
        """Kind and name: what readings, annexes and reasons refer to."""
        return (self.kind, self.id)

    @property
    def clause(self) -> str:
        """The name under which reasons speak of it; it survives reformatting (H7)."""
        return f"{self.kind.replace('_', ' ')} {self.id}"


UNIT_MICROSECONDS = {"second": SECOND, "minute": MINUTE, "hour": HOUR, "day": DAY}
