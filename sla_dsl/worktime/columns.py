"""What the array functions are given: a column of instants or lengths, read chunk by chunk as whole microseconds."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
from attrs import frozen

from sla_dsl.worktime.arrow import from_arrow, is_arrow
from sla_dsl.worktime.errors import BadArray
from sla_dsl.worktime.instants import delta_to_micros, to_micros

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Times = NDArray[np.datetime64 | np.timedelta64]

Kind = Literal["instants", "lengths"]

CHUNK = 16_384
"""Rows at a time: few enough that all buffers stay in the cache, enough that numpy's calls cost little."""

NAT = np.iinfo(np.int64).min
"""How numpy stores NaT."""

_MICROS = {
    "h": Fraction(3_600_000_000),
    "m": Fraction(60_000_000),
    "s": Fraction(1_000_000),
    "ms": Fraction(1_000),
    "us": Fraction(1),
    "ns": Fraction(1, 10**3),
    "ps": Fraction(1, 10**6),
    "fs": Fraction(1, 10**9),
    "as": Fraction(1, 10**12),
}
_LENGTHS = {**_MICROS, "D": Fraction(86_400_000_000), "W": Fraction(7 * 86_400_000_000)}
_NAMES = {"Y": "years", "M": "months", "W": "weeks", "D": "days", "generic": "no unit"}


@frozen(eq=False)
class Column:
    """Instants since 1970-01-01 00:00 UTC, or lengths, of any unit; flat, or one value that stands for all rows.

    `low` and `high` are the least and greatest value in microseconds, NaT aside; where there is no other value,
    both are 0 and `empty` holds. `ticks` are the values in the unit they came in, which takes `unit` microseconds.
    """

    shape: tuple[int, ...]
    low: int
    high: int
    empty: bool
    has_missing: bool
    ticks: Ints
    unit: Fraction

    @classmethod
    def of(cls, argument: str, kind: Kind, values: object) -> Column:
        """Read and check what was given. Raises `BadArray`, `MissingExtra`, and `NaiveDatetime`."""
        array = _array(argument, kind, values)
        unit = _unit_of(argument, kind, array)
        ticks = array.view(np.dtype(np.int64).newbyteorder(array.dtype.byteorder)).reshape(-1)
        low, high, has_missing = _range(ticks)
        if unit.denominator > 1:
            _check_exact(argument, ticks, unit.denominator)
        empty = low is None or high is None
        return cls(
            shape=array.shape,
            low=0 if low is None else int(low * unit),
            high=0 if high is None else int(high * unit),
            empty=empty,
            has_missing=has_missing,
            ticks=ticks,
            unit=unit,
        )

    def spread(self, rows: int) -> Column:
        """Return the column with its one value in all of so many rows."""
        ticks = np.broadcast_to(self.ticks, (rows,))
        return Column(self.shape, self.low, self.high, self.empty, self.has_missing, ticks, self.unit)

    def within(self, first: int, last: int) -> bool:
        """Say whether all values lie from `first` to `last`, in microseconds."""
        return self.empty or first <= self.low <= self.high <= last

    def read(self, rows: slice, buffer: Ints) -> Ints:
        """Return rows in microseconds, NaT as `NAT`, in the buffer or as a view that is not to be written to.

        All values must fit into 64 bits as microseconds: ask `within` first.
        """
        ticks = self.ticks[rows]
        if self.unit == 1 and ticks.dtype.isnative:
            return ticks
        np.copyto(buffer, ticks)
        if self.unit != 1:
            missing = buffer == NAT
            np.floor_divide(buffer, self.unit.denominator, out=buffer)
            np.multiply(buffer, self.unit.numerator, out=buffer)
            buffer[missing] = NAT
        return buffer

    def first_beyond(self, first: int, last: int) -> tuple[int, int]:
        """Return the first row whose value lies before `first` or after `last`, and its microseconds."""
        lowest, highest = -(-first // self.unit), last // self.unit
        for rows in chunks(len(self.ticks)):
            ticks = self.ticks[rows]
            beyond = ((ticks < int(lowest)) | (ticks > int(highest))) & (ticks != NAT)
            if beyond.any():
                row = rows.start + int(beyond.argmax())
                return row, int(int(self.ticks[row]) * self.unit)
        raise ValueError("no row lies beyond")


def chunks(rows: int) -> Iterator[slice]:
    """Yield the rows in chunks, in order."""
    for start in range(0, rows, CHUNK):
        yield slice(start, min(start + CHUNK, rows))


def _array(argument: str, kind: Kind, values: object) -> Times:
    # Of their own type only: those of pandas hide nanoseconds, which would be dropped.
    if type(values) is datetime and kind == "instants":
        values = np.datetime64(to_micros(values), "us")
    elif type(values) is timedelta and kind == "lengths":
        values = np.timedelta64(delta_to_micros(values), "us")
    elif is_arrow(values):
        values = from_arrow(argument, values)
    if not isinstance(values, np.ndarray | np.datetime64 | np.timedelta64):
        found = f"a `{type(values).__name__}`"
        raise BadArray(argument, found, f"give a numpy array of {_wanted(kind)}, or a column of Arrow")
    array = cast("Times", np.asanyarray(cast("object", values)))
    if array.dtype.kind != ("M" if kind == "instants" else "m"):
        raise BadArray(argument, f"an array of `{array.dtype}`", f"give one of {_wanted(kind)}")
    if isinstance(array, np.ma.MaskedArray):
        # What a mask hides is missing, and would count as a value.
        return np.where(np.ma.getmaskarray(array), np.array("NaT", array.dtype), np.ma.getdata(array))
    return np.asarray(array)


def _wanted(kind: Kind) -> str:
    return "`datetime64[us]` in UTC" if kind == "instants" else "`timedelta64[us]`"


def _unit_of(argument: str, kind: Kind, array: Times) -> Fraction:
    name, count = np.datetime_data(array.dtype)
    units = _MICROS if kind == "instants" else _LENGTHS
    if name not in units:
        found = f"an array of `{array.dtype}`, which counts {_NAMES.get(name, name)}"
        why = "a date is no instant" if kind == "instants" and name != "generic" else "its unit is no fixed length"
        raise BadArray(argument, found, f"{why}; give {_wanted(kind)}")
    return units[name] * count


def _range(ticks: Ints) -> tuple[int | None, int | None, bool]:
    """Return the least and greatest tick, NaT aside, and whether there is a NaT."""
    low: int | None = None
    high: int | None = None
    has_missing = False
    for rows in chunks(len(ticks)):
        chunk = ticks[rows]
        least = int(chunk.min())
        if least == NAT:
            has_missing = True
            chunk = chunk[chunk != NAT]
            if not len(chunk):
                continue
            least = int(chunk.min())
        greatest = int(chunk.max())
        low = least if low is None else min(low, least)
        high = greatest if high is None else max(high, greatest)
    return low, high, has_missing


def _check_exact(argument: str, ticks: Ints, per_microsecond: int) -> None:
    for rows in chunks(len(ticks)):
        chunk = ticks[rows]
        finer = (chunk % per_microsecond != 0) & (chunk != NAT)
        if finer.any():
            row = rows.start + int(finer.argmax())
            raise BadArray(argument, f"finer than a microsecond in row {row}", "round it first, as you see fit")
