"""How fast a whole log is answered, and in how much memory: `python -m benchmarks.logs`.

Tickets have six events each: opened, answered, waiting from one to another, moved to a higher priority, mended. Two
clocks are judged under `desk/log.sla`: verdicts and due times, no ledger. A table of Arrow goes in, one row per event,
and a table comes out. The same is asked of the evaluator of single tickets, for a part of them, and of Polars in one
thread, with a plan that is written by hand for this one policy and this one order of events; all answers are compared.
Each size is measured in a process of its own, by the time of the processor. Exit 1 where a promise is not kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

os.environ["POLARS_MAX_THREADS"] = "1"  # read when Polars is imported

import numpy as np
import polars as pl
import pyarrow as pa

import sla_dsl
from benchmarks._memory import most_megabytes
from sla_dsl.batch import evaluate
from sla_dsl.batch.inputs import open_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sla_dsl.batch import Results

    Ints = NDArray[np.int64]

ROOT = Path(__file__).resolve().parents[1]
POLICY = ROOT / "benchmarks" / "desk" / "log.sla"
EVENTS = ("opened", "answered", "asked", "told", "escalated", "mended")
LEVELS = ("p1", "p2", "p3")
AT = "2025-12-15T00:00:00Z"
HOUR = 3_600_000_000
PART = 50_000
"""So many tickets are made at a time."""
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MILLION = 1_000_000
SCALAR = 2_000
ROUNDS = {10_000: 10, 100_000: 3}
"""How often a size is measured; the least counts. What lasts long is measured once."""


def main(*, short: bool = False) -> int:
    sizes = SIZES[:-1] if short else SIZES
    found = {size: measured(size, whole=size == MILLION) for size in sizes}
    for size, (seconds, megabytes) in found.items():
        held = "the log and its answers held" if size == MILLION else "streamed"
        print(f"{size:>10,} tickets {seconds:8.2f} s {seconds / size * 1e6:7.2f} µs each {megabytes:7.0f} MB, {held}")
    alone = one_by_one()
    print(f"{'one by one':>18} {alone * 1e6:20.1f} µs each")
    by_hand = polars()
    print(f"{'polars, by hand':>18} {by_hand * MILLION:6.2f} s {by_hand * 1e6:7.2f} µs each")
    seconds, megabytes = found[MILLION]
    each = [seconds / size for size, (seconds, _) in found.items()]
    kept = [
        promise("seconds for a million tickets", seconds, at_most=10),
        promise("megabytes for them", megabytes, at_most=1024),
        promise("cost of a ticket, of the most to the least", max(each) / min(each), at_most=1.5),
    ]
    print(f"times one by one {alone * MILLION / seconds:.0f}, of polars by hand {by_hand * MILLION / seconds:.2f}")
    return 0 if all(kept) else 1


def promise(what: str, found: float, at_most: float) -> bool:
    kept = found <= at_most
    print(f"{what:44} {found:8.2f}, at most {at_most:g}  {'kept' if kept else 'NOT KEPT'}")
    return kept


@cache
def policy() -> sla_dsl.Policy:
    """The policy to measure, as programs have it: compiled, without what it took to read its text."""
    return sla_dsl.from_json(sla_dsl.load(POLICY).to_json())


# ------------------------------------------------------------------------------------------------- the log


def tickets(count: int, first: int) -> dict[str, Ints]:
    """Random tickets: their numbers, the instants of their events, their first priorities."""
    rng = np.random.default_rng(first)
    since, until = (np.datetime64(day, "us").astype(np.int64) for day in ("2023-01-02", "2025-11-01"))
    gaps = rng.integers(0, 30 * HOUR, (count, len(EVENTS)))
    gaps[:, 0] = rng.integers(since, until, count)
    return {
        "number": np.arange(first, first + count),
        "at": np.cumsum(gaps, axis=1),
        "level": rng.integers(0, len(LEVELS), count),
    }


def rows(made: dict[str, Ints]) -> pa.RecordBatch:
    """Tickets as rows of a log, one for each event."""
    each = len(EVENTS)
    instants = pa.timestamp("us", "UTC")
    levels = np.repeat(made["level"], each).astype(np.int32)
    events = np.tile(np.arange(each, dtype=np.int32), len(made["number"]))
    return pa.RecordBatch.from_pydict({
        "id": pa.array(np.repeat(made["number"], each)).cast(pa.string()),
        "created": pa.array(np.repeat(made["at"][:, 0], each).view("M8[us]"), instants),
        "at": pa.array(made["at"].reshape(-1).view("M8[us]"), instants),
        "event": pa.DictionaryArray.from_arrays(events, list(EVENTS)),
        "priority": pa.DictionaryArray.from_arrays(levels, list(LEVELS)),
    })  # fmt: skip


def batches(count: int) -> Iterator[pa.RecordBatch]:
    for first in range(0, count, PART):
        yield rows(tickets(min(PART, count - first), first))


def answered(log: pa.Table | pa.RecordBatchReader) -> Results:
    return evaluate(policy(), open_log(log, terms=policy().terms, grouped=True), at=AT)


# ------------------------------------------------------------------------------------------------ measuring


def measured(size: int, *, whole: bool) -> tuple[float, float]:
    """The seconds that a log of some size takes in a process of its own, and its megabytes."""
    script = f"from benchmarks.logs import measure; measure({size}, whole={whole})"
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, timeout=3600)
    seconds, megabytes = map(float, found.stdout.split())
    return seconds, megabytes


def measure(size: int, *, whole: bool) -> None:
    """Print the seconds that a log takes, and the most memory that this process has had.

    The whole log is a table that is there before, and so are its answers afterwards; else both are streams.
    """
    answered(pa.Table.from_batches(batches(1_000))).table()
    seconds = min((held if whole else streamed)(size) for _ in range(ROUNDS.get(size, 1)))
    print(seconds, most_megabytes())


def held(size: int) -> float:
    log = pa.Table.from_batches(batches(size))
    start = process_time()
    results = answered(log)
    table = results.table()
    seconds = process_time() - start
    assert (table.num_rows, results.account.scalar) == (2 * size, 0)
    return seconds


def streamed(size: int) -> float:
    making = Making(batches(size))
    start = process_time()
    results = answered(pa.RecordBatchReader.from_batches(rows(tickets(1, 0)).schema, making))
    found = sum(batch.num_rows for batch in results)
    seconds = process_time() - start - making.seconds
    assert (found, results.account.scalar) == (2 * size, 0)
    return seconds


class Making:
    """Batches that are made while they are read; `seconds` is how long that took."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self.seconds = 0.0
        self._batches = batches

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        return self

    def __next__(self) -> pa.RecordBatch:
        start = process_time()
        try:
            return next(self._batches)
        finally:
            self.seconds += process_time() - start


# ------------------------------------------------------------------------------------------------- the others


def one_by_one() -> float:
    """The seconds that the evaluator takes for a ticket; its answers are compared with those of all together."""
    made = tickets(SCALAR, 0)
    together = answered(pa.Table.from_batches([rows(made)])).table().to_pylist()
    given = [
        {
            "id": str(number),
            "created": shown(at[0]),
            "priority": LEVELS[level],
            "events": [{"at": shown(one), "event": event} for one, event in zip(at, EVENTS, strict=True)],
        }
        for number, at, level in zip(made["number"], made["at"].tolist(), made["level"], strict=True)
    ]
    start = process_time()
    evaluated = [policy().evaluate(one, at=AT).clocks for one in given]
    seconds = process_time() - start
    alone = [(one.verdict, one.due, one.used_seconds) for clocks in evaluated for one in clocks]
    assert alone == [(one["verdict"], one["due"], one["used_seconds"]) for one in together]
    return seconds / SCALAR


def shown(micros: int) -> str:
    return f"{np.datetime64(micros, 'us')}+00:00"


def polars() -> float:
    """The seconds that a plan by hand takes for a ticket: verdicts and due times of both clocks, for a million."""
    table = pl.DataFrame(pa.Table.from_batches(batches(MILLION)))
    start = process_time()
    by_hand = planned(table.lazy()).collect()
    seconds = process_time() - start
    ours = pl.DataFrame(answered(table.to_arrow()).table())
    for clock in ("response", "resolution"):
        found = ours.filter(pl.col("clock") == clock)
        assert found["due"].dt.timestamp("us").to_list() == by_hand[f"{clock}_due"].to_list()
        assert found["verdict"].cast(pl.String).to_list() == by_hand[f"{clock}_verdict"].to_list()
    return seconds / MILLION


def planned(log: pl.LazyFrame) -> pl.LazyFrame:
    """The verdicts and due times of both clocks, for tickets whose events come in this one order."""
    at = [pl.col("at").filter(pl.col("event") == event).first().alias(event) for event in EVENTS]
    wide = (
        log.with_columns(pl.col("at").dt.timestamp("us"), pl.col("event").cast(pl.String))
        .group_by("id", maintain_order=True)
        .agg(*at, level=pl.col("priority").first().cast(pl.String))
    )
    after = {"p1": "p1", "p2": "p1", "p3": "p2"}
    hours = {"response": {"p1": 1, "p2": 4, "p3": 8}, "resolution": {"p1": 16, "p2": 40, "p3": 80}}
    later = pl.col("level").replace_strict(after)
    budget = {
        "response": pl.col("level").replace_strict(hours["response"]) * HOUR,
        "before": pl.col("level").replace_strict(hours["resolution"]) * HOUR,
        "resolution": later.replace_strict(hours["resolution"]) * HOUR,
    }
    for event in ("opened", "asked", "told"):
        wide = spent(wide, event)
    held = pl.col("told_spent") - pl.col("asked_spent")
    for name, length in budget.items():
        run_out = pl.col("opened_spent") + length
        counts = (pl.col("asked_spent") < run_out) & (name != "response")
        wide = reached(wide.with_columns(total=run_out + pl.when(counts).then(held).otherwise(0)), name)
    late = pl.col("mended") > pl.col("resolution_due")
    was = pl.col("escalated") > pl.col("before_due")
    judged = pl.when(was & (pl.col("level") == "p3")).then(pl.lit("missed")).when(was | late).then(pl.lit("breached"))
    answer = pl.when(pl.col("answered") > pl.col("response_due")).then(pl.lit("breached")).otherwise(pl.lit("met"))
    return wide.with_columns(response_verdict=answer, resolution_verdict=judged.otherwise(pl.lit("met")))


@cache
def stretches() -> pl.LazyFrame:
    office = policy().calendar("office")
    assert office is not None
    tables = office.tables()
    return pl.LazyFrame({"start": tables.starts, "end": tables.ends, "before": tables.before[:-1]})


def spent(wide: pl.LazyFrame, event: str) -> pl.LazyFrame:
    """Add the open time before an event."""
    joined = wide.sort(event).join_asof(stretches(), left_on=event, right_on="start")
    amount = pl.col("before") + pl.min_horizontal(event, "end") - pl.col("start")
    return joined.with_columns(amount.alias(f"{event}_spent")).drop("start", "end", "before")


def reached(wide: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Add when an amount of open time runs out; one microsecond less is still open."""
    wide = wide.with_columns(last=pl.col("total") - 1).sort("last")
    joined = wide.join_asof(stretches(), left_on="last", right_on="before")
    due = (pl.col("start") + pl.col("total") - pl.col("before")).alias(f"{name}_due")
    order = joined.with_columns(due).drop("start", "end", "before", "last", "total")
    return order.with_columns(pl.col("id").cast(pl.Int64).alias("n")).sort("n").drop("n")


if __name__ == "__main__":
    sys.exit(main())
