"""A finding: what is wrong in a policy, where, and what would be right. Data only; the words are in `catalogue`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from sla_dsl.source import Source, Span


class Severity(StrEnum):
    """How much a finding matters: an `error` stops the compiler, a `warning` may be accepted with a reason."""

    ERROR = "error"
    WARNING = "warning"


@frozen
class Place:
    """Where something stands: a span of one source."""

    source: Source = field(repr=lambda source: source.name)
    span: Span

    @property
    def line(self) -> int:
        """The line on which the place begins, counted from 1."""
        return self.source.position(self.span.start).line

    def sort_key(self) -> tuple[str, int, int]:
        """Orders places by file, then by where they begin."""
        return (self.source.name, self.span.start, self.span.end)

    def __str__(self) -> str:
        position = self.source.position(self.span.start)
        return f"{self.source.name}:{position.line}:{position.column}"


@frozen
class Kind:
    """One kind of mistake: its stable code, its words, and how it is put right.

    `message` and `help` are templates over the fields of a finding.

    Example: `Kind("SLA201", Severity.ERROR, "unknown name", "…", "…")(place, name="dekc")` makes a finding.
    """

    code: str
    severity: Severity
    title: str
    message: str
    help: str

    def __call__(self, place: Place, /, *, related: Iterable[tuple[Place, str]] = (), **fields: object) -> Finding:
        """A finding of this kind at a place; `related` are further places, each with what it is."""
        return Finding(self, place, {name: str(value) for name, value in fields.items()}, tuple(related))


@frozen
class Finding:
    """One mistake in a policy, with its exact place and any further places that explain it.

    Example: `finding.code == "SLA201"`, `finding.message == "there is no calendar called `dekc`"`.
    """

    kind: Kind
    place: Place
    fields: Mapping[str, str]
    related: tuple[tuple[Place, str], ...] = ()
    accepted_because: str | None = None

    @property
    def code(self) -> str:
        """The stable code, for example `SLA201`."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """Error or warning."""
        return self.kind.severity

    @property
    def message(self) -> str:
        """What is wrong, in one sentence."""
        return self.kind.message.format_map(self.fields)

    @property
    def help(self) -> str:
        """What would be right."""
        return self.kind.help.format_map(self.fields)

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain data, positions counted from 1."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "help": self.help,
            **_place_data(self.place),
            "related": [{"text": text, **_place_data(place)} for place, text in self.related],
            "accepted": self.accepted_because,
        }


def _place_data(place: Place) -> dict[str, Any]:
    start = place.source.position(place.span.start)
    end = place.source.position(place.span.end)
    return {
        "file": place.source.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }
