"""What is known of a ticket at the moment that is being looked at."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sla_dsl.policy import terms as t
from tests.reference.tickets.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reference.table import Table
    from tests.reference.tickets.entries import Entry
    from tests.reference.tickets.expressions import Happening
    from tests.reference.tickets.grid import Grid
    from tests.reference.tickets.rules import Rules

Cycle = dict[str, Any]
Known = dict[str, object]
"""Facts by name, levels by scale, channel and caller, as they are or as they are supposed to be."""


class Ticket:
    """A ticket at a moment: values, everything that has happened so far in order, and its clocks by name."""

    def __init__(self, rules: Rules, grid: Grid, supposed: Known) -> None:
        self.rules, self.grid, self.zone = rules, grid, rules.zone
        self.now = 0
        self.just_after = False
        self.known: Known = dict(supposed)
        self.told: Known = {}
        """What was known before the events of this moment made it another level (R8)."""
        self.foreseen: dict[str, int] = {}
        """From when on each clock will be overdue, while one looks ahead."""
        self.happenings: list[Happening] = []
        self.status: str | None = None
        self.fresh = 0
        """The place in `happenings` of the first that belongs to this moment."""
        self.cycles: dict[str, list[Cycle]] = {clock.id: [] for clock in rules.clocks}
        self.begun: dict[str, dict[t.Step, int]] = {clock.id: {} for clock in rules.clocks}
        """When steps with a start of their own began, since the last cycle of their clock ended."""
        self.later: dict[tuple[object, ...], int] = {}
        """What was counted before, so that it need not be counted at each step again."""

    # ---------------------------------------------------------------------------------------- values

    def learn(self, entry: Entry) -> None:
        for scale, level in entry["levels"].items():
            self.known[f"level {scale}"] = level
        for fact, value in entry["facts"].items():
            self.known[f"fact {fact}"] = value
        for key in ("channel", "caller"):
            if entry[key] is not None:
                self.known[key] = entry[key]

    @property
    def channel(self) -> str | None:
        found = self.known.get("channel")
        return None if found is None else str(found)

    @property
    def caller(self) -> str | None:
        found = self.known.get("caller")
        return None if found is None else str(found)

    def fact(self, name: str) -> object:
        if f"fact {name}" in self.known:
            return self.known[f"fact {name}"]
        default = self.rules.facts[name].default
        if isinstance(default, t.NumberValue):
            return default.number
        assert isinstance(default, t.TextValue), f"the fact {name} is unknown, and nothing is supposed of it"
        return {"yes": True, "no": False}.get(default.text, default.text)

    def level(self, scale: str) -> str | None:
        """Given, read off a matrix, worked out from facts, or by default (R1, R2)."""
        if f"level {scale}" in self.known:
            return str(self.known[f"level {scale}"])
        if scale in self.rules.matrices:
            matrix = self.rules.matrices[scale]
            place = (self.level(matrix.rows), self.level(matrix.columns))
            return next((cell.gives for cell in matrix.cells if (cell.row, cell.column) == place), None)
        declared = self.rules.scales[scale]
        if any(level.when is not None for level in declared.levels):
            found = [level.id for level in declared.levels if level.when is not None and holds(level.when, self)]
            rest = [level.id for level in declared.levels if level.otherwise]
            return (found or rest or [None])[0]
        assert declared.default is not None, f"the level of {scale} is unknown, and nothing is supposed of it"
        return declared.default

    def values(self) -> Known:
        """Everything a change can be of, under the names that `on change of` uses."""
        found: Known = {name: self.fact(name) for name in self.rules.facts}
        found |= {name: self.level(name) for name in self.rules.scales}
        found["priority"] = found.get(self.rules.targets_scale)
        return found | {"channel": self.channel, "caller": self.caller}

    @contextmanager
    def as_told(self) -> Iterator[None]:
        """See the ticket as the events of this moment find it."""
        now, self.known = self.known, self.told
        try:
            yield
        finally:
            self.known = now

    # ------------------------------------------------------------------------------------ happenings

    @property
    def fresh_ones(self) -> list[Happening]:
        return self.happenings[self.fresh :]

    @property
    def moment(self) -> tuple[int, bool]:
        return self.now, self.just_after

    def running(self, clock: str) -> Cycle | None:
        last = self.cycles[clock][-1:]
        return last[0] if last and last[0]["state"] in {"running", "paused"} else None

    def ticking(self, clock: str) -> list[Cycle]:
        """The running cycle, or the shadow of a stopped one that may turn out never to have stopped (P6)."""
        running = self.running(clock)
        if running is not None:
            return [running]
        last = self.cycles[clock][-1:]
        return [last[0]["shadow"]] if last and last[0]["shadow"] else []

    def happen(self, **what: object) -> None:
        self.happenings.append({"at": self.now, **what})
        self.status = self.happenings[-1].get("status", self.status)

    def last_time(self, event: str) -> int | None:
        times = [one["at"] for one in self.happenings if one.get("event") == event]
        return times[-1] if times else None

    def clock_is(self, clock: str, states: tuple[str, ...]) -> bool:
        if not self.cycles[clock]:
            return "not_started" in states
        last = self.cycles[clock][-1]
        if "overdue" in states and last["state"] in {"running", "paused"}:
            return last["late"] is not None or self.foreseen.get(clock, self.now + 1) <= self.now
        return last["state"] in states

    def table(self, calendar: str) -> Table:
        return self.grid.table(self.resolved(calendar))

    def resolved(self, calendar: str) -> str:
        """The calendar itself where one is chosen by a level (T7)."""
        hours = self.rules.calendars.get(calendar)
        if isinstance(hours, t.ChosenBy):
            level = self.level(hours.scale)
            assert level is not None
            return hours.calendars[level]
        return calendar
