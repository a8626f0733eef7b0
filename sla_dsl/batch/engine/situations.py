"""What is said of tickets, each different situation once: rows carry its number (R1, R3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sla_dsl.batch.engine.grid import Grid
from sla_dsl.policy.situation import Situation
from sla_dsl.policy.tickets.keys import Said

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sla_dsl.batch.typed import Codes


NOTHING = 0
"""The number of what says nothing, and of the situation in which nothing is said."""


class Situations:
    """The situations that tickets have been in, and the things that were said of them, by number.

    A situation holds levels, facts, channel and caller; status, events and clocks are asked apart.
    """

    def __init__(self) -> None:
        self.known: list[Situation] = []
        self.sayings: list[Said] = []
        self._numbers: dict[Hashable, int] = {}
        self._said: dict[Hashable, int] = {}
        self._after = Grid(self._follow)
        self.number(Situation(recorded=True))
        self.saying(Said())

    def number(self, situation: Situation) -> int:
        """Return the number of a situation."""
        key = situation.lasting
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.known)
            self.known.append(situation)
        return found

    def saying(self, said: Said) -> int:
        """Return the number of what an entry says of a ticket; `NOTHING` where it says nothing."""
        key = (*sorted(said.levels.items()), "", *sorted(said.facts.items(), key=str), said.channel, said.caller)
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = len(self.sayings)
            self.sayings.append(said)
        return found

    def after(self, situations: Codes, sayings: Codes) -> Codes:
        """Return the situations after something was said, row by row."""
        return self._after(situations, sayings)

    def _follow(self, pair: tuple[int, ...], _: int) -> int:
        before, said = self.known[pair[0]], self.sayings[pair[1]]
        return self.number(
            replace(
                before,
                levels={**before.levels, **said.levels},
                facts={**before.facts, **said.facts},
                channel=said.channel or before.channel,
                caller=said.caller or before.caller,
            )
        )
