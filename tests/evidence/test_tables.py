"""Tables: what is a row, a column, a head, a blank cell."""

from __future__ import annotations

import pytest

from sla_dsl.evidence import Document
from sla_dsl.evidence.tables import Table
from tests.evidence.documents import document


def shape(table: Table) -> tuple[int, int, int]:
    return len(table.rows), table.heads, table.stubs


def texts_of(table: Table, row: str | None = None, column: str | None = None) -> list[str]:
    return [cell.text for cell in table.cells(row, column)]


@pytest.mark.parametrize(
    ("vendor", "shapes"),
    [
        ("rekor", [(10, 1, 1), (5, 1, 1), (5, 1, 1), (6, 2, 2)]),
        ("secpod", [(5, 1, 1), (5, 1, 1), (7, 1, 1)]),
        ("sightworks", []),
        ("cloudcti", [(8, 1, 1), (5, 1, 1), (4, 1, 1), (5, 1, 1)]),
    ],
)
def test_the_tables_of_the_documents(vendor: str, shapes: list[tuple[int, int, int]]) -> None:
    assert [shape(table) for table in document(vendor).tables] == shapes


def test_a_table_of_key_indicators() -> None:
    table = document("cloudcti").tables[-1]
    assert texts_of(table, "2") == [
        "2", "8 Support hours", "8 Support hours", "2 working days", "Support hours", "≻ 90%",
    ]  # fmt: skip
    assert texts_of(table, column="TTTU") == ["4 Support hours", "8 Support hours", "Best Effort", "Best Effort"]
    assert texts_of(table, column="Performance target") == ["", "≻ 90%", "", ""]


def test_a_matrix_with_two_rows_of_heads_and_two_columns_of_names() -> None:
    table = document("rekor").tables[-1]
    assert texts_of(table, "Critical", "System-wide") == ["P1"]
    assert texts_of(table, "Severity of the issue Low") == texts_of(table, "Low") == [
        "", "Low Usage question, enhancement request, 3rd party-related issue", "P4", "P4", "P4", "P4",
    ]  # fmt: skip
    assert texts_of(table, "High", "Customer impact") == ["P2", "P2", "P3", "P4"]
    assert texts_of(table, "Severity of the issue", "System-wide") == ["P1"]


def test_a_whole_name_goes_before_a_beginning() -> None:
    table = Document.of("\tTime\tTime to repair\nHigh\t1\t2\nHigh or higher\t3\t4").tables[0]
    assert texts_of(table, "High", "Time") == ["1"]
    assert texts_of(table, "High or") == ["High or higher", "3", "4"]
    assert texts_of(table, "Hi", "Time") == []


def test_a_name_begins_with_whole_words_and_numbers() -> None:
    table = Document.of("No\tText\n1.1\tone\n1-hour\ttwo\n1 day\tthree").tables[0]
    assert texts_of(table, "1", "Text") == ["three"]


def test_a_table_of_bars_with_all_its_bars_escaped_bars_and_blanks() -> None:
    table = Document.of("| a | b |\n|:--|--:|\n| x \\| y | |\n| | z |\nend").tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [["a", "b"], ["x | y", ""], ["", "z"]]


def test_a_cell_in_which_a_reader_sees_nothing_is_blank() -> None:
    doc = Document.of("a\tb\n1\t&nbsp;")
    assert [cell.text for cell in doc.tables[0].cells("1", "b")] == [""]
    assert [unit.kind for unit in doc.units] == ["cell", "cell", "cell", "blank"]


def test_rows_may_be_short_and_long() -> None:
    table = Document.of("a\tb\n1\t\n2\tx\ty").tables[0]
    assert texts_of(table, "2") == ["2", "x", "y"]


@pytest.mark.parametrize(
    "text",
    [
        "\tAn indented line.",
        "a | b",
        "1.\tThe first.\n2.\tThe second.",
        "•\tone\n•\ttwo",
        "- a\tb",
        "## a\tb",
        "---|---",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert Document.of(text).tables == ()
