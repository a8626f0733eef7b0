"""A mapping proposed for a file: how it is written is tried, then its first rows are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sla_dsl.batch.guessing.guess import guess
from sla_dsl.batch.inputs.accounts import Accounts
from sla_dsl.batch.inputs.columns import as_text, is_nested
from sla_dsl.batch.inputs.csv_files import CsvSource
from sla_dsl.batch.inputs.errors import LogError, UnreadableLog
from sla_dsl.batch.inputs.json_tickets import TicketFile
from sla_dsl.batch.inputs.opening import source_of
from sla_dsl.batch.inputs.xes import XesSource
from sla_dsl.policy.logs.mapping import FileForm, Mapping

if TYPE_CHECKING:
    from sla_dsl.batch.inputs.source import Source
    from sla_dsl.policy.executable import Executable

FIRST_ROWS = 10_000
"""So many rows are looked at."""

_DELIMITERS = (None, ";", "\t", "|", ",")
_ENCODINGS = (None, "utf-16", "cp1252")  # the last fits nearly everything
_XES = {"id": "case:concept:name", "at": "time:timestamp", "event": "concept:name"}
"""What a reader of XES calls the usual keys where no mapping does, and the keys."""


def guess_file(path: str | Path, policy: Executable, *, name: str | None = None) -> str:
    """The text of a mapping that seems to fit a file; see `guess`. `name` is that of the mapping, else the file's.

    Raises `UnreadableLog` where the file cannot be read in any way that is tried.

    Example: `Path("log.sla").write_text(guess_file("incidents.csv.gz", policy), encoding="utf-8")`.
    """
    path = Path(path)
    form, rows = _read(path)
    return guess(rows, policy, name=name or path.name.partition(".")[0], file=form)


def _read(path: Path) -> tuple[FileForm, dict[str, list[str | None]]]:
    """The first rows, and what had to be known to read them: the first encoding that fits, then the most columns."""
    error: LogError | None = None
    for encoding in _ENCODINGS if _is_text(path) else (None,):
        try:
            form = FileForm(encoding=encoding)
            rows = first_rows(_source(path, form))
        except LogError as wrong:
            error = error or wrong
            continue
        return _with_a_delimiter(path, form, rows) if _is_text(path) and _is_odd(rows) else (form, rows)
    raise error or UnreadableLog(str(path), "it has no rows")


def _is_text(path: Path) -> bool:
    """Whether a file is CSV by its name, so that its encoding and delimiter are open."""
    return isinstance(_source(path, FileForm()), CsvSource)


def _is_odd(rows: dict[str, list[str | None]]) -> bool:
    """Whether what was read has too few columns for a log, or no rows: the delimiter may be another one."""
    return len(rows) < 3 or not any(rows.values())


def _with_a_delimiter(
    path: Path, form: FileForm, rows: dict[str, list[str | None]]
) -> tuple[FileForm, dict[str, list[str | None]]]:
    """The same with another delimiter, where that gives more than one column."""
    return max(((form, rows), *_others(path, form)), key=lambda one: (not _is_odd(one[1]), len(one[1])))


def _others(path: Path, form: FileForm) -> Iterator[tuple[FileForm, dict[str, list[str | None]]]]:
    for delimiter in _DELIMITERS[1:]:
        other = FileForm(form.format, delimiter, form.encoding)
        try:
            yield FileForm("csv", delimiter, form.encoding), first_rows(_source(path, other))
        except LogError:
            continue


def _source(path: Path, form: FileForm) -> Source:
    source = source_of(path, Mapping("guessed", "entry", (), file=form))
    assert not isinstance(source, TicketFile)  # only where no mapping says that there are columns
    return source


def first_rows(source: Source, rows: int = FIRST_ROWS) -> dict[str, list[str | None]]:
    """The texts of the first rows of a file or table, by column. Columns that hold lists or objects are left out.

    Raises `LogError`.
    """
    keys = _XES if isinstance(source, XesSource) else {}
    names = dict.fromkeys(keys.get(name, name) for name in source.columns())
    texts: dict[str, list[str | None]] = {name: [] for name in names}
    left = rows
    for raw in source.read(tuple(names), Accounts(), frozenset()):
        for name, column in raw.columns.items():
            if is_nested(column.type):
                texts.pop(name, None)
            else:
                texts[name] += as_text(column.slice(0, left)).to_pylist()
        left -= len(raw)
        if left <= 0:
            break
    return texts
