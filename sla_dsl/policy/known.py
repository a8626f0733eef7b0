"""What is known of a ticket at an instant: given, supposed, so by default, or unknown (R3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from sla_dsl.policy.situation import FactValue, Situation, default_of, found_text
from sla_dsl.policy.terms import Event, Fact, Subject
from sla_dsl.policy.unknowns import Supposed, Undecided, Unknown
from sla_dsl.policy.witness import Seen
from sla_dsl.worktime import from_micros, parse_instant, wall_instant, zone

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sla_dsl.policy.calendars import Calendars
    from sla_dsl.policy.terms import AnyTest
    from sla_dsl.policy.vocabulary import Terms


class Known:
    """What is known of a ticket at an instant, before anything is worked out: facts, events, status, clocks, time.

    `timely` says whether that instant was looked at, or anything else that passes: events, the status, states of
    clocks (for these also `clocked`).
    """

    terms: Terms
    calendars: Calendars
    situation: Situation
    instant: int | None
    supposed: Supposed
    timely: bool
    clocked: bool

    # ----------------------------------------------------------------------------------------- facts

    def fact(self, name: str) -> Seen:
        """Return the value of a fact: given, supposed, by default, or unknown."""
        fact = self.terms.need(Fact, name)
        key = ("fact", name)
        if name in self.situation.facts:
            value = self.situation.facts[name]
            return Seen(value, f"{name} is {self._text(fact, value)}", (key,))
        if key in self.supposed:
            supposed = cast("FactValue", self.supposed[key])
            return Seen(supposed, f"{name} is {self._text(fact, supposed)}", (key,))
        value = default_of(self.terms, fact)
        if value is not None:
            assumed = (name,) if fact.assumes or not fact.cites else ()
            return Seen(value, f"{name} is {self._text(fact, value)} unless said otherwise", (key,), assumed)
        domain = self.domain(fact)
        return Seen(None, name, (key,), (), Unknown(key, (name,), domain))

    def _text(self, fact: Fact, value: FactValue) -> str:
        if fact.type.name == "instant" and isinstance(value, int):
            return from_micros(value, zone(self.calendars.zone.name or "UTC")).isoformat()
        return found_text(value)

    def domain(self, fact: Fact) -> tuple[Hashable, ...]:
        """Return the values that a fact can have, numbers by those that stand for all; none where it has no list."""
        match fact.type.name:
            case "yes or no":
                return (True, False)
            case "one of":
                return fact.type.choices
            case "number":
                return self.terms.representatives.get(fact.id, (0.0,))
            case "level":
                scale = self.terms.scale_named(fact.type.scale or "")
                return () if scale is None else tuple(level.id for level in self.terms.scales[scale].levels)
            case _:
                return ()

    def _is_given(self, subject: Subject) -> bool:
        match subject.kind:
            case "fact":
                has_default = self.terms.need(Fact, subject.name).default is not None
                return subject.name in self.situation.facts or has_default
            case "channel":
                return self.situation.channel is not None
            case "caller":
                return self.situation.caller is not None
            case "status":
                return self.terms.initial_status is not None
            case "level" | "clock":
                return True

    # ------------------------------------------------------------------- status, clocks and events

    def _one_of(self, name: str, value: str | None, ids: tuple[str, ...]) -> Seen:
        if value is None:
            value = str(self.supposed[name]) if name in self.supposed else None
        if value is None:
            return Seen(None, name, (), (), Unknown(name, (name,), ids))
        return Seen(value, f"{name} is {value}")

    def clock_state(self, clock: str, states: tuple[str, ...]) -> Seen:
        """Return whether a clock is in one of the states: at creation none is overdue (R3)."""
        key = ("clock", clock)
        self.timely = self.clocked = True
        if self.situation.clocks is not None:
            try:
                holds = not self.situation.clocks(clock, self.supposed).isdisjoint(states)
            except Undecided as stop:
                return Seen(None, clock, (key,), (), stop.unknown)
            return Seen(holds, f"{clock} is {'' if holds else 'not '}{' or '.join(states)}", (key,))
        if states == ("overdue",):
            return Seen(False, f"{clock} is not overdue when the ticket is created", (key,))
        supposed = ("state", clock, states)
        if supposed in self.supposed:
            return Seen(self.supposed[supposed], f"the state of {clock}", (key,))
        return Seen(None, clock, (key,), (), Unknown(supposed, (clock,), (True, False)))

    def happened(self, event: str) -> Seen:
        """Return whether an event has happened; where nothing is recorded that is unknown, unless it is given."""
        self.timely = True
        key, known = ("event", event), self.situation.events
        if event in known or self.situation.recorded:
            return Seen(event in known, f"{event} has {'' if event in known else 'not '}happened", (key,))
        return Seen(None, event, (key,), (), Unknown(("happened", event), (event,), ()))

    # ------------------------------------------------------------------------------------------ time

    def moment(self, name: str) -> Seen:
        """Return when an event last happened or what a fact gives; without a name, the instant of the question.

        Of an event that is known not to have happened it is None.
        """
        if not name or (name == self.terms.created and name not in self.situation.events):
            self.timely = True
            if self.instant is None:
                return self._no_moment("created")
            created = self.situation.events.get(self.terms.created or "", self.instant)
            spoken = "the report" if created == self.instant else "the time"
            return Seen(self.instant, spoken, when=self._when(self.instant))
        event = self.terms.find(Event, name)
        if event is None or self.terms.find(Fact, name) is not None:
            return self.fact(name)
        self.timely = self.timely or self.situation.recorded
        at = self.situation.events.get(name)
        if at is None and (event.may_precede_creation or not self.situation.recorded):
            return self._no_moment(name)
        if at is None:
            return Seen(None, f"{name} has not happened", (("event", name),))
        return Seen(at, name, (("event", name),), when=self._when(at))

    def _when(self, instant: int) -> str:
        """Return when something happened as the end of a sentence, in the zone of the policy or else in UTC."""
        own = self.calendars.zone.name
        return f"was on {from_micros(instant, zone(own or 'UTC')):%Y-%m-%d %H:%M}{'' if own else ' UTC'}"

    def _no_moment(self, name: str) -> Seen:
        return Seen(None, name, (), (), Unknown(("moment", name), (name,), ()))

    def supposed_truth(self, test: AnyTest) -> bool | None:
        """Return whether a part of a condition is supposed to hold, if anything is supposed of it."""
        supposed = self.supposed.get(("test", test))
        return None if supposed is None else supposed is True

    def as_instant(self, text: str) -> Seen:
        """Return the instant that a policy writes as wall time in its zone, or with an offset."""
        wall = datetime.fromisoformat(text)
        if wall.tzinfo is not None:
            return Seen(parse_instant(text))
        own = self.calendars.zone
        return self._no_zone() if own.name is None else Seen(wall_instant(wall, zone(own.name)), keys=own.keys)

    def local_date(self, instant: int) -> Seen:
        """Return the date of an instant in the zone of the policy."""
        own = self.calendars.zone
        if own.name is None:
            return self._no_zone()
        day: date = from_micros(instant, zone(own.name)).date()
        return Seen(day, day.isoformat(), own.keys)

    def _no_zone(self) -> Seen:
        return self._no_moment(self.calendars.zone.missing or "timezone")
