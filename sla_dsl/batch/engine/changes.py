"""What a running clock does when something that it depends on changes, asked once for each two situations (P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np

from sla_dsl.batch.engine.questions import DOUBT
from sla_dsl.policy.terms.measures import Way
from sla_dsl.policy.tickets.clock_run import ClockRun

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sla_dsl.batch.engine.questions import Asked, Desk
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.tickets.clock_rules import ClockRules

    Codes = NDArray[np.int32]

_WAYS: tuple[Way, ...] = get_args(Way)


class Changes:
    """The ways of a clock, as codes."""

    keep, restart, carry = (_WAYS.index(way) for way in ("keep", "restart", "carry"))

    def __init__(self, desk: Desk, rules: ClockRules) -> None:
        self._situations = desk.situations
        self._run = ClockRun(desk.book, rules, {})
        self._question = desk.question(f"{rules.clock.clause}: on change", (), self._way)
        self._rebases = {one.way for one in rules.clock.changes} <= {"rebase"}

    def ways(self, asked: Asked, before: Codes) -> Codes:
        """Return what the clock of each ticket does on coming from the situation before, or `DOUBT`."""
        if self._rebases:
            return np.full(len(before), _WAYS.index("rebase"), np.int32)
        if not self._question.lasting:
            return np.full(len(before), DOUBT, np.int32)
        return self._question(asked, before)

    def _way(self, inquiry: Inquiry, before: int) -> int:
        return _WAYS.index(self._run.way(self._situations.known[before], inquiry.situation, 0))
