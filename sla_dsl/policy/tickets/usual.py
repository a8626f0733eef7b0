"""Entries as nearly all of them are given: a time, and an event or status in the words of the policy."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from sla_dsl.policy.situation import FIRST_INSTANT, LAST_INSTANT
from sla_dsl.policy.tickets.recorded import Entry
from sla_dsl.worktime import WorktimeError, parse_instant, to_micros

if TYPE_CHECKING:
    from sla_dsl.policy.tickets.words import Words


def usual_entry(words: Words, given: object, number: int) -> Entry | None:
    """Return such an entry; None for any other, which is read key by key, as what is wrong in one is to be found."""
    if given.__class__ is not dict:
        return None
    data = cast("dict[str, object]", given)
    if len(data) != 2 or "at" not in data:
        return None
    event = status = None
    if "event" in data:
        event = _meant(words.events, data["event"])
    elif "status" in data:
        status = _meant(words.statuses, data["status"])
    at = None if event is None and status is None else _instant(data["at"])
    return None if at is None else Entry(at, {}, {}, None, None, event, status, None, number, data.copy())


def _meant(names: dict[str, str], given: object) -> str | None:
    return names.get(given) if isinstance(given, str) else None


def _instant(given: object) -> int | None:
    try:
        if isinstance(given, str):
            found = parse_instant(given)
        elif isinstance(given, datetime):
            found = to_micros(given)
        else:
            return None
    except WorktimeError:
        return None
    return found if FIRST_INSTANT <= found < LAST_INSTANT else None
