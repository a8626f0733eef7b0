"""A compiled policy, sorted by kind of declaration: data only."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sla_dsl.policy import terms as t

if TYPE_CHECKING:
    from collections.abc import Iterator

D = TypeVar("D", bound=t.Declaration)


class Rules:
    """What a policy declares. It must have no parameters, ambiguities or annexes: random policies have none."""

    def __init__(self, document: t.Document) -> None:
        self.document = document
        self.created = document.created
        self.targets_scale = document.targets_scale or "priority"
        self.clocks = self.all(t.Clock)
        self.statuses = self.all(t.Status)
        self.transitions = self.all(t.Transition)
        self.calendars = {one.id: one.hours for one in self.all(t.Calendar)}
        self.scales = {one.id: one for one in self.all(t.Scale)}
        self.facts = {one.id: one for one in self.all(t.Fact)}
        self.matrices = {one.id: one for one in self.all(t.Matrix)}
        self.reclassifications = self.all(t.Reclassification)
        self.exclusions = self.all(t.Exclusion)
        self.duties = self.all(t.Duty)
        self.zone = document.timezone or self._shared_zone()

    def all(self, kind: type[D]) -> list[D]:
        return [one for one in self.document.declarations if isinstance(one, kind)]

    def _shared_zone(self) -> str:
        zones = {hours.zone.name for hours in self.calendars.values() if isinstance(hours, t.Hours) and hours.zone}
        assert len(zones) == 1
        return str(zones.pop())

    def status(self, name: str) -> t.Status:
        return next(one for one in self.statuses if one.id == name)

    def place_of(self, status: str) -> int:
        return [one.id for one in self.statuses].index(status)

    def may_precede(self, event: str) -> bool:
        return any(one.may_precede_creation for one in self.all(t.Event) if one.id == event)

    def promises(self, clock: str) -> list[t.Target | t.Cascade]:
        """Those with a condition first, else as written."""
        found = [one for one in self.document.declarations if isinstance(one, t.Target | t.Cascade)]
        own = [one for one in found if one.clock == clock]
        return [one for one in own if one.condition is not None] + [one for one in own if one.condition is None]

    def ends_a_clock(self, status: str) -> bool:
        """Whether a status is final or stops some clock: who comes back from it is reopened."""
        declared = self.status(status)
        if declared.final or declared.stops:
            return True
        triggers = [stop.when.test for clock in self.clocks for stop in clock.stops]
        return any(status in one.statuses for test in triggers for one in parts_of(test) if isinstance(one, t.Becomes))


def parts_of(test: t.AnyTest) -> Iterator[t.AnyTest]:
    """A test and every test inside it."""
    yield test
    if isinstance(test, t.All | t.Some):
        for part in test.parts:
            yield from parts_of(part)
    elif isinstance(test, t.Not):
        yield from parts_of(test.part)
