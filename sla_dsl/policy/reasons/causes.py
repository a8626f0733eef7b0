"""What started, stopped, voided or held a clock, in words, and what bears that out (P1, P7, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.terms import Event, Exclusion, Status
from sla_dsl.policy.tickets.triggers import signs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.terms import AnyTest, Assumption, Citation, Clock, Pause, Trigger
    from sla_dsl.policy.tickets.clock_rules import ClockRules
    from sla_dsl.policy.tickets.cycle_view import CycleView
    from sla_dsl.policy.tickets.holding import Hold
    from sla_dsl.policy.tickets.life import Life
    from sla_dsl.policy.vocabulary import Terms

_STATUS = "status is "
_SINCE = "since "


@frozen
class Cause:
    """Why something happened to a clock: the clause that says so, and `text` as the end of a sentence.

    `brief` names what happened, where something did.
    """

    clause: str
    text: str
    brief: str = ""
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()


def cause_of_start(life: Life, view: CycleView) -> Cause:
    """Return what started a cycle."""
    clock, why = view.run.rules.clock, view.cycle.why_started
    plain = _triggered(clock, clock.starts, why)
    if plain is not None:
        return _happened(plain, life, view.cycle.started, clock.starts, why)
    if why == "reopening":
        return Cause(clock.clause, "when the ticket was reopened", "", clock.cites, clock.assumes)
    ended = _ended(life, view.run.rules, view.cycle.started, why)
    return Cause(ended.clause, f"{ended.text}, which ended the one before", ended.brief, ended.cites, ended.assumes)


def cause_of_end(life: Life, view: CycleView) -> Cause:
    """Return what stopped a cycle, or made it void."""
    rules, cycle = view.run.rules, view.cycle
    clock, why = rules.clock, cycle.why_ended
    if cycle.stopped is not None:
        return _ended(life, rules, cycle.stopped, why)
    return cause_of_void(life, rules, cycle.voided or view.now, why, clock.voids)


def cause_of_void(life: Life, rules: ClockRules, at: int, why: str, voids: tuple[Trigger, ...] = ()) -> Cause:
    """Return what made a clock, or a cycle of it, void; `why` is in the words of the clock or names an exclusion."""
    clock, terms = rules.clock, rules_terms(life)
    exclusion = next((one for one in terms.all(Exclusion) if one.clause == why), None)
    if exclusion is not None:
        name = exclusion.label or f"`{exclusion.id}`"
        return Cause(exclusion.clause, f"because {name} excludes it", name, exclusion.cites, exclusion.assumes)
    plain = _triggered(clock, voids, why)
    if plain is not None:
        return _happened(plain, life, at, voids, why)
    until = clock.repeats_until
    if until is not None and why in {until.text, clock.clause}:
        names = happenings(life, at, until.test) or until.text
        return Cause(clock.clause, f"with {names}, until which it repeats", names, clock.cites, clock.assumes)
    return Cause(clock.clause, f"with {why}", why, clock.cites, clock.assumes)


def _ended(life: Life, rules: ClockRules, at: int, why: str) -> Cause:
    clock, status = rules.clock, why.removeprefix(_STATUS)
    if why.startswith(_STATUS) and status in rules.stopping:
        declared = rules_terms(life).find(Status, status)
        if declared is not None:
            became = f"the status became {status}"
            return Cause(declared.clause, f"when {became}", became, declared.cites, declared.assumes)
    plain = _triggered(clock, clock.stops, why) or Cause(clock.clause, "", "", clock.cites, clock.assumes)
    return _happened(plain, life, at, clock.stops, why)


def cause_of_hold(terms: Terms, rules: ClockRules, hold: Hold) -> Cause:
    """Return what held a clock: a status, a condition, the time between two events, or a stop."""
    clock, why = rules.clock, hold.why
    if hold.kind == "after stop":
        return Cause(clock.clause, "until the ticket was reopened", "", clock.cites, clock.assumes)
    status = why.removeprefix(_STATUS)
    if why.startswith(_STATUS) and status in rules.pausing:
        declared = terms.find(Status, status)
        if declared is not None:
            return Cause(declared.clause, f"because the status was {status}", "", declared.cites, declared.assumes)
    for pause in clock.pauses:
        if pause.since is not None and why == f"{_SINCE}{pause.since.text}":
            until = "" if pause.until is None else f" until {pause.until.text}"
            return _paused(clock, pause, f"by the time from {pause.since.text}{until}")
        if pause.holds is not None and why == pause.holds.text:
            text = f"because the status was {status}" if why.startswith(_STATUS) else f"because “{why}” held"
            return _paused(clock, pause, text)
    return Cause(clock.clause, f"because “{why}” held", "", clock.cites, clock.assumes)


def _paused(clock: Clock, pause: Pause, text: str) -> Cause:
    if pause.cites or pause.assumes:
        return Cause(clock.clause, text, "", pause.cites, pause.assumes)
    return Cause(clock.clause, text, "", clock.cites, clock.assumes)


def rules_terms(life: Life) -> Terms:
    """Return the terms under which a ticket lives."""
    return life.book.desk.terms


# ------------------------------------------------------------------------------------------ what happened


def _triggered(clock: Clock, triggers: Iterable[Trigger], why: str) -> Cause | None:
    """Return the lines of a clock with these words, without what happened; None where there are none."""
    lines = [one for one in triggers if one.when.text == why]
    if not lines:
        return None
    cites = tuple(cite for one in lines for cite in one.cites)
    assumes = tuple(assume for one in lines for assume in one.assumes)
    if not cites and not assumes:
        cites, assumes = clock.cites, clock.assumes
    return Cause(clock.clause, "", "", cites, assumes)


def _happened(cause: Cause, life: Life, at: int, triggers: Iterable[Trigger], why: str) -> Cause:
    """Return a cause with what happened: the events or the status that the words wait for."""
    tests = [one.when.test for one in triggers if one.when.text == why]
    names = happenings(life, at, *tests)
    entered = entered_by(life, at, *tests)
    became = f"the status became {entered}" if entered else ""
    text = f"with {names}" if names else f"when {became}" if became else f"with {why}"
    brief = happenings(life, at, *tests, labels=False) or became or why
    return Cause(cause.clause, text, brief, cause.cites, cause.assumes)


def happenings(life: Life, at: int, *tests: AnyTest, labels: bool = True) -> str:
    """Return the events that happened at an instant and to which some expressions listen."""
    wanted = {sign for test in tests for sign in signs(test)}
    happened = (event for moment in life.course.moments if moment.at == at for event in moment.events)
    names = dict.fromkeys(event for event in happened if event in wanted)
    return " and ".join(event_text(rules_terms(life), name) if labels else name for name in names)


def entered_by(life: Life, at: int, *tests: AnyTest) -> str:
    """Return the status that a ticket entered at an instant and for which some expressions wait, if it did."""
    wanted = {sign[1] for test in tests for sign in signs(test) if isinstance(sign, tuple)}
    entered = (status for moment in life.course.moments if moment.at == at for status in moment.entered)
    return next((status for status in entered if status in wanted), "")


def event_text(terms: Terms, name: str) -> str:
    """Return an event by its id, with its label where it has one."""
    event = terms.find(Event, name)
    return name if event is None or event.label is None else f"{name} (“{event.label}”)"
