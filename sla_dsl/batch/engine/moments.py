"""Tickets of a block with their entries in the order in which they count, moment by moment (R6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sla_dsl.batch.engine.questions import Asked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.reading import Read
    from sla_dsl.batch.engine.signs import Signs
    from sla_dsl.batch.typed import Codes, Flags, Ints, Places


@frozen(eq=False)
class Entries:
    """Entries of tickets, ticket by ticket in order of time; the creation of each comes first.

    `ticket` is the place in the block; `more` marks entries that also say something to which nothing listens.
    """

    ticket: Places
    at: Ints
    event: Codes
    status: Codes
    saying: Codes
    more: Flags

    def take(self, kept: Flags | Places) -> Entries:
        """Return some of the entries."""
        return Entries(*(getattr(self, name)[kept] for name in _COLUMNS))


_COLUMNS = ("ticket", "at", "event", "status", "saying", "more")


@frozen(eq=False)
class Moments:
    """A moment of each of some tickets: `rows` are their places in the block, all else goes row by row.

    `signs` has the bits of the events and of the statuses entered; `before` is the number of the situation before the
    events made it another level, `after` that of the situation then. `said` and `reopened` as in `history.Moment`.
    """

    rows: Places
    at: Ints
    signs: Ints
    before: Codes
    after: Codes
    status: Codes
    happened: Ints
    said: Flags
    reopened: Flags

    def take(self, some: Places) -> Moments:
        """Return the moments in some rows."""
        return Moments(*(getattr(self, name)[some] for name in _OF_MOMENTS))

    def asked(self) -> Asked:
        """Return what a question about the situation then is put to."""
        return Asked(self.after, self.status, self.happened, self.at)

    def asked_before(self) -> Asked:
        """Return what a question about the situation before another level is put to."""
        return Asked(self.before, self.status, self.happened, self.at)


_OF_MOMENTS = ("rows", "at", "signs", "before", "after", "status", "happened", "said", "reopened")


@frozen(eq=False)
class Block:
    """Tickets with their moments. Tickets with more moments come first, so that each rank is a beginning of them.

    `places` are those of the tickets in the chunk; moment `rank` of ticket `i` is `first[i] + rank`, its entries begin
    at `opens` and there are `length` of them. `aside` marks the tickets that go one by one, `irregular` counts their
    entries that are out of order.
    """

    places: Places
    created: Ints
    entries: Entries
    first: Places
    opens: Places
    length: Places
    ranks: Places
    aside: Flags
    irregular: Ints

    def __len__(self) -> int:
        return len(self.places)


def block(chunk: Chunk, said: Read, first: Read, tickets: slice, signs: Signs, now: int) -> Block:
    """Return some tickets of a chunk as a block.

    What comes before creation counts as at creation, in the order of its own times. Set aside are tickets with what
    cannot be read, that are created after the instant of asking, or with an event that may precede creation and does.
    """
    created, early = signs.created, signs.early
    born = chunk.created[tickets]
    rows = slice(int(chunk.starts[tickets.start]), int(chunk.starts[tickets.stop]))
    counts = np.diff(chunk.starts[tickets.start : tickets.stop + 1])
    ticket = np.repeat(np.arange(len(born)), counts)
    at, event = chunk.at[rows], said.event[rows]
    aside = first.bad[tickets] | (born > now)
    aside[ticket[said.bad[rows] | ((at < born[ticket]) & early[event])]] = True
    irregular = np.zeros(len(born), np.int64)
    if created >= 0 and (again := event == created).any():
        late = ticket[again & (at != born[ticket]) & (at <= now)]
        irregular += np.bincount(late, minlength=len(born))
        aside |= irregular > 1  # they may be the same
        event = np.where(again, np.int32(-1), event)
    own = Entries(ticket, at, event, said.status[rows], said.saying[rows], said.more[rows])
    speaks = (event >= 0) | (own.status >= 0) | (own.saying > 0) | own.more
    own = _in_order(own.take(speaks & (at <= now) & ~aside[ticket]), aside)
    if len(before := np.flatnonzero(own.at < born[own.ticket])):
        irregular += np.bincount(own.ticket[before], minlength=len(born))
        own.at[before] = born[own.ticket[before]]
    count = len(born)
    creation = Entries(
        np.arange(count), born, np.full(count, created, np.int32), np.full(count, -1, np.int32), first.saying[tickets],
        np.zeros(count, np.bool),
    )  # fmt: skip
    return _ranked(_joined(creation, own), aside, irregular, tickets.start)


def _in_order(entries: Entries, aside: Flags) -> Entries:
    """Return entries by ticket and time, stable; exact duplicates count once (R6)."""
    ticket, at = entries.ticket, entries.at
    if len(at) < 2:
        return entries
    if ((ticket[1:] == ticket[:-1]) & (at[1:] < at[:-1])).any():
        entries = entries.take(np.lexsort((at, ticket)))
        ticket, at = entries.ticket, entries.at
    equal = np.flatnonzero((ticket[1:] == ticket[:-1]) & (at[1:] == at[:-1]))
    if not len(equal):
        return entries
    kept = np.ones(len(at), np.bool)
    seen: set[tuple[int, ...]] = set()
    for place in np.unique(np.concatenate((equal, equal + 1))).tolist():
        content = tuple(int(column[place]) for column in (ticket, at, entries.event, entries.status, entries.saying))
        kept[place] = content not in seen
        if content in seen and entries.more[place]:
            aside[ticket[place]] = True  # perhaps it is not the same in what nothing listens to
        seen.add(content)
    return entries.take(kept)


def _joined(creation: Entries, own: Entries) -> Entries:
    """Return both, the creation of each ticket before its entries."""
    count = np.bincount(own.ticket, minlength=len(creation.ticket))
    head = np.arange(len(count)) + np.cumsum(count) - count
    total = len(creation.ticket) + len(own.ticket)
    rest = np.ones(total, np.bool)
    rest[head] = False

    def laid(name: str) -> NDArray[np.generic]:
        made = np.empty(total, getattr(own, name).dtype)
        made[head], made[rest] = getattr(creation, name), getattr(own, name)
        return made

    return Entries(*(laid(name) for name in _COLUMNS))  # type: ignore[arg-type] - of the same types


def _ranked(entries: Entries, aside: Flags, irregular: Ints, start: int) -> Block:
    ticket, at = entries.ticket, entries.at
    opening = np.ones(len(at), np.bool)
    opening[1:] = (ticket[1:] != ticket[:-1]) | (at[1:] != at[:-1])
    opens = np.flatnonzero(opening)
    count = np.bincount(ticket[opens], minlength=len(aside))
    order = np.argsort(-count, kind="stable")
    first = (np.cumsum(count) - count)[order]
    most = int(count.max()) if len(count) else 0
    ranks = np.searchsorted(-count[order], -np.arange(most), side="left")
    length = np.diff(np.append(opens, len(at)))
    born = at[opens[first]]
    return Block(order + start, born, entries, first, opens, length, ranks, aside[order], irregular[order])
