"""Which level a ticket has on a scale: given, by the definitions of the levels, or by a matrix (R1, R2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from sla_dsl.policy.terms import (
    Among,
    Compares,
    Distance,
    Given,
    Matrix,
    Precedes,
    Scale,
    Yes,
)
from sla_dsl.policy.thresholds import tests_in

if TYPE_CHECKING:
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.selection import Key
    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.terms import Cell, Condition, Level
    from sla_dsl.policy.vocabulary import Terms
    from sla_dsl.policy.witness import Ground, Seen

Answer = Literal["level", "unclassified", "overlap"]


@frozen
class Definition:
    """What was found of the definition of one level."""

    level: Level
    condition: Condition
    holds: bool
    grounds: tuple[Ground, ...]


@frozen
class Classified:
    """The level of a ticket on a scale, and why. `levels` is one level, none, or those that overlap.

    `assumed_default` says that it is a default of the scale which no citation bears out; `known` are the declarations
    and `presumed` the defaults on which a supposed one rests.
    """

    scale: str
    levels: tuple[str, ...]
    via: Literal["given", "supposed", "default", "definitions", "matrix"]
    definitions: tuple[Definition, ...] = ()
    axes: tuple[Classified, ...] = ()
    cell: Cell | None = None
    assumed_default: bool = False
    known: tuple[Key, ...] = ()
    presumed: tuple[str, ...] = ()

    @property
    def answer(self) -> Answer:
        """Whether there is a level, none, or several."""
        return "level" if len(self.levels) == 1 else "overlap" if self.levels else "unclassified"

    @property
    def level(self) -> str | None:
        """The level, where there is exactly one."""
        return self.levels[0] if len(self.levels) == 1 else None

    @property
    def seen(self) -> tuple[Seen, ...]:
        """Everything that was seen for its definitions."""
        return tuple(seen for one in self.definitions for ground in one.grounds for seen in ground.seen)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The declarations on which it rests."""
        own: list[Key] = [] if self.via in ("given", "supposed") else [("scale", self.scale)]
        if self.via == "matrix":
            own.append(("matrix", self.scale))
        inner = (*(seen.keys for seen in self.seen), *(axis.keys for axis in self.axes))
        return tuple(dict.fromkeys((*own, *self.known, *(key for keys in inner for key in keys))))

    @property
    def assumed(self) -> tuple[str, ...]:
        """The facts and scales whose assumed default was used."""
        own = (self.scale,) if self.assumed_default else self.presumed
        inner = (*(seen.assumed for seen in self.seen), *(axis.assumed for axis in self.axes))
        return tuple(dict.fromkeys((*own, *(name for names in inner for name in names))))


def is_derived(terms: Terms, scale: str) -> bool:
    """Return whether the levels of a scale follow from definitions or from a matrix."""
    declared = terms.scales[scale]
    return terms.find(Matrix, scale) is not None or any(level.when or level.otherwise for level in declared.levels)


def is_asked_for(terms: Terms, scale: str) -> bool:
    """Return whether people give the level of a scale: that of the targets, and those that a matrix combines."""
    return scale == terms.targets_scale or scale in terms.axes


def derive(scale: str, inquiry: Inquiry) -> Classified:
    """Return the level that follows for a scale that `is_derived`. Raises `Undecided`, `Circular`."""
    matrix = inquiry.terms.find(Matrix, scale)
    return _by_definitions(inquiry.terms.scales[scale], inquiry) if matrix is None else _by_matrix(matrix, inquiry)


def _by_definitions(scale: Scale, inquiry: Inquiry) -> Classified:
    """Return the level whose definition holds; with `highest wins` the first, highest first."""
    looked: list[Definition] = []
    holding: list[str] = []
    for level in scale.levels:
        if level.when is None:
            continue
        outcome = inquiry.outcome(level.when)
        looked.append(Definition(level, level.when, outcome.holds is True, outcome.grounds))
        if outcome.holds:
            holding.append(level.id)
            if scale.highest_wins:
                break
    if not holding:
        holding = [level.id for level in scale.levels if level.otherwise][:1]
    return Classified(scale.id, tuple(holding), "definitions", tuple(looked))


def _by_matrix(matrix: Matrix, inquiry: Inquiry) -> Classified:
    row, column = inquiry.single(matrix.rows), inquiry.single(matrix.columns)
    cell = next((one for one in matrix.cells if (one.row, one.column) == (row.level, column.level)), None)
    given = (cell.gives,) if cell is not None and cell.gives is not None else ()
    return Classified(matrix.id, given, "matrix", (), (row, column), cell)


# ------------------------------------------------------------------------------------------- what is said


def anything_said(terms: Terms, scale: str, situation: Situation) -> bool:
    """Return whether a question says anything from which the level of a scale could follow."""
    return bool(_said(terms, scale, situation, frozenset()))


def _said(terms: Terms, scale: str, situation: Situation, path: frozenset[str]) -> bool:
    if scale in path or scale not in terms.scales:
        return False
    path |= {scale}
    matrix = terms.find(Matrix, scale)
    if matrix is not None:
        return any(
            axis in situation.levels or _said(terms, axis, situation, path) for axis in (matrix.rows, matrix.columns)
        )
    return any(
        _test_said(terms, test, situation, path)
        for level in terms.scales[scale].levels
        if level.when is not None
        for test in tests_in(level.when.test)
    )


def _test_said(terms: Terms, test: object, situation: Situation, path: frozenset[str]) -> bool:
    match test:
        case Yes(fact=fact) | Compares(fact=fact):
            return fact in situation.facts
        case Among(subject=subject) | Given(subject=subject):
            name = subject.name
            if subject.kind == "level":
                return name in situation.levels or _said(terms, name, situation, path)
            held = {"channel": situation.channel, "caller": situation.caller}.get(subject.kind)
            return held is not None or (subject.kind == "fact" and name in situation.facts)
        case Distance(later=later, earlier=earlier) | Precedes(later=later, earlier=earlier):
            return any(name in situation.facts or name in situation.events for name in (later, earlier))
        case _:
            return False
