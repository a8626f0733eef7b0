"""What became of the rows of a log: rows in are rows used and rows listed (SEMANTICS B)."""

from __future__ import annotations

from attrs import define, field

from sla_dsl.batch.inputs.listings import Listed, Listings

__all__ = ["Accounts", "Listed"]


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
    listed: Listings = field(factory=Listings)

    @property
    def used(self) -> int:
        """How many rows were used."""
        return self.rows - len(self.listed)

    def copy(self) -> Accounts:
        """Return the same accounts, to be gone on with."""
        return Accounts(self.rows, Listings(self.listed))

    def read(self, rows: int) -> None:
        """Count rows, used or not."""
        self.rows += rows

    def refuse(self, listed: Listed) -> None:
        """List a row; it has been counted."""
        self.listed.add(listed)
