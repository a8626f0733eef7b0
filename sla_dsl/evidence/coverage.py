"""Which units of a document are accounted for, by what, and what is missing (SEMANTICS H2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from sla_dsl.evidence.document import Document
from sla_dsl.evidence.folding import fold
from sla_dsl.evidence.numbers import numbers_in_view
from sla_dsl.evidence.units import Unit, UnitKind
from sla_dsl.evidence.views import View
from sla_dsl.source import Span


@frozen
class Claim:
    """A passage that something accounts for: `kind` is what (`rule`, `informative`, …), `name` which one.

    Example: `Claim(Span(0, 14), "rule", "clock response")`.
    """

    span: Span
    kind: str
    name: str = ""


@frozen
class Lack:
    """A word of a unit that no claim holds.

    `kind` is `number`, `modal verb` or `negation`, or `text` where no word of the unit is held.
    """

    kind: str
    text: str
    span: Span


@frozen
class UnitCoverage:
    """What became of a unit: the claims that hold a word of it, and what is missing. It is covered if nothing is."""

    unit: Unit
    by: tuple[Claim, ...]
    lacks: tuple[Lack, ...]

    @property
    def covered(self) -> bool:
        """Whether the unit is accounted for."""
        return not self.lacks


@frozen
class Coverage:
    """What became of the units of a document. `units` are counted, `blanks` (cells left blank) are only listed.

    Example: `f"{coverage.covered} of {coverage.total}"` is `12 of 15`.
    """

    units: tuple[UnitCoverage, ...]
    blanks: tuple[UnitCoverage, ...]

    @property
    def covered(self) -> int:
        """How many units are covered."""
        return sum(unit.covered for unit in self.units)

    @property
    def total(self) -> int:
        """How many units there are."""
        return len(self.units)


def cover(document: Document, claims: Iterable[Claim]) -> Coverage:
    """What became of each unit of a document, given everything that accounts for a passage of it.

    A unit is covered if at least one word of it lies in a claim, and each of its numbers, modal verbs and negations
    does. The number of a heading or list item (`2)`) and ordinals that count nothing (`first-line`) need no claim.

    Example: of `It shall not exceed 4 hours.` a claim to `4 hours` alone leaves `shall` and `not` missing.
    """
    ordered = sorted(claims, key=lambda claim: (claim.span.start, claim.span.end))
    units: list[UnitCoverage] = []
    blanks: list[UnitCoverage] = []
    near: list[Claim] = []
    following = 0
    for unit in document.units:
        near = [claim for claim in near if claim.span.end > unit.span.start]
        while following < len(ordered) and ordered[following].span.start <= unit.span.end:
            near.append(ordered[following])
            following += 1
        if unit.kind is UnitKind.BLANK:
            by = tuple(claim for claim in near if _holds(claim, unit.span))
            blanks.append(UnitCoverage(unit, by, () if by else (Lack("text", "", unit.span),)))
        else:
            units.append(_covered(document, unit, near))
    return Coverage(tuple(units), tuple(blanks))


def _holds(claim: Claim, span: Span) -> bool:
    return claim.span.start <= span.start and span.end <= claim.span.end


def _covered(document: Document, unit: Unit, near: list[Claim]) -> UnitCoverage:
    if not near:
        return UnitCoverage(unit, (), (Lack("text", unit.text, unit.span),))
    text = _Text(fold(document.source.slice(unit.span)), unit.span.start)
    words = list(_words(text))
    by = tuple(claim for claim in near if any(_holds(claim, word) for word in words))
    if not by:
        return UnitCoverage(unit, (), (Lack("text", unit.text, unit.span),))
    if any(_holds(claim, unit.span) for claim in by):
        return UnitCoverage(unit, by, ())
    lacks = (lack for lack in _weighty(text, unit) if not any(_holds(claim, lack.span) for claim in by))
    return UnitCoverage(unit, by, tuple(lacks))


@frozen
class _Text:
    """The folded text of a unit, and where the unit begins."""

    view: View
    offset: int

    def place(self, start: int, end: int) -> Span:
        """Where a stretch of the folded text stands in the document."""
        return self.moved(self.view.origin(Span(start, end)))

    def moved(self, span: Span) -> Span:
        """A stretch of the unit, as a stretch of the document."""
        return Span(span.start + self.offset, span.end + self.offset)


_WORD = re.compile(r"\w+")


def _words(text: _Text) -> Iterator[Span]:
    """The words of a unit; of one without words (`*`, `–`), the whole."""
    spans = [match.span() for match in _WORD.finditer(text.view.text)] or [(0, len(text.view.text))]
    for start, end in spans:
        yield text.place(start, end)


_MODAL_VERB = re.compile(
    r"\b(?:(?:sha|wo|ca|must|should|might|could|would|need)n't|cannot"
    r"|shall|will|must|should|(?<![0-9] )may(?! [0-9])|might|can|could|would|ought|\w+'(?:ll|d))\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|no(?!\. ?[0-9])|never|none|neither|nor|nothing|nobody|nowhere|without|cannot|unless|except|excepting"
    r"|excluding|excludes?|excluded|other than|\w+n't)\b|\bnon-\w+",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"(?:#+ +)?\(?(?:[0-9]+(?:\.[0-9]+)+\.?|[0-9]+[.)])(?=\s)")


def _weighty(text: _Text, unit: Unit) -> list[Lack]:
    """The numbers, modal verbs and negations of a unit, in order."""
    folded = text.view.text
    numbering = _NUMBERING.match(folded) if unit.kind in _NUMBERED and not unit.continued else None
    body = text.place(numbering.end(), numbering.end() + 1).start if numbering else 0
    found = [
        Lack("number", number.text, text.moved(number.span))
        for number in numbers_in_view(text.view)
        if not (number.ordinal and number.unit is None)
    ]
    for kind, pattern in (("modal verb", _MODAL_VERB), ("negation", _NEGATION)):
        found += [Lack(kind, match.group(), text.place(*match.span())) for match in pattern.finditer(folded)]
    return sorted((lack for lack in found if lack.span.start >= body), key=lambda lack: lack.span.start)


_NUMBERED = frozenset({UnitKind.HEADING, UnitKind.ITEM})
