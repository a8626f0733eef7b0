"""Business time for whole arrays: the questions of a `Timetable`, put for millions of rows at once.

Every function gives row by row exactly what the timetable gives (T1, T4, T10), in numpy's `datetime64[us]`, UTC,
and `timedelta64[us]`. All of them come down to two look-ups, each one gather and one compare in a table of buckets:
over time, how many stretches have closed by an instant; over open time, in which stretch an amount of it runs out.
Rows are taken in chunks that stay in the processor's cache, so that little more memory is used than the answer
takes. Values given are checked before work begins. Only these modules import numpy: the core does without.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sla_dsl.errors import MissingExtra

try:
    import numpy as np
except ModuleNotFoundError:
    raise MissingExtra("numpy", "batch") from None

from sla_dsl.worktime.buckets import Work
from sla_dsl.worktime.columns import CHUNK, NAT, Column, chunks
from sla_dsl.worktime.errors import BadArray, OutsideYears
from sla_dsl.worktime.open_time import FAR, open_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, timedelta

    from numpy.typing import NDArray

    from sla_dsl.worktime.arrow import ArrowArray, ArrowColumn
    from sla_dsl.worktime.buckets import Ints, Places
    from sla_dsl.worktime.timetable import Timetable

    Instants = NDArray[np.datetime64] | np.datetime64 | datetime | ArrowColumn | ArrowArray
    Lengths = NDArray[np.timedelta64] | np.timedelta64 | timedelta | ArrowColumn | ArrowArray
    Answers = np.ma.MaskedArray[tuple[int, ...], np.dtype[np.bool]]


# ------------------------------------------------------------------------------------------- questions


def add_many(timetable: Timetable, t: Instants, length: Lengths) -> NDArray[np.datetime64]:
    """Return for each row the earliest instant at which `length` open time has passed since `t` (T4, T10).

    `t` and `length` have the same shape, or one of them is a single value. A row with NaT in either gives NaT.
    Raises `OutsideYears` for the first row whose question or answer lies outside the years, `BadArray` for
    arrays of other things.

    >>> from sla_dsl.worktime import Leaf, Window, timetable, week
    >>> desk = Leaf(zone="UTC", first_year=2026, last_year=2026, weekly=week({4: [Window.of("09:00", "17:00")]}))
    >>> opened = np.array(["2026-03-06T15:00", "2026-03-06T16:00", "NaT"], "datetime64[us]")
    >>> add_many(timetable(desk), opened, np.timedelta64(2, "h")).astype("datetime64[h]").astype(str).tolist()
    ['2026-03-06T17', '2026-03-13T10', 'NaT']
    """
    index = open_time(timetable)
    instants, lengths = Column.of("t", "instants", t), Column.of("length", "lengths", length)
    _check_years(timetable, instants, index.first, index.last)
    _check_lengths(timetable, lengths, index.total)
    shape, instants, lengths = _aligned("t", instants, "length", lengths)
    out = np.empty(shape, np.int64)
    flat = out.reshape(-1)
    add = index.add_forward if lengths.low > 0 else index.add_either_way
    for rows, work in _work(flat.size):
        since, amounts = instants.read(rows, work.first), lengths.read(rows, work.second)
        row = add(since, amounts, work, flat[rows])
        if row is not None:
            at, amount = int(since[row]), int(amounts[row])
            raise _refusal(rows.start + row, lambda at=at, amount=amount: timetable.add(at, amount))
        _keep_missing(flat[rows], instants, since, lengths, amounts)
    return out.view("datetime64[us]")


def between_many(timetable: Timetable, a: Instants, b: Instants) -> NDArray[np.timedelta64]:
    """Return for each row the open time from `a` to `b`, negative where `b` is the earlier (T10).

    `a` and `b` have the same shape, or one of them is a single value. A row with NaT in either gives NaT.
    Raises `OutsideYears`, `BadArray`.

    >>> from sla_dsl.worktime import Leaf, Window, timetable, week
    >>> desk = Leaf(zone="UTC", first_year=2026, last_year=2026, weekly=week({4: [Window.of("09:00", "17:00")]}))
    >>> opened = np.array(["2026-03-06T15:00", "2026-03-14T16:00"], "datetime64[us]")
    >>> print(between_many(timetable(desk), opened, np.datetime64("2026-03-13T10:00")).astype("timedelta64[m]"))
    [ 180 -420]
    """
    index = open_time(timetable)
    first, second = Column.of("a", "instants", a), Column.of("b", "instants", b)
    _check_years(timetable, first, index.first, index.last)
    _check_years(timetable, second, index.first, index.last)
    shape, first, second = _aligned("a", first, "b", second)
    out = np.empty(shape, np.int64)
    flat = out.reshape(-1)
    for rows, work in _work(flat.size):
        since, until = first.read(rows, work.first), second.read(rows, work.second)
        index.spent(since, work, out=flat[rows])
        index.spent(until, work, out=work.value)
        np.subtract(work.value, flat[rows], out=flat[rows])
        _keep_missing(flat[rows], first, since, second, until)
    return out.view("timedelta64[us]")


def is_open_many(timetable: Timetable, t: Instants) -> Answers:
    """Return for each row whether the instant is open (T1), as a masked array: NaT is neither, and masked.

    What is masked counts as not open where only yes and no are known, such as in an index.
    Raises `OutsideYears`, `BadArray`.

    >>> from sla_dsl.worktime import Leaf, Window, timetable, week
    >>> desk = Leaf(zone="UTC", first_year=2026, last_year=2026, weekly=week({4: [Window.of("09:00", "17:00")]}))
    >>> is_open_many(timetable(desk), np.array(["2026-03-06T09:00", "2026-03-06T17:00", "NaT"], "M8[us]")).tolist()
    [True, False, None]
    """
    index = open_time(timetable)
    instants = Column.of("t", "instants", t)
    _check_years(timetable, instants, index.first, index.last - 1)
    out = np.empty(instants.shape, np.bool)
    flat = out.reshape(-1)
    missing = np.empty(instants.shape, np.bool) if instants.has_missing else None
    for rows, work in _work(flat.size):
        at = instants.read(rows, work.first)
        np.greater_equal(at, index.openings(at, work), out=flat[rows])
        if missing is not None:
            np.equal(at, NAT, out=missing.reshape(-1)[rows])
            flat[rows][missing.reshape(-1)[rows]] = False
    return np.ma.MaskedArray(out, np.ma.nomask if missing is None else missing)


def next_open_many(timetable: Timetable, t: Instants) -> NDArray[np.datetime64]:
    """Return for each row the instant when it is open, else the next opening (T10); NaT for NaT.

    Raises `OutsideYears`, `BadArray`.

    >>> from sla_dsl.worktime import Leaf, Window, timetable, week
    >>> desk = Leaf(zone="UTC", first_year=2026, last_year=2026, weekly=week({4: [Window.of("09:00", "17:00")]}))
    >>> print(next_open_many(timetable(desk), np.array(["2026-03-06T17:00"], "M8[us]")).astype("M8[h]"))
    ['2026-03-13T09']
    """
    index = open_time(timetable)
    instants = Column.of("t", "instants", t)
    _check_years(timetable, instants, index.first, index.last - 1)
    out = np.empty(instants.shape, np.int64)
    flat = out.reshape(-1)
    for rows, work in _work(flat.size):
        at = instants.read(rows, work.first)
        np.maximum(at, index.openings(at, work), out=flat[rows])
        _keep_missing(flat[rows], instants, at)
        if flat[rows].max() == FAR:
            row = int(flat[rows].argmax())
            when = int(at[row])
            raise _refusal(rows.start + row, lambda when=when: timetable.next_open(when))
    return out.view("datetime64[us]")


def groups(keys: NDArray[np.generic]) -> Iterator[tuple[np.generic, Places]]:
    """Yield each different key with its rows, in order: for rows that belong to several calendars.

    One question per calendar and its rows is faster than rows mixed, and says which calendar answered.

    >>> for region, rows in groups(np.array(["nl", "us", "nl"])):
    ...     print(region, rows)
    nl [0 2]
    us [1]
    """
    kinds, codes = np.unique(keys, return_inverse=True)
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(kinds)))
    for kind, start, end in zip(kinds, [0, *ends], ends, strict=False):
        yield kind, order[start:end]


# ------------------------------------------------------------------------------------------------ rows


def _work(rows: int) -> Iterator[tuple[slice, Work]]:
    """Yield the rows in chunks, with buffers of their size."""
    work = Work(min(rows, CHUNK))
    for chunk in chunks(rows):
        if chunk.stop - chunk.start < work.size:
            work = Work(chunk.stop - chunk.start)
        yield chunk, work


def _keep_missing(out: Ints, *read: Column | Ints) -> None:
    """Write NaT where one of the columns has it; until here such rows carried some number."""
    for column, values in zip(read[::2], read[1::2], strict=True):
        if isinstance(column, Column) and column.has_missing:
            np.copyto(out, NAT, where=values == NAT)


def _aligned(one: str, first: Column, other: str, second: Column) -> tuple[tuple[int, ...], Column, Column]:
    """Return the shape of the answer, and both columns with as many rows."""
    if first.shape == second.shape:
        return first.shape, first, second
    if second.shape == ():
        return first.shape, first, second.spread(math.prod(first.shape))
    if first.shape == ():
        return second.shape, first.spread(math.prod(second.shape)), second
    found = f"of shape {second.shape} beside `{one}` of shape {first.shape}"
    raise BadArray(other, found, "give both the same shape, or a single value")


# ---------------------------------------------------------------------------------------------- errors


def _check_years(timetable: Timetable, instants: Column, first: int, last: int) -> None:
    if not instants.within(first, last):
        row, at = instants.first_beyond(first, last)
        raise _refusal(row, lambda: timetable.is_open(at))


def _check_lengths(timetable: Timetable, lengths: Column, total: int) -> None:
    """Refuse a length longer than all open time; no instant has an answer, and the sum might not fit."""
    if not lengths.within(-total, total):
        row, _ = lengths.first_beyond(-total, total)
        recipe = timetable.recipe
        raise OutsideYears(f"row {row}: the answer lies", recipe.first_year, recipe.last_year, recipe)


def _refusal(row: int, ask: Callable[[], object]) -> OutsideYears:
    """Return the error that the timetable itself raises for a row, with the number of the row."""
    try:
        ask()
    except OutsideYears as error:
        return OutsideYears(f"row {row}: {error.what}", error.first_year, error.last_year, error.recipe)
    raise AssertionError(f"the timetable answers row {row}")
