"""One search for an answer: looks things up in a situation, under suppositions, and notes what it rests on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from attrs import frozen

from sla_dsl.policy.calendars import Calendars
from sla_dsl.policy.classification import Classified, anything_said, derive, is_asked_for, is_derived
from sla_dsl.policy.conditions import judge
from sla_dsl.policy.errors import Circular, Unanswerable
from sla_dsl.policy.situation import FactValue, Situation, default_of, found_text
from sla_dsl.policy.terms import Channel, Condition, Event, Fact, Party, Status, Subject
from sla_dsl.policy.unknowns import Supposed, Undecided, Unknown, search
from sla_dsl.policy.witness import Ground, Outcome, Seen
from sla_dsl.worktime import from_micros, parse_instant, wall_instant, zone

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.selection import Key
    from sla_dsl.policy.terms import AnyTest
    from sla_dsl.policy.vocabulary import Terms


@frozen
class Decision:
    """A condition that was settled on the way to an answer, and the parts of it that settled it."""

    clause: str
    condition: Condition
    holds: bool
    grounds: tuple[Ground, ...]


class Inquiry:
    """A witness for conditions, about a ticket at an instant: that of its creation, unless more is known of it.

    `timely` says whether that instant was looked at, or anything else that passes: events, the status, states of
    clocks (for these also `clocked`). `keys` are the declarations that were; `decisions` are the conditions that were
    settled on the way. `Undecided` stops it where something unknown decides; of a level that is unknown it `narrows`
    what is left to what could follow.
    """

    def __init__(
        self,
        terms: Terms,
        calendars: Calendars,
        situation: Situation,
        instant: int | None,
        supposed: Supposed,
        *,
        narrows: bool = True,
    ) -> None:
        self.terms = terms
        self.calendars = calendars
        self.situation = situation
        self.instant = instant
        self.supposed = supposed
        self.narrows = narrows
        self.timely = False
        self.clocked = False
        self.keys: dict[Key, None] = {}
        self.assumed: dict[str, None] = {}
        self.decisions: dict[tuple[str, str], Decision] = {}
        self._levels: dict[str, Classified] = {}
        self._path: list[str] = []

    def again(self) -> Inquiry:
        """Return a new inquiry under the same suppositions."""
        return self._supposing(self.supposed)

    def _supposing(self, supposed: Supposed) -> Inquiry:
        """Return a new inquiry under other suppositions."""
        return Inquiry(self.terms, self.calendars, self.situation, self.instant, supposed, narrows=self.narrows)

    def known_level(self, scale: str) -> str | None:
        """Return the level that was found on a scale, unless it was supposed or never asked for."""
        found = self._levels.get(scale)
        return None if found is None or found.via == "supposed" else found.level

    @property
    def classified(self) -> tuple[Classified, ...]:
        """The levels that were found, in the order in which they were first needed."""
        return tuple(self._levels.values())

    # ------------------------------------------------------------------------------------ conditions

    def outcome(self, condition: Condition) -> Outcome:
        """Return whether a condition holds, and why; it is not noted. Raises `Undecided`."""
        outcome = judge(condition.test, self)
        if outcome.holds is None:
            raise Undecided(outcome.unknowns[0])
        return outcome

    def truth(self, test: AnyTest) -> bool | None:
        """Return whether a part of a condition holds, None where that is unknown."""
        return judge(test, self).holds

    def holds(self, condition: Condition | None, clause: str) -> bool:
        """Return whether the condition of a clause holds; none always does. It is noted. Raises `Undecided`."""
        if condition is None:
            return True
        outcome = self.outcome(condition)
        self.settle(condition, clause, outcome)
        return outcome.holds is True

    def settle(self, condition: Condition, clause: str, outcome: Outcome) -> None:
        """Note whether the condition of a clause was found to hold, and what that rests on."""
        for ground in outcome.grounds:
            for seen in ground.seen:
                self.note(*seen.keys)
                self.assumed.update(dict.fromkeys(seen.assumed))
        self.decisions[clause, condition.text] = Decision(clause, condition, outcome.holds is True, outcome.grounds)

    def note(self, *keys: Key) -> None:
        """Note that the answer rests on some declarations."""
        self.keys.update(dict.fromkeys(keys))
        for kind, name in keys:
            if kind == "parameter":
                filled = self.terms.filled(name)
                if filled is not None and filled.assumed:
                    self.assumed[name] = None

    def note_level(self, found: Classified) -> None:
        """Note that the answer rests on a level."""
        self.note(*found.keys)
        self.assumed.update(dict.fromkeys(found.assumed))

    # ---------------------------------------------------------------------------------------- levels

    def classify(self, scale: str) -> Classified:
        """Return the level on a scale, or that there is none or several. Raises `Undecided`, `Circular`."""
        known = self._levels.get(scale)
        if known is None:
            if scale not in self.terms.scales:
                raise Unanswerable("scale", scale)
            if scale in self._path:
                raise Circular((*self._path[self._path.index(scale) :],))
            self._path.append(scale)
            try:
                known = self._levels[scale] = self._classify(scale)
            finally:
                self._path.pop()
        return known

    def _classify(self, scale: str) -> Classified:
        declared = self.terms.scales[scale]
        if scale in self.situation.levels:
            return Classified(scale, (self.situation.levels[scale],), "given")
        if ("level", scale) in self.supposed:
            level = self.supposed["level", scale]
            rests = self.supposed.get(("rests", ("level", scale)), ((), ()))
            keys, assumed = cast("tuple[tuple[Key, ...], tuple[str, ...]]", rests)
            return Classified(scale, () if level is None else (str(level),), "supposed", known=keys, presumed=assumed)
        if is_derived(self.terms, scale):
            return self._derived(scale)
        if declared.default is not None:
            assumed = bool(declared.assumes) or not declared.cites
            return Classified(scale, (declared.default,), "default", assumed_default=assumed)
        raise Undecided(self._unknown_level(scale, tuple(level.id for level in declared.levels)))

    def _derived(self, scale: str) -> Classified:
        """Return the level that follows. Where that is unknown and nothing was said of it, the level is what is asked.

        A scale that only gathers facts for others is not asked for by its name.
        """
        try:
            return derive(scale, self)
        except Undecided:
            if not is_asked_for(self.terms, scale) or anything_said(self.terms, scale, self.situation):
                raise
        raise Undecided(self._left(scale))

    def _left(self, scale: str) -> Unknown:
        """Return the levels that could follow, None for none, with the names that would tell.

        A question with every priority left misses the priority, not each fact from which one could follow: it is asked
        of tickets that have one. Else what is missing is what the priority itself misses.
        """
        terms, main = self.terms, scale == self.terms.targets_scale
        levels = tuple(level.id for level in terms.scales[scale].levels)
        asked: list[Inquiry] = []

        def run(supposed: Supposed) -> tuple[str, ...]:
            asked.append(self._supposing(supposed))
            found = derive(scale, asked[-1])
            asked[-1].note_level(found)
            return found.levels

        if not self.narrows or not (main or self.situation.recorded):
            return self._unknown_level(scale, levels)
        found = search(run, self.supposed)
        left = {level for leaf in found.leaves for level in leaf.result or (None,)}
        every = left.issuperset(levels)
        if not found.complete or (every and not self.situation.recorded):
            return self._unknown_level(scale, levels)
        names = found.missing(lambda outcome: outcome) if main else ()
        narrowing = [] if every else asked
        keys = tuple(dict.fromkeys(key for one in narrowing for key in one.keys))
        assumed = tuple(dict.fromkeys(name for one in narrowing for name in one.assumed))
        possible = tuple(level for level in (*levels, None) if level in left)
        return Unknown(("level", scale), names or (terms.spoken(scale),), possible, scale, keys, assumed)

    def single(self, scale: str) -> Classified:
        """Return the level on a scale; where levels overlap, which of them it is counts as unknown."""
        found = self.classify(scale)
        if found.answer != "overlap":
            return found
        if ("level", scale) in self.supposed:
            return Classified(scale, (str(self.supposed["level", scale]),), "supposed")
        raise Undecided(self._unknown_level(scale, found.levels))

    def level_of(self, scale: str) -> str | None:
        """Return the level on a scale, None where the ticket is unclassified; it is noted. Raises `Undecided`."""
        found = self.single(scale)
        self.note_level(found)
        return found.level

    def _unknown_level(self, scale: str, levels: tuple[str | None, ...]) -> Unknown:
        return Unknown(("level", scale), (self.terms.spoken(scale),), levels, scale)

    # ------------------------------------------------------------------------------------- a witness

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

    def subject(self, subject: Subject) -> Seen:
        """Return the id of the level, channel, caller, status or choice that a subject has."""
        match subject.kind:
            case "fact":
                return self.fact(subject.name)
            case "level":
                return self._level(subject.name)
            case "channel":
                ids = tuple(one.id for one in self.terms.all(Channel))
                return self._one_of("channel", self.situation.channel, ids)
            case "caller":
                return self._one_of("caller", self.situation.caller, tuple(one.id for one in self.terms.all(Party)))
            case "status":
                self.timely = True
                status = self.situation.status or self.terms.initial_status
                return self._one_of("status", status, tuple(one.id for one in self.terms.all(Status)))
            case "clock":
                return self.clock_state(subject.name, ())

    def _level(self, scale: str) -> Seen:
        try:
            found = self.single(scale)
        except Undecided as stop:
            return Seen(None, scale, (("scale", scale),), (), stop.unknown)
        text = f"{scale} is {found.level or 'unclassified'}"
        holding = [one for one in found.definitions if one.holds] or found.definitions
        grounds = tuple(ground for one in holding for ground in one.grounds)
        return Seen(found.level, text, found.keys, found.assumed, None, grounds)

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

    def given(self, subject: Subject) -> Seen:
        """Return whether a subject was given or follows from what was, whatever is supposed here."""
        if subject.kind == "level" and subject.name not in self.situation.levels:
            value, keys = self._follows(subject.name)
        else:
            value, keys = self._is_given(subject), ()
        return Seen(value, f"{subject.name or subject.kind} is {'' if value else 'not '}given", keys)

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

    def _follows(self, scale: str) -> tuple[bool, tuple[Key, ...]]:
        """Return whether a level that was not given follows from the rest, and the declarations that settle it."""
        if scale in self._path:
            raise Circular((*self._path[self._path.index(scale) :],))
        inquiries: list[Inquiry] = []

        def run(supposed: Supposed) -> str | None:
            inquiries.append(self._supposing(supposed))
            return inquiries[-1].level_of(scale)

        found = search(run)
        levels = {leaf.result for leaf in found.leaves}
        self.timely = self.timely or any(inquiry.timely for inquiry in inquiries)
        keys = dict.fromkeys(key for inquiry in inquiries for key in inquiry.keys)
        return found.complete and len(levels) == 1 and None not in levels, (*keys,)

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

    def calendar(self, name: str) -> Openness:
        """Return a calendar. Raises `Undecided` where it is chosen by something unknown."""
        return self.calendars.get(name, self.level_of)

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
