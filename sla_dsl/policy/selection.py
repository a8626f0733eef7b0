"""The terms in force: a policy with the chosen readings, its annexes, and what was selected on top (H3, H5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen
from msgspec import structs

from sla_dsl.policy.errors import Circular, ClashingAnnexes, UnknownName, WrongAnnex
from sla_dsl.policy.terms import Ambiguity, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sla_dsl.policy.terms import (
        AnyDeclaration,
        Assumption,
        Citation,
        Document,
        Reading,
        Setting,
        Value,
    )

Key = tuple[str, str]
"""Kind and id of a declaration."""

Origin = Literal["default", "reading", "annex", "set"]


@frozen
class Filled:
    """The value of a parameter, and what gave it."""

    value: Value
    origin: Origin
    by: str
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether the value is an assumption: said to be one, or a default that no citation bears out (H4)."""
        return bool(self.assumes) or (self.origin == "default" and not self.cites)


@frozen
class Chosen:
    """The reading in force of an ambiguity, and who chose it.

    `over` are the readings before which it goes where both change the same.
    """

    ambiguity: Ambiguity
    reading: Reading
    by: Literal["policy", "annex", "question"]
    over: tuple[Chosen, ...] = ()


@frozen
class InForce:
    """What holds after every choice: declarations in their order, parameters that have a value, readings.

    `order` names the ambiguities in the order in which their readings were laid on, one that overrides another later.
    """

    declarations: dict[Key, AnyDeclaration]
    filled: dict[str, Filled]
    chosen: dict[str, Chosen]
    order: tuple[str, ...]


class _Layers:
    """Declarations and values, one layer put over the other."""

    def __init__(self) -> None:
        self.declarations: dict[Key, AnyDeclaration] = {}
        self.filled: dict[str, Filled] = {}

    def declare(self, declaration: AnyDeclaration, origin: Origin, by: str) -> None:
        self.declarations[declaration.key] = declaration
        if isinstance(declaration, Parameter):
            self.filled.pop(declaration.id, None)
            if declaration.default is not None:
                kind = "default" if origin == "reading" else origin
                self.filled[declaration.id] = Filled(
                    declaration.default, kind, by, declaration.cites, declaration.assumes
                )

    def fill(self, setting: Setting, origin: Origin, by: str) -> None:
        self.filled[setting.parameter] = Filled(setting.value, origin, by, setting.cites, setting.assumes)

    def drop(self, key: Key) -> None:
        self.declarations.pop(key, None)
        if key[0] == "parameter":
            self.filled.pop(key[1], None)

    def read(self, chosen: Chosen, only: frozenset[Key] | None = None) -> None:
        """Apply a reading; with `only`, the part of it that is about these keys."""
        reading, by = chosen.reading, f"reading {chosen.reading.id} of {chosen.ambiguity.clause}"
        for dropped in reading.dropped:
            if only is None or (dropped.kind, dropped.id) in only:
                self.drop((dropped.kind, dropped.id))
        for declaration in reading.declarations:
            if only is None or declaration.key in only:
                self.declare(self._borne_out(declaration), "reading", by)
        for setting in reading.settings:
            if only is None or ("parameter", setting.parameter) in only:
                self.fill(setting, "reading", by)

    def _borne_out(self, declaration: AnyDeclaration) -> AnyDeclaration:
        """Return what a reading declares, with the evidence of what it replaces where it brings none (H7)."""
        replaced = self.declarations.get(declaration.key)
        if replaced is None or declaration.cites or declaration.assumes:
            return declaration
        return structs.replace(declaration, cites=replaced.cites, assumes=replaced.assumes)


def in_force(
    document: Document,
    annexes: Iterable[Document] = (),
    readings: Mapping[str, str] | None = None,
    values: Mapping[str, Value] | None = None,
    unset: Iterable[str] = (),
) -> InForce:
    """Return what holds under some annexes, readings and parameter values.

    First the policy's declarations, on which each ambiguity's reading is laid, one that overrides another after it;
    then the annexes in order; then the readings asked for, where an annex had covered them; then the parameters.
    Raises `UnknownName`, `WrongAnnex`, `ClashingAnnexes`, `Circular`.
    """
    annexes, readings = tuple(annexes), dict(readings or {})
    _check_annexes(document, annexes)
    ambiguities = {one.id: one for part in (document, *annexes) for one in part.ambiguities}
    chosen = _choices(document, annexes, ambiguities, readings)
    order = _in_order(ambiguities)
    own = {one.id for one in document.ambiguities}
    layers = _Layers()
    for declaration in document.declarations:
        layers.declare(declaration, "default", declaration.clause)
    for setting in document.settings:
        layers.fill(setting, "default", f"policy {document.id}")
    for name in order:
        if name in own:
            layers.read(chosen[name])
    covered = frozenset[Key]()
    for annex in annexes:
        covered |= _annex(layers, annex, own, [chosen[name] for name in order])
    for name in order:
        if name in readings:
            layers.read(chosen[name], covered)
    for parameter in unset:
        layers.filled.pop(parameter, None)
    for parameter, value in (values or {}).items():
        layers.filled[parameter] = Filled(value, "set", "the question")
    return InForce(layers.declarations, layers.filled, chosen, tuple(order))


def _annex(layers: _Layers, annex: Document, own: set[str], chosen: Iterable[Chosen]) -> frozenset[Key]:
    by = f"annex {annex.id}"
    for dropped in annex.dropped:
        layers.drop((dropped.kind, dropped.id))
    for declaration in annex.declarations:
        layers.declare(declaration, "annex", by)
    for setting in annex.settings:
        layers.fill(setting, "annex", by)
    added = {one.id for one in annex.ambiguities} - own
    for one in chosen:
        if one.ambiguity.id in added:
            layers.read(one)
    return frozenset(key for key in named_in(annex) if key[0] != "ambiguity")


def named_in(annex: Document) -> list[Key]:
    """Return the keys of everything an annex declares, drops, sets or settles: what clashes with another annex."""
    return [
        *((dropped.kind, dropped.id) for dropped in annex.dropped),
        *(declaration.key for declaration in annex.declarations),
        *(("parameter", setting.parameter) for setting in annex.settings),
        *(ambiguity.key for ambiguity in annex.ambiguities),
        *(("ambiguity", name) for name in annex.chosen),
    ]


def _check_annexes(document: Document, annexes: tuple[Document, ...]) -> None:
    first: dict[Key, str] = {}
    for annex in annexes:
        if annex.kind != "annex":
            raise WrongAnnex(annex.id, "it is a policy, not an annex")
        if annex.amends != document.id:
            raise WrongAnnex(annex.id, f"it is an annex for `{annex.amends}`, not for `{document.id}`")
        names = dict.fromkeys(named_in(annex))
        for kind, name in names:
            if (kind, name) in first:
                raise ClashingAnnexes(kind, name, first[kind, name], annex.id)
        first.update(dict.fromkeys(names, annex.id))


def _choices(
    document: Document, annexes: tuple[Document, ...], ambiguities: dict[str, Ambiguity], readings: dict[str, str]
) -> dict[str, Chosen]:
    by_annex = {name: reading for annex in annexes for name, reading in annex.chosen.items()}
    for name in (*by_annex, *readings):
        if name not in ambiguities:
            raise UnknownName("ambiguity", name, tuple(ambiguities))
    own = {one.id for one in document.ambiguities}
    chosen: dict[str, Chosen] = {}
    for name, ambiguity in ambiguities.items():
        wanted, by = ambiguity.chosen, "policy" if name in own else "annex"
        if name in by_annex:
            wanted, by = by_annex[name], "annex"
        if name in readings:
            wanted, by = readings[name], "question"
        chosen[name] = Chosen(ambiguity, reading_of(ambiguity, wanted), by)
    return {name: evolve(one, over=_overridden(one, chosen)) for name, one in chosen.items()}


def _overridden(one: Chosen, chosen: dict[str, Chosen]) -> tuple[Chosen, ...]:
    below = (chosen[name] for name in one.ambiguity.overrides if name in chosen)
    return tuple(other for other in below if one.reading.touches & other.reading.touches)


def reading_of(ambiguity: Ambiguity, name: str) -> Reading:
    """Return a reading of an ambiguity by its id. Raises `UnknownName`."""
    for reading in ambiguity.readings:
        if reading.id == name:
            return reading
    raise UnknownName(f"reading of `{ambiguity.id}`", name, tuple(one.id for one in ambiguity.readings))


def _in_order(ambiguities: dict[str, Ambiguity]) -> list[str]:
    """Return the ambiguities in their order, but each after those that it overrides."""
    done: dict[str, None] = {}
    path: list[str] = []

    def visit(name: str) -> None:
        if name in done or name not in ambiguities:
            return
        if name in path:
            raise Circular(tuple(path[path.index(name) :]))
        path.append(name)
        for below in ambiguities[name].overrides:
            visit(below)
        path.pop()
        done[name] = None

    for name in ambiguities:
        visit(name)
    return list(done)
