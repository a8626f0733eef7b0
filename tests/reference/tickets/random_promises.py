"""Promises as a policy would write them: every kind of limit, and every way of promising none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

CALENDARS = ["office", "night", "odd", "nonstop"]
CONDITIONS = ["urgent", "not urgent", "plan is gold", "channel is phone", "caller is partner", "vip"]


class Promises:
    """Random promises; `kinds` notes what was chosen, `step` is the number of minutes on which everything lies."""

    def __init__(self, rng: Random, step: int, kinds: set[str]) -> None:
        self.rng, self.step, self.kinds = rng, step, kinds

    def length(self, least: int, most: int) -> str:
        """Hours and minutes, of at least and at most some hours, on whole steps."""
        minutes = self.rng.randrange(least * 60, most * 60 + 1, self.step)
        hours, rest = divmod(minutes, 60)
        words = [f"{hours} hours"] * (hours > 0) + [f"{rest} minutes"] * (rest > 0)
        return " ".join(words) or f"{self.step} minutes"

    def condition(self, *more: str) -> str:
        """A condition over facts and levels."""
        rng = self.rng
        levels = ["priority is p1", "priority is p2 or higher", "priority is not p3"]
        first, second = rng.sample([*CONDITIONS, *levels, *more], 2)
        joined = rng.choice([first, first, first, f"{first} and {second}", f"{first} or {second}"])
        self._note(joined)
        return joined

    def timely(self) -> str:
        """A condition that may be about the time of day or the date, too."""
        return self.condition("during office", "on a day closed in odd")

    def _note(self, condition: str) -> None:
        for word in ("during", "overdue", "vip"):
            if word in condition:
                self.kinds.add(f"condition on {word}")

    def promise(self) -> str:
        """What a target says."""
        rng = self.rng
        if rng.random() < 0.12:
            self.kinds.add("no number")
            return rng.choice(
                ["best effort", 'words "soon"', "to be determined", "to be negotiated", "no promise", "left blank"]
            )
        branch = f"{self.modality()} {self.limit()}"
        if rng.random() < 0.1:
            self.kinds.add("choice")
            branch += f" if {self.condition()}, otherwise {self.modality()} {self.limit()}"
        return branch

    def modality(self) -> str:
        """How strongly a promise binds."""
        found = self.rng.choice(["shall", "shall", "target", "best effort"])
        self.kinds.add(found)
        return found

    def limit(self) -> str:
        """Until when."""
        if self.rng.random() < 0.06:
            which = self.rng.choice(["earlier", "later"])
            self.kinds.add(f"{which} of")
            return f"{which} of {self._single()} and {self._single()}"
        return self._single()

    def _single(self) -> str:
        strict = self.rng.random() < 0.25
        if strict:
            self.kinds.add("less than")
        word = "in less than" if strict else "within"
        return f"{word} {self.budget()}"

    def budget(self) -> str:
        """An amount of time, with the way in which it is counted."""
        rng = self.rng
        if rng.random() < 0.6:
            self.kinds.add("duration")
            where = rng.choice(["", "", " elapsed", f" of {rng.choice(CALENDARS)}"])
            if rng.random() < 0.05:
                self.kinds.add("range")
                return f"{rng.randint(1, 3)} to {rng.randint(4, 9)} hours{where}"
            return self.length(0, 30 if where == " elapsed" else 12) + where
        if rng.random() < 0.3:
            self.kinds.add("calendar days")
            how = rng.choice(["", " same time", " rolled to office"])
            return (
                f"{rng.choice(['1', '2', '3', '1 to 3'])} calendar days{how}" if rng.random() < 0.9 else f"1 week{how}"
            )
        return self._open_days()

    def _open_days(self) -> str:
        rng = self.rng
        days = f"{rng.choice(['1', '1', '2', '2', '3', '3', '1 to 2'])} days of {rng.choice(CALENDARS)}"
        if rng.random() < 0.3:
            self.kinds.add("same time")
            return f"{days} same time"
        minute = rng.randrange(8 * 60, 20 * 60, self.step)
        how = rng.choice(["by close", "by end of day", f"by {minute // 60:02}:{minute % 60:02}"])
        self.kinds.add("by a time" if how[3].isdigit() else how)
        days = f"{days} {how} {rng.choice(['from', 'after'])} {rng.choice(['the start date', 'the day after'])}"
        if rng.random() > 0.1:
            return days
        self.kinds.add("cut-off")
        return f"{days} with reports after {rng.randrange(9, 20):02}:00 counting as the next day"
