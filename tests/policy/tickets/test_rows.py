"""Tickets in files and streams: every row comes out, as data or as what is wrong with it (SEMANTICS B)."""

from __future__ import annotations

import io
import itertools
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from sla_dsl.policy.tickets.rows import MOST_BYTES, MOST_LINE_BYTES, BadRow, UnreadableTickets, rows_in

DEEP = '{"a":' * 150 + "1" + "}" * 150


def seen(text: str | bytes, name: str = "tickets.json") -> list[tuple[int, Any]]:
    """The rows: the line of each, and its value or what is wrong with it."""
    raw = text.encode() if isinstance(text, str) else text
    rows = rows_in(io.BytesIO(raw), name).rows
    return [(row.line, row.why if isinstance(row, BadRow) else row.data) for row in rows]


def is_single(text: str, name: str = "tickets.json") -> bool:
    return rows_in(io.BytesIO(text.encode()), name).single


LINES = '{"id": 1}\n\n{"id": 2}\r\n  {"id": 3}'


@pytest.mark.parametrize("name", ["tickets.jsonl", "tickets.NDJSON", "tickets.json", "<standard input>"])
def test_json_lines(name: str):
    assert seen(LINES, name) == [(1, {"id": 1}), (3, {"id": 2}), (4, {"id": 3})]
    assert seen("\ufeff" + LINES, name)[0] == (1, {"id": 1})
    assert not is_single(LINES, name)


@pytest.mark.parametrize("text", ['{"id": 1}', '{"id": 1}\n\n', '\n{\n "id": 1\n}\n', '{"id":\n "x"}'])
def test_one_object(text: str):
    [(_, data)] = seen(text)
    assert data == json.loads(text)
    assert is_single(text)
    assert is_single(text, "-") == (text[:9] != '{"id": 1}'), "a stream of lines may go on"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("[]", []),
        (" [ ] \n", []),
        ('[{"id": 1}]', [(1, {"id": 1})]),
        ('\n[\n  {"id": 1},\n  {\n    "id": 2\n  }, 3\n]\n', [(3, {"id": 1}), (4, {"id": 2}), (6, 3)]),
        ('{\n "id": 1\n}\n{\n "id": 2}\n', [(1, {"id": 1}), (4, {"id": 2})]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_files_read_whole(text: str, rows: list[tuple[int, Any]]):
    assert seen(text) == rows
    assert not is_single(text)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('{"id": }', "column 8: this is no JSON: expecting value"),
        ('{"id": "x', "column 8: this is no JSON: unterminated string"),
        ("nonsense", "column 1: this is no JSON: expecting value"),
        ('{"id": 5} {"id": 6}', "column 11: something follows the ticket; write each on its own line"),
        ('{"id": 5, "id": 6}', "the key `id` is there twice in one object"),
        ('{"a": [{"x": 1}, {"x": 1, "y": 2, "x": 3}]}', "the key `x` is there twice in one object"),
        ('{"id": NaN}', "`NaN` is no number of JSON"),
        ('{"id": -Infinity}', "`-Infinity` is no number of JSON"),
        (DEEP, "nested deeper than 100"),
        ("[" * 100_000, "nested deeper than 100"),
        ('{"id": ' + "9" * 5000 + "}", "column 1: this is no JSON: a number has more digits than are read"),
        (f'{{"id": "{"x" * 10_000_000}"}}', f"it is longer than {MOST_LINE_BYTES} bytes"),
        (b'{"id": "\xff"}', "byte 9 is not UTF-8"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_a_bad_line_is_listed_and_the_others_are_read(row: str | bytes, why: str):
    raw = row if isinstance(row, bytes) else row.encode()
    good = b'{"id": 1}'
    between, last, first = b"\n".join([good, raw, good]), b"\n".join([good, raw]), b"\n".join([raw, good])
    assert seen(between, "t.jsonl") == [(1, {"id": 1}), (2, why), (3, {"id": 1})]
    assert seen(last, "t.jsonl") == [(1, {"id": 1}), (2, why)]
    assert seen(first, "t.jsonl") == [(1, why), (2, {"id": 1})]
    if not raw.startswith(b"["):
        assert seen(between) == [(1, {"id": 1}), (2, why), (3, {"id": 1})]
        assert seen(first) == [(1, why), (2, {"id": 1})]


def test_a_line_that_breaks_off_costs_no_other():
    cut = '{"id": 1, "created":'
    why = "column 21: this is no JSON: expecting value"
    assert [line for line, _ in seen(f'{cut}\n{{"id": 2}}\n', "t.jsonl")] == [1, 2]
    assert seen('{"id": 1,\n{"id": 2}\n{"id": 3}\n')[1:] == [(2, {"id": 2}), (3, {"id": 3})]
    assert seen(cut, "t.jsonl") == [(1, why)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('[{"id": 1},\n {"id": 2, "id": 3},\n {"id": 4}]', [1, "the key `id` is there twice in one object", 4]),
        ('[{"id": 1},\n {"id": NaN},\n {"id": 4}]', [1, "`NaN` is no number of JSON", 4]),
        (f'[{{"id": 1}},\n {DEEP},\n {{"id": 4}}]', [1, "nested deeper than 100", 4]),
    ],
)
def test_what_is_wrong_with_one_of_an_array_costs_no_other(text: str, rows: list[Any]):
    found = seen(text)
    assert [line for line, _ in found] == [1, 2, 3]
    assert [data["id"] if isinstance(data, dict) else data for _, data in found] == rows


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"id": 1},\n {"id": },\n {"id": 4}]', 2),
        ('[{"id": 1}\n {"id": 2}]', 2),
        ('[{"id": 1},\n\n', 3),
        ('[{"id": 1}\n]\n{"id": 2}', 3),
        ('[{"id": 1},]', 1),
        ("[", 1),
    ],
)
def test_an_array_that_is_no_json_is_not_read_at_all(text: str, line: int):
    with pytest.raises(UnreadableTickets, match=f"tickets.json cannot be read: line {line}: "):
        seen(text)


def test_an_object_that_is_no_json_is_a_row():
    assert seen('{\n "id": 1,\n "x": }\n') == [
        (3, "column 7: this is no JSON: expecting value; nothing behind it is read")
    ]


def test_utf_16_is_refused_with_help():
    with pytest.raises(UnreadableTickets, match=r"saved as UTF-16\. Save it as UTF-8"):
        seen('{"id": 1}'.encode("utf-16"))


def test_a_value_that_is_read_whole_has_a_limit():
    with pytest.raises(UnreadableTickets, match="Write one ticket on each line"):
        seen(b"[" + b" " * MOST_BYTES + b"]")
    with pytest.raises(UnreadableTickets, match="not UTF-8 on line 2"):
        seen(b'[{"id": 1},\n {"id": "\xff"}]')
    long = json.dumps([{"id": "x" * MOST_LINE_BYTES}])
    assert seen(long)[0][1] == json.loads(long)[0], "an array may be one long line"


class Endless(io.RawIOBase):
    """A stream of so many lines that it could not be held."""

    def __init__(self, count: int) -> None:
        self._lines = (b'{"id": %d, "facts": {"x": "%s"}}\n' % (at, b"x" * 1000) for at in range(count))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        line = next(self._lines, b"")
        buffer[: len(line)] = line
        return len(line)


@pytest.mark.parametrize("name", ["t.jsonl", "-"])
def test_memory_does_not_grow_with_the_number_of_lines(name: str):
    rows: Iterator[object] = rows_in(io.BufferedReader(Endless(20_000)), name).rows
    for _ in itertools.islice(rows, 100):
        pass
    tracemalloc.start()
    rest = sum(1 for _ in rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rest == 19_900
    assert peak < 500_000


@drawn(st.lists(st.sampled_from(['{"id": 1}', "", "{", "[", '{"a":', "]", '"x"', "\ufeff", "5 5", '{"id": 1},'])))
def test_no_row_is_lost(lines: list[str]):
    rows = seen("\n".join(lines), "t.jsonl")
    assert [line for line, _ in rows] == [
        at for at, line in enumerate(lines, 1) if line.removeprefix("\ufeff" if at == 1 else "").strip()
    ]


@drawn(st.binary() | st.text(alphabet='{}[]",:1a\n ').map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes):
    try:
        rows = seen(raw)
    except UnreadableTickets:
        return
    assert all(line >= 1 for line, _ in rows)
