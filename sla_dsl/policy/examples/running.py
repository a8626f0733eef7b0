"""Running examples: each ticket is asked about or evaluated, and what comes out stands beside what is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from attrs import field, frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import UnknownName
from sla_dsl.policy.examples import seen
from sla_dsl.policy.examples.comparing import Outcome, compare
from sla_dsl.policy.examples.ticket import ExampleTicket, known, moment, ticket_of
from sla_dsl.policy.examples.words import MODALITIES, word
from sla_dsl.policy.names import folded
from sla_dsl.policy.terms import Channel, Clock, Duty, Event, Exclusion, Maintenance, Service, Status
from sla_dsl.policy.vocabulary import PRIORITY

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.policy.answers import Due
    from sla_dsl.policy.examples.seen import Seen
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.terms import Declaration, Example, Expectation
    from sla_dsl.policy.tickets.evaluation import Evaluation
    from sla_dsl.policy.vocabulary import Terms

Verdict = Literal["passed", "failed", "error"]


@frozen
class ExpectationResult:
    """What came out of one expectation. `error`: the question could not be put; `why` says what is wrong with it."""

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
        asked = _Asked(under, ticket_of(under, example))
    except SlaError as error:
        failed = (ExpectationResult(one, "error", _expected(one), "", str(error)) for one in example.expectations)
        return ExampleResult(example, tuple(failed))
    return ExampleResult(example, tuple(_expect(asked, one) for one in example.expectations))


def _expect(asked: _Asked, one: Expectation) -> ExpectationResult:
    expected = _expected(one)
    try:
        outcome = asked.outcome(one)
    except SlaError as error:
        return ExpectationResult(one, "error", expected, "", str(error))
    verdict = "passed" if outcome.holds else "failed"
    return ExpectationResult(one, verdict, expected, outcome.actual, "", outcome.clauses)


@frozen
class _Asked:
    """The ticket of an example under its policy; it is evaluated once for each instant."""

    policy: Executable
    ticket: ExampleTicket
    evaluations: dict[str | None, Evaluation] = field(factory=dict[str | None, "Evaluation"])

    def outcome(self, one: Expectation) -> Outcome:
        """Return whether an expectation holds. Raises `SlaError` where that cannot be asked."""
        kind, name = _subject(self.policy.terms, one.of)
        if one.step is not None:
            cycles = (cycle for cycle in self._evaluated(one.at).clocks if cycle.clock == name)
            found = seen.seen_step(cycles, one.step, self.policy.terms)
        elif kind == "entry":
            found = seen.seen_entry(self._evaluated(one.at), name, self.ticket.entries)
        elif self.ticket.happens or one.at is not None or _asks_over_time(kind, one):
            found = self._seen(kind, name, one.at)
        elif kind == "clock":
            ask = cast("Callable[..., Due]", self.policy.due)  # which checks every value itself
            found = seen.seen_due(ask(name, created=self.ticket.creation, **self.ticket.given))
        else:
            found = seen.seen_level(self.policy.level(name, **self.ticket.given), self.policy.terms, name)
        if found.due_answer == "due":
            known(self.ticket.creation)
        return compare(found, one, lambda text: known(moment(self.policy, text)))

    def _seen(self, kind: str, name: str, at: str | None) -> Seen:
        """Return what comes out of a thing when the ticket is evaluated."""
        evaluation, terms = self._evaluated(at), self.policy.terms
        match kind:
            case "clock":
                return seen.seen_clock((one for one in evaluation.clocks if one.clock == name), terms)
            case "scale":
                return seen.seen_level(evaluation.level(name), terms, name)
            case "status":
                return seen.seen_status(evaluation.status, terms)
            case "service":
                return seen.seen_service(next(one for one in evaluation.availability if one.service == name))
            case "channel":
                return seen.seen_channel(next(one for one in evaluation.channels if one.channel == name))
            case "duty":
                return seen.seen_duty(next(one for one in evaluation.duties if one.duty == name))
            case "exclusion":
                holding = (one for one in evaluation.exclusions if one.exclusion == name)
                return seen.seen_exclusion(name, next(holding, None))
            case _:
                return seen.seen_maintenance(next(one for one in evaluation.maintenance if one.maintenance == name))

    def _evaluated(self, at: str | None) -> Evaluation:
        if at not in self.evaluations:
            instant = self.ticket.latest if at is None else moment(self.policy, at)
            self.ticket.check_order(instant)
            self.evaluations[at] = self.policy.evaluate(self.ticket.form, at=instant)
        return self.evaluations[at]


def _asks_over_time(kind: str, one: Expectation) -> bool:
    """Return whether only a ticket that is evaluated answers: a state or verdict of a clock, a status, a service, …."""
    if one.outcome in ("warns at", "has used"):
        return True
    if kind == "clock":
        return one.outcome in ("is", "is not") and any(word(text) not in MODALITIES for text in one.values)
    return kind != "scale"


def _subject(terms: Terms, of: str) -> tuple[str, str]:
    """Return the kind and id of what an expectation is about. Raises `UnknownName`."""
    if folded(of) == "status":
        return "status", of
    clock, scale = terms.named(Clock, of), terms.scale_named(of)
    if clock is not None:
        return "clock", clock
    if scale is not None or folded(of) == PRIORITY:
        return "scale", scale or of
    others: tuple[type[Declaration], ...] = (Service, Duty, Channel, Exclusion, Maintenance, Event, Status)
    found = next((one for kind in others if (one := terms.find(kind, of)) is not None), None)
    if found is None:
        raise UnknownName("clock, scale, service, duty or channel", of, terms.names(Clock))
    return "entry" if isinstance(found, Event | Status) else found.kind, found.id


def _expected(one: Expectation) -> str:
    values = ", ".join(one.values)
    words = {"undetermined": "undetermined missing" if values else ""}
    of = one.of if one.step is None else f"{one.step} of {one.of}"
    text = f"{of} {words.get(one.outcome) or one.outcome} {values}".rstrip()
    text += f" “{one.text}”" if one.text is not None else ""
    return text if one.at is None else f"{text} at {one.at}"
