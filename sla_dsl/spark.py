"""Whole logs on several machines: the engine of `sla_dsl.batch` under PySpark. Needs the extra `spark`, and Java 17.

The rows of a ticket are brought together first, whatever batch or partition they were in; so each ticket is answered
once, as on one machine. The workers need this package, at the same version.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pyarrow as pa
from attrs import evolve, frozen

from sla_dsl.batch import evaluate as evaluate_batch
from sla_dsl.batch.inputs import Log
from sla_dsl.batch.inputs.errors import NotValues
from sla_dsl.batch.inputs.source import MOST_ROWS, Raw
from sla_dsl.batch.inputs.tables import check_columns
from sla_dsl.batch.inputs.tickets import missing_texts, ticket_column, ticket_names
from sla_dsl.batch.results import FIELDS, kept_names
from sla_dsl.errors import MissingExtra
from sla_dsl.pipeline.mapping import mapping_for
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.logs.usual import usual
from sla_dsl.policy.situation import read_moment
from sla_dsl.worktime import from_micros

try:
    from pyspark.sql import functions, types
except ModuleNotFoundError:
    raise MissingExtra("pyspark", "spark") from None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Mapping as Dictionary
    from datetime import datetime
    from pathlib import Path

    from pyspark.sql import Column, DataFrame

    from sla_dsl.batch.inputs.accounts import Accounts
    from sla_dsl.batch.results import Results
    from sla_dsl.pipeline import Policy
    from sla_dsl.policy.logs.mapping import Mapping

    Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]

_ROW, _ORDER, _TICKET = "sla_dsl row", "sla_dsl order", "sla_dsl ticket"
_NAME = "the DataFrame"
_NESTED = types.ArrayType | types.MapType | types.StructType
_UNUSED = pa.schema(
    [
        pa.field("ticket", pa.string()),
        pa.field("row", pa.int64()),
        pa.field("rows", pa.int64()),
        pa.field("reason", pa.string()),
    ]
)


def evaluate(
    df: DataFrame,
    policy: Policy,
    *,
    at: datetime | str,
    mapping: Mapping | str | Path | None = None,
    order: str | None = None,
) -> DataFrame:
    """Return the answers about all clocks of all tickets of a log at an instant: one row per ticket, clock and cycle.

    The columns and values are those of `sla_dsl.batch.evaluate`, words being plain strings. Rows of a ticket are taken
    in the order of the column `order`, else in that which `df` has them in; they decide where times are equal (R6). A
    `df` that was joined or grouped has no order of its own: give one.

    Nothing is computed before Spark is asked for the answers. Rows and tickets that could not be used are not among
    them: see `unused`.

    Raises:
        PolicyError: the mapping has mistakes, or does not fit the policy.
        NoSuchColumn, NotValues: `df` lacks a column of the mapping, or it holds lists or structs.
        NaiveDatetime, BadInstant: `at` is no instant.

    Example: `evaluate(spark.read.parquet("tickets"), policy, at="2026-06-01T00:00:00Z").write.parquet("answers")`.
    """
    work = _Work.of(df, policy, mapping, at, order)
    names = kept_names(work.mapping.keep, [field.name for field in FIELDS])
    kept = [types.StructField(names[name], _plain(df.schema[name].dataType)) for name in work.mapping.keep]
    return work.on(df, work.answers, types.StructType([*map(_field, FIELDS), *kept]))


def unused(
    df: DataFrame,
    policy: Policy,
    *,
    at: datetime | str,
    mapping: Mapping | str | Path | None = None,
    order: str | None = None,
) -> DataFrame:
    """Return what of a log `evaluate` leaves out: `ticket`, `row`, `rows`, `reason`.

    For a row that cannot be used `row` is its place in `df`, from 1 in the first partition (each further one goes on at
    the next multiple of 2 ** 33), and `rows` is 1. For a ticket that cannot be evaluated `row` is null, and `rows` are
    all of its rows. The rows of `df` are those used and the sum of `rows`. Raises what `evaluate` does.

    Example: `unused(df, policy, at=at).groupBy("reason").agg({"rows": "sum"})`.
    """
    work = _Work.of(df, policy, mapping, at, order)
    return work.on(df, work.left_out, types.StructType([_field(one) for one in _UNUSED]))


@frozen
class _Work:
    """What the workers are told; everything in it can be pickled."""

    policy: Executable
    mapping: Mapping
    at: str
    order: str | None

    @staticmethod
    def of(
        df: DataFrame, policy: Policy, mapping: Mapping | str | Path | None, at: datetime | str, order: str | None
    ) -> _Work:
        """Check on this machine all that can be checked without the rows."""
        columns = df.columns
        nested = [one.name for one in df.schema.fields if isinstance(one.dataType, _NESTED)]
        if mapping is None:
            known = usual(columns, policy.terms)
            known = evolve(known, keep=tuple(name for name in known.keep if name not in nested))
        else:
            known = mapping_for(mapping, policy)
        check_columns(_NAME, [*known.columns, *([order] if order else [])], columns)
        for name in known.columns:
            if name in nested:
                raise NotValues(name, df.schema[name].dataType.simpleString())
        now, zone = read_moment("at", at)
        bare = Executable(policy.document, policy.annexes, policy.readings, policy.values, policy.unset)
        return _Work(bare, known, from_micros(now, zone).isoformat(), order)

    def on(self, df: DataFrame, work: Work, schema: types.StructType) -> DataFrame:
        """Bring the rows of each ticket together, in their order, and have each partition worked on.

        Tickets are told apart by the very texts that the engine tells them apart by: `7` and ` 7` are one.
        """
        needed = [_column(name).alias(name) for name in self.mapping.columns]
        order = [] if self.order is None else [_column(self.order).alias(_ORDER)]
        rows = df.select(*needed, *order, functions.monotonically_increasing_id().alias(_ROW))
        named = types.StructType([*rows.schema.fields, types.StructField(_TICKET, types.StringType())])
        return (
            rows.mapInArrow(self.named, named)
            .repartition(_column(_TICKET))
            .sortWithinPartitions(*map(_column, (_TICKET, *([_ORDER] if order else []), _ROW)))
            .mapInArrow(work, schema)
        )

    def named(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield batches with the name of each row's ticket."""
        missing = missing_texts(self.mapping)
        for batch in batches:
            column = ticket_column(_columns(batch, self.mapping.ticket), self.mapping.ticket, missing)
            columns = _columns(batch, batch.schema.names)
            yield _batch({**columns, _TICKET: ticket_names(column, missing)})

    def answers(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the answers about the tickets of a partition."""
        for results, _ in self._results(batches):
            for batch in results:
                columns = _columns(batch, batch.schema.names)
                yield _batch({name: _decoded(column) for name, column in columns.items()})

    def left_out(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the rows and tickets of a partition that the answers leave out."""
        for results, log in self._results(batches):
            for _ in results:
                pass
            rows = [(one.ticket, one.row, 1, one.reason) for one in log.accounts.listed]
            tickets = [(one.ticket, None, one.rows, one.reason) for one in results.account.unused]
            columns = zip(*rows, *tickets, strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, _UNUSED, strict=False)]
            if arrays:
                yield pa.RecordBatch.from_arrays(arrays, schema=_UNUSED)

    def _results(self, batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Results, Log]]:
        """Yield the results of a partition and the log that they are made of; nothing of a partition without rows."""
        filled = (batch for batch in batches if batch.num_rows)
        first = next(filled, None)
        if first is not None:
            log = Log((_Partition(chain((first,), filled)),), self.mapping, self.policy.terms, grouped=True)
            yield evaluate_batch(self.policy, log, at=self.at), log


@frozen
class _Partition:
    """The rows of a partition, which come once, as a source of a log."""

    batches: Iterable[pa.RecordBatch]
    name: str = _NAME
    cheap: bool = False

    def columns(self) -> tuple[str, ...]:
        """Not asked of a log whose mapping is known."""
        return ()

    def read(self, columns: Sequence[str], _accounts: Accounts, _few: frozenset[str], /) -> Iterator[Raw]:
        """Yield the rows with their places in the DataFrame."""
        for batch in self.batches:
            for begin in range(0, batch.num_rows, MOST_ROWS):
                part = batch.slice(begin, MOST_ROWS)
                yield Raw(_columns(part, columns), part.column(_ROW).to_numpy() + 1)


def _batch(columns: Dictionary[str, pa.Array]) -> pa.RecordBatch:
    schema = pa.schema(pa.field(name, column.type) for name, column in columns.items())
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=schema)


def _columns(batch: pa.RecordBatch, names: Iterable[str]) -> dict[str, pa.Array]:
    return {name: batch.column(name) for name in names}


def _column(name: str) -> Column:
    """Return a column by its whole name, dots and all."""
    return functions.col(f"`{name.replace('`', '``')}`")


def _field(field: pa.Field) -> types.StructField:
    return types.StructField(field.name, _TYPES.get(field.type, types.StringType()))


def _plain(kind: types.DataType) -> types.DataType:
    return types.StringType() if isinstance(kind, types.CharType | types.VarcharType) else kind


def _decoded(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if isinstance(column, pa.DictionaryArray) else column


_TYPES: dict[pa.DataType, types.DataType] = {
    pa.bool_(): types.BooleanType(),
    pa.int32(): types.IntegerType(),
    pa.int64(): types.LongType(),
    pa.float64(): types.DoubleType(),
    pa.date32(): types.DateType(),
    pa.timestamp("us", tz="UTC"): types.TimestampType(),
}
"""Spark's names of the types of an answer; all others are strings."""
