"""Business time for 10^6 random instants beside other libraries, in one thread: `python -m benchmarks.arrays`.

Monday to Friday 08:30 to 17:00 in Amsterdam, closed on Dutch holidays, 21 years. Polars and DuckDB get the same table
of open stretches and join each instant to its own; what they have to sort for that is part of the work. workclock
has functions for arrays; pandas adds hours one by one, and so gets a sample. All values are compared. What counts is
the time of the processor, the least of several rounds taken in turns: what else a busy machine does is nobody's
merit. Exit 1 where a promise is not kept.

`python -m benchmarks.arrays --memory` measures the memory that 10^7 rows take beside their answer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, time
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

os.environ["POLARS_MAX_THREADS"] = "1"  # read when Polars is imported

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from holidays import country_holidays
from workclock import Holidays, Schedule, WorkDay

from benchmarks._memory import MEBIBYTE, resident
from sla_dsl.worktime import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Instants = NDArray[np.datetime64]
    Lengths = NDArray[np.timedelta64]
    Ask = Callable[[], NDArray[np.generic]]

ZONE, FIRST_YEAR, LAST_YEAR = "Europe/Amsterdam", 2015, 2035
CLOSED: list[date] = sorted(country_holidays("NL", years=range(FIRST_YEAR, LAST_YEAR + 1)))
WEEK = ("mon", "tue", "wed", "thu", "fri")
DESK = Calendar(
    timezone=ZONE,
    weekly={day: [("08:30", "17:00")] for day in WEEK},
    closed=CLOSED,
    years=(FIRST_YEAR, LAST_YEAR),
)
ROWS, ROWS_OF_MEMORY, ROWS_OF_PANDAS = 1_000_000, 10_000_000, 2_000
ROUNDS, ROUNDS_OF_OTHERS = 25, 3
CLEAR_REFS = Path("/proc/self/clear_refs")


def main(*, short: bool = False) -> int:  # noqa: ARG001 - nothing here takes minutes
    assert pl.thread_pool_size() == 1
    opened, lengths, closed = questions(ROWS)
    theirs = Schedule([WorkDay(time(8, 30), time(17)), Holidays(CLOSED)], time_zone=ZONE)
    add = compare(
        "add_many",
        lambda: DESK.add_many(opened, lengths),
        {
            "polars, join_asof": polars_add(opened, lengths),
            "duckdb, asof join": duckdb_add(opened, lengths),
            "numpy, searchsorted": numpy_add(opened, lengths),
        },
        lambda: theirs.add_many(opened, lengths),
    )
    pandas_add(opened[:ROWS_OF_PANDAS], lengths[:ROWS_OF_PANDAS], add["ours"])
    between = compare(
        "between_many",
        lambda: DESK.between_many(opened, closed),
        {
            "polars, join_asof": polars_between(opened, closed),
            "duckdb, asof join": duckdb_between(opened, closed),
            "numpy, searchsorted": numpy_between(opened, closed),
        },
        lambda: theirs.between_many(opened, closed),
    )
    kept = [
        promise(f"{name}: times {other}", cost[other] / cost["ours"], least)
        for name, cost in (("add_many", add), ("between_many", between))
        for other, least in (("polars, join_asof", 4), ("workclock", 100))
    ]
    memory = subprocess.run([sys.executable, "-m", "benchmarks.arrays", "--memory"], check=False, timeout=600)
    return 0 if all(kept) and memory.returncode == 0 else 1


def questions(rows: int) -> tuple[Instants, Lengths, Instants]:
    """Random instants over 19 years, lengths of 1 to 40 hours, and later instants within 60 days."""
    rng = np.random.default_rng(20260306)
    since, until = (np.datetime64(f"{year}-01-01", "us").astype(np.int64) for year in (FIRST_YEAR + 1, LAST_YEAR))
    opened = rng.integers(since, until, rows)
    lengths = rng.integers(1, 41, rows) * 3_600_000_000
    closed = opened + rng.integers(0, 60 * 86_400_000_000, rows)
    return opened.view("M8[us]"), lengths.view("m8[us]"), closed.view("M8[us]")


def compare(name: str, ours: Ask, others: dict[str, Ask], slow: Ask) -> dict[str, float]:
    """Print and return the least seconds of each, after all gave the same in all rows."""
    wanted = ours()
    asked = {"ours": ours, **others}
    for other, ask in others.items():
        assert np.array_equal(ask(), wanted), f"{name}: {other} gives other values"
    cost = dict.fromkeys(asked, float("inf"))
    for round_ in range(ROUNDS):
        for other, ask in asked.items():
            if round_ < ROUNDS_OF_OTHERS or other == "ours":
                cost[other] = min(cost[other], seconds(ask))
    assert np.array_equal(slow(), wanted), f"{name}: workclock gives other values"
    cost["workclock"] = seconds(slow)
    for other, spent in cost.items():
        print(f"{name:13} {other:22} {spent * 1e3:9.1f} ms  {spent / cost['ours']:7.1f} times ours")
    return cost


def seconds(ask: Callable[[], object]) -> float:
    start = process_time()
    ask()
    return process_time() - start


def promise(what: str, ratio: float, at_least: float) -> bool:
    kept = ratio >= at_least
    print(f"{what:42} {ratio:7.1f}, at least {at_least:g}  {'kept' if kept else 'NOT KEPT'}")
    return kept


# -------------------------------------------------------------------------------------- tables of stretches


TABLES = DESK.timetable.tables()
STARTS, ENDS = np.array(TABLES.starts), np.array(TABLES.ends)
BEFORE = np.array(TABLES.before)[:-1]


def numpy_spent(instants: NDArray[np.int64]) -> NDArray[np.int64]:
    stretch = np.searchsorted(STARTS, instants, side="right") - 1
    return BEFORE[stretch] + np.minimum(instants, ENDS[stretch]) - STARTS[stretch]


def numpy_add(opened: Instants, lengths: Lengths) -> Ask:
    def ask() -> Instants:
        spent = numpy_spent(opened.view(np.int64)) + lengths.view(np.int64)
        stretch = np.searchsorted(BEFORE, spent, side="left") - 1
        return (STARTS[stretch] + spent - BEFORE[stretch]).view("M8[us]")

    return ask


def numpy_between(opened: Instants, closed: Instants) -> Ask:
    return lambda: (numpy_spent(closed.view(np.int64)) - numpy_spent(opened.view(np.int64))).view("m8[us]")


STRETCHES = pl.DataFrame({"start": STARTS, "end": ENDS, "before": BEFORE})
SPENT = pl.col("before") + pl.min_horizontal("t", "end") - pl.col("start")


def polars_add(opened: Instants, lengths: Lengths) -> Ask:
    rows = pl.LazyFrame({"t": opened.view(np.int64), "length": lengths.view(np.int64)}).with_row_index()
    stretches = STRETCHES.lazy()
    plan = (
        rows.sort("t")
        .join_asof(stretches, left_on="t", right_on="start")
        # One microsecond less: what is spent at a closing is due at the closing.
        .select("index", spent=SPENT + pl.col("length") - 1)
        .sort("spent")
        .join_asof(stretches, left_on="spent", right_on="before")
        .select("index", due=pl.col("start") + pl.col("spent") - pl.col("before") + 1)
        .sort("index")
        .select("due")
    )
    return lambda: plan.collect()["due"].to_numpy().view("M8[us]")


def polars_between(opened: Instants, closed: Instants) -> Ask:
    stretches = STRETCHES.lazy()

    def spent(instants: Instants) -> pl.LazyFrame:
        rows = pl.LazyFrame({"t": instants.view(np.int64)}).with_row_index().sort("t")
        return rows.join_asof(stretches, left_on="t", right_on="start").select("index", spent=SPENT).sort("index")

    since, until = spent(opened), spent(closed)

    def ask() -> Lengths:
        first, second = since.collect()["spent"], until.collect()["spent"]
        return (second - first).to_numpy().view("m8[us]")

    return ask


def duckdb_asking(sql: str, **columns: NDArray[np.generic]) -> Ask:
    engine = duckdb.connect(":memory:", config={"threads": 1})
    engine.register("rows_", pa.table({"i": np.arange(ROWS), **columns}))
    stretches = pa.table({"start": STARTS, "closing": ENDS, "before": BEFORE})
    engine.register("stretches_", stretches)
    engine.execute("CREATE TABLE stretches AS FROM stretches_")
    return lambda: np.asarray(engine.execute(sql).fetchnumpy()["answer"])


DUCKDB_SPENT = "before + least({t}, closing) - start"


def duckdb_add(opened: Instants, lengths: Lengths) -> Ask:
    sql = f"""
        WITH spent AS (
            SELECT i, {DUCKDB_SPENT.format(t="t")} + length - 1 AS spent FROM rows_ ASOF JOIN stretches ON t >= start
        )
        SELECT start + spent - before + 1 AS answer FROM spent ASOF JOIN stretches ON spent >= before ORDER BY i
    """
    ask = duckdb_asking(sql, t=opened.view(np.int64), length=lengths.view(np.int64))
    return lambda: ask().view("M8[us]")


def duckdb_between(opened: Instants, closed: Instants) -> Ask:
    sql = f"""
        WITH since AS (
            SELECT i, u, {DUCKDB_SPENT.format(t="t")} AS spent FROM rows_ ASOF JOIN stretches ON t >= start
        )
        SELECT {DUCKDB_SPENT.format(t="u")} - spent AS answer FROM since ASOF JOIN stretches ON u >= start ORDER BY i
    """
    ask = duckdb_asking(sql, t=opened.view(np.int64), u=closed.view(np.int64))
    return lambda: ask().view("m8[us]")


# ------------------------------------------------------------------------------------------ row by row


def pandas_add(opened: Instants, lengths: Lengths, ours: float) -> None:
    hours = {n: pd.offsets.CustomBusinessHour(n=n, start="08:30", end="17:00", holidays=CLOSED) for n in range(1, 41)}
    counts: list[int] = (lengths // np.timedelta64(1, "h")).tolist()

    def ask() -> list[pd.Timestamp]:
        local = pd.DatetimeIndex(opened).tz_localize("UTC").tz_convert(ZONE).tz_localize(None)
        return [t + hours[n] for t, n in zip(local, counts, strict=True)]

    spent = seconds(ask) / len(opened) * ROWS
    due = pd.DatetimeIndex(ask()).tz_localize(ZONE).tz_convert("UTC").tz_localize(None).to_numpy("M8[us]")
    # What runs out at a closing pandas moves to the next opening.
    assert np.array_equal(due, DESK.next_open_many(DESK.add_many(opened, lengths))), "pandas gives other values"
    print(f"{'add_many':13} {'pandas, in a sample':22} {spent * 1e3:9.1f} ms  {spent / ours:7.1f} times ours")


# ---------------------------------------------------------------------------------------------- memory


def memory() -> int:
    """Print how far the memory of the process rises over the answer with 10^7 rows; 1 where over 50 MB."""
    if not CLEAR_REFS.exists():
        print("memory is measured on Linux only")
        return 0
    opened, lengths, closed = questions(ROWS_OF_MEMORY)
    asked: dict[str, Ask] = {
        "is_open_many": lambda: DESK.is_open_many(opened),
        "next_open_many": lambda: DESK.next_open_many(opened),
        "between_many": lambda: DESK.between_many(opened, closed),
        "add_many": lambda: DESK.add_many(opened, lengths),
    }
    kept = True
    for name, ask in asked.items():
        before = resident("VmRSS")
        CLEAR_REFS.write_text("5", encoding="ascii")  # the peak begins anew
        answer = ask()
        extra = max(0.0, (resident("VmHWM") - before - answer.nbytes) / MEBIBYTE)
        kept = kept and extra <= 50
        print(f"{name:13} {extra:6.1f} MB beside the answer of {answer.nbytes / MEBIBYTE:.0f} MB, at most 50")
        del answer
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(memory() if sys.argv[1:] == ["--memory"] else main())
