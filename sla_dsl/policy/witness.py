"""What conditions ask, and what comes back: what was seen, what is unknown, what decided (R3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from sla_dsl.policy.unknowns import Unknown

if TYPE_CHECKING:
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.selection import Key
    from sla_dsl.policy.terms import AnyTest, Subject


@frozen
class Seen:
    """What was found when something was looked up: its value, or the unknown that it is.

    `text` says it for reasons, `when` when it happened. `keys` are the declarations it rests on, `assumed` the facts
    whose assumed default was used, and `because` what it follows from.
    """

    value: object
    text: str = ""
    keys: tuple[Key, ...] = ()
    assumed: tuple[str, ...] = ()
    unknown: Unknown | None = None
    because: tuple[Ground, ...] = ()
    when: str = ""


@frozen
class Ground:
    """A part of a condition that decided it, and what was seen."""

    test: AnyTest
    holds: bool
    seen: tuple[Seen, ...]


@frozen
class Outcome:
    """Whether a condition holds; None with the unknowns on which it rests. `grounds` are the parts that decide."""

    holds: bool | None
    grounds: tuple[Ground, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


class Witness(Protocol):
    """Whom a condition asks. Each answer is what was seen, or what is unknown."""

    def fact(self, name: str) -> Seen:
        """Return the value of a fact."""
        ...

    def subject(self, subject: Subject) -> Seen:
        """Return the id of the level, channel, caller, status, choice or state that a subject has."""
        ...

    def clock_state(self, clock: str, states: tuple[str, ...]) -> Seen:
        """Return whether a clock is in one of the states."""
        ...

    def happened(self, event: str) -> Seen:
        """Return whether an event has happened."""
        ...

    def given(self, subject: Subject) -> Seen:
        """Return whether a subject is known."""
        ...

    def moment(self, name: str) -> Seen:
        """Return the date or instant of a fact or event; that of the question where the name is empty."""
        ...

    def calendar(self, name: str) -> Openness:
        """Return a calendar."""
        ...

    def supposed_truth(self, test: AnyTest) -> bool | None:
        """Return whether a part of a condition is supposed to hold, if anything is supposed of it."""
        ...

    def as_instant(self, text: str) -> Seen:
        """Return the instant that a policy writes as wall time in its zone."""
        ...

    def local_date(self, instant: int) -> Seen:
        """Return the date of an instant in the zone of the policy."""
        ...


def unknown_of(test: AnyTest, unknown: Unknown) -> Outcome:
    """Return that a condition rests on something unknown: on its values or, where they cannot be listed, on itself."""
    return Outcome(None, (), (unknown,)) if unknown.domain else rests_on(test, *unknown.names)


def rests_on(test: AnyTest, *names: str) -> Outcome:
    """Return that a condition rests on names whose values cannot be listed: whether it holds is itself unknown."""
    return Outcome(None, (), (supposition(test, *names),))


def supposition(test: AnyTest, *names: str) -> Unknown:
    """Return whether a part of a condition holds as something unknown."""
    return Unknown(("test", test), names, (True, False))
