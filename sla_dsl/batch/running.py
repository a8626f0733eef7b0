"""A log gone through from its first row to its last: summed up or compared, and written as it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias, cast

from attrs import define, field, frozen

from sla_dsl.batch.chunk import Chunk
from sla_dsl.batch.compare import Comparing
from sla_dsl.batch.engine.engine import BLOCK, Engine
from sla_dsl.batch.errors import NoInstant, NotKept
from sla_dsl.batch.flips import flips_schema
from sla_dsl.batch.inputs import Log, open_log
from sla_dsl.batch.inputs.opening import is_several
from sla_dsl.batch.listing import Listing
from sla_dsl.batch.outputs import check_form, table_file
from sla_dsl.batch.results import record_batch, schema_of
from sla_dsl.batch.summary import Summing, Wanted
from sla_dsl.files import UnwritableFile, check_place, identity
from sla_dsl.policy.situation import read_moment

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

    from sla_dsl.batch.inputs.opening import Given as File
    from sla_dsl.batch.outputs import Write
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.logs.comparison import Comparison
    from sla_dsl.policy.logs.mapping import Mapping
    from sla_dsl.policy.logs.summary import Summary

_LEAST, _FIRST = 1 << 8, 1 << 11
_SHORT, _LONG = 0.25, 1.0
Opened: TypeAlias = Log | Chunk | Iterable[Chunk]
"""What can be gone through: a log that was opened, or tickets as chunks."""
Given: TypeAlias = "Opened | File | Iterable[File]"
"""The same, or what can be opened: a file, a table, or several."""


@frozen
class Files:
    """Where to write what: the answers, the cycles that flip, and the rows that could not be used."""

    answers: Path | None = None
    flips: Path | None = None
    listed: Path | None = None

    def check(self) -> None:
        """Raises `UnknownForm` or `UnwritableFile` where a table cannot be written to one of them."""
        for path in (self.answers, self.flips, self.listed):
            if path is not None:
                check_form(path)
                check_place(path)

    def spare(self, log: Opened) -> None:
        """Raises `UnwritableFile` where one of them would take the place of a file of the log."""
        read = {identity(Path(name)) for name in log.names} if isinstance(log, Log) else set[object]()
        for path in (self.answers, self.flips, self.listed):
            if path is not None and identity(path) in read:
                raise UnwritableFile(f"{path} cannot be written: the log is read from it")


@define
class Course:
    """How far the work on a log is, for those who watch: `answered` rows, after all of them have been read once."""

    log: Log
    answered: int = 0

    def so_far(self) -> tuple[str, int, int | None]:
        """Return what is being done, with how many rows it has been, and of how many if that is known."""
        read, total = self.log.progress()
        return ("reading", read, None) if total is None else ("answering", self.answered, total)


@frozen
class Wish:
    """What is wanted of a log: by which columns it is grouped, how many worst tickets and flips are told, files."""

    columns: tuple[str, ...] = ()
    worst: int = 5
    flips: int = 20
    files: Files = field(factory=Files)
    course: Course | None = None

    def note(self, chunk: Chunk) -> None:
        """Tell those who watch that a chunk has been answered."""
        if self.course is not None:
            self.course.answered += len(chunk) if chunk.rows is None else int(chunk.rows.sum())


def opened(source: object, policy: Executable, mapping: Mapping | None = None, columns: tuple[str, ...] = ()) -> Log:
    """Return a log that keeps some columns besides those that its mapping keeps. Raises what `open_log` does.

    Example: `opened("incidents.csv", policy, mapping, ("team",))`.
    """
    return open_log(source, mapping, terms=policy.terms, keep=columns)  # type: ignore[arg-type]  # it checks it


def log_of(policy: Executable, log: Given, mapping: Mapping | None = None, columns: tuple[str, ...] = ()) -> Opened:
    """Return what was given as something to go through. Raises what `open_log` does.

    Example: `log_of(policy, ["january.csv", "february.csv"], mapping)`.
    """
    if isinstance(log, Log | Chunk):
        return log
    if not is_several(log):
        return opened(log, policy, mapping, columns)
    parts: Iterable[object] = log
    if isinstance(parts, Iterator):
        first = next(parts, None)
        parts = () if first is None else chain((first,), parts)
    else:
        first = next((one for one in parts if not isinstance(one, Chunk)), None) if isinstance(parts, list) else None
        first = next(iter(parts), None) if first is None else first
    if first is None or isinstance(first, Chunk):
        return cast("Iterable[Chunk]", parts)
    return opened(parts, policy, mapping, columns)


def summarize(
    policy: Executable,
    log: Given,
    *,
    at: datetime | str | None = None,
    mapping: Mapping | None = None,
    wish: Wish | None = None,
) -> Summary:
    """Return what the tickets of a log come to at an instant, the latest of the log unless told otherwise.

    `log` and `mapping` are as in `sla_dsl.batch.evaluate`. Raises `NoInstant`, `NotKept` for a column that the log does
    not keep, `UnwritableFile`, and what reading raises.

    Example: `summarize(policy, "incidents.csv", mapping=mapping, wish=Wish(columns=("team",))).rows.used`.
    """
    wish = wish or Wish()
    wish.files.check()
    log = log_of(policy, log, mapping, wish.columns)
    wish.files.spare(log)
    now = instant(log, at)
    engine = Engine(policy, now)
    summing = Summing(policy, engine.words, now, Wanted(wish.columns, wish.worst), lambda: engine.notes)
    listing = Listing(log)
    with ExitStack() as files:
        first, chunks = _begun(log)
        _check_kept(first, wish.columns)
        write = _file(files, wish.files.answers, lambda: schema_of(first))
        for chunk in chunks:
            answered = engine.answered(chunk)
            if write is not None:
                write(record_batch(schema_of(first), engine.words, chunk, answered.rows))
            summing.add(chunk, answered)
            listing.add(chunk, answered)
            wish.note(chunk)
        listing.write(wish.files.listed)
    return summing.summary(listing.files, listing.rows())


def compare(
    before: Executable,
    after: Executable,
    log: Given,
    *,
    at: datetime | str | None = None,
    mapping: Mapping | None = None,
    wish: Wish | None = None,
) -> Comparison:
    """Return what the tickets of a log come to under two policies at an instant: which of them flip, and by how much.

    Raises what `summarize` does.

    Example: `compare(policy, policy.set(holidays=None), log).flipped_tickets`.
    """
    wish = wish or Wish()
    wish.files.check()
    log = log_of(before, log, mapping)
    wish.files.spare(log)
    now = instant(log, at)
    engines = Engine(before, now), Engine(after, now)
    comparing = Comparing((before, after), (engines[0].words, engines[1].words), now, wish.flips)
    listing = Listing(log)
    with ExitStack() as files:
        first, chunks = _begun(log)
        answers = _file(files, wish.files.answers, lambda: schema_of(first))
        flips = _file(files, wish.files.flips, lambda: flips_schema(first))
        for chunk in chunks:
            old, new = (engine.answered(chunk) for engine in engines)
            if answers is not None:
                answers(record_batch(schema_of(first), engines[0].words, chunk, old.rows))
            flipped = comparing.add(chunk, old, new)
            if flips is not None:
                flips(flipped)
            listing.add(chunk, old, new)
            wish.note(chunk)
        listing.write(wish.files.listed)
    return comparing.comparison(listing.files, listing.rows(), [engine.notes for engine in engines])


def instant(log: Opened, at: datetime | str | None) -> int:
    """Return the instant to look at: the latest of the log where none is given. Raises `NoInstant`."""
    if at is not None:
        return read_moment("at", at)[0]
    if isinstance(log, Log | Chunk):
        return log.latest()
    if not isinstance(log, list | tuple):
        raise NoInstant
    return max((one.latest() for one in log), default=0)


def _begun(log: Opened) -> tuple[Chunk | None, Iterable[Chunk]]:
    """Return the first chunk, and all of them; none is so large that nothing is seen for long."""
    chunks = _parts((log,) if isinstance(log, Chunk) else log)
    first = next(chunks, None)
    return first, () if first is None else chain((first,), chunks)


def _parts(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """Yield chunks in parts that take about half a second each, so that who watches sees something."""
    size = _FIRST
    for chunk in chunks:
        first = 0
        while first < len(chunk):
            last = min(first + size, len(chunk))
            began = monotonic()
            yield chunk.part(first, last)
            took = monotonic() - began
            first = last
            if took < _SHORT:
                size = min(size * 2, BLOCK)
            elif took > _LONG:
                size = max(size // 2, _LEAST)


def _check_kept(chunk: Chunk | None, columns: Iterable[str]) -> None:
    if chunk is not None:
        for name in columns:
            if name not in chunk.kept:
                raise NotKept(name, tuple(chunk.kept))


def _file(files: ExitStack, path: Path | None, schema: Callable[[], pa.Schema]) -> Write | None:
    return None if path is None else files.enter_context(table_file(path, schema()))
