"""An executable policy: a compiled document, its annexes, and what was chosen on top of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Self

from attrs import evolve, field, fields, frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.calendars import Calendars
from sla_dsl.policy.due import Asked
from sla_dsl.policy.due import due as due_of
from sla_dsl.policy.parameters import parameter_value
from sla_dsl.policy.plans import Desk, Plan, plan
from sla_dsl.policy.priorities import level as level_of
from sla_dsl.policy.resting import Doubts
from sla_dsl.policy.situation import read_moment, read_situation
from sla_dsl.policy.terms import Document, Value
from sla_dsl.policy.vocabulary import PRIORITY, Terms
from sla_dsl.worktime.errors import OutsideYears

if TYPE_CHECKING:
    from sla_dsl.policy.answers import Due, Priority
    from sla_dsl.policy.tickets.answers import ObjectiveAnswer
    from sla_dsl.policy.tickets.evaluation import Evaluation
    from sla_dsl.policy.tickets.rulebook import Rulebook
    from sla_dsl.policy.tickets.ticket import Event, Ticket
    from sla_dsl.policy.tickets.tracking import State
    from sla_dsl.worktime import Timetable

_MOST_PLANS = 2048


def _plain(given: Mapping[str, str]) -> dict[str, str]:
    return dict(given)


def _values(given: Mapping[str, Value]) -> dict[str, Value]:
    return dict(given)


@frozen(slots=False, eq=False)
class Executable:
    """A policy that answers: which priority, due when, and why.

    It does not change: `reading`, `set` and `annexed` give new policies, of the same type. Threads may share it; it
    can be pickled and copied. Policies are equal if they were made of equal parts.

    >>> policy.due("response", priority="p1", created=datetime(2026, 3, 6, 15, tzinfo=UTC)).due  # doctest: +SKIP
    '2026-03-09T09:00:00+01:00'
    """

    document: Document
    annexes: tuple[Document, ...] = field(default=(), converter=tuple[Document, ...])
    readings: Mapping[str, str] = field(factory=dict[str, str], converter=_plain)
    values: Mapping[str, Value] = field(factory=dict[str, Value], converter=_values)
    unset: frozenset[str] = field(default=frozenset[str](), converter=frozenset[str])

    # ---------------------------------------------------------------------------------------- answers

    def priority(self, /, **levels_and_facts: object) -> Priority:
        """Return the level on the scale of the targets that a ticket with these levels and facts has (R1, R2).

        `priority` among them is a level given on the ticket, which overrides what follows; `channel` and `caller`
        are taken too. Raises `QuestionError`.
        """
        return self.level(PRIORITY, **levels_and_facts)

    def level(self, scale: str, /, **levels_and_facts: object) -> Priority:
        """Return the level on any scale or attribute, as `priority` does for that of the targets.

        Raises `QuestionError`.
        """
        named = dict(levels_and_facts)
        channel, caller = named.pop("channel", None), named.pop("caller", None)
        situation = read_situation(self.terms, named, channel=channel, caller=caller)
        try:
            return level_of(self._desk, scale, situation)
        except OutsideYears as error:
            raise self._desk.calendars.named(error) from None

    def due(
        self,
        /,
        clock: str,
        *,
        priority: str | int | None = None,
        created: datetime | str,
        channel: str | None = None,
        caller: str | None = None,
        **facts: object,
    ) -> Due:
        """Return when a clock that starts at `created` is due (T4, P2).

        `facts` may also be levels, attributes, and the instants of other events. Names are ids or labels, case and
        spacing folded. Raises `QuestionError` for names and values that the policy does not have, `NaiveDatetime`,
        and `OutsideYears` for dates that a calendar does not cover.
        """
        key: tuple[object, ...] | None = (clock, priority, priority.__class__, channel, caller)
        if facts:
            # Of one zone, the two datetimes of a repeated hour are equal in Python, and yet two instants.
            key = (*key, *((name, fact, fact.__class__, getattr(fact, "fold", 0)) for name, fact in facts.items()))
        try:
            known = self._plans.get(key)
        except TypeError:
            known, key = None, None
        start, where = read_moment("created", created)
        try:
            if known is None:
                known = self._plan(clock, start, priority, channel, caller, facts)
                if key is not None and not known.timely:
                    if len(self._plans) >= _MOST_PLANS:
                        self._plans.clear()
                    self._plans[key] = known
            return due_of(Asked(known, start, where))
        except OutsideYears as error:
            raise self._desk.calendars.named(error) from None

    def _plan(
        self, clock: str, start: int, priority: object, channel: object, caller: object, facts: Mapping[str, object]
    ) -> Plan:
        asked = self.terms.clock(str(clock))
        situation = read_situation(self.terms, facts, priority=priority, channel=channel, caller=caller)
        return plan(self._desk, asked, situation, start)

    def evaluate(
        self, ticket: Ticket | Mapping[str, object], *, at: datetime | str, would_change: bool = False
    ) -> Evaluation:
        """Return a ticket evaluated at an instant: priority, status, clocks, services, duties, and why (CONTRACT).

        Entries up to and including `at` count. With `would_change` the evaluation also tells what each other reading
        would change, and what would have turned late into in time; that takes many times as long. Raises `BadTicket`
        with everything that is wrong with the ticket, `AskedTooEarly` for an instant before its creation,
        `NaiveDatetime` and `BadInstant` for `at`.
        """
        return _tracking().evaluate(self, ticket, at, would_change=would_change)

    def begin(self, ticket: Ticket | Mapping[str, object]) -> State:
        """Return the state of a ticket after the entries it has, for programs that follow it entry by entry.

        Raises `BadTicket`. `state.at(instant)` gives the evaluation.
        """
        return _tracking().begin(self, ticket)

    def step(self, state: State, entry: Event | Mapping[str, object]) -> State:
        """Return the state of a ticket after one more entry; it agrees with evaluating all of them at once.

        Raises `BadTicket` for a bad entry, `OlderEntry` for one before the last that the state knows.
        """
        return _tracking().following(state, entry)

    # ---------------------------------------------------------------------------------------- changes

    def reading(self, /, **choices: str | None) -> Self:
        """Return the policy under other readings, by ambiguity; None goes back to the policy's own choice (H3).

        Raises `UnknownName` for an ambiguity or reading that there is not.
        """
        names = {one.id: one for part in (self.document, *self.annexes) for one in part.ambiguities}
        readings = dict(self.readings)
        for name, choice in choices.items():
            if choice is None and name in names:
                readings.pop(name, None)
            else:
                readings[name] = str(choice)
        return self._checked(evolve(self, readings=readings))

    def set(self, /, **parameters: object) -> Self:
        """Return the policy with other values for parameters; None takes a default away (H4).

        A zone is an IANA name or `UTC-05:00`; holidays are dates, `{"country": "NL", …}`, or `none`; a calendar is a
        `Calendar`, its arguments, or the name of a declared one; a duration is a timedelta or `4 hours`. Texts are
        read as the command line gives them. Raises `UnknownName`, `BadParameter`.
        """
        values, unset = dict(self.values), set(self.unset)
        for name, given in parameters.items():
            parameter = self.terms.parameter(name)
            values.pop(parameter.id, None)
            unset.discard(parameter.id)
            if given is None:
                unset.add(parameter.id)
            else:
                values[parameter.id] = parameter_value(self.terms, parameter, given)
        return evolve(self, values=values, unset=unset)

    def annexed(self, annex: Document) -> Self:
        """Return the policy with an annex after those it has (H5). Raises `WrongAnnex`, `ClashingAnnexes`."""
        return self._checked(evolve(self, annexes=(*self.annexes, annex)))

    # ------------------------------------------------------------------------------------------ parts

    @cached_property
    def terms(self) -> Terms:
        """The declarations in force. Raises what `in_force` raises."""
        return Terms.of(self.document, self.annexes, self.readings, self.values, self.unset)

    @property
    def zone(self) -> str | None:
        """The zone of the policy, where it has one that is known (R10)."""
        return self._desk.calendars.zone.name

    @cached_property
    def _desk(self) -> Desk:
        return Desk(self.terms, Calendars(self.terms), Doubts(self.terms))

    def objectives(self, evaluations: Iterable[Evaluation]) -> list[ObjectiveAnswer]:
        """Return how evaluated tickets measure up to every objective, by clock, level and period (R8).

        The evaluations are read once, one by one; none is kept. Raises `ForeignEvaluation` for one under another
        policy, and for anything else.
        """
        from sla_dsl.policy.tickets.evaluation import own
        from sla_dsl.policy.tickets.objectives import objectives

        return list(objectives(self._desk, (own(one, self.document.id) for one in evaluations)))

    def calendar(self, name: str) -> Timetable | None:
        """Return the opening hours of a declared calendar, None where they rest on something unknown."""
        try:
            return self._desk.calendars.get(name, lambda _: None).exact
        except SlaError:  # chosen by a level that nobody has given, or not answerable
            return None

    @cached_property
    def book(self) -> Rulebook:
        """What the policy says about tickets over time."""
        from sla_dsl.policy.tickets.rulebook import Rulebook

        return Rulebook(self._desk)

    @cached_property
    def _plans(self) -> dict[object, Plan]:
        return {}

    def to_json(self) -> str:
        """Return the policy, with its annexes and what was selected, as canonical JSON (CONTRACT).

        Equal policies give equal texts, byte for byte, on every machine.
        """
        from sla_dsl.policy.codec import to_json, whole

        return to_json(whole(self))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of everything that bears on answers: policy, annexes, readings, values (H5, T8)."""
        from sla_dsl.policy.codec import whole

        return whole(self).digest

    def _checked(self, changed: Self) -> Self:
        _ = changed.terms
        return changed

    # ----------------------------------------------------------------------------------------- values

    def _parts(self) -> tuple[object, ...]:
        return tuple(getattr(self, one.name) for one in fields(type(self)))

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.document.id, len(self.annexes), *sorted(self.readings.items()), *sorted(self.values)))

    def __getstate__(self) -> tuple[object, ...]:
        return self._parts()

    def __setstate__(self, state: Iterable[object]) -> None:
        self.__dict__.update({one.name: part for one, part in zip(fields(type(self)), state, strict=True)})


@cache
def _tracking():
    """Return what follows tickets; it is imported when the first ticket comes, as many programs have none."""
    from sla_dsl.policy.tickets import tracking

    return tracking
