"""Rules that give tickets another level, asked once for all tickets in the same situation (R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from sla_dsl.batch.engine.questions import DOUBT
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.terms import All
from sla_dsl.policy.thresholds import tests_in
from sla_dsl.policy.tickets.triggers import fires, signs

if TYPE_CHECKING:
    from sla_dsl.batch.engine.questions import Asked, Desk
    from sla_dsl.batch.typed import Codes, Flags
    from sla_dsl.policy.tickets.triggers import Sign


_STAYS = -1


class Reclassifying:
    """What the events and statuses of a policy do to the levels of a ticket.

    `events` and `statuses` say, by code, which of them any rule listens to.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = desk.book.reclassifications
        known = desk.signs
        heard = {sign for one in self._rules for sign in signs(one.when.test)}
        self.events: Flags = np.array([*(event in heard for event in known.events), False])
        self.statuses: Flags = np.array([*(("status", status) in heard for status in known.statuses), False])
        self._signs: list[Sign] = [*known.events, *(("status", status) for status in known.statuses)]
        self._outcomes: list[tuple[int, int]] = []
        conditions = tuple(one.condition for one in self._rules)
        self._question = desk.question("reclassify", conditions, self._moved) if self._rules else None
        self._joint = any(isinstance(test, All) for one in self._rules for test in tests_in(one.when))
        if self._joint:
            desk.notes["reclassify"] = "it waits for several events"

    def entered(self, status: Codes) -> Codes:
        """Return the codes under which statuses that are entered stand among events."""
        return status + np.int32(len(self._desk.signs.events))

    def __call__(self, asked: Asked, sign: Codes, old: Codes, saying: Codes) -> tuple[Codes, Codes]:
        """Return the situations as told and those after it, -1 where nothing moves, `DOUBT` where that is in doubt.

        `old` is the situation before what the entry of the event says, `saying`.
        """
        if self._question is None or self._joint:
            none = np.full(len(sign), DOUBT if self._joint else _STAYS, np.int32)
            return none, none
        found = self._question(asked, sign, old, saying)
        table = np.array([(_STAYS, _STAYS), *self._outcomes, (DOUBT, DOUBT)], np.int32)
        return table[found, 0], table[np.where(found == DOUBT, len(table) - 1, found), 1]

    def _moved(self, inquiry: Inquiry, sign: int, old: int, saying: int) -> int:
        """Return the number of what comes of an event, 0 where no rule applies; see `Course._reclassify`."""
        now = self._signs[sign]
        rules = [one for one in self._rules if fires(one.when.test, {now})]
        situations = self._desk.situations
        named = situations.sayings[saying].levels
        levels = dict(inquiry.situation.levels)
        naming = [one for one in self._rules if now in tuple(signs(one.when.test)) and named.get(one.scale) in one.to]
        for one in naming:
            before = situations.known[old].levels.get(one.scale)
            levels.pop(one.scale, None)
            if before is not None:
                levels[one.scale] = before
        situation = replace(inquiry.situation, levels=levels)
        asking = Inquiry(inquiry.terms, inquiry.calendars, situation, inquiry.instant, inquiry.supposed)
        found: dict[str, str] = {}
        for one in rules:
            applies = asking.level_of(one.scale) in one.sources and asking.holds(one.condition, one.clause)
            if applies and one.scale not in found:
                found[one.scale] = named[one.scale] if named.get(one.scale) in one.to else one.to[0]
        inquiry.timely = inquiry.timely or asking.timely
        if not found:
            return 0
        bare = situations.known[situations.number(replace(situation, events={}, status=None))]
        after = replace(bare, levels={**inquiry.situation.levels, **found})
        self._outcomes.append((situations.number(bare), situations.number(after)))
        return len(self._outcomes)
