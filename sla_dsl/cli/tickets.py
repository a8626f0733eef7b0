"""Files of tickets, row by row: what is refused and why, and the counts."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from attrs import define, field, frozen

from sla_dsl.cli.endings import ANSWERED, FOUND, WRONG, complain
from sla_dsl.cli.texts import STANDARD_INPUT
from sla_dsl.policy.tickets.errors import BadTicket
from sla_dsl.policy.tickets.rows import BadRow, UnreadableTickets, rows_in
from sla_dsl.reporting.excerpt import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from sla_dsl.errors import SlaError
    from sla_dsl.policy.tickets.rows import Row


@frozen
class Given:
    """A ticket as it was given, where it stands, and whether it is all there is."""

    file: str
    line: int
    data: Mapping[str, object]
    single: bool


@define
class Tickets:
    """The tickets in some files, one after the other. No row is lost: who gets one evaluates or refuses it.

    Example: `for given in Tickets(("tickets.jsonl",)): …`.
    """

    names: tuple[str, ...]
    _read: int = field(default=0, init=False)
    _refused: int = field(default=0, init=False)
    _unreadable: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[Given]:
        """The rows that are JSON; the others are refused."""
        for name in self.names:
            shown = _shown(name)
            try:
                for row, single in _rows(name, shown):
                    self._read += 1
                    if isinstance(row, BadRow):
                        self._refuse(f"{shown}:{row.line}", row.why)
                    else:
                        # A row that is no object is refused by the policy, with what is right.
                        data = cast("Mapping[str, object]", row.data)
                        yield Given(shown, row.line, data, single and len(self.names) == 1)
            except UnreadableTickets as error:
                self._unreadable = True
                complain(str(error))

    def refuse(self, given: Given, error: SlaError) -> None:
        """Says what is wrong with a ticket, field by field."""
        place = f"{given.file}:{given.line}"
        if isinstance(error, BadTicket):
            of = "" if error.ticket is None else f" (ticket {error.ticket})"
            self._refuse(f"{place}{of}", *map(str, error.problems))
        else:
            ticket = given.data.get("id")
            self._refuse(place if ticket is None else f"{place} (ticket {ticket})", str(error))

    def _refuse(self, place: str, *problems: str) -> None:
        self._refused += 1
        for problem in problems:
            click.echo(printable(f"{place}: {problem}"), err=True)

    def end(self) -> int:
        """Says how many there were, and gives the exit code; none at all is a failure."""
        evaluated = self._read - self._refused
        click.echo(f"read {self._read}, evaluated {evaluated}, refused {self._refused}", err=True)
        if self._unreadable:
            return WRONG
        if not self._read:
            complain(f"there is no ticket in {', '.join(map(_shown, self.names))}")
        return FOUND if self._refused or not self._read else ANSWERED


def _shown(name: str) -> str:
    return "<standard input>" if name == STANDARD_INPUT else name


def _rows(name: str, shown: str) -> Iterator[tuple[Row | BadRow, bool]]:
    """The rows of a file, each with whether it is all there is. Raises `UnreadableTickets`."""
    try:
        with _opened(name) as stream:
            rows = rows_in(stream, shown)
            for row in rows.rows:
                yield row, rows.single
    except OSError as error:
        raise UnreadableTickets(f"{shown} cannot be read: {error.strerror or error}.") from error


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    if name != STANDARD_INPUT:
        try:
            return Path(name).open("rb")
        except ValueError as error:  # a name that no file can have
            raise UnreadableTickets(f"{name} cannot be read: {error}.") from error
    if sys.stdin is None:
        raise UnreadableTickets(f"{_shown(name)} is closed.")
    return nullcontext(sys.stdin.buffer)
