"""The clocks of a ticket together: they see each moment, and their states are what conditions ask for (P1, R3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sla_dsl.errors import SlaError
from sla_dsl.policy.deadlines import Reached
from sla_dsl.policy.tickets.clock_run import ClockRun
from sla_dsl.policy.tickets.clock_states import states_of
from sla_dsl.policy.tickets.cycle_view import due_of

if TYPE_CHECKING:
    from sla_dsl.policy.situation import ClockStates
    from sla_dsl.policy.tickets.clock_rules import Reaction
    from sla_dsl.policy.tickets.history import Moment
    from sla_dsl.policy.tickets.rulebook import Rulebook
    from sla_dsl.policy.unknowns import Supposed


class Clockwork:
    """The clocks of a ticket by their ids, under some suppositions. They are changed by `see` and `pass_time`."""

    def __init__(self, book: Rulebook, supposed: Supposed) -> None:
        self.book = book
        self.supposed = supposed
        self.runs = {rules.clock.id: ClockRun(book, rules, supposed) for rules in book.clocks}
        self._connect()

    def _connect(self) -> None:
        self._watching = self.book.watching
        # Only where a condition asks: a ring of objects is not let go of until the collector comes by.
        if self.book.asks_clocks:
            for run in self.runs.values():
                run.beside = self.runs

    def copy(self, supposed: Supposed) -> Clockwork:
        """Return the same clocks, to go another way from here."""
        other = object.__new__(Clockwork)
        other.book, other.supposed = self.book, supposed
        other.runs = {name: run.copy(supposed) for name, run in self.runs.items()}
        other._connect()
        return other

    def see(self, moment: Moment, reactions: tuple[Reaction, ...]) -> None:
        """Let clocks see a moment, and what it means to each. Raises `Undecided`."""
        runs = self.runs
        for name in self._watching:  # before what they watch changes
            runs[name].pass_time(moment.at)
        for one in reactions:
            runs[one.clock].take(moment, one)

    def pass_time(self, at: int) -> None:
        """Let time pass up to an instant. Raises `Undecided`."""
        for name in self._watching:
            self.runs[name].pass_time(at)
        for run in self.runs.values():
            run.pass_time(at)

    def too_early(self, event: str, due: int) -> tuple[str, ...]:
        """Return the running clocks whose due time is agreed with an event, and that started after that time."""
        runs = ((name, run.running) for name, run in self.runs.items() if run.rules.clock.agreed == event)
        return tuple(name for name, cycle in runs if cycle is not None and due < cycle.started)

    def states_at(self, at: int) -> ClockStates:
        """Return what tells the states of the clocks at an instant."""
        return partial(self._states, at)

    def _states(self, at: int, clock: str, supposed: Supposed) -> frozenset[str]:
        return states_of(self.runs[clock], at, {**self.supposed, **supposed})

    def turns(self, at: int) -> set[int]:
        """Return the next instants at which running clocks become late, or begin or end a pause, if nothing happens.

        Pauses only if a condition asks for them: a due time foresees them.
        """
        found: set[int] = set()
        for run in self.runs.values():
            if run.running is None or run.error is not None:
                continue
            try:
                due = due_of(run, run.running, at)
                pause = run.next_hour(at) if self.book.asks_pauses else None
            except SlaError:  # the answer about the clock tells it
                continue
            late = due.at + (not due.strict) if isinstance(due, Reached) else None
            found.update(turn for turn in (late, pause) if turn is not None and turn > at)
        return found
