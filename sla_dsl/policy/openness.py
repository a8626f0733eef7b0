"""What is known of a calendar: exactly when it is open, or bounds for it while parameters are missing (H4)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from sla_dsl.worktime import Both, Either, Except, Outside, WholeDays, timetable

if TYPE_CHECKING:
    from datetime import date

    from sla_dsl.policy.selection import Key
    from sla_dsl.worktime import Recipe, Timetable


@frozen(slots=False)
class Openness:
    """When a calendar is open, as far as it is known.

    `surely` is open whatever the missing parameters are, `perhaps` under some value of them. None is, for `surely`,
    that nothing is known to be open; for `perhaps`, that nothing is known to be closed. Where nothing is missing
    both are the calendar itself. `keys` are the declarations that it was made from.
    """

    surely: Recipe | None
    perhaps: Recipe | None
    missing: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()

    @cached_property
    def exact(self) -> Timetable | None:
        """The timetable, where nothing is missing."""
        return None if self.missing or self.perhaps is None else timetable(self.perhaps)

    @cached_property
    def most(self) -> Timetable | None:
        """The timetable of everything that is perhaps open, which gives the earliest due time."""
        return None if self.perhaps is None else timetable(self.perhaps)

    def is_open(self, t: int) -> bool | None:
        """Say whether an instant is open; None where that depends on what is missing. Raises `OutsideYears`."""
        if self.surely is not None and timetable(self.surely).is_open(t):
            return True
        if self.perhaps is not None and not timetable(self.perhaps).is_open(t):
            return False
        return None

    def has_hours(self, day: date) -> bool | None:
        """Say whether a date has opening hours; None where that depends on what is missing. Raises `OutsideYears`."""
        if self.surely is not None and timetable(self.surely).has_hours(day):
            return True
        if self.perhaps is not None and not timetable(self.perhaps).has_hours(day):
            return False
        return None

    def date_of(self, t: int) -> date | None:
        """Return the local date of an instant, where the zone is known. Raises `OutsideYears`."""
        known = self.perhaps or self.surely
        return None if known is None else timetable(known).local_date(t)

    def also(self, *keys: Key) -> Openness:
        """Return the same, made from further declarations."""
        return evolve(self, keys=tuple(dict.fromkeys((*keys, *self.keys))))


def unknown(*missing: str, keys: tuple[Key, ...] = ()) -> Openness:
    """Return a calendar of which nothing is known."""
    return Openness(None, None, missing, keys)


def both(a: Openness, b: Openness, zone: str | None) -> Openness:
    """Return `A and B`."""
    surely = _pair(Both, a.surely, b.surely, zone)
    return _joined(a, b, surely, _pair(Both, a.perhaps, b.perhaps, zone) or a.perhaps or b.perhaps)


def either(a: Openness, b: Openness, zone: str | None) -> Openness:
    """Return `A or B`."""
    surely = _pair(Either, a.surely, b.surely, zone) or a.surely or b.surely
    return _joined(a, b, surely, _pair(Either, a.perhaps, b.perhaps, zone))


def without(a: Openness, b: Openness, zone: str | None) -> Openness:
    """Return `A except B`."""
    surely = _pair(Except, a.surely, b.perhaps, zone)
    return _joined(a, b, surely, _pair(Except, a.perhaps, b.surely, zone) or a.perhaps)


def outside(a: Openness, zone: str | None) -> Openness:
    """Return `outside A`."""
    return Openness(
        None if a.perhaps is None else Outside(a.perhaps, zone or a.perhaps.zone),
        None if a.surely is None else Outside(a.surely, zone or a.surely.zone),
        a.missing,
        a.keys,
    )


def whole_days(a: Openness, zone: str | None) -> Openness:
    """Return `whole days of A`."""
    return Openness(
        None if a.surely is None else WholeDays(a.surely, zone or a.surely.zone),
        None if a.perhaps is None else WholeDays(a.perhaps, zone or a.perhaps.zone),
        a.missing,
        a.keys,
    )


def _pair(
    kind: type[Both | Either | Except], left: Recipe | None, right: Recipe | None, zone: str | None
) -> Recipe | None:
    """Return what two calendars make together, None unless something is known of both."""
    if left is None or right is None:
        return None
    return kind(left, right) if zone is None else kind(left, right, zone)


def _joined(a: Openness, b: Openness, surely: Recipe | None, perhaps: Recipe | None) -> Openness:
    missing = tuple(dict.fromkeys((*a.missing, *b.missing)))
    return Openness(surely, perhaps, missing, tuple(dict.fromkeys((*a.keys, *b.keys))))
