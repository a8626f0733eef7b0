"""What became of the rows of a log: rows in are rows used and rows listed (SEMANTICS B)."""

from __future__ import annotations

from typing import NamedTuple

from attrs import define, field


class Listed(NamedTuple):
    """A row that could not be used: where it is, of which ticket if that is known, and why.

    `row` counts from 1 for the first row of data of its file; in XES it is an event, in tickets as JSON a ticket.
    """

    file: str
    row: int
    ticket: str | None
    column: str | None
    reason: str

    def __str__(self) -> str:
        ticket = "" if self.ticket is None else f", ticket {self.ticket}"
        return f"{self.file}, row {self.row}{ticket}: {self.reason}"


@define
class Accounts:
    """Counts the rows that were read, and lists those that could not be used.

    >>> accounts = Accounts()
    >>> accounts.read(3)
    >>> accounts.refuse(Listed("log.csv", 2, None, None, "it has 2 values, the header has 3"))
    >>> accounts.rows, accounts.used, len(accounts.listed)
    (3, 2, 1)
    """

    rows: int = 0
    listed: list[Listed] = field(factory=list[Listed])

    @property
    def used(self) -> int:
        """How many rows were used."""
        return self.rows - len(self.listed)

    def copy(self) -> Accounts:
        """Return the same accounts, to be gone on with."""
        return Accounts(self.rows, list(self.listed))

    def read(self, rows: int) -> None:
        """Count rows, used or not."""
        self.rows += rows

    def refuse(self, listed: Listed) -> None:
        """List a row; it has been counted."""
        self.listed.append(listed)
