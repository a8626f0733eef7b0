"""On which ambiguities an answer rests: those with a reading that would change what it looked at (H3)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

import msgspec
from attrs import frozen

from sla_dsl.policy.terms import Ambiguity, Cascade, Clock, Declaration, Parameter, Reading, Target

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.selection import Chosen, Key
    from sla_dsl.policy.vocabulary import Terms

_EVIDENCE = {"label", "labels", "means", "cites", "assumes", "notes", "also"}
"""What does not change an answer."""


@frozen(slots=False, eq=False)
class Doubts:
    """The ambiguities of a policy in force, by what they are about.

    `over_time` says that all of a clock counts: also how it stops, pauses, changes and reopens.
    """

    terms: Terms
    over_time: bool = False

    @cached_property
    def _disputed(self) -> dict[Key, tuple[Chosen, ...]]:
        """What each ambiguity really disputes: keys that not all of its readings leave alike."""
        base = {one.key: one for part in (self.terms.document, *self.terms.annexes) for one in part.declarations}
        disputed: dict[Key, list[Chosen]] = {}
        for chosen in map(self.terms.chosen.__getitem__, self.terms.held.order):
            for key in sorted(chosen.ambiguity.touches):
                if _differs(chosen.ambiguity, key, base.get(key), over_time=self.over_time):
                    disputed.setdefault(key, []).append(chosen)
        return {key: _not_covered(key, some) for key, some in disputed.items()}

    @cached_property
    def _promises(self) -> dict[str, tuple[tuple[Chosen, Target | Cascade], ...]]:
        """The targets that some reading declares, by clock."""
        found: dict[str, list[tuple[Chosen, Target | Cascade]]] = {}
        for chosen in self.terms.chosen.values():
            for reading in chosen.ambiguity.readings:
                for one in reading.declarations:
                    if isinstance(one, Target | Cascade):
                        found.setdefault(one.clock, []).append((chosen, one))
        return {clock: tuple(some) for clock, some in found.items()}

    def behind(self, keys: Iterable[Key]) -> dict[str, Chosen]:
        """Return the ambiguities behind declarations that an answer looked at, in their order."""
        found: dict[str, Chosen] = {}
        for key in keys:
            filled = self.terms.filled(key[1]) if key[0] == "parameter" else None
            if filled is None or filled.origin != "set":
                found.update((one.ambiguity.id, one) for one in self._disputed.get(key, ()))
        return {name: chosen for name, chosen in self.terms.chosen.items() if name in found}

    def elsewhere(self, clock: str) -> tuple[tuple[Chosen, Target | Cascade], ...]:
        """Return the disputed targets of a clock as each reading has them.

        An answer rests on an ambiguity also where another reading has a target for such a ticket.
        """
        return tuple(
            (chosen, term)
            for chosen, term in self._promises.get(clock, ())
            if chosen in self._disputed.get(term.key, ())
        )


def _not_covered(key: Key, disputing: list[Chosen]) -> tuple[Chosen, ...]:
    """Leave out the readings that a later one overrides: whatever they say of the declaration, it does not hold."""
    last = max((at for at, one in enumerate(disputing) if key in one.reading.touches), default=0)
    return tuple(disputing[last:])


def _differs(ambiguity: Ambiguity, key: Key, base: Declaration | None, *, over_time: bool) -> bool:
    if any(reading.not_computed is not None for reading in ambiguity.readings):
        return True
    versions = [_version(reading, key, base, over_time=over_time) for reading in ambiguity.readings]
    return any(version != versions[0] for version in versions[1:])


def _version(reading: Reading, key: Key, base: Declaration | None, *, over_time: bool) -> object:
    """Return what a declaration says under a reading, without its evidence."""
    for setting in reading.settings:
        if key == ("parameter", setting.parameter):
            return msgspec.to_builtins(setting.value)
    for one in reading.declarations:
        if one.key == key:
            return _said(one, over_time=over_time)
    if any((dropped.kind, dropped.id) == key for dropped in reading.dropped):
        return None
    return None if base is None else _said(base, over_time=over_time)


def _said(declaration: Declaration, *, over_time: bool) -> object:
    if isinstance(declaration, Parameter):
        return msgspec.to_builtins(declaration.default)
    if isinstance(declaration, Clock) and not over_time:
        return [_bare(msgspec.to_builtins(part)) for part in _looked_at(declaration)]
    return _bare(msgspec.to_builtins(declaration))


def _looked_at(clock: Clock) -> tuple[object, ...]:
    """Return what an answer about a due time looks at in a clock; how it changes, pauses and reopens is not in it."""
    return clock.starts, clock.measured, clock.applies


def _bare(value: object) -> object:
    """Return plain data without labels and evidence."""
    if isinstance(value, dict):
        table = cast("dict[str, object]", value)
        return {name: _bare(one) for name, one in table.items() if name not in _EVIDENCE}
    return [_bare(one) for one in cast("list[object]", value)] if isinstance(value, list) else value
