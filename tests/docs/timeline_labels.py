"""Texts of a timeline that keep out of each other's way."""

from __future__ import annotations

from attrs import define, field

WIDTH, SIZE = 860, 11.5
"""How wide a picture is, and how high its letters are."""
_NARROW, _WIDE = frozenset("iljt.,:;'|!()fr "), frozenset("mwMWGOQ%")


@define
class Labels:
    """Texts on a band of rows: each goes into the first row in which it meets no other."""

    rows: list[list[tuple[float, float]]] = field(factory=list)

    def place(self, x: float, text: str, *, anchor: str = "start", reach: float = 0) -> tuple[float, int, str]:
        """The place of a text: x, row and anchor. Near the right edge it ends at x and does not begin there."""
        width = wide(text)
        if anchor == "start" and x + reach + width > WIDTH:
            anchor = "end"
        left = {"start": x + reach, "middle": x - width / 2, "end": x - reach - width}[anchor]
        row = next((n for n, row in enumerate(self.rows) if _free(row, left, left + width)), len(self.rows))
        if row == len(self.rows):
            self.rows.append([])
        self.rows[row].append((min(x, left) - 4, max(x, left + width) + 4))
        return {"start": left, "middle": x, "end": left + width}[anchor], row, anchor


def _free(row: list[tuple[float, float]], left: float, right: float) -> bool:
    return all(right < a or left > b for a, b in row)


def wide(text: str, size: float = SIZE) -> float:
    """How wide a text is, at least in the wider of the fonts that readers have."""
    return size * sum(0.37 if c in _NARROW else 0.95 if c in _WIDE else 0.7 if c.isupper() else 0.63 for c in text)
