"""Random tickets under random policies: entries at equal instants, twice, too early, out of order, unprovided for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.reference.table import zone_of
from tests.reference.tickets.random_policies import EVENTS

if TYPE_CHECKING:
    from random import Random

    from tests.reference.tickets.random_policies import RandomPolicy

LEVELS = ["p1", "p2", "p3"]
STATUSES = ["fresh", "working", "waiting", "solved", "closed"]


class Tickets:
    """Random tickets about the date of a policy; `kinds` notes what was odd about the last one."""

    def __init__(self, rng: Random, policy: RandomPolicy) -> None:
        self.rng, self.policy = rng, policy
        self.kinds: set[str] = set()
        self.matrix = "matrix" in policy.kinds
        self.lifecycle = "lifecycle {" in policy.text
        named = [event for event in EVENTS if policy.text.count(event) > 1]
        self.events = [*EVENTS, *named, *named, *named, "reopened", "fixed"]

    def ticket(self, due: list[int]) -> tuple[dict[str, Any], str]:
        """A ticket and the instant at which to look at it; `due` are instants worth hitting, in microseconds."""
        rng = self.rng
        self.kinds = set()
        around = datetime(*self.policy.around.timetuple()[:3], tzinfo=UTC)
        created = around + timedelta(days=rng.randint(-2, 0)) + self._steps(24)
        end = created + timedelta(days=rng.choice([1, 2, 3, 4])) + self._steps(24)
        ticket: dict[str, Any] = {"id": "one", "created": self._text(created), **self._levels(first=True)}
        ticket |= {"channel": rng.choice(["web", "phone"]), "caller": rng.choice(["customer", "partner"])}
        ticket["facts"] = {"vip": rng.random() < 0.5}
        if rng.random() < 0.5:
            ticket["facts"]["urgent"] = rng.random() < 0.5
        if rng.random() < 0.15:
            self._forget(ticket)
        times = self._times(created, end, due)
        entries = [self._entry(at) for at in times]
        if rng.random() < 0.35:
            self._tell_a_story(entries)
        ticket["events"] = self._disturbed(entries, created)
        return ticket, self._text(self._asked(created, end, times))

    def _forget(self, ticket: dict[str, Any]) -> None:
        """Leave something unknown, which an entry may tell later."""
        choices = ["vip", "vip", "channel", "caller", "vip and channel"] + ["priority"] * (not self.matrix)
        what = self.rng.choice(choices)
        self.kinds.add(f"{what} unknown")
        for name in what.split(" and "):
            ticket["facts"].pop(name, None)
            ticket.pop(name, None)

    # ----------------------------------------------------------------------------------------- times

    def _steps(self, hours: int) -> timedelta:
        return timedelta(minutes=self.rng.randrange(0, hours * 60, self.policy.step))

    def _text(self, instant: datetime) -> str:
        zone = self.rng.choice([UTC, zone_of(self.policy.zone)])
        return instant.astimezone(zone).isoformat()

    def _times(self, created: datetime, end: datetime, due: list[int]) -> list[datetime]:
        rng = self.rng
        at, found = created, []
        for _ in range(rng.choice([0, 2, 3, 4, 5, 6, 8, 10])):
            kind = rng.random()
            if kind < 0.2:
                self.kinds.add("equal instants" if found else "at creation")
            elif kind < 0.35 and due:
                self.kinds.add("at a due instant")
                at = datetime.fromtimestamp(rng.choice(due) // 1_000_000, UTC)
            else:
                at = max(at, created) + self._steps(rng.choice([2, 8, 24]))
            found.append(min(max(at, created), end))
        return found

    def _asked(self, created: datetime, end: datetime, times: list[datetime]) -> datetime:
        rng = self.rng
        if times and rng.random() < 0.3:
            self.kinds.add("asked at the instant of an entry")
            return rng.choice(times)
        return rng.choice([end, end, created + (end - created) / 2 // timedelta(hours=1) * timedelta(hours=1)])

    # --------------------------------------------------------------------------------------- entries

    def _levels(self, *, first: bool = False) -> dict[str, str]:
        rng = self.rng
        if not self.matrix:
            return {"priority": rng.choice(LEVELS)}
        if not first and rng.random() < 0.3:
            self.kinds.add("override")
            return {"priority": rng.choice(LEVELS)}
        severity = {"severity": rng.choice(["major", "minor"])}
        return severity | ({"reach": rng.choice(["wide", "narrow"])} if first else {})

    def _entry(self, at: datetime) -> dict[str, Any]:
        rng = self.rng
        entry: dict[str, Any] = {"at": self._text(at)}
        kind = rng.random()
        if kind < 0.68:
            entry["event"] = rng.choice(self.events)
            if entry["event"] == "escalated" and rng.random() < 0.4:
                entry["priority"] = rng.choice(LEVELS)
        elif kind < 0.76 and self.lifecycle:
            self.kinds.add("recorded status")
            entry["status"] = rng.choice(STATUSES)
        elif kind < 0.88:
            self.kinds.add("level changes")
            entry |= self._levels()
        elif kind < 0.95:
            self.kinds.add("fact changes")
            entry["facts"] = {rng.choice(["urgent", "vip"]): rng.random() < 0.5}
        else:
            self.kinds.add("channel, caller or plan changes")
            key, values = rng.choice(
                [("channel", ["web", "phone"]), ("caller", ["customer", "partner"]), ("plan", ["gold", "basic"])]
            )
            entry[key] = rng.choice(values)
        if rng.random() < 0.06 and "event" in entry:
            self.kinds.add("several keys")
            entry["facts"] = {"urgent": rng.random() < 0.5}
        return entry

    def _tell_a_story(self, entries: list[dict[str, Any]]) -> None:
        """Let the events come in an order in which a ticket is worked on, is solved, and comes back."""
        self.kinds.add("a story")
        story = self.rng.choice(
            [
                "replied fixed reopened",
                "replied confirmed fixed reopened fixed",
                "replied asked fixed reopened answered",
                "replied asked answered fixed reopened fixed",
                "escalated asked fixed confirmed reopened",
            ]
        )
        told = [entry for entry in entries if "event" in entry]
        for entry, event in zip(told, story.split(), strict=False):
            entry["event"] = event

    def _disturbed(self, entries: list[dict[str, Any]], created: datetime) -> list[dict[str, Any]]:
        rng = self.rng
        early = created - self._steps(24)
        if rng.random() < 0.2:
            self.kinds.add("reported before creation")
            entries.append({"at": self._text(early), "event": "reported"})
        if rng.random() < 0.1:
            self.kinds.add("before creation")
            entries.insert(0, {"at": self._text(early), "event": rng.choice(EVENTS)})
        if rng.random() < 0.1:
            self.kinds.add("created again")
            entries.append({"at": self._text(rng.choice([created, created + self._steps(9)])), "event": "logged"})
        self._one_level_at_an_escalation(entries)
        if entries and rng.random() < 0.15:
            self.kinds.add("twice the same")
            entries.append({**rng.choice(entries)})
        if rng.random() < 0.2:
            self.kinds.add("out of order")
            rng.shuffle(entries)
        return entries

    def _one_level_at_an_escalation(self, entries: list[dict[str, Any]]) -> None:
        """What several entries of one instant say of a level that an event of this instant moves, nobody can say."""
        instants = {datetime.fromisoformat(one["at"]) for one in entries if one.get("event") == "escalated"}
        for instant in instants:
            now = [one for one in entries if datetime.fromisoformat(one["at"]) == instant]
            naming = next((one for one in now if one.get("event") == "escalated"), None)
            for one in now:
                if one is not naming:
                    for scale in ("priority", "severity", "reach"):
                        one.pop(scale, None)
                    if len(one) == 1:
                        one["event"] = "updated"
