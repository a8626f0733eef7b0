"""How a log is to be understood: which column says what, how times are written, what values mean.

This is the run-time form of a `log` block. Values are plain; names of the policy are ids once `of_policy` has been
asked.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from typing import Literal

from attrs import field, frozen

Kind = Literal["event", "status", "level", "fact", "channel", "caller"]
"""What a column can say in an entry, as `sla_dsl.batch.chunk.Key` names it."""

Rows = Literal["entry", "ticket"]
"""What a row of the log is: one entry of a ticket, or a whole ticket."""

Format = Literal["csv", "json", "parquet", "xes"]
"""How a log is written: comma (or otherwise) separated texts, JSON Lines, Parquet, or XES (IEEE 1849)."""

JOINT = " / "
"""What stands between the values of several columns that are read as one."""


@frozen
class FileForm:
    """How the file is written; what is None follows from the file itself.

    `format` by the ending of its name (`.csv`, `.tsv`, `.jsonl`, `.parquet`, `.xes`, each also with `.gz`), `delimiter`
    by that too (a comma, in `.tsv` a tabulator), `encoding` (a Python codec) is UTF-8, with or without its mark.
    """

    format: Format | None = None
    delimiter: str | None = None
    encoding: str | None = None


@frozen
class Times:
    """How a column writes instants.

    `patterns` are those of `strptime` (see `times.py` for the signs there are), tried in turn; without one, texts are
    RFC 3339, perhaps without an offset and with a space for the `T`. `zone` is that of times which say none: a wall
    time in a gap of its clock is the gap's end, one in a fold the first (T5). Without a zone such a time is no instant.
    A column that has instants or timestamps itself (Parquet, Arrow) needs no pattern, only the zone if it has none.
    """

    patterns: tuple[str, ...] = ()
    zone: str | None = None


@frozen
class TimeColumn:
    """A column with instants, and how it writes them."""

    column: str
    times: Times = Times()


@frozen
class Meaning:
    """What a value of the log says, in the keys of a ticket's entry.

    `kind` and `name` are those of a `Key` (the name of a scale or fact, else empty); `value` is as the JSON form of a
    ticket has it: an id, a number, true or false, a date or instant as text.
    """

    kind: Kind
    name: str
    value: str | float | bool


@frozen
class ValueColumn:
    """Columns whose values say something: `status from "state" { … }`, `level priority from "priority"`.

    `columns` are read as one text, with ` / ` (`JOINT`) between their values; one of them that is missing is left out.
    `read` is what the mapping says of single values, by the value with case and spacing folded
    (`sla_dsl.policy.names.folded`); None says nothing on purpose. With `ignore_rest` all other values say nothing too;
    without, they mean what the policy calls so, by id, then by label, and the row of a value that the policy does not
    know is listed. `times` is how a fact that
    is an instant or a date is written.

    Ask `sla_dsl.policy.logs.meanings.meaning` what a value says.
    """

    kind: Kind
    name: str
    columns: tuple[str, ...]
    read: Dictionary[str, Meaning | None] = field(factory=dict[str, "Meaning | None"])
    ignore_rest: bool = False
    times: Times = Times()


@frozen
class MomentColumn:
    """A column with the time of one event or of entering one status: `status resolved from "resolved_at"`.

    Each row in which it is not missing gives an entry at that time; the same entry of a ticket on several rows counts
    once.
    """

    kind: Literal["event", "status"]
    value: str
    column: str
    times: Times = Times()


@frozen
class ChangeColumn:
    """An event that happens when a column changes: `event reassigned on change of "assignment_group"`.

    The row whose value differs from that of the row before of the same ticket (missing counts as a value) has the
    event; the first row of a ticket has it never.
    """

    event: str
    column: str


@frozen
class Mapping:
    """How a log is to be understood.

    - `id`, `label`, `policy`: its name, its title, the policy that it was written for, if it names one.
    - `rows`: what a row is. Of a log with one row per `entry`, `at` is never None; of one with one row per `ticket`,
      `at` is None, `created` is never None, and neither a status nor an event is in `values`.
    - `file`: how the file is written.
    - `missing`: texts that stand for nothing, beside the empty one and null, compared as they are after white space at
      both ends is taken away.
    - `ticket`: the columns that tell tickets apart, joined as those of a `ValueColumn`. A row in which all of them are
      missing is listed.
    - `created`: when the ticket was created, as its first row says that has it. None: at its entry with the event that
      the policy calls `created`, else at the earliest of its entries.
    - `at`: when the row was recorded. A row without it is listed.
    - `due`: the due time that is agreed with the event of the row (`agreed when` of a clock).
    - `values`, `moments`, `changes`: what further columns say. One row may say several things, which make one entry.
      What the first row of a ticket says of levels, facts, channel and caller holds from its creation; afterwards a
      value that is the same as in the row before of the ticket, or missing, says nothing new.
      An event is an entry in every row that has it; a status only where it is another than in the row before.
    - `keep`: columns that go through to the answers, with the value of the last row of the ticket.
    """

    id: str
    rows: Rows
    ticket: tuple[str, ...]
    label: str | None = None
    policy: str | None = None
    file: FileForm = FileForm()
    missing: tuple[str, ...] = ()
    created: TimeColumn | None = None
    at: TimeColumn | None = None
    due: TimeColumn | None = None
    values: tuple[ValueColumn, ...] = ()
    moments: tuple[MomentColumn, ...] = ()
    changes: tuple[ChangeColumn, ...] = ()
    keep: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, each once.

        >>> Mapping("m", "ticket", ("id",), created=TimeColumn("opened"), keep=("id", "group")).columns
        ('id', 'opened', 'group')
        """
        times = [one.column for one in (self.created, self.at, self.due) if one is not None]
        values = [column for one in self.values for column in one.columns]
        single = [one.column for one in (*self.moments, *self.changes)]
        return tuple(dict.fromkeys((*self.ticket, *times, *values, *single, *self.keep)))
