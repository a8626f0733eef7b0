"""What a log is read from: something that has columns and gives rows in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from sla_dsl.batch.chunk import Instants
    from sla_dsl.batch.inputs.accounts import Accounts

MOST_ROWS = 1 << 17
"""So many rows are read at a time."""


@frozen(eq=False)
class Raw:
    """Rows as they are in the file: its columns by name, and the number of each row, from 1."""

    columns: Mapping[str, pa.Array]
    numbers: Instants

    def __len__(self) -> int:
        return len(self.numbers)


class Source(Protocol):
    """A file or table."""

    @property
    def name(self) -> str:
        """What messages call it."""
        ...

    @property
    def cheap(self) -> bool:
        """Whether it can be read again at little cost."""
        ...

    def columns(self) -> tuple[str, ...]:
        """Return the names of its columns. Raises `UnreadableLog`."""
        ...

    def read(self, columns: Sequence[str], accounts: Accounts, few: frozenset[str], /) -> Iterator[Raw]:
        """Yield its rows with these columns; what is not even a row is counted and listed.

        `few` are those of which only the distinct values are asked for.

        Raises `UnreadableLog`, `NoSuchColumn`, `ColumnTwice`.
        """
        ...


@runtime_checkable
class Typed(Protocol):
    """A source whose columns have types."""

    def nested(self) -> frozenset[str]:
        """Return the names of the columns that hold lists or structs. Raises `UnreadableLog`."""
        ...
