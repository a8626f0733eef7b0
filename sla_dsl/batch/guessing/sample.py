"""The first rows of a log, as texts, and which texts in them stand for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import frozen

from sla_dsl.policy.logs.mapping import JOINT

_NOTHING = (
    "?", "-", "--", "n/a", "N/A", "NA", "#N/A", "null", "NULL", "NaN", "nan", "none", "None", "(null)", "(empty)",
    "(blank)", "[null]", "unknown",
)  # fmt: skip
_MOST_LETTERS = 80
_TRUTHS = frozenset({"yes", "no", "true", "false", "y", "n", "t", "f", "0", "1", "j", "x", "on", "off"})


def can_be_written(text: str) -> bool:
    """Whether a text can stand between quotation marks: no line ends, nothing invisible, not too long."""
    return bool(text.strip()) and text.isprintable() and len(text) <= _MOST_LETTERS


@frozen(slots=False, eq=False)
class Sample:
    """Columns of texts, row by row; None and the empty text are missing.

    `joined` are columns whose values are taken together under the name of the first, as a mapping joins them.

    >>> Sample({"a": ["1", "?"], "b": ["?", "2"]}).missing
    ('?',)
    """

    columns: Mapping[str, Sequence[str | None]]
    joined: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns whose names can be written in a mapping."""
        return tuple(name for name in self.columns if can_be_written(name) and name not in self.joined[1:])

    @cached_property
    def rows(self) -> int:
        """How many rows there are."""
        return max((len(values) for values in self.columns.values()), default=0)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The texts that stand for nothing: those of the usual ones that occur in several columns, or among numbers."""
        found: Counter[str] = Counter()
        for name in self.names:
            distinct = {(text or "").strip() for text in self.columns[name]} - {""}
            others = distinct.difference(_NOTHING)
            numeric = bool(others) and all(any(map(str.isdigit, text)) for text in others)
            found.update(dict.fromkeys(distinct.intersection(_NOTHING), 2 if numeric else 1))
        return tuple(text for text in _NOTHING if found[text] > 1)

    def texts(self, name: str) -> list[str | None]:
        """The values of a column, None where there is none."""
        if name not in self._read:
            self._read[name] = self._joined(name)
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, list[str | None]]:
        return {}

    def _joined(self, name: str) -> list[str | None]:
        if self.joined[:1] == (name,):
            rows = zip(*map(self._texts, self.joined), strict=True)
            return [JOINT.join(text for text in row if text) or None for row in rows]
        return self._texts(name)

    def _texts(self, name: str) -> list[str | None]:
        nothing = {"", *self.missing}
        stripped = ((text or "").strip() for text in self.columns[name])
        return [None if text in nothing else text for text in stripped]

    def names_of(self, name: str) -> tuple[str, ...]:
        """The columns behind a name: several where they are joined."""
        return self.joined if self.joined[:1] == (name,) else (name,)

    def counted(self, name: str) -> Counter[str]:
        """The values of a column and how often each occurs."""
        return Counter(text for text in self.texts(name) if text is not None)

    def is_yes_or_no(self, name: str) -> bool:
        """Whether a column says yes or no."""
        return {text.casefold() for text in self.counted(name)} <= _TRUTHS
