"""JSON Lines with a whole ticket on each line, as `sla evaluate` takes them: read as they are, entry by entry.

What they say is read by the same code as that of a single ticket, each distinct value once. A ticket in which anything
is wrong is listed, with what `Policy.evaluate` says of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa
from attrs import define, field, frozen

from sla_dsl.batch.chunk import NOTHING, Key
from sla_dsl.batch.inputs.accounts import Listed
from sla_dsl.batch.inputs.books import Book
from sla_dsl.batch.inputs.columns import NONE
from sla_dsl.batch.inputs.decoding import EVENT, STATUS
from sla_dsl.batch.inputs.json_rows import numbered_rows
from sla_dsl.batch.inputs.rows import Rows, in_order
from sla_dsl.batch.inputs.times import TimeReader
from sla_dsl.errors import SlaError
from sla_dsl.policy.logs.mapping import Mapping, TimeColumn
from sla_dsl.policy.logs.meanings import value_of
from sla_dsl.policy.situation import shown
from sla_dsl.policy.tickets.entries import read_ticket
from sla_dsl.policy.tickets.keys import KeyReader, Said
from sla_dsl.policy.tickets.rows import BadRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.batch.inputs.accounts import Accounts
    from sla_dsl.policy.vocabulary import Terms

Json = dict[str, object]
Codes = tuple[tuple[Key, int], ...]
Place = tuple[bool, str] | tuple[bool, None, object]
"""Whether of the ticket, and the fact; else None and the key."""

_ENTRIES = 1 << 15
_MOST_KNOWN = 1 << 16
_TIMES = TimeColumn("at")

TICKETS = Mapping("tickets", "entry", ("id",), created=TimeColumn("created"), at=TimeColumn("at"))
"""What stands for a mapping where none is needed: tickets say themselves what they say."""

_NOT_SAID = {True: frozenset({"id", "created", "events"}), False: frozenset({"at", "due"})}
_NAMED = (Key("channel"), Key("caller"), EVENT, STATUS)


class _Doubt(Exception):
    """A ticket that the reader of single tickets must judge."""


@define(eq=False)
class _Gathered:
    """Tickets and their entries until there are enough: a row for the creation of each, one for each entry.

    `said` holds row and code by key.
    """

    ids: list[str] = field(factory=list[str])
    data: list[Json] = field(factory=list[Json])
    starts: list[int] = field(factory=list[int])
    lines: list[int] = field(factory=list[int])
    at: list[str] = field(factory=list[str])
    due: list[str | None] = field(factory=list["str | None"])
    said: dict[Key, tuple[list[int], list[int]]] = field(factory=dict[Key, tuple[list[int], list[int]]])

    def add(self, line: int, at: str, due: str | None, codes: Codes) -> None:
        """Take a creation or an entry."""
        row = len(self.at)
        self.lines.append(line)
        self.at.append(at)
        self.due.append(due)
        for key, code in codes:
            rows, values = self.said.setdefault(key, ([], []))
            rows.append(row)
            values.append(code)

    def column(self, key: Key) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        """Return the codes of a key, row by row."""
        codes = np.full(len(self.at), NOTHING, np.int32)
        rows, values = self.said.get(key, ((), ()))
        codes[np.array(rows, np.int64)] = values
        return codes


@frozen
class TicketFile:
    """A file of JSON Lines with a ticket on each line."""

    path: Path
    cheap = False

    @property
    def name(self) -> str:
        """What messages call it."""
        return str(self.path)


class TicketReader:
    """Reads files of tickets under a policy. `books` have the values of its codes, `latest` is the latest instant."""

    def __init__(self, terms: Terms) -> None:
        self.books: dict[Key, Book] = {EVENT: Book()}
        self.latest = NONE
        self._terms = terms
        self._times = TimeReader(_TIMES, frozenset())
        self._known: dict[tuple[Place, type, object], Codes] = {}

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return the keys under which something has been said."""
        return tuple(self.books)

    def read(self, source: TicketFile, file: int, accounts: Accounts) -> Iterator[Rows]:
        """Yield the tickets of a file; those that cannot be read are listed. Raises `UnreadableLog`."""
        gathered, path = _Gathered(), source.path
        for number, data in numbered_rows(path):
            accounts.read(1)
            if isinstance(data, BadRow):
                accounts.refuse(Listed(str(path), number, None, None, data.why))
                continue
            try:
                self._take(gathered, number, data)
            except (_Doubt, SlaError):
                accounts.refuse(Listed(str(path), number, _id_of(data), None, self._why(data)))
            if len(gathered.at) >= _ENTRIES:
                yield self._rows(gathered, file, str(path), accounts)
                gathered = _Gathered()
        yield self._rows(gathered, file, str(path), accounts)

    # ---------------------------------------------------------------------------------------- tickets

    def _take(self, gathered: _Gathered, number: int, data: object) -> None:
        """Take a ticket apart. Raises `_Doubt`, `SlaError`; nothing of it is taken then."""
        ticket = _id_of(data)
        if not isinstance(data, dict) or ticket is None:
            raise _Doubt
        given = cast("Json", data)
        created, events = given.get("created"), given.get("events")
        if not isinstance(created, str) or not isinstance(events, list | None):
            raise _Doubt
        first = self._codes(given, of_ticket=True)
        entries = [self._entry(entry) for entry in cast("list[object]", events or [])]
        gathered.starts.append(len(gathered.at))
        gathered.ids.append(ticket)
        gathered.data.append(given)
        gathered.add(number, created.strip(), None, first)
        for at, due, codes in entries:
            gathered.add(number, at, due, codes)

    def _entry(self, given: object) -> tuple[str, str | None, Codes]:
        if not isinstance(given, dict):
            raise _Doubt
        entry = cast("Json", given)
        at, due = entry.get("at"), entry.get("due")
        if not isinstance(at, str) or not isinstance(due, str | None):
            raise _Doubt
        codes = self._codes(entry, of_ticket=False)
        if due is not None:
            self._check_agreed(entry)
        return at.strip(), due, codes

    def _check_agreed(self, entry: Json) -> None:
        read, said = KeyReader(self._terms), Said()
        for key in ("event", "due"):
            if key in entry:
                read.read_entry(said, key, entry[key])
        read.check_agreed(said)
        read.refuse()

    def _codes(self, given: Json, *, of_ticket: bool) -> Codes:
        """Return what the keys of an object say, beside times. Raises `_Doubt`, `SlaError`."""
        found: dict[Key, int] = {}
        skipped = _NOT_SAID[of_ticket]
        for name, value in given.items():
            if name in skipped:
                continue
            if name == "facts" and isinstance(value, dict):
                for fact, one in cast("Json", value).items():
                    _put(found, self._coded((of_ticket, fact), one))
            else:
                _put(found, self._coded((of_ticket, None, name), value))
        return tuple(found.items())

    def _coded(self, place: Place, value: object) -> Codes:
        """Return what one key says, or one fact."""
        known = (place, type(value), value)
        try:
            codes = self._known.get(known)
        except TypeError:  # a list or an object, which cannot be a key: no value is one
            raise _Doubt from None
        if codes is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            codes = self._known[known] = self._read(place, value)
        return codes

    def _read(self, place: Place, value: object) -> Codes:
        of_ticket, fact = place[0], place[1]
        name, given = (place[-1], value) if fact is None else ("facts", {fact: value})
        read, said = KeyReader(self._terms), Said()
        (read.read_first if of_ticket else read.read_entry)(said, name, given)
        read.refuse()
        found: list[tuple[Key, object]] = [(Key("level", scale), level) for scale, level in said.levels.items()]
        spoken = cast("str | float | bool", value)
        found += [(Key("fact", one), value_of(self._terms, "fact", one, spoken)) for one in said.facts]
        found += [(key, one) for key, one in zip(_NAMED, _named(said), strict=True) if one is not None]
        return tuple((key, self.books.setdefault(key, Book()).code(one)) for key, one in found)

    # ------------------------------------------------------------------------------------------- rows

    def _rows(self, gathered: _Gathered, file: int, name: str, accounts: Accounts) -> Rows:
        """Return what was gathered as rows; tickets with a time that is none are listed."""
        at, wrong = self._times.read(pa.array(gathered.at, pa.string()))
        due, wrong_due = self._times.read(pa.array(gathered.due, pa.string()))
        self.latest = max(self.latest, int(at.max(initial=NONE)))
        starts = np.array([*gathered.starts, len(gathered.at)], np.int64)
        rows = Rows(
            ids=pa.array(gathered.ids, pa.string()),
            starts=starts,
            number=np.array(gathered.lines, np.int64),
            file=np.full(len(gathered.at), file, np.int32),
            at=at,
            created=None,
            due=due,
            said={key: gathered.column(key) for key in self.books},
            events=(),
            marks=(),
            moments=(),
            kept=(),
        )
        bad = {int(np.searchsorted(starts, row, side="right")) - 1 for row, _ in (*wrong, *wrong_due)}
        bad |= {int(np.searchsorted(starts, row, side="right")) - 1 for row in np.flatnonzero(at == NONE)}
        for ticket in sorted(bad):
            line = gathered.lines[gathered.starts[ticket]]
            accounts.refuse(Listed(name, line, gathered.ids[ticket], None, self._why(gathered.data[ticket])))
        if not bad:
            return rows
        good = np.array([ticket for ticket in range(len(gathered.ids)) if ticket not in bad], np.int64)
        return in_order(rows, good)

    def _why(self, data: object) -> str:
        """Return what is wrong with a ticket."""
        if isinstance(data, dict) and "id" not in data:
            return "it names no ticket; give it an `id`"
        try:
            read_ticket(self._terms, cast("Json", data))
        except SlaError as error:
            return " · ".join(str(error).splitlines())
        return "it names no ticket; give it an `id`"


def _put(found: dict[Key, int], codes: Codes) -> None:
    for key, code in codes:
        if found.setdefault(key, code) != code:
            raise _Doubt


def _named(said: Said) -> tuple[str | None, ...]:
    return said.channel, said.caller, said.event, said.status


def _id_of(data: object) -> str | None:
    given = cast("Json", data).get("id") if isinstance(data, dict) else None
    if isinstance(given, bool) or not isinstance(given, str | int):
        return None
    return given if isinstance(given, str) else shown(given)
