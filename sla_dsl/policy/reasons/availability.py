"""Why a service, a channel or maintenance is there at an instant, or is not (R7, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import seen_in
from sla_dsl.policy.reasons.supposing import in_case
from sla_dsl.policy.reasons.told import alike, apart, spoken, undetermined, what_it_rests_on
from sla_dsl.policy.reasons.wording import day_text, listing, moment_text, sentence, time_text, turn_text
from sla_dsl.policy.terms import Calendar, During, OnDay
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping
    from datetime import tzinfo

    from sla_dsl.policy.inquiry import Decision, Inquiry
    from sla_dsl.policy.terms import Channel, Maintenance, Service
    from sla_dsl.policy.tickets.hours_of import Standing
    from sla_dsl.policy.tickets.passing import Turn
    from sla_dsl.policy.tickets.told import Told
    from sla_dsl.policy.unknowns import Unknown
    from sla_dsl.policy.witness import Ground, Seen
    from sla_dsl.worktime import Timetable

_MOST_CASES = 6
_NOT_STATED = "the document does not say when"
_AVAILABLE = {"yes": "available", "no": "not available", "not_stated": _NOT_STATED}
_ALLOWED = {"yes": "allowed", "no": "not allowed", "not_stated": _NOT_STATED}


def explain_service(told: Told[Standing], service: Service, until: Turn | None) -> Iterator[Reason]:
    """Yield why a service is there or not: its lines, its hours, its conditions, and until when (H7)."""
    yield from _explain(told, spoken(service), _AVAILABLE, until)


def explain_channel(told: Told[Standing], channel: Channel, services: Iterable[Service]) -> Iterator[Reason]:
    """Yield why a channel is there or not: its own lines, or the services that are reached through it."""
    yield from _explain(told, spoken(channel), _AVAILABLE, None)
    if channel.availability or told.single is None:
        return
    for service in services:
        text = f"{spoken(channel)} leads to {spoken(service)}"
        yield from reasons(service.clause, text, service.cites, service.assumes)


def explain_maintenance(told: Told[Standing], rule: Maintenance) -> Iterator[Reason]:
    """Yield why maintenance is allowed or not."""
    yield from _explain(told, spoken(rule), _ALLOWED, None)


def _explain(told: Told[Standing], subject: str, words: dict[str, str], until: Turn | None) -> Iterator[Reason]:
    about, where = told.about, told.look.where
    if told.single is None:
        yield from undetermined(told, told.missing())
    else:
        end = "" if until is None else f", until {turn_text(until.at, until.zone or where)}"
        text = f"{subject}: {words[told.single.answer]} on {moment_text(told.look.at, where)}{end}"
        if told.single.answer == "not_stated":
            text = f"{subject}: {words['not_stated']}"
        yield from reasons(about.clause, text, about.cites, about.assumes)
    if told.answered is not None and told.answered.searched.complete and not told.answered.not_computed:
        yield from _cases(told, told.answered.searched.unknowns, subject, words)
    yield from what_it_rests_on(told)


def _cases(
    told: Told[Standing], unknowns: Mapping[Hashable, Unknown], subject: str, words: dict[str, str]
) -> Iterator[Reason]:
    """Yield why in each case: of one answer by the lines that settle it, of several by the answers."""
    settled = told.single is not None
    cases = alike(told, lambda standing: standing.lines if settled else standing.answer)
    for leaves in cases[:_MOST_CASES]:
        case = leaves[0].result
        if len(cases) > 1:
            supposed, others = apart(leaves, cases)
            text = in_case(supposed, others, unknowns, f"{subject}: {words[case.result.answer]}")
            yield Reason(told.about.clause, sentence(text))
        yield from _lines(case.inquiry, told)


def _lines(inquiry: Inquiry, told: Told[Standing]) -> Iterator[Reason]:
    """Yield why the lines that decided hold or do not, and the hours that they speak of."""
    for decision in inquiry.decisions.values():
        yield from _line(decision, inquiry, told.look.where)
    for decision in inquiry.decisions.values():
        for ground in decision.grounds:
            if isinstance(ground.test, During | OnDay) and not ground.test.subject:
                yield from _hours(ground.test.calendar, ground.seen, inquiry)


def _line(decision: Decision, inquiry: Inquiry, where: tzinfo) -> Iterator[Reason]:
    """Yield why a line holds or does not, unless there was nothing to see: `always`, or hours that are not known."""
    seen = dict.fromkeys(text for ground in decision.grounds for text in _seen(ground, inquiry, where))
    if seen:
        verdict = "holds" if decision.holds else "does not hold"
        yield from reasons(decision.clause, f"“{decision.condition.text}” {verdict}, because {listing(seen)}")


def _seen(ground: Ground, inquiry: Inquiry, where: tzinfo) -> Iterator[str]:
    """Yield what was seen, with the instant that was asked about told as such."""
    match ground.test:
        case During(calendar=name, subject="") if inquiry.instant is not None:
            for seen in ground.seen:
                yield f"{moment_text(inquiry.instant, where)} lies {'in' if seen.value else 'outside'} `{name}`"
        case _:
            yield from seen_in(ground)


# --------------------------------------------------------------------------------------------- hours


def _hours(name: str, seen: tuple[Seen, ...], inquiry: Inquiry) -> Iterator[Reason]:
    """Yield the hours of the date in a calendar, with what bears the calendar out."""
    calendar = inquiry.calendar(name).exact
    if calendar is None or inquiry.instant is None:
        return
    names = dict.fromkeys(key[1] for one in seen for key in one.keys if key[0] == "calendar")
    declared = [found for one in names if (found := inquiry.terms.find(Calendar, one)) is not None]
    if declared:
        cites = tuple(cite for one in declared for cite in one.cites)
        assumes = tuple(assume for one in declared for assume in one.assumes)
        yield from reasons(declared[0].clause, _open_hours(name, calendar, inquiry.instant), cites, assumes)


def _open_hours(name: str, calendar: Timetable, at: int) -> str:
    day = calendar.date_of(at)
    windows = [
        f"{_clock(start, calendar)} to {_clock(end, calendar, end=True)}" for start, end in calendar.windows_on(day)
    ]
    if windows:
        return f"`{name}` on {day_text(day)}: {listing(windows)}"
    why = calendar.closed_because(at)
    return f"`{name}` has no hours on {day_text(day)}{f' ({why})' if why else ''}"


def _clock(t: int, calendar: Timetable, *, end: bool = False) -> str:
    text = time_text(from_micros(t, calendar.zone))
    return "24:00" if end and text == "00:00" else text
