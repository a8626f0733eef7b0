"""XES (IEEE 1849), the exchange form of process mining: traces with events, read as a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from sla_dsl.batch.inputs.errors import UnreadableLog
from sla_dsl.batch.inputs.loose_rows import LooseRows
from sla_dsl.batch.inputs.streams import opened, readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sla_dsl.batch.inputs.accounts import Accounts
    from sla_dsl.batch.inputs.source import Raw

_BLOCK = 1 << 18
_DEEPEST = 100
_FIRST = 1_000
_ATTRIBUTES = frozenset({"string", "date", "int", "float", "boolean", "id"})
_CASE = "case:"
_USUAL = {"id": "case:concept:name", "at": "time:timestamp", "event": "concept:name"}


class XesSource:
    """A XES file: a row for each event, in the order of the file.

    Columns are the keys of the events' attributes, and those of their trace behind `case:`, as is usual. `id`, `at` and
    `event` stand for `case:concept:name`, `time:timestamp` and `concept:name`. Attributes of attributes, lists, global
    attributes, classifiers and extensions say nothing. A trace without events is one row.
    """

    cheap = False

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path

    def columns(self) -> tuple[str, ...]:
        """Return the keys of the first events, the usual ones by their usual names. Raises `UnreadableLog`."""
        found = dict[str, None]()
        for number, row in self._events():
            found.update(dict.fromkeys(row))
            if number >= _FIRST:
                break
        usual = {key: name for name, key in _USUAL.items()}
        return tuple(dict.fromkeys(usual.get(name, name) for name in found))

    def read(self, columns: Sequence[str], _accounts: Accounts, _few: frozenset[str], /) -> Iterator[Raw]:
        """Yield the events. Raises `UnreadableLog`, and `NoSuchColumn` for a key that no event has."""
        gathered = LooseRows(columns)
        stand_ins = [(name, key) for name, key in _USUAL.items() if name in columns]
        for number, row in self._events():
            for name, key in stand_ins:
                if name not in row and key in row:
                    row[name] = row[key]
            gathered.add(number, row)
            if gathered.full:
                yield gathered.batch()
        yield gathered.batch()
        gathered.check_found(self.name)

    def _events(self) -> Iterator[tuple[int, dict[str, str]]]:
        reader = _Reader()
        number = 0
        try:
            with readable(self.name), opened(self._path) as stream:
                while block := stream.read(_BLOCK):
                    for row in reader.feed(block):
                        number += 1
                        yield number, row
                for row in reader.feed(b"", last=True):
                    number += 1
                    yield number, row
        except expat.ExpatError as error:
            what = expat.errors.messages.get(error.code, "it is no XML")
            why = f"line {error.lineno}, column {error.offset + 1}: {what}"
            raise UnreadableLog(self.name, why, "It is no XML, or ends too early; write or fetch it again") from error
        except _NoXesError as error:
            raise UnreadableLog(self.name, f"line {error.line}: {error.why}") from error


class _NoXesError(Exception):
    """XML that is no XES, or that is not read."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(line, why)
        self.line = line
        self.why = why


class _Reader:
    """Takes a file block by block and gives the events that ended in it."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity
        self._depth = 0
        self._trace: dict[str, str] = {}
        self._trace_depth = self._event_depth = 0
        self._event: dict[str, str] = {}
        self._events = 0
        self._done: list[dict[str, str]] = []

    def feed(self, block: bytes, *, last: bool = False) -> list[dict[str, str]]:
        """Read on; return the events that ended."""
        self._parser.Parse(block, last)
        done, self._done = self._done, []
        return done

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        depth = self._depth
        if depth > _DEEPEST:
            self._refuse(f"elements lie in each other more than {_DEEPEST} deep")
        name = element.rpartition(":")[2]
        if name in _ATTRIBUTES:
            if self._event_depth:
                if depth == self._event_depth + 1:
                    self._event[attributes.get("key", "")] = attributes.get("value", "")
            elif self._trace_depth and depth == self._trace_depth + 1:
                self._trace[_CASE + attributes.get("key", "")] = attributes.get("value", "")
        elif name == "event" and depth == self._trace_depth + 1 + (not self._trace_depth):
            self._event, self._event_depth = {}, depth
        elif name == "trace" and depth == 2:
            self._trace, self._trace_depth, self._events = {}, depth, 0
        elif depth == 1 and name != "log":
            self._refuse(f"it is no XES: it begins with `{name}` and not with `log`")

    def _end(self, element: str) -> None:  # noqa: ARG002 - the depth says which it is
        if self._depth == self._event_depth:
            self._done.append(self._trace | self._event)
            self._event_depth = 0
            self._events += 1
        elif self._depth == self._trace_depth:
            if not self._events:
                self._done.append(dict(self._trace))
            self._trace, self._trace_depth = {}, 0
        self._depth -= 1

    def _entity(self, *_: object) -> None:
        self._refuse("it declares entities of its own, which are not read")

    def _refuse(self, why: str) -> NoReturn:
        raise _NoXesError(self._parser.CurrentLineNumber, why)
