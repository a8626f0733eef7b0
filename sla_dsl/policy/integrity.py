"""Whether a compiled policy holds together: every name it uses is declared, every value can be (B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.form_errors import BadContent, DanglingReference
from sla_dsl.policy.mentions import Mention, mentions
from sla_dsl.policy.spans import bounds_of
from sla_dsl.policy.terms import (
    CalendarPeriod,
    CalendarValue,
    DateSpan,
    Duration,
    DurationValue,
    HolidayList,
    Level,
    NumberValue,
    OpenDays,
    Parameter,
    Scale,
    TextValue,
    Value,
    ZoneRef,
    ZoneValue,
)
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.worktime import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.policy.terms import AnyDeclaration, Document, Setting, Term

_VALUE_OF: dict[str, type[Term]] = {
    "timezone": ZoneValue,
    "holiday list": HolidayList,
    "calendar": CalendarValue,
    "duration": DurationValue,
    "number": NumberValue,
}


def check_integrity(document: Document) -> None:
    """Check a policy with the annexes it carries; an annex alone only for its values, as it names what it amends.

    Raises `DanglingReference`, `BadContent`.
    """
    parts = (document, *document.annexes)
    declared = [(one, tuple(terms_inside(one))) for part in parts for one in _declared(part)]
    for one, inside in declared:
        _check_values(one, inside)
    _check_readings(parts)
    if document.kind == "policy":
        universe = _Universe.of([one for one, _ in declared], document)
        dangling = dict.fromkeys(_dangling(parts, declared, universe))
        if dangling:
            raise DanglingReference(tuple(dangling))
        _check_settings(parts, universe)


def _declared(document: Document) -> Iterator[AnyDeclaration]:
    yield from document.declarations
    for ambiguity in document.ambiguities:
        for reading in ambiguity.readings:
            yield from reading.declarations


def _settings(document: Document) -> Iterator[Setting]:
    yield from document.settings
    for ambiguity in document.ambiguities:
        for reading in ambiguity.readings:
            yield from reading.settings
    if document.selection is not None:
        yield from document.selection.values


@frozen
class _Universe:
    """Everything that may be named: what some reading or annex declares too."""

    keys: frozenset[tuple[str, str]]
    levels: dict[str, frozenset[str]]
    parameters: dict[str, Parameter]

    @classmethod
    def of(cls, declared: Iterable[AnyDeclaration], document: Document) -> _Universe:
        keys: set[tuple[str, str]] = {
            ("ambiguity", one.id) for part in (document, *document.annexes) for one in part.ambiguities
        }
        levels: dict[str, frozenset[str]] = {}
        parameters: dict[str, Parameter] = {}
        for one in declared:
            keys.add(one.key)
            if isinstance(one, Scale):
                levels[one.id] = levels.get(one.id, frozenset()) | {level.id for level in one.levels}
            if isinstance(one, Parameter):
                parameters[one.id] = one
        return cls(frozenset(keys), levels, parameters)

    def has(self, mention: Mention) -> bool:
        if mention.scale is not None:
            return mention.name in self.levels.get(mention.scale, ())
        return any((kind, mention.name) in self.keys for kind in mention.kinds)


def _dangling(
    parts: Iterable[Document], declared: Iterable[tuple[AnyDeclaration, tuple[Term, ...]]], universe: _Universe
) -> Iterator[tuple[str, str, str]]:
    for one, inside in declared:
        for mention in mentions(one, inside):
            if not universe.has(mention):
                yield one.clause, mention.what, mention.name
    for part in parts:
        clause = f"{part.kind} {part.id}"
        named = (("event", part.created), ("scale", part.targets_scale), ("parameter", part.timezone_parameter))
        yield from ((clause, kind, name) for kind, name in named if name and (kind, name) not in universe.keys)
        for setting in _settings(part):
            if setting.parameter not in universe.parameters:
                yield clause, "parameter", setting.parameter
        for ambiguity in part.ambiguities:
            for other in ambiguity.overrides:
                if ("ambiguity", other) not in universe.keys:
                    yield ambiguity.clause, "ambiguity", other


def _check_readings(parts: Iterable[Document]) -> None:
    for part in parts:
        for ambiguity in part.ambiguities:
            if ambiguity.chosen not in {reading.id for reading in ambiguity.readings}:
                raise DanglingReference(((ambiguity.clause, "reading", ambiguity.chosen),))


def _check_settings(parts: Iterable[Document], universe: _Universe) -> None:
    for part in parts:
        for setting in _settings(part):
            parameter = universe.parameters[setting.parameter]
            if not _suits(setting.value, parameter):
                raise BadContent(
                    f"{part.kind} {part.id}", f"the value of parameter `{parameter.id}` is of another type"
                )


def _suits(value: Value, parameter: Parameter) -> bool:
    return isinstance(value, _VALUE_OF.get(parameter.type.name, TextValue))


def _check_values(declaration: AnyDeclaration, inside: tuple[Term, ...]) -> None:
    clause = declaration.clause
    try:
        for term in inside:
            _check_value(clause, term)
    except BadContent:
        raise
    except SlaError as error:
        raise BadContent(clause, str(error)) from None
    if (
        isinstance(declaration, Parameter)
        and declaration.default is not None
        and not _suits(declaration.default, declaration)
    ):
        raise BadContent(clause, "the default is of another type")


def _check_value(clause: str, term: object) -> None:
    match term:
        case DateSpan():
            bounds_of(term)
        case ZoneRef(name=str(name)) | ZoneValue(name=name):
            zone(name)
        case Duration(low=low, high=high) if not 0 <= low <= high:
            raise BadContent(clause, f"an amount of time from {low} to {high} microseconds")
        case OpenDays(low=low, high=high) | CalendarPeriod(low=low, high=high) if not 1 <= low <= high:
            raise BadContent(clause, f"a number of days from {low} to {high}")
        case ZoneRef(name=None, parameter=None):
            raise BadContent(clause, "a zone without a name")
        case Level(id=""):
            raise BadContent(clause, "a level without a name")
        case _:
            return
