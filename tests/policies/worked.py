"""Questions to a shipped policy, and how their answers are written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.reporting.answers import due_text, priority_text

if TYPE_CHECKING:
    from collections.abc import Mapping

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

    def conclusion(self, policy: Policy) -> dict[str, object]:
        """The answer without what it rests on."""
        rests_on = {"because", "readings", "assumptions"}
        return {name: value for name, value in self.ask(policy).to_dict().items() if name not in rests_on}


def other_readings(policy: Policy) -> list[tuple[str, str]]:
    """Every ambiguity with each reading that the policy does not choose."""
    return [
        (doubt.id, reading.id)
        for doubt in policy.document.ambiguities
        for reading in doubt.readings
        if reading.id != doubt.chosen
    ]


def changed(policy: Policy, questions: list[Question], doubt: str, reading: str) -> list[str]:
    """The answers that another reading changes, written down under it."""
    under = policy.reading(**{doubt: reading})
    return [one.written(under) for one in questions if one.conclusion(under) != one.conclusion(policy)]
