"""A log on several workers is answered as on one machine, however its rows are spread."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import csv

import sla_dsl
from sla_dsl.batch import evaluate as on_one_machine
from sla_dsl.batch.inputs import open_log
from sla_dsl.batch.inputs.errors import NoSuchColumn, NotValues
from sla_dsl.pipeline import load_mapping
from sla_dsl.spark import evaluate, unused
from tests.docs.incidents import FOLDER, LOG
from tests.docs.pages import DOCS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from sla_dsl import Policy

# Spark wants pandas to be there, and nothing here uses it.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

Json = dict[str, Any]
AT = "2026-03-20T12:00:00+01:00"
LATER = "2017-03-01T00:00:00Z"
MAPPING = FOLDER / "log.sla"


def rows_of(df: DataFrame) -> list[Json]:
    return df.toArrow().to_pylist()


def same(found: list[Json], expected: list[Json]) -> None:
    """There are rows, and they are the same in whatever order."""
    assert expected
    assert sorted(map(_text, found)) == sorted(map(_text, expected))


def _text(row: Json) -> str:
    """A row as text; Spark gives instants in the zone of its session."""
    plain = {name: value.astimezone(UTC) if isinstance(value, datetime) else value for name, value in row.items()}
    return json.dumps(plain, sort_keys=True, default=str)


# ------------------------------------------------------------------------------------------------ the real log


@pytest.fixture(scope="module")
def incidents() -> Policy:
    return sla_dsl.load(FOLDER / "incidents.sla")


@pytest.fixture(scope="module")
def rows() -> pa.Table:
    """The first rows of the real log, all as texts, numbered."""
    header = csv.read_csv(LOG).schema.names
    texts = csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string()))
    table = csv.read_csv(LOG, convert_options=texts).slice(0, 3_000)
    return table.append_column("n", pa.array(range(table.num_rows)))


@pytest.fixture(scope="module")
def expected(incidents: Policy, rows: pa.Table) -> list[Json]:
    log = open_log(rows, load_mapping(MAPPING, incidents), terms=incidents.terms)
    return on_one_machine(incidents, log, at=LATER).table().to_pylist()


def test_tickets_may_be_split_over_batches(
    spark: SparkSession, incidents: Policy, rows: pa.Table, expected: list[Json]
) -> None:
    df = spark.createDataFrame(rows).coalesce(1)
    same(rows_of(evaluate(df, incidents, at=LATER, mapping=MAPPING)), expected)


def test_tickets_may_be_split_over_partitions(
    spark: SparkSession, incidents: Policy, rows: pa.Table, expected: list[Json]
) -> None:
    df = spark.createDataFrame(rows).repartition(11)
    assert df.rdd.getNumPartitions() == 11
    same(rows_of(evaluate(df, incidents, at=LATER, mapping=MAPPING, order="n")), expected)


def test_every_row_is_used_or_listed(spark: SparkSession, incidents: Policy, rows: pa.Table) -> None:
    states = rows["incident_state"].to_pylist()
    states[4] = "-100"
    spoilt = rows.drop_columns("incident_state").append_column("incident_state", pa.array(states))
    log = open_log(spoilt, load_mapping(MAPPING, incidents), terms=incidents.terms)
    on_one_machine(incidents, log, at=LATER).table()
    df = spark.createDataFrame(spoilt).coalesce(1)
    found = rows_of(unused(df, incidents, at=LATER, mapping=MAPPING))
    assert found == [
        {"ticket": one.ticket, "row": one.row, "rows": 1, "reason": one.reason} for one in log.accounts.listed
    ]
    assert [one["row"] for one in found] == [5]


# ------------------------------------------------------------------------------------------------ tables made here


@pytest.fixture(scope="module")
def brightwater() -> Policy:
    return sla_dsl.load(DOCS / "examples" / "brightwater.sla")


OPENED = datetime(2026, 3, 3, 9, tzinfo=UTC)


def entries(*given: tuple[str | None, int, str | None]) -> pa.Table:
    """Entries as a table: ticket, minutes after the opening, event. All tickets are p1 and gold."""
    columns = {
        "id": pa.array([ticket for ticket, _, _ in given], pa.string()),
        "created": pa.array([OPENED] * len(given), pa.timestamp("us", "UTC")),
        "at": pa.array([OPENED + timedelta(minutes=minutes) for _, minutes, _ in given], pa.timestamp("us", "UTC")),
        "event": pa.array([event for _, _, event in given], pa.string()),
        "priority": pa.array(["p1"] * len(given)),
        "plan": pa.array(["gold"] * len(given)),
        "team": pa.array(range(len(given)), pa.int32()),
    }
    return pa.table(columns)


def test_tickets_are_told_apart_as_on_one_machine(spark: SparkSession, brightwater: Policy) -> None:
    policy = brightwater.set(holidays=[])
    table = entries(("7", 0, None), (" 7", 20, "acknowledged"), ("7 ", 30, "restored"), ("8", 0, None))
    df = spark.createDataFrame(table).repartition(3)
    log = open_log(table, terms=policy.terms)
    same(rows_of(evaluate(df, policy, at=AT, order="team")), on_one_machine(policy, log, at=AT).table().to_pylist())


def test_kept_columns_have_the_names_that_they_have_on_one_machine(spark: SparkSession, brightwater: Policy) -> None:
    policy = brightwater.set(holidays=[])
    table = entries(("7", 0, None), ("8", 0, None))
    for name in ("state", "state_in_log"):
        table = table.append_column(name, pa.array([f"{name} 7", f"{name} 8"]))
    found = evaluate(spark.createDataFrame(table), policy, at=AT, order="team")
    expected = on_one_machine(policy, open_log(table, terms=policy.terms), at=AT).table()
    assert found.columns == expected.column_names
    assert found.columns.count("state_in_log") == 1
    same(rows_of(found), expected.to_pylist())


@pytest.mark.parametrize("holidays", [[], ["2026-03-03"], None])
def test_settings_reach_the_workers(spark: SparkSession, brightwater: Policy, holidays: list[str] | None) -> None:
    policy = brightwater.set(holidays=holidays).reading(working_day="same_time")
    table = entries(("a", 0, None), ("b", 0, "acknowledged"))
    log = open_log(table, terms=policy.terms)
    found = rows_of(evaluate(spark.createDataFrame(table), policy, at=AT))
    same(found, on_one_machine(policy, log, at=AT).table().to_pylist())


def test_rows_and_tickets_that_are_left_out_are_counted(spark: SparkSession, brightwater: Policy) -> None:
    table = entries(("a", 0, None), (None, 0, None), ("b", 0, "dancing"), ("a", 5, "acknowledged"), (None, 7, None))
    df = spark.createDataFrame(table).coalesce(1)
    left = rows_of(unused(df, brightwater, at=AT))
    assert sorted((one["row"], one["ticket"]) for one in left) == [(2, None), (3, "b"), (5, None)]
    assert {one["ticket"] for one in rows_of(evaluate(df, brightwater, at=AT))} == {"a"}


def test_where_times_are_equal_the_order_decides(spark: SparkSession, brightwater: Policy) -> None:
    policy = brightwater.set(holidays=[])
    table = entries(("a", 10, "acknowledged"), ("a", 20, "asked"), ("a", 20, "answered"), ("a", 20, "restored"))
    for order in ((0, 1, 2, 3), (0, 3, 2, 1)):
        numbered = table.append_column("place", pa.array(order))
        df = spark.createDataFrame(numbered).repartition(4)
        log = open_log(numbered.sort_by("place").drop_columns("place"), terms=policy.terms)
        found = rows_of(evaluate(df.drop("team"), policy, at=AT, order="place"))
        told = on_one_machine(policy, log, at=AT).table().drop_columns("team").to_pylist()
        same([{name: value for name, value in row.items() if name != "place"} for row in found], told)


def test_nothing_comes_of_nothing(spark: SparkSession, brightwater: Policy) -> None:
    df = spark.createDataFrame(entries(("a", 0, None))).where("id = 'b'")
    found = evaluate(df, brightwater, at=AT)
    assert found.columns[:4] == ["ticket", "clock", "step", "cycle"]
    assert found.columns[-1] == "team"
    assert rows_of(found) == []
    assert rows_of(unused(df, brightwater, at=AT)) == []


def test_what_is_wrong_is_said_before_any_work(spark: SparkSession, brightwater: Policy) -> None:
    df = spark.createDataFrame(entries(("a", 0, None)))
    with pytest.raises(NoSuchColumn, match="`place`"):
        evaluate(df, brightwater, at=AT, order="place")
    with pytest.raises(NoSuchColumn, match="incident_state"):
        evaluate(df, sla_dsl.load(FOLDER / "incidents.sla"), at=AT, mapping=MAPPING)
    with pytest.raises(NotValues, match="priority"):
        evaluate(df.selectExpr("id", "created", "at", "array(priority) as priority"), brightwater, at=AT)
    lists = evaluate(df.selectExpr("id", "created", "at", "array(team) as team", "plan as crew"), brightwater, at=AT)
    assert lists.columns[-1] == "crew"
    assert "team" not in lists.columns
    with pytest.raises(sla_dsl.SlaError, match="has no timezone"):
        evaluate(df, brightwater, at="2026-03-20T12:00:00")
