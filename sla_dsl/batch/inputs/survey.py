"""What must be known of a log before its first ticket is answered: the latest instant, and whether it is grouped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.batch.inputs.seen import Seen

if TYPE_CHECKING:
    from sla_dsl.batch.inputs.rows import Rows


class Survey:
    """Follows the rows of a log and notes a ticket that comes back after its rows had ended.

    `returned` is the first such ticket, with the place of the row: file and row number.
    """

    def __init__(self) -> None:
        self.returned: tuple[str, int, int] | None = None
        self.tickets = 0
        self.rows = 0
        self._seen = Seen()
        self._last: str | None = None

    def follow(self, rows: Rows) -> None:
        """Go on with the next rows."""
        self.rows += len(rows)
        if self.returned is not None or len(rows) == 0:
            return
        ids = rows.ids.to_pylist()
        begin = int(ids[0] == self._last)
        self._last = ids[-1]
        self.tickets += len(ids) - begin
        again = self._seen.again(ids[begin:])
        if again is not None:
            first = int(rows.starts[begin + again])
            self.returned = ids[begin + again], int(rows.file[first]), int(rows.number[first])
