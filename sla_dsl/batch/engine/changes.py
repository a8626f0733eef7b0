"""What a running clock does when something that it depends on changes, asked once for each two situations (P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np

from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.terms.measures import Way
from sla_dsl.policy.tickets.rebasing import way_of
from sla_dsl.policy.unknowns import Undecided

if TYPE_CHECKING:
    from sla_dsl.batch.engine.questions import Asked, Desk
    from sla_dsl.batch.typed import Codes
    from sla_dsl.policy.tickets.clock_rules import ClockRules


_WAYS: tuple[Way, ...] = get_args(Way)


class Changes:
    """The ways of a clock, as codes."""

    keep, restart, carry = (_WAYS.index(way) for way in ("keep", "restart", "carry"))

    def __init__(self, desk: Desk, rules: ClockRules) -> None:
        self._situations = desk.situations
        self._changes = rules.clock.changes
        self._question = desk.question(f"{rules.clock.clause}: on change", (), self._way, lasting=True)
        named = (desk.policy.terms.scale_named(one.of) for one in rules.clock.changes)
        self._scales = tuple(scale for scale in named if scale is not None)
        self._rebases = {one.way for one in rules.clock.changes} <= {"rebase"}

    def ways(self, asked: Asked, before: Codes) -> Codes:
        """Return what the clock of each ticket does on coming from the situation before, or `DOUBT`."""
        if self._rebases:
            return np.full(len(before), _WAYS.index("rebase"), np.int32)
        return self._question(asked, before)

    def _way(self, inquiry: Inquiry, before: int) -> int:
        old = Inquiry(inquiry.terms, inquiry.calendars, self._situations.known[before], None, {})
        for scale in self._scales:
            for one in (old, inquiry):
                self._look(one, scale)
        inquiry.timely = inquiry.timely or old.timely
        return _WAYS.index(way_of(self._changes, old, inquiry.again()))

    @staticmethod
    def _look(inquiry: Inquiry, scale: str) -> None:
        """Ask for a level, to see what that takes."""
        try:
            inquiry.single(scale)
        except Undecided:  # then it has not changed, but is learnt
            return
