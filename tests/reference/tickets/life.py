"""A ticket from its first moment to the one asked about, step by step.

Nothing of the package is used but the terms of a compiled policy, as data. Everything that random tickets and
policies say lies on whole steps of some minutes, so that between two steps nothing can change; still each step is
looked at twice, at its very beginning and just after it, because what is due at an instant is late only after it, and
a timer of "more than" a time holds only after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.tickets import answers, cycles, duties, entries, statuses
from tests.reference.tickets.conditions import holds
from tests.reference.tickets.expressions import fires
from tests.reference.tickets.ticket import Ticket

if TYPE_CHECKING:
    from tests.reference.tickets.answers import Answer
    from tests.reference.tickets.entries import Entry
    from tests.reference.tickets.grid import Grid
    from tests.reference.tickets.ticket import Known


class Life:
    """The life of one ticket, with what is supposed of it where it is unknown."""

    def __init__(self, grid: Grid, given: Entry, at: int, supposed: Known) -> None:
        self.ticket = Ticket(grid.rules, grid, supposed)
        self.entries, self.irregular = entries.read(grid.rules, given, at)
        self.excluded: set[str] = set()
        self.duties = [duties.new(duty) for duty in grid.rules.duties]
        self.ticket.learn(next(entry for entry in self.entries if entry["creation"]))
        self._live(at)

    def _live(self, at: int) -> None:
        ticket, now = self.ticket, self.entries[0]["at"]
        while now <= at:
            ticket.now, ticket.just_after = now, False
            self._moment([entry for entry in self.entries if entry["at"] == now])
            if now < at:
                ticket.just_after = True
                self._moment([])
                cycles.count_step(ticket)
            now += ticket.grid.step

    def _moment(self, given: list[Entry]) -> None:
        ticket = self.ticket
        ticket.fresh = len(ticket.happenings)
        for clock in () if ticket.just_after else ticket.rules.clocks:
            cycles.lateness(ticket, clock)
        levels = {scale: ticket.level(scale) for scale in ticket.rules.scales}
        self.before = {**ticket.known}
        for entry in given:
            ticket.learn(entry)
        ticket.told = {**ticket.known}
        for entry in given:
            self._happen(entry, levels)
        statuses.automatic(ticket)
        cycles.look(ticket, self.excluded, changed=bool(given or ticket.fresh_ones))
        for duty in self.duties:
            duties.look(ticket, duty)

    # ----------------------------------------------------------------------------------------- entries

    def _happen(self, entry: Entry, levels: dict[str, str | None]) -> None:
        ticket = self.ticket
        if entry["creation"]:
            ticket.happen(event=entry["event"])
            for status in ticket.rules.statuses:
                if status.initial:
                    statuses.enter(ticket, status.id)
            return
        event = entry["event"]
        regular = True
        if event is not None:
            regular = statuses.event_happens(ticket, event, lambda: self._reclassify(entry, levels))
            if regular:
                place = max(i for i, one in enumerate(ticket.happenings) if one.get("event") == event)
                ticket.happenings[place]["agreed"] = entry["agreed"]
        if entry["status"] is not None:
            regular = statuses.record(ticket, entry["status"]) and regular
        if not regular and entry["given"] not in self.irregular:
            self.irregular.append(entry["given"])

    def _reclassify(self, entry: Entry, levels: dict[str, str | None]) -> None:
        """Move the ticket to another level: the one that the entry names, else the first declared (R8)."""
        ticket = self.ticket
        for rule in ticket.rules.reclassifications:
            happening = {"event": entry["event"]}
            if not fires(rule.when.test, happening, ticket.happenings) or not holds(rule.condition, ticket):
                continue
            if {levels[rule.scale], ticket.level(rule.scale)} & set(rule.sources):
                named, key = entry["levels"].get(rule.scale), f"level {rule.scale}"
                ticket.known[key] = named if named in rule.to else rule.to[0]
                if named in rule.to:  # it is the level after the event, and nobody told it before
                    ticket.told.pop(key, None)
                    ticket.told |= {name: level for name, level in self.before.items() if name == key}
                return

    # ----------------------------------------------------------------------------------------- answers

    def answer(self) -> Answer:
        ticket = self.ticket
        scale = ticket.rules.targets_scale
        return {
            "priority": ticket.level(scale),
            "status": answers.status(ticket),
            "irregular": self.irregular,
            "clocks": [
                one
                for clock in ticket.rules.clocks
                for one in answers.clock(ticket, clock, over=cycles.is_over(ticket, clock, self.excluded))
            ],
            "duties": [duties.answer(ticket, duty) for duty in self.duties],
            "exclusions": sorted(self.excluded),
        }
