"""Tickets of a block followed together, all moments of one rank after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.engine.clock import Clock
from sla_dsl.batch.engine.clock_rules import Rules
from sla_dsl.batch.engine.course import Course
from sla_dsl.batch.engine.lifecycle import Lifecycle
from sla_dsl.batch.engine.questions import DOUBT, Asked, Desk
from sla_dsl.batch.engine.reclassified import Reclassifying
from sla_dsl.batch.engine.rows import stacked
from sla_dsl.batch.engine.signs import Signs
from sla_dsl.batch.engine.situations import Situations
from sla_dsl.batch.engine.views import Views
from sla_dsl.policy.priorities import Grading

if TYPE_CHECKING:
    from sla_dsl.batch.engine.moments import Block, Moments
    from sla_dsl.batch.engine.rows import Rows, Words
    from sla_dsl.batch.typed import Codes, Flags, Places
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.inquiry import Inquiry


class Together:
    """A policy laid out for many tickets, and the instant at which they are seen.

    `desk.notes` tells what is not laid out; with an `obstacle` nothing is.
    """

    def __init__(self, policy: Executable, words: Words, now: int) -> None:
        self.now = now
        self.desk = Desk(policy, Signs(policy.terms), Situations())
        self.lifecycle = Lifecycle(self.desk)
        self.reclassifying = Reclassifying(self.desk)
        self.clocks = [Rules(self.desk, one, code, words) for code, one in enumerate(policy.book.clocks)]
        self.views = Views(self.desk, words, now)
        self._levels = words.codes("priority")
        self._level = self.desk.question("priority", (), self._level_of)

    @property
    def obstacle(self) -> str | None:
        """Why nothing is laid out, if so."""
        if not self.desk.signs.fit:
            return "it has too many events and statuses"
        chosen = self.desk.policy.terms.chosen.values()
        uncomputed = next((one.ambiguity.id for one in chosen if one.reading.not_computed is not None), None)
        if uncomputed is not None:
            return f"its reading of {uncomputed} is not computed"
        return next((f"{one.rules.clock.clause}: {one.obstacle}" for one in self.clocks if one.obstacle), None)

    def rows(self, block: Block) -> Rows:
        """Return the rows of a block, but for the tickets that are set aside; `ticket` is the place in the chunk."""
        rows = _follow(self, block)
        places = rows.places("ticket")
        kept = np.flatnonzero(~block.aside[places])
        rows = rows.take(kept) if len(kept) < len(places) else rows
        return rows.replaced("ticket", block.places[rows.places("ticket")])

    def _level_of(self, inquiry: Inquiry) -> int:
        scale = self.desk.policy.terms.targets_scale
        if scale is None:
            return -1
        found = self.desk.book.level(scale, inquiry.situation)
        inquiry.timely = inquiry.timely or (isinstance(found.explain, Grading) and found.explain.timely)
        return self._levels[found.level]

    def levels(self, asked: Asked, aside: Flags) -> Codes:
        """Return the codes of the priorities; a doubt sets aside."""
        found = self._level(asked)
        aside[found == DOUBT] = True
        return found


def _follow(together: Together, block: Block) -> Rows:
    """Follow the tickets of a block to the end; return the rows of all of their cycles.

    Nothing here refers back to what holds it, so that the columns of a block go when it is done.
    """
    over: list[Rows] = []

    def retire(clock: Clock, rows: Places) -> None:
        over.append(together.views.cycles(clock, rows))

    clocks = [Clock(rules, block.aside, retire) for rules in together.clocks]

    def see(moments: Moments) -> None:
        for clock in clocks:
            clock.take(moments)

    course = Course(together.lifecycle, together.reclassifying, block, see)
    for rank in range(len(block.ranks)):
        course.take(rank)
    course.pass_time(together.now)
    now = np.full(len(block), together.now, np.int64)
    asked = Asked(course.situation, course.status, course.happened, now)
    rows = stacked([*over, *(part for clock in clocks for part in _seen(together, clock, asked, block.aside))])
    levels = together.levels(asked, block.aside)
    return rows.replaced("priority", levels[rows.places("ticket")])


def _seen(together: Together, clock: Clock, asked: Asked, aside: Flags) -> list[Rows]:
    """Return the rows of the last cycles of a clock, and of the tickets for which it has not started."""
    number = clock.cycles.number
    there, none = np.flatnonzero(number > 0), np.flatnonzero(number == 0)
    found = [together.views.cycles(clock, there)]
    if len(none):
        promised = clock.rules.promises.governing(asked.take(none))
        aside[none[promised == DOUBT]] = True
        modality = clock.rules.promises.table.modality[np.maximum(promised, 0)]
        found.append(together.views.without_cycle(clock, none, modality))
    return found
