"""Rows put into groups: small numbers for what they have in common, in the order in which they are met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.lengths import Lengths
from sla_dsl.policy.logs.summary import IN_TIME, LATE, MOST_VALUES, OTHER_VALUES, VERDICTS, Group, share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sla_dsl.batch.typed import Flags, Ints


class Numbering:
    """A number for each key, from 0."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self._numbers: dict[int, int] = {}

    def of(self, keys: Ints) -> Ints:
        """Return the number of each key."""
        distinct, places = np.unique(keys, return_inverse=True)
        numbers: list[int] = []
        for key in distinct.tolist():
            number = self._numbers.setdefault(key, len(self.keys))
            if number == len(self.keys):
                self.keys.append(key)
            numbers.append(number)
        return np.array(numbers, np.int64)[places]


class Values:
    """The values of a column of the log, with a number each: at most `MOST_VALUES`, further ones as one."""

    def __init__(self) -> None:
        self.values: list[str | None] = []
        self._numbers: dict[str | None, int] = {}

    def of(self, column: Sequence[object]) -> Ints:
        """Return the number of each value."""
        return np.fromiter((self._number(value) for value in column), np.int64, len(column))

    def _number(self, value: object) -> int:
        text = None if value is None else str(value)
        number = self._numbers.get(text)
        if number is None:
            if len(self.values) >= MOST_VALUES and text != OTHER_VALUES:
                return self._number(OTHER_VALUES)
            number = self._numbers[text] = len(self.values)
            self.values.append(text)
        return number


class Counted:
    """What cycles come to, group by group: how many have each verdict, and how much time was used."""

    def __init__(self) -> None:
        self.lengths = Lengths()
        self._verdicts = np.zeros((0, len(VERDICTS)), np.int64)

    def add(self, groups: Ints, verdicts: Ints, used: Ints, stopped: Flags) -> None:
        """Take in a cycle for each row; where `stopped`, the microseconds it used."""
        if not len(groups):
            return
        wide = len(VERDICTS)
        found = np.bincount(groups * wide + verdicts).astype(np.int64)
        rows = max(len(self._verdicts), -(-len(found) // wide))
        made = np.zeros(rows * wide, np.int64)
        made[: self._verdicts.size] = self._verdicts.reshape(-1)
        made[: len(found)] += found
        self._verdicts = made.reshape(rows, wide)
        self.lengths.add(groups[stopped], used[stopped])

    def group(self, clock: str, by: Mapping[str, str | None], groups: Iterable[int]) -> Group:
        """Return some groups as one."""
        numbers = list(groups)
        counts = dict(zip(VERDICTS, self._verdicts[numbers].sum(axis=0).tolist(), strict=True))
        in_time = sum(counts[one] for one in IN_TIME)
        decided = in_time + sum(counts[one] for one in LATE)
        return Group(
            clock,
            dict(by),
            sum(counts.values()),
            {str(verdict): count for verdict, count in counts.items()},
            decided,
            in_time,
            share_of(in_time, decided),
            self.lengths.used(numbers),
        )
