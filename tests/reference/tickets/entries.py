"""A ticket's entries in the order in which they count, and those that do not count as they stand (R6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.reference.tickets.rules import Rules

Entry = dict[str, Any]

KEYS = {"id", "at", "created", "events", "event", "status", "facts", "channel", "caller", "due"}


def micros(text: str) -> int:
    since = datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)
    return since // timedelta(microseconds=1)


def read(rules: Rules, ticket: Entry, at: int) -> tuple[list[Entry], list[Entry]]:
    """The entries up to an instant, the creation among them, and what is irregular about when they happened."""
    created = micros(ticket["created"])
    first = {
        **_said(rules, ticket),
        "at": created,
        "recorded": -1,
        "event": rules.created,
        "creation": True,
        "given": None,
    }
    entries, irregular, seen = [first], [], []
    for given in ticket.get("events", []):
        if (same := {**given, "at": micros(given["at"])}) in seen or same["at"] > at:
            continue
        seen.append(same)
        entry = {**_said(rules, given), "at": same["at"], "recorded": same["at"], "creation": False, "given": given}
        event = entry["event"]
        if event == rules.created:
            if entry["at"] != created:
                irregular.append(given)
            entry["event"] = None
        if entry["at"] < created and not (event is not None and rules.may_precede(event)):
            if given not in irregular:
                irregular.append(given)
            entry["at"] = created
        entries.append(entry)
    # What counts as at creation keeps its place among what was recorded.
    entries.sort(key=lambda entry: (entry["at"], entry["recorded"]))
    return entries, irregular


def _said(rules: Rules, given: Entry) -> Entry:
    levels = {
        rules.targets_scale if key == "priority" else key: value for key, value in given.items() if key not in KEYS
    }
    return {
        "levels": levels,
        "facts": dict(given.get("facts", {})),
        "channel": given.get("channel"),
        "caller": given.get("caller"),
        "event": given.get("event"),
        "status": given.get("status"),
        "agreed": micros(given["due"]) if "due" in given else None,
    }
