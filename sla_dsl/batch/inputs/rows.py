"""Rows of a log as numbers: what was read of them, before they become whole tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from attrs import evolve, frozen

from sla_dsl.batch.chunk import NOTHING
from sla_dsl.batch.inputs.columns import as_text, run_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Instants, Key
    from sla_dsl.batch.typed import Codes


@frozen(eq=False)
class Rows:
    """Rows in the order of the log, those of one ticket in runs.

    `ids` are the tickets of the runs, `starts` where the runs begin, with the number of rows at the end. `number` and
    `file` say where each row is. `at`, `created`, `due` are instants, `NONE` where there is none. `said` are codes of
    what the row says by key; `events` those of the columns that say events, one after the other; `marks` those of the
    columns whose change is an event; `moments` the instants of the columns with the time of one event each. `kept` are
    the kept columns, a value for each run: that of its last row.
    """

    ids: pa.Array
    starts: Instants
    number: Instants
    file: Codes
    at: Instants
    created: Instants | None
    due: Instants | None
    said: Mapping[Key, Codes]
    events: tuple[Codes, ...]
    marks: tuple[Codes, ...]
    moments: tuple[Instants, ...]
    kept: tuple[pa.Array, ...]

    def __len__(self) -> int:
        return len(self.number)

    def with_texts(self) -> Rows:
        """Return the same rows with the kept columns as texts."""
        return evolve(self, kept=tuple(map(as_text, self.kept)))

    def code(self, key: Key) -> Codes:
        """Return what the rows say under a key."""
        codes = self.said.get(key)
        return np.full(len(self), NOTHING, np.int32) if codes is None else codes

    def picked(
        self,
        rows: slice | NDArray[np.int64] | NDArray[np.bool],
        ids: pa.Array,
        starts: Instants,
        kept: Iterable[pa.Array],
    ) -> Rows:
        """Return some of the rows in other runs."""
        return Rows(
            ids=ids,
            starts=starts,
            number=self.number[rows],
            file=self.file[rows],
            at=self.at[rows],
            created=None if self.created is None else self.created[rows],
            due=None if self.due is None else self.due[rows],
            said={key: codes[rows] for key, codes in self.said.items()},
            events=tuple(codes[rows] for codes in self.events),
            marks=tuple(codes[rows] for codes in self.marks),
            moments=tuple(times[rows] for times in self.moments),
            kept=tuple(kept),
        )

    def part(self, first: int, last: int) -> Rows:
        """Return the rows of the runs from `first` to before `last`."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        kept = (column.slice(first, last - first) for column in self.kept)
        ids = self.ids.slice(first, last - first)
        return self.picked(slice(begin, end), ids, self.starts[first : last + 1] - begin, kept)

    def united(self) -> Rows:
        """Return the same rows with one run where neighbouring runs are of one ticket."""
        first = run_starts(self.ids)
        if len(first) == len(self.ids):
            return self
        last = np.append(first[1:], len(self.ids)) - 1
        return evolve(
            self,
            ids=self.ids.take(pa.array(first)),
            starts=np.append(self.starts[first], self.starts[-1]),
            kept=tuple(column.take(pa.array(last)) for column in self.kept),
        )


def concatenated(parts: Sequence[Rows]) -> Rows:
    """Return rows one after the other, with one run where neighbouring runs are of one ticket."""
    if len(parts) == 1:
        return parts[0].united()
    before = np.concatenate(([0], np.cumsum([len(part) for part in parts])))
    starts = [part.starts[:-1] + begin for part, begin in zip(parts, before, strict=False)]
    head = parts[0]
    keys = dict.fromkeys(key for part in parts for key in part.said)
    return Rows(
        ids=pa.concat_arrays([part.ids for part in parts]),
        starts=np.concatenate((*starts, before[-1:])),
        number=_end_to_end([part.number for part in parts]),
        file=np.concatenate([part.file for part in parts]),
        at=_end_to_end([part.at for part in parts]),
        created=_perhaps([part.created for part in parts]),
        due=_perhaps([part.due for part in parts]),
        said={key: np.concatenate([part.code(key) for part in parts]) for key in keys},
        events=tuple(np.concatenate([part.events[i] for part in parts]) for i in range(len(head.events))),
        marks=tuple(np.concatenate([part.marks[i] for part in parts]) for i in range(len(head.marks))),
        moments=tuple(_end_to_end([part.moments[i] for part in parts]) for i in range(len(head.moments))),
        kept=tuple(_one_column([part.kept[i] for part in parts]) for i in range(len(head.kept))),
    ).united()


def _end_to_end(parts: Sequence[Instants]) -> Instants:
    return np.concatenate(parts)


def _perhaps(parts: Sequence[Instants | None]) -> Instants | None:
    """Return instants one after the other; a part without the column has none of them."""
    there = [part for part in parts if part is not None]
    return _end_to_end(there) if len(there) == len(parts) else None


def _one_column(parts: Sequence[pa.Array]) -> pa.Array:
    """Return a kept column, as text where the files do not agree on its type."""
    alike = all(part.type == parts[0].type for part in parts)
    return pa.concat_arrays(list(parts) if alike else [as_text(part) for part in parts])


def in_order(rows: Rows, order: NDArray[np.int64]) -> Rows:
    """Return the rows of whole runs in another order of the runs."""
    lengths = np.diff(rows.starts)[order]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    behind = np.arange(int(starts[-1]))
    take = np.repeat(rows.starts[:-1][order] - starts[:-1], lengths) + behind
    places = pa.array(order)
    kept = (column.take(places) for column in rows.kept)
    return rows.picked(take, rows.ids.take(places), starts, kept).united()
