"""Columns of Arrow as numpy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from sla_dsl.errors import MissingExtra
from sla_dsl.worktime.errors import BadArray

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ArrowColumn(Protocol):
    """What hands over a column without a copy: a Series of Polars or pandas, a ChunkedArray of pyarrow."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class ArrowArray(Protocol):
    """The same for a column in one piece, such as an Array of pyarrow."""

    def __arrow_c_array__(self, requested_schema: object = None) -> object: ...


class _ChunkedArray(Protocol):
    type: object

    def to_numpy(self) -> NDArray[np.generic]: ...


class _Types(Protocol):
    def is_temporal(self, t: object) -> bool: ...


class _PyArrow(Protocol):
    types: _Types

    def chunked_array(self, arrays: object) -> _ChunkedArray: ...
    def array(self, obj: object) -> object: ...


def is_arrow(column: object) -> bool:
    """Say whether an object hands over its data in the form of Arrow."""
    return hasattr(column, "__arrow_c_stream__") or hasattr(column, "__arrow_c_array__")


def from_arrow(argument: str, column: object) -> NDArray[np.generic]:
    """Return a column of times or lengths as a numpy array of its own unit, a missing value as NaT.

    Timestamps are instants of UTC, whatever zone the column shows them in; those of a column without a zone are
    taken as UTC, as numpy's are. A column in one piece without missing values is not copied.
    Raises `BadArray` for a column of anything else or several columns, `MissingExtra` without pyarrow.
    """
    pyarrow = _pyarrow()
    pieces = column if hasattr(column, "__arrow_c_stream__") else [pyarrow.array(column)]
    whole = pyarrow.chunked_array(pieces)
    if not pyarrow.types.is_temporal(whole.type):
        raise BadArray(argument, f"an Arrow column of `{whole.type}`", "give one of timestamps or durations")
    return whole.to_numpy()


def _pyarrow() -> _PyArrow:
    try:
        import pyarrow as pa
    except ModuleNotFoundError:
        raise MissingExtra("pyarrow", "batch") from None
    return cast("_PyArrow", pa)
