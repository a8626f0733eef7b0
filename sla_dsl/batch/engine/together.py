"""Tickets of a block followed together, all moments of one rank after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.engine.clock import Clock, Rules
from sla_dsl.batch.engine.course import Course, Moments
from sla_dsl.batch.engine.lifecycle import Lifecycle
from sla_dsl.batch.engine.questions import DOUBT, Asked, Desk
from sla_dsl.batch.engine.reclassified import Reclassifying
from sla_dsl.batch.engine.rows import stacked
from sla_dsl.batch.engine.signs import Signs
from sla_dsl.batch.engine.situations import Situations
from sla_dsl.batch.engine.views import Views
from sla_dsl.policy.priorities import Grading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sla_dsl.batch.engine.moments import Block
    from sla_dsl.batch.engine.rows import Rows, Words
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.inquiry import Inquiry

    Codes = NDArray[np.int32]
    Flags = NDArray[np.bool]
    Places = NDArray[np.intp]


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
        followed = _Followed(self, block)
        rows = followed.rows()
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


class _Followed:
    """The tickets of a block on their way, and the rows of their cycles that are over."""

    def __init__(self, together: Together, block: Block) -> None:
        self._together = together
        self._block = block
        self._over: list[Rows] = []
        self._clocks = [Clock(rules, block.aside, self._retire) for rules in together.clocks]
        self._course = Course(together.lifecycle, together.reclassifying, block, self._see)

    def _see(self, moments: Moments) -> None:
        for clock in self._clocks:
            clock.take(moments)

    def _retire(self, clock: Clock, rows: Places) -> None:
        self._over.append(self._together.views.cycles(clock, rows))

    def rows(self) -> Rows:
        """Follow the tickets to the end; return the rows of all of their cycles."""
        for rank in range(len(self._block.ranks)):
            self._course.take(rank)
        self._course.pass_time(self._together.now)
        asked = self._asked()
        parts = [*self._over, *(part for clock in self._clocks for part in self._seen(clock, asked))]
        rows = stacked(parts)
        levels = self._together.levels(asked, self._block.aside)
        return rows.replaced("priority", levels[rows.places("ticket")])

    def _asked(self) -> Asked:
        course = self._course
        now = np.full(len(self._block), self._together.now, np.int64)
        return Asked(course.situation, course.status, course.happened, now)

    def _seen(self, clock: Clock, asked: Asked) -> list[Rows]:
        """Return the rows of the last cycles of a clock, and of those that have none."""
        views, number = self._together.views, clock.cycles.number
        there, none = np.flatnonzero(number > 0), np.flatnonzero(number == 0)
        found = [views.cycles(clock, there)]
        if len(none):
            promised = clock.rules.promises.governing(asked.take(none))
            self._block.aside[none[promised == DOUBT]] = True
            modality = clock.rules.promises.table.modality[np.maximum(promised, 0)]
            found.append(views.without_cycle(clock, none, modality))
        return found
