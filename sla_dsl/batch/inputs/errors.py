"""What can be wrong with a log as a whole, one class for each cause; what is wrong with single rows is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import advice

if TYPE_CHECKING:
    from collections.abc import Iterable


class LogError(SlaError):
    """Base of the errors that stop the reading of a log."""


class BadLog(LogError):
    """Something was given as a log, or as a part of one, that is none; `kind` is its type."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def __str__(self) -> str:
        return f"a log is a file, a table of Arrow, Polars or pandas, or several of them, not `{self.kind}`"


class UnreadableLog(LogError):
    """A file or table that cannot be read. `why` says what is wrong and where, `help` what to do."""

    def __init__(self, name: str, why: str, help: str = "") -> None:  # noqa: A002 - as findings call it
        super().__init__(name, why, help)
        self.name = name
        self.why = why
        self.help = help

    def __str__(self) -> str:
        return f"{self.name} cannot be read: {self.why}" + (f". {self.help}" if self.help else "")


class NoSuchColumn(LogError):
    """Columns that the mapping names and a file does not have."""

    def __init__(self, name: str, columns: Iterable[str], there: Iterable[str]) -> None:
        self.name = name
        self.columns = tuple(columns)
        self.there = tuple(there)
        super().__init__(name, self.columns, self.there)

    def __str__(self) -> str:
        lacking = "; ".join(f"no column `{column}`{advice(column, self.there)}" for column in self.columns)
        return f"{self.name} has {lacking}"


class ColumnTwice(LogError):
    """A column that is read, and is there twice in a file."""

    def __init__(self, name: str, column: str) -> None:
        super().__init__(name, column)
        self.name = name
        self.column = column

    def __str__(self) -> str:
        return f"{self.name} has two columns `{self.column}`; rename one of them"


class NotTimes(LogError):
    """A column that should have times and has something else, or times that no zone is known of."""

    def __init__(self, column: str, kind: str, why: str = "they are no times") -> None:
        super().__init__(column, kind, why)
        self.column = column
        self.kind = kind
        self.why = why

    def __str__(self) -> str:
        return f"the column `{self.column}` should have times and has values of type `{self.kind}`: {self.why}"


class NotValues(LogError):
    """A column that should have single values and has lists or structs."""

    def __init__(self, column: str, kind: str) -> None:
        super().__init__(column, kind)
        self.column = column
        self.kind = kind

    def __str__(self) -> str:
        return f"the column `{self.column}` should have single values and has values of type `{self.kind}`"


class EmptyLog(LogError):
    """A log without a single row."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name} has no rows"


class NotGrouped(LogError):
    """A ticket that comes back after its rows had ended, in a log that was said to be grouped by ticket."""

    def __init__(self, ticket: str, place: str) -> None:
        super().__init__(ticket, place)
        self.ticket = ticket
        self.place = place

    def __str__(self) -> str:
        return (
            f"the log is not grouped by ticket: `{self.ticket}` comes back at {self.place} after other tickets. "
            "Do not say that it is grouped; then it is sorted"
        )


class NoRoom(LogError):
    """A temporary folder in which a log that is not small could not be put down."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(folder, why)
        self.folder = folder
        self.why = why

    def __str__(self) -> str:
        return f"the log could not be put down in {self.folder}: {self.why}. Make room, or set TMPDIR to another folder"
