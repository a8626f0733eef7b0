"""Whole logs: the clocks of all tickets, equal to `Policy.evaluate` ticket by ticket. Needs the extra `batch`."""

from __future__ import annotations

from datetime import UTC
from itertools import chain
from typing import TYPE_CHECKING

# For what it says where numpy or pyarrow is missing, before anything imports them.
import sla_dsl.batch.needed  # noqa: F401 # pyright: ignore[reportUnusedImport]
from sla_dsl.batch.chunk import Chunk
from sla_dsl.batch.engine.engine import Engine
from sla_dsl.batch.errors import NoInstant
from sla_dsl.batch.inputs import open_log
from sla_dsl.batch.results import Account, Results, record_batch, schema_of
from sla_dsl.batch.running import Files, Wish, compare, log_of, summarize
from sla_dsl.policy.situation import read_moment
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import pyarrow as pa

    from sla_dsl.batch.running import Given
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.logs.mapping import Mapping

__all__ = ["Chunk", "Files", "Results", "Wish", "compare", "evaluate", "open_log", "summarize"]


def evaluate(
    policy: Executable, log: Given, *, at: datetime | str | None = None, mapping: Mapping | None = None
) -> Results:
    """Return the answers about all clocks of all tickets of a log at an instant, as columns of Arrow.

    `log` is a file, a table, several of them, a log that was opened, or chunks of tickets; `mapping` says what the
    columns of the first three mean. Every row equals what `policy.evaluate(ticket, at=at)` says of that clock. Without
    `at` the instant is the latest in the log. Raises `NoInstant` where that cannot be known before the log is read,
    `NaiveDatetime`, `BadInstant`, and what `open_log` raises.

    Example: `sla_dsl.batch.evaluate(policy, "incidents.csv", mapping=load_mapping("log.sla", policy)).table()`.
    """
    given = log_of(policy, log, mapping)
    parts = (given,) if isinstance(given, Chunk) else given
    now = _latest(parts) if at is None else read_moment("at", at)[0]
    chunks = iter(parts)
    first = next(chunks, None)
    schema = schema_of(first)
    engine = Engine(policy, now)
    every = chunks if first is None else chain((first,), chunks)
    zone = first.zone if first is not None else from_micros(now, UTC).tzinfo or UTC
    return Results(from_micros(now, zone), policy.digest, schema, _batches(engine, schema, every))


def _batches(engine: Engine, schema: pa.Schema, chunks: Iterable[Chunk]) -> Iterator[tuple[pa.RecordBatch, Account]]:
    account = Account()
    for chunk in chunks:
        answered = engine.answered(chunk)
        account = account.plus(chunk, answered)
        yield record_batch(schema, engine.words, chunk, answered.rows), account


def _latest(chunks: Iterable[Chunk]) -> int:
    """Return the latest instant of a log: its own word for it, or that of chunks that can be looked at twice."""
    latest = getattr(chunks, "latest", None)
    if callable(latest):
        return int(latest())  # type: ignore[call-overload]
    if not isinstance(chunks, tuple | list):
        raise NoInstant
    return max((one.latest() for one in chunks), default=0)
