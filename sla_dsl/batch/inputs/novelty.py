"""What is new in the rows of a ticket: values that differ from those of the row before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.chunk import NOTHING
from sla_dsl.batch.inputs.columns import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Instants
    from sla_dsl.batch.typed import Codes, Flags


def new_values(codes: Codes, starts: Instants) -> Codes:
    """Return the codes that differ from the one said before in the same ticket, `NOTHING` elsewhere.

    `starts` are the rows where tickets begin, without the end. What is missing says nothing, so that the same value
    behind it is no change.
    """
    if len(codes) == 0:
        return codes
    if codes.min() > NOTHING:
        same = codes[1:] == codes[:-1]
        new = np.concatenate(([True], ~same))
        new[starts] = True
        return np.where(new, codes, np.int32(NOTHING))
    return np.where(_is_new(codes, codes != NOTHING, starts), codes, np.int32(NOTHING))


def new_times(times: Instants, starts: Instants) -> Flags:
    """Return which instants differ from the one before in the same ticket."""
    return _is_new(times, times != NONE, starts)


def changed(codes: Codes, starts: Instants) -> Flags:
    """Return which rows differ from the row before of the same ticket; what is missing is a value."""
    differs = np.diff(codes, prepend=codes[:1]) != 0
    differs[starts] = False
    return differs


def _is_new(values: NDArray[np.signedinteger], there: Flags, starts: Instants) -> Flags:
    """Return which values are there and differ from the last that was there before, in the same ticket."""
    rows = np.arange(len(values))
    last = np.maximum.accumulate(np.where(there, rows, -1))
    before = np.concatenate(([-1], last[:-1]))
    begins = np.zeros(len(values), np.int64)
    begins[starts] = starts
    inside = before >= np.maximum.accumulate(begins)
    return there & ~(inside & (values[before] == values))
