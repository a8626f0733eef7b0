"""The mapping of a log whose columns are called as the keys of a ticket in JSON form: none needs to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.errors import SlaError
from sla_dsl.policy.logs.mapping import Kind, Mapping, TimeColumn, ValueColumn
from sla_dsl.policy.terms import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.vocabulary import Terms

_NAMED: dict[str, Kind] = {"event": "event", "status": "status", "channel": "channel", "caller": "caller"}
_OF_ROWS = frozenset({"id", "created", "at", "due"})


class NoUsualColumns(SlaError):
    """A table without a mapping, and without the columns that every log has. `missing` names them."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(missing)
        self.missing = missing

    def __str__(self) -> str:
        names = " and no ".join(f"`{name}`" for name in self.missing)
        return f"the log has no column {names}; say with a mapping which columns they are"


def usual(columns: Iterable[str], terms: Terms) -> Mapping:
    """Return the mapping of a table with columns `id`, `created`, `at`, `event`, `status`, `priority` and so on.

    Levels and facts are called by their ids or labels. With a column `at` there is one row per entry, else one per
    ticket, with `created`. All other columns are kept.

    Raises:
        NoUsualColumns: there is no `id`, or neither `at` nor `created`.

    >>> usual(["id", "created", "priority"], policy.terms).rows  # doctest: +SKIP
    'ticket'
    """
    there = tuple(dict.fromkeys(columns))
    by_entry = "at" in there
    lacking = [name for name in ("id", "at" if by_entry else "created") if name not in there]
    if lacking:
        raise NoUsualColumns(tuple(lacking))
    said = {column: found for column in there if (found := _says(column, terms, by_entry=by_entry))}
    times = {name: TimeColumn(name) for name in ("created", "at", "due") if name in there}
    return Mapping(
        id="usual",
        rows="entry" if by_entry else "ticket",
        ticket=("id",),
        created=times.get("created"),
        at=times.get("at"),
        due=times.get("due") if by_entry else None,
        values=tuple(ValueColumn(kind, name, (column,)) for column, (kind, name) in said.items()),
        keep=tuple(column for column in there if column not in said and column not in _OF_ROWS),
    )


def _says(column: str, terms: Terms, *, by_entry: bool) -> tuple[Kind, str] | None:
    """Return what a column says by its name, as a kind and the id of a scale or fact; None for nothing."""
    if column in _OF_ROWS or (column in {"event", "status"} and not by_entry):
        return None
    if column in _NAMED:
        return _NAMED[column], ""
    scale = terms.scale_named(column)
    if scale is not None:
        return "level", scale
    fact = terms.named(Fact, column)
    return None if fact is None else ("fact", fact)
