"""An evaluated ticket for people: where it stands, what its clocks say, who is there, who owes what, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sla_dsl.reporting.answers import moment, scale_name
from sla_dsl.reporting.evaluation_clocks import put_clocks
from sla_dsl.reporting.page import Page
from sla_dsl.reporting.sentences import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sla_dsl.policy.answers import Priority
    from sla_dsl.policy.tickets.answers import AllowedMove, DutyAnswer, StatusAnswer, WouldChange
    from sla_dsl.policy.tickets.evaluation import Evaluation

_YES_NO = {True: "yes", False: "no", None: "not known"}
_ALLOWED = {True: "allowed", False: "not allowed", None: "not known whether allowed"}


def evaluation_text(found: Evaluation, *, explain: bool = False, width: int = 100, colour: bool = False) -> str:
    """What a policy says of a ticket at an instant; with `explain` the ledgers, and every reason as a sentence.

    Example: begins with `ticket 7 on Thursday 2026-03-05 12:00 -05:00`.
    """
    page = Page(width, colour=colour)
    told = Telling(page, explain)
    page.title(f"ticket {found.ticket or 'without an id'} on {moment(found.at)}")
    _put_priority(told, found.priority)
    _put_status(told, found.status)
    put_clocks(told, found.clocks, scale_name(found.priority.scale))
    _put_people(told, found)
    _put_duties(told, found.duties)
    _put_rest(told, found)
    _put_changes(page, found.would_change)
    _put_grounds(page, found)
    return page.text()


# ------------------------------------------------------------------------------------- where it stands


def _put_priority(told: Telling, priority: Priority) -> None:
    scale, possible = scale_name(priority.scale), ", ".join(priority.possible)
    match priority.answer:
        case "level":
            text = f"{scale} {priority.level}" + (", given on the ticket" if priority.override else "")
        case "unclassified":
            text = f"{scale}: unclassified, no level applies"
        case "overlap":
            text = f"{scale}: several levels apply ({possible}), and the policy does not say which wins"
        case "undetermined":
            text = f"{scale} undetermined, possible: {possible or 'no level'}{_missing(priority.missing)}"
    told.page.line(text)
    told.why(priority)


def _put_status(told: Telling, status: StatusAnswer) -> None:
    page = told.page
    if status.name is not None:
        page.line(f"status {status.name}" + ("" if status.since is None else f" since {moment(status.since)}"))
    elif status.possible or status.missing:
        page.line(f"status undetermined, possible: {', '.join(status.possible)}{_missing(status.missing)}")
    for one in status.next:
        page.line(f"becomes {one.to} on {moment(one.at)}, if nothing happens before", indent=2)
    for one in status.allowed:
        page.line(_allowed(one), indent=2)
    told.why(status, *status.allowed)


def _allowed(one: AllowedMove) -> str:
    return f"{one.event} → {one.to}: {_ALLOWED[one.available]}{_until(one.until)}{_missing(one.missing)}"


# -------------------------------------------------------------------------------------- who, and what else


def _put_people(told: Telling, found: Evaluation) -> None:
    if not found.availability and not found.channels:
        return
    told.page.section("Who is there")
    for one in found.availability:
        answer = one.answer.replace("_", " ")
        told.page.line(f"{one.service}: {answer}{_until(one.until)}{_missing(one.missing)}", indent=2)
        told.why(one)
    for channel in found.channels:
        told.page.line(f"by {channel.channel}: {_YES_NO[channel.available]}{_missing(channel.missing)}", indent=2)
        told.why(channel)


def _put_duties(told: Telling, duties: Iterable[DutyAnswer]) -> None:
    asked = [one for one in duties if told.explains or one.state != "not_owed"]
    if asked:
        told.page.section("Duties")
    for one in asked:
        who = " and ".join(one.party) + (f" to {' and '.join(one.to)}" if one.to else "")
        due = "" if one.due is None else f", due {moment(one.due)}"
        bindingly = "" if one.modality is None else f" ({one.modality.replace('_', ' ')})"
        state = "a right" if (one.state, one.modality) == ("owed", "may") else one.state.replace("_", " ")
        text = f"{one.duty}: {state}, {who}{bindingly}{due}{_missing(one.missing)}"
        told.page.line(text, indent=2)
        told.why(one)


def _put_rest(told: Telling, found: Evaluation) -> None:
    page = told.page
    if found.exclusions:
        page.section("Exclusions")
    for one in found.exclusions:
        since = "" if one.since is None else f" since {moment(one.since)}"
        page.line(f"{one.exclusion} ends {', '.join(one.ends)}{since}{_missing(one.missing)}", indent=2)
        told.why(one)
    if found.maintenance:
        page.section("Maintenance")
    for work in found.maintenance:
        page.line(f"{work.maintenance}: {_ALLOWED[work.allowed]}{_missing(work.missing)}", indent=2)
        told.why(work)
    if found.irregular:
        page.section("Irregular entries")
    for odd in found.irregular:
        entry = json.dumps(odd.to_dict()["entry"], ensure_ascii=False)
        page.line(f"{moment(odd.at)}: {odd.why}", indent=2)
        page.line(entry, indent=4)


# ------------------------------------------------------------------------------------ what it rests on


def _put_changes(page: Page, changes: Iterable[WouldChange]) -> None:
    found = list(changes)
    if found:
        page.section("What another reading would change")
    for one in found:
        page.line(f"{one.ambiguity} read as {one.reading}: {'' if one.answers else 'nothing'}".rstrip(), indent=2)
        for pointer, value in one.answers.items():
            page.line(f"{pointer}: {json.dumps(value, ensure_ascii=False)}", indent=4)


def _put_grounds(page: Page, found: Evaluation) -> None:
    if found.readings or found.assumptions or found.missing:
        page.section("What this rests on")
    for name, reading in found.readings.items():
        page.line(f"{name} is {reading}", indent=2)
    if found.assumptions:
        page.line(f"assumed: {', '.join(found.assumptions)}", indent=2)
    if found.missing:
        page.line(f"missing: {', '.join(found.missing)}", indent=2)


def _until(until: datetime | None) -> str:
    return "" if until is None else f", until {moment(until)}"


def _missing(missing: Iterable[str]) -> str:
    listed = ", ".join(missing)
    return f", missing: {listed}" if listed else ""
