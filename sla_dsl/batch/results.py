"""The answers about a log as record batches of Arrow: one row per ticket, clock and cycle."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from attrs import field, frozen

from sla_dsl.batch.columns import INSTANT, WORD, filled, instants, kept_column, seconds, texts, words_column
from sla_dsl.batch.engine.rows import CODES, INSTANTS, LENGTHS, MISSING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Answered, Rows, Words

FIELDS = (
    pa.field("ticket", pa.string()),
    pa.field("clock", WORD),
    pa.field("step", WORD),
    pa.field("cycle", pa.int32()),
    *(pa.field(name, WORD) for name in ("priority", "state", "verdict", "answer", "modality")),
    *(pa.field(name, INSTANT) for name in ("started", "stopped", "due", "earliest", "latest", "breached_at")),
    pa.field("due_date", pa.date32()),
    pa.field("strict", pa.bool_()),
    *(pa.field(name, pa.float64()) for name in LENGTHS),
    pa.field("used_days", pa.int32()),
    pa.field("created", INSTANT),
    pa.field("scalar", pa.bool_()),
)
"""The columns of an answer; those that the log keeps come after them."""


@frozen
class Unused:
    """A ticket that could not be evaluated, and why. `rows`: how many rows of the log it took, if that is known."""

    ticket: str
    reason: str
    rows: int | None = None


@frozen(slots=False)
class Account:
    """What became of the tickets of a log, so far as it has been read.

    Of `tickets`, `scalar` went one by one, and `unused` could not be evaluated; `rows` are those of the answer.
    `irregular` entries are used, and yet no rule provides for them (R5, R6).
    """

    tickets: int = 0
    rows: int = 0
    scalar: int = 0
    irregular: int = 0
    unused: tuple[Unused, ...] = ()

    def plus(self, chunk: Chunk, answered: Answered) -> Account:
        """Return the account after one more chunk."""
        unused = tuple(
            Unused(chunk.ids[one.ticket], one.reason, None if chunk.rows is None else int(chunk.rows[one.ticket]))
            for one in answered.refused
        )
        return Account(
            self.tickets + len(chunk),
            self.rows + len(answered.rows),
            self.scalar + answered.scalar,
            self.irregular + answered.irregular,
            self.unused + unused,
        )


@frozen(slots=False, eq=False)
class Results:
    """The answers about a log at an instant, batch by batch: `for batch in results`, or `results.table()`.

    They are computed while they are read, and can be read once; `account` tells what has become of the tickets so far.
    `digest` is that of the policy. A result can be handed to whatever reads Arrow: it has `__arrow_c_stream__`.

    Example: `polars.from_arrow(sla_dsl.batch.evaluate(policy, "tickets.parquet"))`.
    """

    at: datetime
    digest: str
    schema: pa.Schema
    _batches: Iterator[tuple[pa.RecordBatch, Account]] = field(repr=False)
    account: Account = field(factory=Account, init=False)

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch, account in self._batches:
            object.__setattr__(self, "account", account)
            yield batch

    def table(self) -> pa.Table:
        """Return all of the answers that have not been read yet."""
        return pa.Table.from_batches(self, self.schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the answers over, as they are computed."""
        return pa.RecordBatchReader.from_batches(self.schema, self).__arrow_c_stream__(requested_schema)


def schema_of(chunk: Chunk | None) -> pa.Schema:
    """Return the columns of the answers about chunks like this one."""
    return with_kept(FIELDS, chunk)


def with_kept(fields: Collection[pa.Field], chunk: Chunk | None) -> pa.Schema:
    """Return columns, and after them those that the log keeps."""
    kept = {} if chunk is None else kept_columns(fields, chunk)
    return pa.schema([*fields, *(pa.field(name, column.type) for name, column in kept.items())])


def kept_columns(fields: Collection[pa.Field], chunk: Chunk) -> dict[str, pa.Array]:
    """Return what the log keeps of the tickets of a chunk, by names that the fields do not have."""
    names = kept_names(chunk.kept, [field.name for field in fields])
    return {names[name]: kept_column(values) for name, values in chunk.kept.items()}


def kept_names(columns: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """Return what each column of the log is called beside others: with `_in_log` after it where its name is taken.

    No two are called alike; a column whose name is free is called as in the log.

    >>> kept_names(["priority", "team", "priority_in_log"], ["priority"])
    {'priority': 'priority_in_log_2', 'team': 'team', 'priority_in_log': 'priority_in_log'}
    """
    columns = tuple(dict.fromkeys(columns))
    used = {*taken, *columns}
    names: dict[str, str] = {}
    for name in columns:
        names[name] = name if name not in taken else next(one for one in _spellings(name) if one not in used)
        used.add(names[name])
    return names


def _spellings(name: str) -> Iterator[str]:
    yield f"{name}_in_log"
    yield from (f"{name}_in_log_{number}" for number in count(2))


def record_batch(schema: pa.Schema, words: Words, chunk: Chunk, rows: Rows) -> pa.RecordBatch:
    """Return the answers about a chunk as a record batch, by ticket, clock and cycle.

    All columns are copied into memory of Arrow: those of numpy would keep pieces of what was computed on the way alive.
    """
    order = rows.order()
    places = rows.places("ticket")[order]
    made: dict[str, pa.Array] = {name: words_column(rows[name], getattr(words, name)) for name in CODES}
    made |= {name: instants(rows[name]) for name in INSTANTS}
    made |= {name: seconds(rows[name]) for name in LENGTHS}
    made["cycle"] = pa.array(rows["cycle"])
    days = rows["due_date"]
    made["due_date"] = pa.array(filled(days).astype("datetime64[D]"), pa.date32(), mask=days == MISSING)
    strict = rows["strict"]
    made["strict"] = pa.array(strict == 1, mask=strict == -1)
    used = rows["used_days"]
    made["used_days"] = pa.array(filled(used).astype(np.int32), mask=used == MISSING)
    made["scalar"] = pa.array(rows["scalar"])
    made = {name: column.take(order) for name, column in made.items()}
    made["ticket"] = texts(chunk.ids).take(places)
    made["created"] = instants(chunk.created).take(places)
    made |= {name: column.take(places) for name, column in kept_columns(FIELDS, chunk).items()}
    return pa.RecordBatch.from_arrays([made[name] for name in schema.names], schema=schema)
