"""Columns of Arrow, from the codes and microseconds of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa

from sla_dsl.batch.engine.rows import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WORD = pa.dictionary(pa.int32(), pa.string())
INSTANT = pa.timestamp("us", tz="UTC")


def words_column(codes: NDArray[np.generic], words: tuple[str, ...]) -> pa.Array:
    """Return words by their codes; -1 is none."""
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes == -1), pa.array(words, pa.string()))


def instants(micros: NDArray[np.generic]) -> pa.Array:
    """Return instants; what is missing is NaT already."""
    return pa.array(micros.view("datetime64[us]"), INSTANT)


def seconds(micros: NDArray[np.generic]) -> pa.Array:
    """Return lengths in seconds."""
    return pa.array(cast("NDArray[np.int64]", micros) / 1_000_000, mask=micros == MISSING)


def filled(numbers: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return numbers with 0 for what is missing."""
    return np.where(numbers == MISSING, np.int64(0), numbers)


def texts(ids: Sequence[str]) -> pa.Array:
    """Return texts."""
    return ids if isinstance(ids, pa.Array) else pa.array(ids, pa.string())


def kept_column(values: Sequence[object]) -> pa.Array:
    """Return what a log keeps, in a type of its own; words that are coded in one part of a log else than in another."""
    column = values if isinstance(values, pa.Array) else pa.array(values)
    return column.cast(column.dictionary.type) if isinstance(column, pa.DictionaryArray) else column
