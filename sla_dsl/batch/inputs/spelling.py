"""Times in texts, many at once: RFC 3339 and patterns as `sla_dsl.policy.logs` reads them one by one.

What is written as usual is read here, over the bytes of the column. Everything else, and what looks wrong, is left to
the reader of one text, which has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from attrs import Factory, define, frozen

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Instants
    from sla_dsl.batch.typed import Flags

    Bytes = NDArray[np.uint8]

_BLOCK = 1 << 14
"""Texts are read so many at once, so that what is known of them stays in the cache."""
_DAY = 86_400_000_000
_MINUTE = 60_000_000
_MONTHS = np.arange("0001-01", "10000-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
"""The day, counted from the epoch, on which each month of the years 1 to 9999 begins, and the one behind."""
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_OF = {int.from_bytes(name.encode()): number for number, name in enumerate(_NAMES, 1)}
_MONTH_CODES = np.array(sorted(_MONTH_OF), np.int64)
_MONTH_NUMBERS = np.array([_MONTH_OF[code] for code in sorted(_MONTH_OF)], np.int64)


@frozen(eq=False)
class Walls:
    """What texts say: `micros`, wall time counted from the epoch; `offset`, that from UTC in microseconds.

    `read` is false for the texts that were not read, `zoned` for those that say no offset.
    """

    micros: Instants
    offset: Instants
    read: Flags
    zoned: Flags


def walls_of(texts: pa.Array, program: Program) -> Walls:
    """Return what the texts of a column say; a missing one is not read."""
    rows = len(texts)
    walls = Walls(np.zeros(rows, np.int64), np.zeros(rows, np.int64), np.zeros(rows, np.bool), np.zeros(rows, np.bool))
    if rows == 0:
        return walls
    _, ends, data = texts.buffers()
    bounds = np.frombuffer(ends or b"", np.int32)[texts.offset : texts.offset + rows + 1].astype(np.int64)
    raw = np.empty(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    for begin in range(0, rows, _BLOCK):
        part = slice(begin, min(begin + _BLOCK, rows))
        low, high = int(bounds[part.start]), int(bounds[part.stop])
        inside = raw[low:high] if high > low else np.zeros(1, np.uint8)
        state = _State(inside, bounds[part.start : part.stop] - low, bounds[part.start + 1 : part.stop + 1] - low)
        for step in program:
            step(state)
        walls.micros[part], walls.read[part] = state.wall()
        walls.offset[part] = state.offset * _MINUTE
        walls.zoned[part] = state.zoned
    return walls


def _zeros(state: _State) -> NDArray[np.int64]:
    return np.zeros(len(state.at), np.int64)


def _nowhere(state: _State) -> Flags:
    return np.zeros(len(state.at), np.bool)


def _everywhere(state: _State) -> Flags:
    return np.ones(len(state.at), np.bool)


@define(eq=False)
class _State:
    """How far a block of texts is read: `at` is the next byte of each, `end` where it ends, `good` whether it fits."""

    data: Bytes
    at: NDArray[np.int64]
    end: NDArray[np.int64]
    good: Flags = Factory(_everywhere, takes_self=True)
    zoned: Flags = Factory(_nowhere, takes_self=True)
    parts: dict[str, NDArray[np.int64]] = Factory(dict[str, "NDArray[np.int64]"])
    offset: NDArray[np.int64] = Factory(_zeros, takes_self=True)

    def byte(self, ahead: int = 0) -> Bytes:
        return self.data.take(self.at + ahead, mode="clip")

    def part(self, name: str, otherwise: int) -> NDArray[np.int64]:
        found = self.parts.get(name)
        return np.full(len(self.at), otherwise, np.int64) if found is None else found

    def wall(self) -> tuple[Instants, Flags]:
        """Return the wall times, and which of the texts were read to their ends and say a date that there is."""
        year, month, day = self.part("year", 1), self.part("month", 1), self.part("day", 1)
        hour, minute, second = self.part("hour", 0), self.part("minute", 0), self.part("second", 0)
        good = self.good & (self.at == self.end)
        good &= (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1)
        good &= (hour < 24) & (minute < 60) & (second < 60)
        months = np.where(good, year * 12 + month - 13, 0)
        first = _MONTHS.take(months)
        good &= day <= _MONTHS.take(months + 1) - first
        days = first + day - 1
        micros = days * _DAY + ((hour * 60 + minute) * 60 + second) * 1_000_000 + self.part("fraction", 0)
        return np.where(good, micros, 0), good


Step = Callable[[_State], None]
Program = tuple[Step, ...]

# ------------------------------------------------------------------------------------------- steps


def _digits(name: str, most: int, least: int | None = None) -> Step:
    """Return the step that reads a number of `most` digits, or of at least so many."""
    fewest = most if least is None else least

    def step(state: _State) -> None:
        value = np.zeros(len(state.at), np.int64)
        for _ in range(fewest):
            digit = state.byte() - 48
            state.good &= digit < 10
            value = value * 10 + digit
            state.at = state.at + 1
        for _ in range(most - fewest):
            digit = state.byte() - 48
            more = (digit < 10) & (state.at < state.end)
            value = np.where(more, value * 10 + digit, value)
            state.at = state.at + more
        state.parts[name] = value

    return step


def _literal(text: str) -> Step:
    def step(state: _State) -> None:
        for character in text.encode():
            found = state.byte()
            is_letter = chr(character).isalpha()
            state.good &= (found | 32 == character | 32) if is_letter else (found == character)
            state.at = state.at + 1

    return step


def _one_of(some: bytes) -> Step:
    def step(state: _State) -> None:
        found = state.byte()
        fits = found == some[0]
        for other in some[1:]:
            fits |= found == other
        state.good &= fits
        state.at = state.at + 1

    return step


def _month_name(state: _State) -> None:
    letters = (state.byte(0) | 32).astype(np.int64) << 16
    letters |= (state.byte(1) | 32).astype(np.int64) << 8
    letters |= (state.byte(2) | 32).astype(np.int64)
    place = np.searchsorted(_MONTH_CODES, letters).clip(max=11)
    state.good &= _MONTH_CODES[place] == letters
    state.parts["month"] = _MONTH_NUMBERS[place]
    state.at = state.at + 3


def _short_year(state: _State) -> None:
    _digits("year", 2)(state)
    short = state.parts["year"]
    state.parts["year"] = short + np.where(short >= 69, 1900, 2000)


def _fraction(state: _State) -> None:
    """Read one to six digits as a part of a second."""
    value, scale = np.zeros(len(state.at), np.int64), np.full(len(state.at), 1_000_000, np.int64)
    first = (state.byte() - 48 < 10) & (state.at < state.end)
    state.good &= first
    more = first
    for _ in range(6):
        digit = state.byte() - 48
        more = more & (digit < 10) & (state.at < state.end)
        value = np.where(more, value * 10 + digit, value)
        scale = np.where(more, scale // 10, scale)
        state.at = state.at + more
    state.parts["fraction"] = value * scale


def _perhaps(sign: bytes, step: Step, part: str) -> Step:
    """Return the step that reads a part of a time where a sign introduces it."""

    def perhaps(state: _State) -> None:
        there = (state.byte() == sign[0]) & (state.at < state.end)
        if there.any():
            before, good = state.at, state.good
            state.at = state.at + 1
            state.good = good.copy()
            step(state)
            state.at = np.where(there, state.at, before)
            state.good = np.where(there, state.good, good)
            state.parts[part] = np.where(there, state.parts[part], 0)

    return perhaps


def _offset(*, needed: bool) -> Step:
    """Return the step that reads `Z` or `+01:00`; where it is needed also `+0100`, else a text may end without."""

    def step(state: _State) -> None:
        sign = state.byte()
        inside = state.at < state.end
        utc = (sign | 32 == ord("z")) & inside
        signed = ((sign == ord("+")) | (sign == ord("-"))) & inside
        state.zoned = utc | signed
        if needed:
            state.good &= state.zoned
        before, good = state.at, state.good
        if signed.any():
            state.at = before + 1
            state.good = good.copy()
            hours = _number(state, 2)
            colon = state.byte() == ord(":")
            if not needed:
                state.good &= colon
            state.at = state.at + colon
            minutes = _number(state, 2)
            state.good &= (hours < 24) & (minutes < 60)
            size = hours * 60 + minutes
            state.offset = np.where(signed, np.where(sign == ord("-"), -size, size), 0)
            state.good = np.where(signed, state.good, good)
            state.at = np.where(signed, state.at, before + utc)
        else:
            state.at = before + utc

    return step


def _number(state: _State, digits: int) -> NDArray[np.int64]:
    _digits("number", digits)(state)
    return state.parts.pop("number")


# ---------------------------------------------------------------------------------------- programs

RFC_3339: Program = (
    _digits("year", 4),
    _literal("-"),
    _digits("month", 2),
    _literal("-"),
    _digits("day", 2),
    _one_of(b"Tt "),
    _digits("hour", 2),
    _literal(":"),
    _digits("minute", 2),
    _perhaps(b":", _digits("second", 2), "second"),
    _perhaps(b".", _fraction, "fraction"),
    _offset(needed=False),
)

_SIGNS: dict[str, Step] = {
    "Y": _digits("year", 4),
    "y": _short_year,
    "m": _digits("month", 2, 1),
    "b": _month_name,
    "d": _digits("day", 2, 1),
    "H": _digits("hour", 2, 1),
    "M": _digits("minute", 2, 1),
    "S": _digits("second", 2, 1),
    "f": _fraction,
    "z": _offset(needed=True),
}


def program_of(pattern: str) -> Program | None:
    """Return how a pattern is read; None for one with signs that are read one by one only, such as `%p`."""
    steps: list[Step] = []
    for token in re.findall(r"%-?.?|\s+|[^%\s]", pattern.strip(), re.DOTALL):
        if token.isspace():
            steps.append(_literal(" "))
        elif token == "%%" or not token.startswith("%"):
            if not token.isascii():
                return None
            steps.append(_literal(token[-1]))
        elif (step := _SIGNS.get(token[1:].removeprefix("-"))) is not None:
            steps.append(step)
        else:
            return None
    return tuple(steps)
