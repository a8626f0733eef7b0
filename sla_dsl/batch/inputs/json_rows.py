"""JSON Lines with a row on each line: objects whose keys are columns."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, cast

from sla_dsl.batch.inputs.accounts import Listed
from sla_dsl.batch.inputs.columns import spelled
from sla_dsl.batch.inputs.errors import UnreadableLog
from sla_dsl.batch.inputs.loose_rows import LooseRows
from sla_dsl.batch.inputs.streams import opened, readable
from sla_dsl.policy.tickets.rows import BadRow, UnreadableTickets, rows_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sla_dsl.batch.inputs.accounts import Accounts
    from sla_dsl.batch.inputs.source import Raw

_FIRST = 10_000
"""So many rows say what columns there are, where no mapping does."""


def numbered_rows(path: Path) -> Iterator[tuple[int, object]]:
    """Yield number and value of each row of a file: its data, or a `BadRow`. Blank lines are no rows.

    Raises `UnreadableLog`.
    """
    try:
        with readable(str(path)), opened(path) as stream:
            name = path.name.removesuffix(".gz").removesuffix(".bz2")
            for number, row in enumerate(rows_in(stream, name).rows, 1):
                yield number, row if isinstance(row, BadRow) else row.data
    except UnreadableTickets as error:
        raise UnreadableLog(str(path), str(error)) from error


def has_tickets(path: Path) -> bool:
    """Return whether a file of JSON Lines has whole tickets and not single entries, by its first rows."""
    for _, data in islice(numbered_rows(path), _FIRST):
        if isinstance(data, dict) and ("at" in data or "events" in data or "created" in data):
            return "at" not in data
    return False


class JsonRowsSource:
    """A file of JSON Lines. An object in an object gives columns such as `fields.status`; `facts` gives its own."""

    cheap = False

    def __init__(self, path: Path, *, mapped: bool) -> None:
        self.name = str(path)
        self._path = path
        self._mapped = mapped

    def columns(self) -> tuple[str, ...]:
        """Return the keys of the first rows. Raises `UnreadableLog`."""
        return tuple(self._known())

    def _known(self) -> dict[str, None]:
        rows = islice(numbered_rows(self._path), _FIRST)
        return {
            name: None for _, data in rows if isinstance(data, dict) for name in flat(cast("dict[str, object]", data))
        }

    def read(self, columns: Sequence[str], accounts: Accounts, _few: frozenset[str], /) -> Iterator[Raw]:
        """Yield the rows; those that are no JSON objects are listed. Raises `UnreadableLog`, `NoSuchColumn`."""
        gathered = LooseRows(columns)
        known = {} if self._mapped else self._known()
        for number, data in numbered_rows(self._path):
            if not isinstance(data, dict):
                why = data.why if isinstance(data, BadRow) else "it is no JSON object"
                self._refuse(accounts, number, why)
                continue
            row = flat(cast("dict[str, object]", data))
            unknown = [] if self._mapped else [name for name in row if name not in known]
            if unknown:
                why = f"it has a key `{unknown[0]}`, which the first {_FIRST} rows do not have; write a mapping"
                self._refuse(accounts, number, why)
                continue
            gathered.add(number, row)
            if gathered.full:
                yield gathered.batch()
        yield gathered.batch()
        gathered.check_found(self.name)

    def _refuse(self, accounts: Accounts, number: int, why: str) -> None:
        accounts.read(1)
        accounts.refuse(Listed(self.name, number, None, None, why))


def flat(row: dict[str, object], before: str = "") -> dict[str, str | None]:
    """Return a row with a text for each of its values.

    >>> flat({"id": 7, "facts": {"down": True}, "fields": {"state": "new"}})
    {'id': '7', 'down': 'true', 'fields.state': 'new'}
    """
    texts: dict[str, str | None] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            inner = "" if name == "facts" and not before else f"{before}{name}."
            texts |= flat(cast("dict[str, object]", value), inner)
        elif isinstance(value, list):
            texts[before + name] = json.dumps(value, ensure_ascii=False)
        else:
            texts[before + name] = spelled(value)
    return texts
