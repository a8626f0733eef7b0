"""The `example` blocks of a policy: what each expects, and what comes out."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal, cast

from attrs import field, frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import BadValue
from sla_dsl.policy.expectations import NotExecuted, Outcome, compare_due, compare_level
from sla_dsl.policy.names import folded
from sla_dsl.policy.terms import Clock, Event, Fact, Service
from sla_dsl.policy.vocabulary import PRIORITY
from sla_dsl.worktime import from_micros, wall_instant, wall_kind, zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sla_dsl.policy.answers import Due
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.terms import Example, Expectation, Happening, Item

Verdict = Literal["passed", "failed", "not executed", "error"]

_LATER = "this needs a ticket evaluated over time, which is not executed yet"


@frozen
class ExpectationResult:
    """What came out of one expectation.

    `not executed`: it needs what is not executed yet, and is no pass. `error`: the question could not be put; `why`
    says what is wrong with it.
    """

    expectation: Expectation
    verdict: Verdict
    expected: str
    actual: str = ""
    why: str = ""
    clauses: tuple[str, ...] = ()


@frozen
class ExampleResult:
    """What came out of an example. Without expectations, or where not all passed, it has not passed."""

    example: Example
    results: tuple[ExpectationResult, ...]

    @property
    def passed(self) -> bool:
        """Whether there is something to expect, and all of it came out."""
        return bool(self.results) and all(one.verdict == "passed" for one in self.results)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that its answers looked at."""
        return tuple(dict.fromkeys(clause for one in self.results for clause in one.clauses))


@frozen
class _Ticket:
    """The ticket of an example, as a question takes it; `later` says that more happens to it than its creation."""

    created: datetime | None = None
    given: dict[str, object] = field(factory=dict[str, object])
    later: bool = False


def run_examples(policy: Executable) -> tuple[ExampleResult, ...]:
    """Run the examples of a policy and of its annexes, in order; nothing that is wrong with one raises.

    >>> [result.passed for result in run_examples(policy)]  # doctest: +SKIP
    [True, True]
    """
    parts = (policy.document, *policy.annexes)
    return tuple(run_example(policy, example) for part in parts for example in part.examples)


def run_example(policy: Executable, example: Example) -> ExampleResult:
    """Run one example."""
    try:
        settings = {setting.parameter: setting.value for setting in example.settings}
        under = policy.reading(**example.readings).set(**settings)
        ticket = _ticket(under, example.ticket, example.happenings)
    except SlaError as error:
        failed = (ExpectationResult(one, "error", _expected(one), "", str(error)) for one in example.expectations)
        return ExampleResult(example, tuple(failed))
    return ExampleResult(example, tuple(_expect(under, ticket, one) for one in example.expectations))


def _expect(policy: Executable, ticket: _Ticket, one: Expectation) -> ExpectationResult:
    expected = _expected(one)
    try:
        outcome = _outcome(policy, ticket, one)
    except NotExecuted as stop:
        return ExpectationResult(one, "not executed", expected, "", str(stop))
    except SlaError as error:
        return ExpectationResult(one, "error", expected, "", str(error))
    verdict = "passed" if outcome.holds else "failed"
    return ExpectationResult(one, verdict, expected, outcome.actual, "", outcome.clauses)


def _outcome(policy: Executable, ticket: _Ticket, one: Expectation) -> Outcome:
    terms = policy.terms
    if ticket.later or one.at is not None:
        raise NotExecuted(_LATER)
    clock = terms.named(Clock, one.of)
    if clock is not None:
        if ticket.created is None:
            raise BadValue("created", "not given", "the example says nowhere when its ticket is created")
        ask = cast("Callable[..., Due]", policy.due)  # which checks every value itself
        answer = ask(clock, created=ticket.created, **ticket.given)
        if answer.answer == "due":
            _check_known(ticket.created)
        return compare_due(answer, one, lambda text: _check_known(_moment(policy, text)))
    if terms.scale_named(one.of) is not None or folded(one.of) == PRIORITY:
        return compare_level(policy.level(one.of, **ticket.given), one, terms)
    if terms.find(Service, one.of) is not None or one.outcome in ("available", "not available"):
        raise NotExecuted("who may use a service when is not executed yet")
    raise NotExecuted(_LATER)


# ------------------------------------------------------------------------------------------ the ticket


def _ticket(policy: Executable, items: Iterable[Item], happenings: Iterable[Happening]) -> _Ticket:
    created: datetime | None = None
    given: dict[str, object] = {}
    later = False
    for item in items:
        if _is_creation(policy, item.name):
            created = _moment(policy, str(item.value))
        else:
            given[item.name] = _value(policy, item)
    for happening in happenings:
        at = _moment(policy, happening.at)
        creates = any(_is_creation(policy, item.name) for item in happening.items)
        if creates and created is None:
            created = at
        for item in happening.items:
            if _is_creation(policy, item.name) and at == created:
                continue
            if at == created and not _is_event(policy, item):
                given[item.name] = _value(policy, item)
            else:
                later = True
    return _Ticket(created, given, later)


def _is_creation(policy: Executable, name: str) -> bool:
    return folded(name) in ("created", folded(policy.terms.created or "created"))


def _is_event(policy: Executable, item: Item) -> bool:
    return folded(item.name) == "status" or policy.terms.named(Event, item.name) is not None


def _value(policy: Executable, item: Item) -> object:
    """Return a value as a question takes it: a bare fact is yes, an instant is wall time of the policy's zone."""
    terms = policy.terms
    fact = terms.named(Fact, item.name)
    instant = fact is not None and terms.need(Fact, fact).type.name == "instant"
    if isinstance(item.value, str) and (instant or terms.named(Event, item.name) is not None):
        return _moment(policy, item.value)
    return True if item.value is None else item.value


_NOWHERE = timezone(timedelta(0), "unknown")
"""Stands for the zone of a policy where a parameter would have to give it."""


def _check_known(when: datetime) -> datetime:
    """Return an instant again, unless it is a wall time of a zone that is not known. Raises `BadValue`."""
    if when.tzinfo is _NOWHERE:
        text = when.replace(tzinfo=None).isoformat(" ", "minutes")
        raise BadValue("time", text, "the zone of the policy is not known here; write an offset, `+01:00`")
    return when


def _moment(policy: Executable, text: str) -> datetime:
    """Return the instant of a wall time in the policy's zone, or of one with an offset (R10). Raises `BadValue`.

    Where the zone is not known it is `_NOWHERE`: what has no due time, or misses the zone, can still be expected.
    """
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise BadValue("time", text, "write it like `2026-03-06 15:00`") from None
    if wall.tzinfo is not None:
        return wall
    own = policy.zone
    if own is None:
        return wall.replace(tzinfo=_NOWHERE)
    where = zone(own)
    kind = wall_kind(wall, where)
    if kind != "plain":
        why = "is skipped when the clocks go forward" if kind == "gap" else "comes twice when the clocks go back"
        raise BadValue("time", text, f"in {own} it {why}; write an offset, `+01:00`")
    return from_micros(wall_instant(wall, where), where)


def _expected(one: Expectation) -> str:
    values = ", ".join(one.values)
    words = {"due": "due", "is": "is", "is not": "is not", "undetermined": "undetermined missing" if values else ""}
    text = f"{one.of} {words.get(one.outcome) or one.outcome} {values}".rstrip()
    return text if one.at is None else f"{text} at {one.at}"
