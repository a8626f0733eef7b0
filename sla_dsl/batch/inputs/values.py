"""Columns with values as codes of what they say under a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from attrs import evolve

from sla_dsl.batch.chunk import NOTHING, Key
from sla_dsl.batch.inputs.columns import coded, distinct, is_nested, joined, spelled, without
from sla_dsl.batch.inputs.errors import NotValues
from sla_dsl.errors import SlaError
from sla_dsl.policy.logs.mapping import JOINT, Meaning, Times
from sla_dsl.policy.logs.meanings import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla_dsl.batch.inputs.books import Book
    from sla_dsl.batch.inputs.source import Raw
    from sla_dsl.batch.inputs.times import Problems
    from sla_dsl.batch.typed import Codes
    from sla_dsl.policy.logs.mapping import ValueColumn
    from sla_dsl.policy.vocabulary import Terms

_MOST_KNOWN = 1 << 16


def keys_of(column: ValueColumn) -> tuple[Key, ...]:
    """Return the keys under which a column may say something, its own first."""
    others = (Key(one.kind, one.name) for one in column.read.values() if one is not None)
    return tuple(dict.fromkeys((Key(column.kind, column.name), *others)))


class ValueReader:
    """Reads what a column says; each distinct value is asked of mapping and policy once."""

    def __init__(self, column: ValueColumn, terms: Terms, books: Mapping[Key, Book], missing: frozenset[str]) -> None:
        self.column = column
        self.keys = keys_of(column)
        self._terms = terms
        self._books = [books[key] for key in self.keys]
        self._place = {key: place for place, key in enumerate(self.keys)}
        self._missing = missing
        self._known: dict[str, tuple[int, int] | str] = {}

    def read(self, raw: Raw) -> tuple[dict[Key, Codes], Problems]:
        """Return what each row says under each key, and the rows whose value nobody knows.

        Raises `NotValues` for a column of lists or structs.
        """
        codes, values = coded(without(distinct(self._joined(raw)), self._missing))
        keys, meant = np.full(len(values) + 1, -1, np.int8), np.full(len(values) + 1, NOTHING, np.int32)
        wrong: dict[int, str] = {}
        typed = self._typed(raw)
        for place, value in enumerate(values):
            text = spelled(value)
            if text is None:
                continue
            known = self._known_as(text, typed=typed)
            if isinstance(known, str):
                wrong[place] = known
            else:
                keys[place], meant[place] = known
        return self._said(codes, keys, meant), _rows_with(codes, wrong)

    def _joined(self, raw: Raw) -> pa.Array:
        columns = [raw.columns[name] for name in self.column.columns]
        for name, column in zip(self.column.columns, columns, strict=True):
            if is_nested(column.type):
                raise NotValues(name, str(column.type))
        if len(columns) == 1:
            return columns[0]
        return joined([without(distinct(column), self._missing) for column in columns], JOINT)

    def _typed(self, raw: Raw) -> bool:
        """Return whether the column has times or dates itself, so that no pattern is needed."""
        return pa.types.is_temporal(raw.columns[self.column.columns[0]].type)

    def _known_as(self, text: str, *, typed: bool) -> tuple[int, int] | str:
        """Return key and code of what a text says, or why nobody knows it."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[text] = self._asked(text, typed=typed)
        return known

    def _asked(self, text: str, *, typed: bool) -> tuple[int, int] | str:
        column = evolve(self.column, times=Times(zone=self.column.times.zone)) if typed else self.column
        try:
            said = meaning(self._terms, column, text)
        except SlaError as error:
            return str(error)
        if said is None:
            return -1, NOTHING
        return self._coded(said)

    def _coded(self, said: Meaning) -> tuple[int, int]:
        place = self._place[Key(said.kind, said.name)]
        return place, self._books[place].code(said.value)

    def _said(self, codes: Codes, keys: np.ndarray, meant: Codes) -> dict[Key, Codes]:
        if len(self.keys) == 1:
            return {self.keys[0]: meant[codes]}
        key_of_row, code_of_row = keys[codes], meant[codes]
        return {
            key: np.where(key_of_row == place, code_of_row, np.int32(NOTHING)) for place, key in enumerate(self.keys)
        }


def _rows_with(codes: Codes, wrong: dict[int, str]) -> Problems:
    """Return the rows that have one of the wrong values, each with what is wrong."""
    if not wrong:
        return []
    rows = np.flatnonzero(np.isin(codes, np.array(list(wrong), np.int32)))
    return [(int(row), wrong[int(codes[row])]) for row in rows]


class MarkReader:
    """Reads a column whose change is an event: codes of its texts, the same for the same text throughout the log."""

    def __init__(self, column: str, book: Book, missing: frozenset[str]) -> None:
        self._column = column
        self._book = book
        self._missing = missing

    def read(self, raw: Raw) -> Codes:
        """Return the code of each row's text, `NOTHING` where it is missing. Raises `NotValues`."""
        column = raw.columns[self._column]
        if is_nested(column.type):
            raise NotValues(self._column, str(column.type))
        codes, values = coded(without(distinct(column), self._missing))
        texts = (spelled(value) for value in values)
        meant = [NOTHING if text is None else self._book.code(text) for text in texts]
        return np.array([*meant, NOTHING], np.int32)[codes]
