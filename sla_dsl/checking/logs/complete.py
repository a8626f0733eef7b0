"""What the mapping of a log cannot do without, and what it says twice or in vain."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.words import written
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source
from sla_dsl.syntax import Statement, Token

ROWS = {"entry", "ticket"}
"""What a row of a log can be."""

_ONCE = frozenset(
    "rows file_form times missing ticket_from created_from at_from due_from channel_from caller_from "
    "ignore_rest".split()
)
_OF_ENTRIES = {
    "at_from": "Leave it out: the columns of events and statuses have the times.",
    "due_from": "Leave it out: a due time is agreed with an event.",
    "status_from": 'Name the columns that hold the time of a status: `status NAME from "column"`.',
    "event_from": 'Name the columns that hold the time of an event: `event NAME from "column"`.',
    "event_on_change": "Leave it out: nothing changes where each ticket has one row.",
}
"""Statements that say something of a single entry, and what to write where a row is a whole ticket."""


def complete(source: Source, head: Statement) -> Iterator[Finding]:
    """A log says what a row is, where the tickets and the times are, and each thing once."""
    place = Place(source, head.line.span)
    kinds = {statement.kind for statement in head.body}
    rows = next((s.line.tokens("WORD")[0] for s in head.body if s.kind == "rows"), None)
    yield from _rows(place, source, rows)
    if "ticket_from" not in kinds:
        yield catalogue.NO_TICKET_COLUMN(place)
    if rows and rows.text == "entry" and "at_from" not in kinds:
        yield catalogue.NO_TIME_COLUMN(place, of="of an entry", head="at")
    if rows and rows.text == "ticket" and "created_from" not in kinds:
        yield catalogue.NO_TIME_COLUMN(place, of="at which a ticket was created", head="created")
    yield from _of_entries(source, head, rows)
    yield from _once(source, head, "log")
    for inner in head.body:
        yield from _once(source, inner, "block")


def _rows(place: Place, source: Source, said: Token | None) -> Iterator[Finding]:
    if said is None:
        yield catalogue.ROWS_NOT_SAID(place, problem="the log does not say what a row is")
    elif said.text not in ROWS:
        yield catalogue.ROWS_NOT_SAID(Place(source, said.span), problem=f"`{said.text}` is not what a row can be")


def _of_entries(source: Source, head: Statement, rows: Token | None) -> Iterator[Finding]:
    for statement in head.body if rows and rows.text == "ticket" else ():
        if statement.kind in _OF_ENTRIES:
            place = Place(source, statement.line.span)
            yield catalogue.NOT_PER_TICKET(place, head=statement.tokens[0].text, advice=_OF_ENTRIES[statement.kind])


def _once(source: Source, block: Statement, name: str) -> Iterator[Finding]:
    first: dict[tuple[str, str], Statement] = {}
    for statement in block.body:
        ref = statement.line.node("ref")
        key = (statement.kind, written(ref) if ref else "")
        if statement.kind in _ONCE or statement.kind in {"level_from", "fact_from"}:
            if key in first:
                yield catalogue.ONCE_ONLY(
                    Place(source, statement.line.span),
                    head=" ".join(filter(None, (statement.tokens[0].text, key[1]))),
                    block=name,
                    related=[(Place(source, first[key].line.span), "said here first")],
                )
            first.setdefault(key, statement)
