"""The tables of a timetable as arrays, and chunks of rows answered from them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sla_dsl.worktime.buckets import Buckets
from sla_dsl.worktime.columns import NAT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sla_dsl.worktime.buckets import Ints, Work
    from sla_dsl.worktime.timetable import Timetable

FAR = np.iinfo(np.int64).max
"""Where the stretch after the last one opens: never."""


@frozen(eq=False)
class OpenTime:
    """Open stretches as arrays, and the two ways into them: by an instant, and by an amount of open time.

    Stretch `i` opens at `starts[i]`, after `before[i]` of open time; `lag[i]` is their difference. One entry more
    stands for what comes after the last stretch. All in microseconds. Instants lie from `first` to `last`; rows with
    `NAT` carry some number through, and in the end have no meaning.
    """

    first: int
    last: int
    total: int
    starts: Ints
    before: Ints
    lag: Ints
    closings: Buckets
    amounts: Buckets

    def spent(self, instants: Ints, work: Work, out: Ints) -> None:
        """Write the open time before each instant.

        The stretch that closes next either has not opened yet, and all open time lies before it, or it has.
        """
        place = self.closings.count(instants, work)
        np.take(self.lag, place, out=work.mark, mode="clip")
        np.take(self.before, place, out=work.value, mode="clip")
        np.subtract(instants, work.mark, out=work.mark)
        np.maximum(work.mark, work.value, out=out)

    def openings(self, instants: Ints, work: Work) -> Ints:
        """Return the opening of the stretch that closes next after each instant, in a buffer of `work`."""
        place = self.closings.count(instants, work)
        return np.take(self.starts, place, out=work.mark, mode="clip")

    def add_forward(self, since: Ints, amounts: Ints, work: Work, out: Ints) -> int | None:
        """Write where amounts of open time, all over zero, run out; or return the first row for which none is left.

        An amount that runs out at a closing is due at the closing (T4).
        """
        spent = work.value
        self.spent(since, work, out=spent)
        np.add(spent, amounts, out=spent)
        if spent.max() > self.total:
            beyond = (spent > self.total) & _given(since, amounts)
            if beyond.any():
                return int(beyond.argmax())
        place = self.amounts.count(spent, work, before=True)
        np.take(self.lag, place, out=work.mark, mode="clip")
        np.add(spent, work.mark, out=out)
        return None

    def add_either_way(self, since: Ints, amounts: Ints, work: Work, out: Ints) -> int | None:
        """Write the same for any amounts, or return the first row that has no answer.

        Going back, the latest instant counts: where an amount runs out at an opening, it is the opening (T10). So
        the microsecond after the answer has to be open; forward, the one before it. Nothing leaves an instant as
        it is.
        """
        spent = work.value
        forward = amounts > 0
        self.spent(since, work, out=spent)
        np.add(spent, amounts, out=spent)
        np.subtract(spent, forward, out=spent)
        beyond = ((spent < 0) | (spent >= self.total)) & (amounts != 0) & _given(since, amounts)
        if beyond.any():
            return int(beyond.argmax())
        place = self.amounts.count(spent, work)
        np.take(self.lag, place, out=work.mark, mode="clip")
        np.add(spent, work.mark, out=out)
        np.add(out, forward, out=out)
        np.copyto(out, since, where=amounts == 0)
        return None


def _given(since: Ints, amounts: Ints) -> NDArray[np.bool]:
    return (since != NAT) & (amounts != NAT)


@lru_cache(maxsize=16)  # 20 years of office hours take less than a megabyte
def open_time(timetable: Timetable) -> OpenTime:
    """Return the open time of a timetable, remembered for those in use lately. Raises `NoOpenTime`."""
    tables = timetable.tables()
    before = np.array(tables.before, np.int64)
    starts = np.array(tables.starts, np.int64)
    return OpenTime(
        first=tables.first,
        last=tables.last,
        total=tables.before[-1],
        starts=np.append(starts, FAR),
        before=before,
        lag=np.append(starts - before[:-1], tables.last),
        closings=Buckets(np.array(tables.ends, np.int64), tables.first, tables.last),
        amounts=Buckets(before[1:], 0, tables.before[-1]),
    )
