"""Questions to a shipped policy and tickets under it, and how what comes out is written down."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import Factory, field, fields, frozen, has

import sla_dsl
from sla_dsl.policy.tickets.form import form
from sla_dsl.reporting.answers import due_text, priority_text
from sla_dsl.resources import folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sla_dsl import Due, Policy, Priority


@frozen
class Question:
    """A question: which priority, or when a clock is due that starts at `created`."""

    given: Mapping[str, object]
    clock: str | None = None
    created: str = ""

    def __str__(self) -> str:
        said = " ".join(f"{name}={value}" for name, value in self.given.items())
        return f"{self.clock} {self.created} {said}".rstrip() if self.clock else f"priority {said}"

    def ask(self, policy: Policy) -> Due | Priority:
        """Put it to a policy."""
        if self.clock is None:
            return policy.priority(**self.given)
        return policy.due(self.clock, created=self.created, **self.given)  # type: ignore[arg-type] - facts of any type

    def written(self, policy: Policy) -> str:
        """The answer with its reasons, as people read it."""
        answer = self.ask(policy)
        text = due_text(answer, self.created) if hasattr(answer, "clock") else priority_text(answer)  # type: ignore[arg-type] - one or the other
        return f"? {self}\n{text}"

    def conclusion(self, policy: Policy) -> str:
        """The answer without what it rests on, on one line."""
        told = {name: value for name, value in self.ask(policy).to_dict().items() if name not in RESTS_ON}
        return f"{self}: {json.dumps(told, ensure_ascii=False)}"


def every_cell(priorities: str, clocks: str, created: str) -> tuple[Question, ...]:
    """When each clock is due for each priority: every cell of a table of targets."""
    return tuple(
        Question({"priority": priority}, clock, created) for priority in priorities.split() for clock in clocks.split()
    )


@frozen(eq=False)
class WorkedTicket:
    """A ticket to which things happen, in the form of CONTRACT, and the instants at which it is looked at."""

    form: Mapping[str, object]
    looks: tuple[str, ...]

    def __str__(self) -> str:
        return str(self.form["id"])

    def written(self, policy: Policy) -> list[str]:
        """What comes out at the last look, with its reasons: a line for each part of the evaluation."""
        at = self.looks[-1]
        told = policy.evaluate(self.form, at=at).to_dict()
        del told["digest"]
        return self._lines(at, told)

    def conclusions(self, policy: Policy) -> list[str]:
        """What comes out at every look, without what it rests on and without ledgers."""
        lines: list[str] = []
        for at in self.looks:
            evaluation = policy.evaluate(self.form, at=at)
            lines += self._lines(at, {name: bare(getattr(evaluation, name)) for name in PARTS})
        return lines

    def _lines(self, at: str, parts: Mapping[str, object]) -> list[str]:
        some = [(name, one) for name, part in parts.items() for one in (part if isinstance(part, list) else [part])]
        return [f"{self} at {at}: {name} {json.dumps(one, ensure_ascii=False)}" for name, one in some]


PARTS = (
    "priority", "status", "clocks", "availability", "channels", "duties", "exclusions", "maintenance", "irregular",
    "missing",
)  # fmt: skip
RESTS_ON = frozenset({"because", "readings", "assumptions"})


def bare(value: Any) -> Any:
    """A part of an evaluation as JSON has it, without what it rests on."""
    if isinstance(value, tuple):
        return [bare(one) for one in value]
    if not has(type(value)):
        return form(value)
    names = [one.name for one in fields(type(value)) if not one.name.startswith("_") and one.name not in RESTS_ON]
    return {name: bare(getattr(value, name)) for name in names}


@frozen
class Vendor:
    """A shipped policy: its files, how many units its document has, and what it is asked with which parameters."""

    name: str
    units: int
    parameters: Mapping[str, object] = field(hash=False)
    questions: tuple[Question, ...] = field(hash=False)
    tickets: tuple[WorkedTicket, ...] = field(hash=False)
    home: Path = field(init=False, default=Factory(lambda self: folder("policies") / self.name, takes_self=True))

    def __str__(self) -> str:
        return self.name

    def file(self, suffix: str) -> Path:
        """The policy as written (`.sla`), compiled (`.json`), or its document (`.txt`)."""
        return self.home / f"{self.name}{suffix}"

    def written(self) -> Policy:
        """The policy as written; read once."""
        return _loaded(self.file(".sla"))

    def answered(self) -> Policy:
        """The policy with values for what its document leaves open."""
        return _loaded(self.file(".sla")).set(**self.parameters)


@cache
def _loaded(path: Path) -> Policy:
    return sla_dsl.load(path)


def other_readings(policy: Policy) -> list[tuple[str, str]]:
    """Every ambiguity with each reading that the policy does not choose."""
    return [
        (doubt.id, reading.id)
        for doubt in policy.document.ambiguities
        for reading in doubt.readings
        if reading.id != doubt.chosen
    ]


def changed(policy: Policy, vendor: Vendor, doubt: str, reading: str) -> list[str]:
    """The conclusions that another reading changes, as they are under it."""
    under = policy.reading(**{doubt: reading})
    before = {line for one in vendor.tickets for line in _concluded(one, policy)}
    return [
        *(one.conclusion(under) for one in vendor.questions if one.conclusion(under) != one.conclusion(policy)),
        *(line for one in vendor.tickets for line in one.conclusions(under) if line not in before),
    ]


@cache
def _concluded(ticket: WorkedTicket, policy: Policy) -> list[str]:
    return ticket.conclusions(policy)
