"""One search for an answer: works out levels and conditions under suppositions, and notes what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from attrs import frozen

from sla_dsl.policy.calendars import Calendars
from sla_dsl.policy.classification import Classified, anything_said, derive, is_asked_for, is_derived
from sla_dsl.policy.conditions import judge
from sla_dsl.policy.errors import Circular, Unanswerable
from sla_dsl.policy.known import Known
from sla_dsl.policy.situation import Situation
from sla_dsl.policy.terms import Channel, Condition, Party, Status, Subject
from sla_dsl.policy.unknowns import Supposed, Undecided, Unknown, search
from sla_dsl.policy.witness import Ground, Outcome, Seen

if TYPE_CHECKING:
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


class Inquiry(Known):
    """A witness for conditions, about a ticket at an instant: that of its creation, unless more is known of it.

    It works out levels from what is known, and notes what it rests on: `keys` are the declarations that were looked at,
    `decisions` the conditions that were settled on the way. `Undecided` stops it where something unknown decides; of a
    level that is unknown it `narrows` what is left to what could follow.
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

    def given(self, subject: Subject) -> Seen:
        """Return whether a subject was given or follows from what was, whatever is supposed here."""
        if subject.kind == "level" and subject.name not in self.situation.levels:
            value, keys = self._follows(subject.name)
        else:
            value, keys = self._is_given(subject), ()
        return Seen(value, f"{subject.name or subject.kind} is {'' if value else 'not '}given", keys)

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

    def calendar(self, name: str) -> Openness:
        """Return a calendar. Raises `Undecided` where it is chosen by something unknown."""
        return self.calendars.get(name, self.level_of)
