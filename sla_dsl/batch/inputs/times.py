"""A column of a log as instants, whatever it is: typed times, or texts as the mapping says (T5, T9)."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import takewhile
from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa
from pyarrow import compute as pc

from sla_dsl.batch.inputs.columns import NONE, as_text, coded, codes_in
from sla_dsl.batch.inputs.errors import NotTimes
from sla_dsl.batch.inputs.spelling import RFC_3339, program_of, walls_of
from sla_dsl.batch.inputs.walls import LocalClock
from sla_dsl.errors import SlaError
from sla_dsl.policy.logs.times import instant
from sla_dsl.worktime import to_micros

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Instants
    from sla_dsl.batch.inputs.spelling import Program
    from sla_dsl.policy.logs.mapping import TimeColumn, Times

Problems = list[tuple[int, str]]
"""Rows that cannot be read, and why."""

_IN_UNITS = {"s": 1_000_000, "ms": 1_000, "us": 1}
_FIRST = to_micros(datetime.min.replace(tzinfo=UTC))
_LAST = to_micros(datetime.max.replace(tzinfo=UTC))


class TimeReader:
    """Reads the instants of one column; `missing` are the texts that stand for nothing.

    >>> from sla_dsl.policy.logs.mapping import TimeColumn
    >>> TimeReader(TimeColumn("at"), frozenset({""})).read(pa.array(["1970-01-01T00:00:01Z"]))
    (array([1000000]), [])
    """

    def __init__(self, column: TimeColumn, missing: frozenset[str]) -> None:
        self.column = column.column
        self._times = column.times
        self._missing = missing
        self._clock = None if column.times.zone is None else LocalClock(column.times.zone)
        self._programs = _programs(column.times)
        written = [text for text in missing if isinstance(_read(column.times, text), int)]
        self._as_time = pa.array(written, pa.string()) if written else None

    def read(self, column: pa.Array) -> tuple[Instants, Problems]:
        """Return the instant of each row, `NONE` where it has none, and the rows that cannot be read.

        Raises `NotTimes` for a column of numbers, dates or the like, or of times without a zone where none is said.
        """
        kind = column.type
        if pa.types.is_null(kind):
            return np.full(len(column), NONE, np.int64), []
        if isinstance(kind, pa.TimestampType):
            return self._typed(column, kind)
        if isinstance(column, pa.DictionaryArray):
            return self._of_dictionary(column)
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
            return self._texts(as_text(column))
        raise NotTimes(self.column, str(kind))

    # ------------------------------------------------------------------------------------------- types

    def _typed(self, column: pa.Array, kind: pa.TimestampType) -> tuple[Instants, Problems]:
        if kind.tz is None and self._clock is None:
            raise NotTimes(self.column, str(kind), "the mapping says no zone for them")
        there = column.is_valid().to_numpy(zero_copy_only=False) if column.null_count else None
        whole = column.cast(pa.int64())
        counts = (whole.fill_null(0) if column.null_count else whole).to_numpy()
        at, wrong = _in_micros(counts, kind.unit)
        if kind.tz is None and self._clock is not None:
            at = self._clock.instants(np.where(wrong, 0, at))
        if there is not None:
            wrong &= there
            at = np.where(there, at, NONE)
        why = "finer than a microsecond" if kind.unit == "ns" else "outside the years 1 to 9999"
        problems = [(int(row), f"`{whole[int(row)]}` {kind.unit} since 1970 is {why}") for row in np.flatnonzero(wrong)]
        return (np.where(wrong, NONE, at) if problems else at), problems

    def _of_dictionary(self, column: pa.DictionaryArray) -> tuple[Instants, Problems]:
        values, problems = self.read(column.dictionary)
        why = dict(problems)
        codes = codes_in(column)
        at = np.append(values, NONE)[codes]
        if not why:
            return at, []
        rows = np.flatnonzero(np.isin(codes, np.array(list(why))))
        return at, [(int(row), why[int(codes[row])]) for row in rows]

    # ------------------------------------------------------------------------------------------- texts

    def _texts(self, texts: pa.Array) -> tuple[Instants, Problems]:
        at = np.full(len(texts), NONE, np.int64)
        left = self._tried(at, texts, np.arange(len(texts)))
        if self._as_time is not None:
            at[pc.is_in(pc.utf8_trim_whitespace(texts), value_set=self._as_time).to_numpy(zero_copy_only=False)] = NONE
        if len(left) and self._programs:
            trimmed = pc.utf8_trim_whitespace(texts.take(pa.array(left)))
            left = left[self._tried_at(at, trimmed, left)]
        return at, self._one_by_one(at, texts, left)

    def _tried(self, at: Instants, texts: pa.Array, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Read what the programs can read, into `at`; return the rows that are left."""
        if not self._programs:
            return rows
        return rows[self._tried_at(at, texts, rows)]

    def _tried_at(self, at: Instants, texts: pa.Array, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        left = np.arange(len(rows))
        for program in self._programs:
            some = texts if len(left) == len(texts) else texts.take(pa.array(left))
            walls = walls_of(some, program)
            good = walls.read & (walls.zoned | (self._clock is not None))
            found = walls.micros - walls.offset
            if self._clock is not None and not walls.zoned.all():
                found = np.where(walls.zoned, found, self._clock.instants(walls.micros))
            good &= (found >= _FIRST) & (found <= _LAST)
            if good.all():
                at[rows[left]] = found
                return left[:0]
            at[rows[left[good]]] = found[good]
            left = left[~good]
            if len(left) == 0:
                break
        return left

    def _one_by_one(self, at: Instants, texts: pa.Array, rows: NDArray[np.int64]) -> Problems:
        """Read the texts of some rows one by one, each distinct text once."""
        if len(rows) == 0:
            return []
        codes, values = coded(texts.take(pa.array(rows)))
        read = [self._one(cast("str", value)) for value in values]
        instants = np.array([one if isinstance(one, int) else NONE for one in (*read, NONE)], np.int64)
        at[rows] = instants[codes]
        wrong = np.array([isinstance(one, str) for one in (*read, NONE)], np.bool)
        return [(int(rows[place]), cast("str", read[codes[place]])) for place in np.flatnonzero(wrong[codes])]

    def _one(self, text: str) -> int | str | None:
        """Return the instant of a text, or why it has none; None for a text that stands for nothing."""
        return None if text.strip() in self._missing else _read(self._times, text)


def _programs(times: Times) -> tuple[Program, ...]:
    """Return how texts are read many at once: all patterns, or those before one that is read one by one only."""
    if not times.patterns:
        return (RFC_3339,)
    programs = [program_of(pattern) for pattern in times.patterns]
    return tuple(cast("Program", program) for program in takewhile(lambda one: one is not None, programs))


def _read(times: Times, text: str) -> int | str:
    """Return the instant of a text, or why it has none."""
    try:
        return instant(times, text)
    except SlaError as error:
        return str(error)


def _in_micros(counts: Instants, unit: str) -> tuple[Instants, NDArray[np.bool]]:
    """Return typed times in microseconds, and which of them are none: too fine, or outside the years."""
    if unit == "ns":
        return counts // 1_000, counts % 1_000 != 0
    size = _IN_UNITS[unit]
    outside = (counts < _FIRST // size) | (counts > _LAST // size)
    return (counts if size == 1 else np.where(outside, 0, counts) * size), outside
