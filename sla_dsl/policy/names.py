"""Names as people write them: matched by id, then by label, case and spacing folded (CONTRACT, forms)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable


def folded(text: str) -> str:
    """Return a name without regard to case and spacing.

    >>> folded("  System   Wide ")
    'system wide'
    """
    return " ".join(text.casefold().split())


@frozen
class Names:
    """The ids of some things, found by id or label.

    >>> Names.of([("p1", ("Critical", "1")), ("p2", ("High",))]).find("critical")
    'p1'
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    _by_fold: dict[str, str]

    @classmethod
    def of(cls, things: Iterable[tuple[str, Iterable[str]]]) -> Names:
        """Return the names of things given as (id, labels). An id goes before a label, the first before others."""
        known = [(id_, tuple(labels)) for id_, labels in things]
        by_fold: dict[str, str] = {}
        for id_, labels in known:
            for label in labels:
                by_fold.setdefault(folded(label), id_)
        by_fold.update({folded(id_): id_ for id_, _ in reversed(known)})
        ids = tuple(id_ for id_, _ in known)
        folds = set(map(folded, ids))
        labels = dict.fromkeys(label for _, labels in known for label in labels if folded(label) not in folds)
        return cls(ids, tuple(labels), by_fold)

    def find(self, name: str) -> str | None:
        """Return the id of the thing that has this id or label, if there is one."""
        return name if name in self.ids else self._by_fold.get(folded(name))

    def known(self) -> tuple[str, ...]:
        """Return everything that may be written, ids first, labels as the policy has them."""
        return (*self.ids, *self.labels)
