"""Questions to a shipped policy, and how their answers are written down."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from attrs import Factory, field, frozen

import sla_dsl
from sla_dsl.reporting.answers import due_text, priority_text
from sla_dsl.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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
        rests_on = {"because", "readings", "assumptions"}
        told = {name: value for name, value in self.ask(policy).to_dict().items() if name not in rests_on}
        return f"{self}: {json.dumps(told, ensure_ascii=False)}"


@frozen
class Vendor:
    """A shipped policy: its files, how many units its document has, and what it is asked with which parameters."""

    name: str
    units: int
    parameters: Mapping[str, object] = field(hash=False)
    questions: tuple[Question, ...] = field(hash=False)
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


def changed(policy: Policy, questions: Iterable[Question], doubt: str, reading: str) -> list[str]:
    """The conclusions that another reading changes, as they are under it."""
    under = policy.reading(**{doubt: reading})
    return [one.conclusion(under) for one in questions if one.conclusion(under) != one.conclusion(policy)]
