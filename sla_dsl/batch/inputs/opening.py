"""What a log can be given as, and what it is read with."""

from __future__ import annotations

from collections.abc import Iterable
from glob import glob, has_magic
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeGuard, cast

from sla_dsl.batch.inputs.arrow_files import IpcSource, ParquetSource
from sla_dsl.batch.inputs.csv_files import CsvSource
from sla_dsl.batch.inputs.errors import BadLog, UnreadableLog
from sla_dsl.batch.inputs.json_rows import JsonRowsSource, has_tickets
from sla_dsl.batch.inputs.json_tickets import TicketFile
from sla_dsl.batch.inputs.log import ROWS, Log
from sla_dsl.batch.inputs.streams import bare_suffix
from sla_dsl.batch.inputs.tables import ArrowTable, TableSource
from sla_dsl.batch.inputs.xes import XesSource
from sla_dsl.files import identity
from sla_dsl.policy.logs.mapping import FileForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla_dsl.batch.inputs.source import Source
    from sla_dsl.policy.logs.mapping import Mapping
    from sla_dsl.policy.vocabulary import Terms

_FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "json",
    ".ndjson": "json",
    ".json": "json",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".xes": "xes",
}

Given: TypeAlias = "str | PathLike[str] | ArrowTable"
"""What can be read: the path of a file, a pattern for paths such as `logs/*.csv`, or a table."""


def open_log(
    source: Given | Iterable[Given],
    mapping: Mapping | None = None,
    *,
    terms: Terms,
    rows: int = ROWS,
    grouped: bool | None = None,
    keep: Sequence[str] = (),
) -> Log:
    """Return a log of one or more files or tables.

    `rows` is about how many rows a chunk has. `grouped` says that all rows of a ticket stand together: then the log is
    read once, and `NotGrouped` is raised where they do not; otherwise this is found out, and the log sorted if need be.
    `keep` are columns that go through to the answers beside those of the mapping; of whole tickets as JSON there are
    none.

    Raises:
        BadLog: this is no file and no table.
        UnreadableLog: there is no such file, or it is named twice, or its name does not say what it is.
        NoUsualColumns: without a mapping, the columns are not called as in a ticket.
        NotInPolicy: the mapping names what the policy does not have.

    Example: `open_log("logs/*.csv", mapping, terms=policy.terms)`.
    """
    sources = tuple(_sources(_given(source), mapping))
    if not sources:
        raise UnreadableLog("the log", "no file is named")
    tickets = [one for one in sources if isinstance(one, TicketFile)]
    rows_of_entries = [one for one in sources if not isinstance(one, TicketFile)]
    if tickets and rows_of_entries:
        raise UnreadableLog(rows_of_entries[0].name, "it has single entries, and another file has whole tickets")
    return Log(tickets or rows_of_entries, mapping, terms, rows=rows, grouped=grouped, keep=keep)


def _sources(given: Iterable[Given], mapping: Mapping | None) -> Iterable[Source | TicketFile]:
    number, named = 0, set[object]()
    for one in given:
        if isinstance(one, str | PathLike):
            for path in paths_of(one):
                if (place := identity(path)) in named:
                    raise UnreadableLog(str(path), "it is named twice", "Its rows would count twice; name it once")
                named.add(place)
                yield source_of(path, mapping)
        else:
            number += 1
            yield TableSource(one, "the table" if number == 1 else f"table {number}")


def _given(source: Given | Iterable[Given]) -> list[Given]:
    """Return files and tables one by one. Raises `BadLog` where something else is among them."""
    if _is_one(source):
        return [cast("Given", source)]
    if not is_several(source):
        raise BadLog(type(source).__name__)
    given = list(source)
    for one in given:
        if not _is_one(one):
            raise BadLog(type(one).__name__)
    return cast("list[Given]", given)


def is_several(source: object) -> TypeGuard[Iterable[object]]:
    """Return whether this may be several files, tables or chunks."""
    return not _is_one(source) and isinstance(source, Iterable) and not isinstance(source, dict | bytes)


def _is_one(source: object) -> bool:
    return isinstance(source, str | PathLike) or hasattr(source, "__arrow_c_stream__")


def paths_of(name: str | PathLike[str]) -> Iterable[Path]:
    """Return the files that a path or pattern names. Raises `UnreadableLog` where a pattern names none."""
    path = Path(name)
    if not has_magic(str(path)) or path.exists():
        return (path,)
    found = sorted(glob(str(path), recursive=True))  # noqa: PTH207 - an absolute pattern too
    if not found:
        raise UnreadableLog(str(path), "there is no such file")
    return map(Path, found)


def source_of(path: Path, mapping: Mapping | None) -> Source | TicketFile:
    """Return what reads a file, by what the mapping says of it or by its name. Raises `UnreadableLog`."""
    form = FileForm() if mapping is None else mapping.file
    match form.format or _FORMATS.get(bare_suffix(path)):
        case "csv":
            return CsvSource(path, form)
        case "parquet":
            return ParquetSource(path)
        case "arrow":
            return IpcSource(path)
        case "xes":
            return XesSource(path)
        case "json":
            tickets = mapping is None and has_tickets(path)
            return TicketFile(path) if tickets else JsonRowsSource(path, mapped=mapping is not None)
        case _:
            if path.is_dir():
                raise UnreadableLog(str(path), "it is a folder", "Name the files in it, for example with `*.csv`")
            raise UnreadableLog(
                str(path), "its name does not say how it is written", f"It ends in {', '.join(_FORMATS)}"
            )
