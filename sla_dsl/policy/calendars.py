"""The calendars of a policy by name, with the values of its parameters filled in (T7, H4, R10)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, reduce
from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from sla_dsl.policy.errors import Circular, Unanswerable
from sla_dsl.policy.hours import HoursMaker
from sla_dsl.policy.openness import Openness, both, either, outside, unknown, whole_days, without
from sla_dsl.policy.terms import (
    Calendar,
    CalendarValue,
    ChosenBy,
    Composed,
    GivenCalendar,
    HolidayList,
    Hours,
    Parameter,
    ZoneValue,
)
from sla_dsl.worktime import Calendar as WorktimeCalendar

if TYPE_CHECKING:
    from sla_dsl.policy.selection import Key
    from sla_dsl.policy.terms import PinnedDates, ZoneRef
    from sla_dsl.policy.vocabulary import Terms
    from sla_dsl.worktime import Recipe
    from sla_dsl.worktime.errors import OutsideYears

LevelOf = Callable[[str], str | None]
"""Gives the level that a ticket has on a scale, None where it has none."""


@frozen
class PolicyZone:
    """The zone of a policy: its name, or the parameter that would give it; neither where it has none."""

    name: str | None = None
    missing: str | None = None
    keys: tuple[Key, ...] = ()


@frozen(slots=False, eq=False)
class Calendars:
    """The calendars of a policy in force, each made once."""

    terms: Terms

    @cached_property
    def _made(self) -> dict[tuple[object, ...], Openness]:
        return {}

    def get(self, name: str, level_of: LevelOf) -> Openness:
        """Return a calendar, or what is known of it.

        `name` is that of a declared calendar or of a parameter that is one. `level_of` is asked where a calendar is
        chosen by a level. Raises `Unanswerable`, `Circular`, and what is wrong with hours.
        """
        return self._get(name, level_of, ())

    def named(self, error: OutsideYears) -> OutsideYears:
        """Return an error about the years of a calendar with the names that the policy has for it."""
        given = (one.id for one in self.terms.all(Parameter) if one.type.name == "calendar")
        known = {name: self.get(name, _no_level) for name in (*(one.id for one in self.terms.all(Calendar)), *given)}
        made = error.recipe
        return error.of(*(name for name, one in known.items() if made and made in {one.surely, one.perhaps}))

    @cached_property
    def zone(self) -> PolicyZone:
        """The zone of the policy: its `timezone` statement, else the one its calendars share (R10)."""
        for part in (*reversed(self.terms.annexes), self.terms.document):
            if part.timezone is not None:
                return PolicyZone(part.timezone)
            if part.timezone_parameter is not None:
                return self._parameter_zone(part.timezone_parameter)
        shared = {self._zone(one.hours.zone) for one in self.terms.all(Calendar) if isinstance(one.hours, Hours)}
        return shared.pop() if len(shared) == 1 else PolicyZone()

    def _zone(self, ref: ZoneRef | None) -> PolicyZone:
        if ref is None:
            return PolicyZone()
        return self._parameter_zone(ref.parameter) if ref.parameter is not None else PolicyZone(ref.name)

    def _parameter_zone(self, parameter: str) -> PolicyZone:
        filled, key = self.terms.filled(parameter), ("parameter", parameter)
        if filled is None:
            return PolicyZone(None, parameter, (key,))
        if not isinstance(filled.value, ZoneValue):
            raise Unanswerable("timezone", parameter)
        return PolicyZone(filled.value.name, None, (key,))

    def _get(self, name: str, level_of: LevelOf, path: tuple[str, ...]) -> Openness:
        if name in path:
            raise Circular((*path[path.index(name) :],))
        path = (*path, name)
        calendar = self.terms.find(Calendar, name)
        if calendar is None:
            return self._by_parameter(self.terms.need(Parameter, name), level_of, path)
        made = calendar.hours
        if isinstance(made, ChosenBy):
            return self._chosen(made, level_of, path).also(calendar.key)
        if isinstance(made, Composed):
            return self._composed(made, level_of, path).also(calendar.key)
        known = self._made.get((name,))
        if known is None:
            known = self._made[name,] = self._hours(made).also(calendar.key)
        return known

    def _hours(self, hours: Hours) -> Openness:
        zone = self.zone if hours.zone is None else self._zone(hours.zone)
        made = HoursMaker(self._pinned, self._holidays).make(hours, zone.name or "UTC")
        keys = (*zone.keys, *_parameters(hours))
        if zone.name is None:
            needed: tuple[Key, ...] = tuple(("parameter", name) for name in made.missing)
            return unknown(zone.missing or "timezone", *made.missing, keys=(*zone.keys, *needed))
        if not made.missing:
            return Openness(made.recipe, made.recipe, (), keys)
        return Openness(None, made.recipe if made.only_closing else None, made.missing, keys)

    @cached_property
    def _pinned(self) -> tuple[PinnedDates, ...]:
        return tuple(one for part in (*self.terms.annexes, self.terms.document) for one in part.pinned.holidays)

    def _holidays(self, parameter: str) -> HolidayList | None:
        filled = self.terms.filled(parameter)
        if filled is None:
            self.terms.need(Parameter, parameter)
            return None
        if not isinstance(filled.value, HolidayList):
            raise Unanswerable("holiday list", parameter)
        return filled.value

    def _by_parameter(self, parameter: Parameter, level_of: LevelOf, path: tuple[str, ...]) -> Openness:
        filled = self.terms.filled(parameter.id)
        if filled is None:
            return unknown(parameter.id, keys=(parameter.key,))
        value = filled.value
        if not isinstance(value, CalendarValue):
            raise Unanswerable("calendar", parameter.id)
        if value.name is not None:
            return self._get(value.name, level_of, path).also(parameter.key)
        if value.given is None:
            raise Unanswerable("calendar", parameter.id)
        known = self._made.get((value.given.timezone, parameter.id))
        if known is None:
            recipe = recipe_of(value.given)
            known = self._made[value.given.timezone, parameter.id] = Openness(recipe, recipe, (), (parameter.key,))
        return known

    def _chosen(self, choice: ChosenBy, level_of: LevelOf, path: tuple[str, ...]) -> Openness:
        level = level_of(choice.scale)
        if level is None or level not in choice.calendars:
            return unknown(choice.scale, keys=(("scale", choice.scale),))
        return self._get(choice.calendars[level], level_of, path).also(("scale", choice.scale))

    def _composed(self, made: Composed, level_of: LevelOf, path: tuple[str, ...]) -> Openness:
        parts = [self._get(part, level_of, path) for part in made.parts]
        zone = self._zone(made.zone)
        if zone.missing is not None:
            missing = (zone.missing, *(name for part in parts for name in part.missing))
            return unknown(*missing, keys=(*zone.keys, *(key for part in parts for key in part.keys)))
        match made.operation:
            case "both":
                result = reduce(lambda a, b: both(a, b, zone.name), parts)
            case "either":
                result = reduce(lambda a, b: either(a, b, zone.name), parts)
            case "except":
                result = reduce(lambda a, b: without(a, b, zone.name), parts)
            case "outside":
                result = outside(parts[0], zone.name)
            case "whole_days":
                result = whole_days(parts[0], zone.name)
            case _:
                assert_never(made.operation)
        return result.also(*zone.keys)


def _no_level(_: str) -> None:
    return None


def recipe_of(given: GivenCalendar) -> Recipe:
    """Return the recipe of a calendar given in full. Raises `RecipeError`, `UnknownZone`."""
    return WorktimeCalendar(
        timezone=given.timezone,
        weekly={day: list(windows) for day, windows in given.weekly.items()},
        closed=given.closed,
        hours_on={day: list(windows) for day, windows in given.hours_on.items()},
        years=given.years,
    ).timetable.recipe


def _parameters(hours: Hours) -> list[Key]:
    rules = (*hours.closed, *(special.on for special in hours.special))
    return [("parameter", rule.parameter) for rule in rules if rule.parameter is not None]
