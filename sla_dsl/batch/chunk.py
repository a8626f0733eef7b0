"""Tickets with all of their entries, as columns: a log is read into them, the array engine works on them (R3, R6)."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from attrs import field, frozen

from sla_dsl.worktime.instants import from_micros

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from numpy.typing import NDArray

    from sla_dsl.batch.typed import Codes

    Instants = NDArray[np.int64]

Kind = Literal["event", "status", "level", "fact", "channel", "caller", "due"]

NOTHING = -1
"""The code of a row that says nothing under a key."""


class Key(NamedTuple):
    """What a column says: `Key("event")`, `Key("level", "priority")`, `Key("fact", "production_down")`."""

    kind: Kind
    name: str = ""


@frozen(eq=False)
class Coded:
    """A column of few distinct values: row `i` says `values[codes[i]]`, or nothing where the code is `NOTHING`.

    The values are as a ticket in JSON form has them: names by id or label, numbers, true and false, dates as text.
    """

    values: tuple[object, ...]
    codes: Codes

    def __getitem__(self, row: int) -> object:
        """Return what a row says, None for nothing."""
        code = self.codes[row]
        return None if code == NOTHING else self.values[code]


@frozen(eq=False)
class Chunk:
    """Whole tickets: every entry of each of them is here.

    Of the tickets: `ids`, `created` in microseconds since the epoch, and `first`, what held at creation. Of the
    entries: `starts`, where those of each ticket begin (one more than there are tickets; the last is the number of
    entries), `at` in microseconds, and `said`. Entries of a ticket are in the order of the log; R6 puts them in the
    order of time. `zone` is that in which instants are told where the policy has none. `rows` are the rows of the log
    that each ticket took, for the accounts; `kept` are further columns that go through to the answers, a value for
    each ticket.
    """

    ids: Sequence[str]
    created: Instants
    first: Mapping[Key, Coded]
    starts: Instants
    at: Instants
    said: Mapping[Key, Coded]
    zone: tzinfo = UTC
    rows: Instants | None = None
    kept: Mapping[str, Sequence[object]] = field(factory=dict[str, "Sequence[object]"])

    def __len__(self) -> int:
        """Return the number of tickets."""
        return len(self.created)

    def latest(self) -> int:
        """Return the latest instant of all tickets, in microseconds; the epoch where there is none."""
        return max((int(column.max()) for column in (self.created, self.at) if len(column)), default=0)

    def part(self, first: int, last: int) -> Chunk:
        """Return the tickets from one number to before another as a chunk of its own, without a copy."""
        entries = slice(int(self.starts[first]), int(self.starts[last]))
        return Chunk(
            self.ids[first:last],
            self.created[first:last],
            {key: Coded(one.values, one.codes[first:last]) for key, one in self.first.items()},
            self.starts[first : last + 1] - self.starts[first],
            self.at[entries],
            {key: Coded(one.values, one.codes[entries]) for key, one in self.said.items()},
            self.zone,
            None if self.rows is None else self.rows[first:last],
            {name: values[first:last] for name, values in self.kept.items()},
        )

    def ticket(self, number: int) -> dict[str, object]:
        """Return a ticket in JSON form, to be asked one by one; `kept` is not in it.

        Example:
            >>> chunk = Chunk(["7"], np.array([0]), {}, np.array([0, 0]), np.array([], np.int64), {})
            >>> chunk.ticket(0)
            {'id': '7', 'created': '1970-01-01T00:00:00+00:00', 'events': []}
        """
        entries = range(int(self.starts[number]), int(self.starts[number + 1]))
        head = {"id": self.ids[number], "created": self._instant(self.created[number])}
        events = [{"at": self._instant(self.at[row]), **_said(self.said, row)} for row in entries]
        return {**head, **_said(self.first, number), "events": events}

    def _instant(self, micros: np.int64) -> str:
        return from_micros(int(micros), self.zone).isoformat()


def _said(columns: Mapping[Key, Coded], row: int) -> dict[str, object]:
    """Return what a row says, in the keys of the JSON form."""
    said: dict[str, object] = {}
    facts: dict[str, object] = {}
    for key, column in columns.items():
        value = column[row]
        if value is not None:
            (facts if key.kind == "fact" else said)[key.name or key.kind] = value
    return {**said, "facts": facts} if facts else said
