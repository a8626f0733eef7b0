"""The entries of a ticket in the order in which they count (R6)."""

from __future__ import annotations

from itertools import filterfalse
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sla_dsl.policy.tickets.answers import Irregular
from sla_dsl.policy.tickets.recorded import NOTHING, Entry
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

_WHEN = attrgetter("at")

_SAYS_NOTHING = "it says nothing: no event, status, level, fact, channel or caller"
_CREATED_AGAIN = "a ticket is created once: this is recorded at another time than `created`, and changes nothing"
_BEFORE_CREATION = "it is recorded before the ticket was created; it counts as at creation"
_STATUS_BEFORE_CREATION = "a ticket has no status before it is created; the status counts as at creation"


def ordered(
    creation: Entry, entries: Iterable[Entry], early: frozenset[str], where: tzinfo
) -> tuple[tuple[Entry, ...], tuple[Irregular, ...]]:
    """Return what counts, by time, and what is out of order.

    Exact duplicates count once. The event of the creation is the creation itself, or counts for nothing. What comes
    before creation counts as at creation, in the order of its own times, but for the events of `early`.
    """
    entries = list(entries)
    if _is_straight(creation, entries):
        return (creation, *entries), ()
    before: list[Entry] = []
    after = [creation]
    irregular: list[Irregular] = []

    def note(entry: Entry, why: str) -> None:
        irregular.append(Irregular(from_micros(entry.at, where), entry.given, why))

    distinct = list(_distinct(sorted(entries, key=_WHEN)))
    for entry in filter(Entry.says_nothing, distinct):
        note(entry, _SAYS_NOTHING)
    for entry in filterfalse(Entry.says_nothing, distinct):
        if entry.at >= creation.at and (entry.event is None or entry.event != creation.event):
            after.append(entry)
            continue
        rest = entry
        if rest.event is not None and rest.event == creation.event:
            if rest.at != creation.at:
                note(entry, _CREATED_AGAIN)
            rest = replace(rest, event=None)
        if rest.at < creation.at and not rest.says_nothing():
            if rest.event in early:
                before.append(replace(rest, status=None))
                rest = replace(rest, levels=NOTHING, facts=NOTHING, channel=None, caller=None, event=None, agreed=None)
                why = _STATUS_BEFORE_CREATION
            else:
                why = _BEFORE_CREATION
            if not rest.says_nothing():
                note(entry, why)
            rest = replace(rest, at=creation.at)
        if not rest.says_nothing():
            after.append(rest)
    return (*before, *after), tuple(irregular)


def _is_straight(creation: Entry, entries: list[Entry]) -> bool:
    """Return whether entries come one after another after the creation, and each says something."""
    last = creation.at
    for entry in entries:
        if entry.at <= last or (entry.event is None and entry.says_nothing()) or entry.event == creation.event:
            return False
        last = entry.at
    return True


def _distinct(entries: list[Entry]) -> Iterable[Entry]:
    """Return entries in their order, those of one instant with the same content once."""
    if len({entry.at for entry in entries}) == len(entries):
        return entries
    first: dict[object, Entry] = {}
    for entry in entries:
        first.setdefault((entry.at, entry.content()), entry)
    return first.values()
