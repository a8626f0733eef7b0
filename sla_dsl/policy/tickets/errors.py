"""What can be wrong with a ticket: each mistake with the path of its field, all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import QuestionError

if TYPE_CHECKING:
    from datetime import datetime


@frozen
class Problem:
    """One mistake in a ticket: the field (`events[3].at`; empty for the ticket itself), and what is wrong with it."""

    path: str
    error: SlaError

    def __str__(self) -> str:
        return f"{self.path}: {self.error}" if self.path else str(self.error)


class BadTicket(QuestionError):
    """A ticket that cannot be read. `problems` holds everything that is wrong with it; `ticket` is its id.

    >>> error = BadTicket((Problem("events[0].at", MissingKey("at", "when it happened")),), "7")
    >>> print(error)
    events[0].at: `at` is missing: give when it happened
    """

    def __init__(self, problems: tuple[Problem, ...], ticket: str | None = None) -> None:
        super().__init__(problems, ticket)
        self.problems = problems
        self.ticket = ticket

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class MissingKey(QuestionError):
    """A ticket without the time of its creation, or an entry without a time."""

    def __init__(self, key: str, what: str) -> None:
        super().__init__(key, what)
        self.key = key
        self.what = what

    def __str__(self) -> str:
        return f"`{self.key}` is missing: give {self.what}"


class KeyElsewhere(QuestionError):
    """A key that a ticket or entry has in another place than where it stands."""

    def __init__(self, key: str, what: str, where: str) -> None:
        super().__init__(key, what, where)
        self.key = key
        self.what = what
        self.where = where

    def __str__(self) -> str:
        return f"`{self.key}` is {self.what}: {self.where}"


class NothingAgreed(QuestionError):
    """A due time on an entry whose event agrees none."""

    def __init__(self, agreed: tuple[str, ...]) -> None:
        super().__init__(agreed)
        self.agreed = agreed

    def __str__(self) -> str:
        if not self.agreed:
            return "`due` cannot be given: the policy declares no event with which a due time is agreed"
        names = " or ".join(f"`{name}`" for name in self.agreed)
        return f"`due` is the time that parties agree on: give it with the event {names}"


class AskedTooEarly(QuestionError):
    """A question about a ticket at an instant before it was created."""

    def __init__(self, at: datetime, created: datetime) -> None:
        super().__init__(at, created)
        self.at = at
        self.created = created

    def __str__(self) -> str:
        return f"`at` is {self.at.isoformat()}, before the ticket was created at {self.created.isoformat()}"


class AskedBeforeEntries(QuestionError):
    """A question to a state at an instant before the last entry that it knows."""

    def __init__(self, at: datetime, known: datetime) -> None:
        super().__init__(at, known)
        self.at = at
        self.known = known

    def __str__(self) -> str:
        known = self.known.isoformat()
        return f"`at` is {self.at.isoformat()}, before the last entry that the state knows, of {known}"


class ForeignEvaluation(QuestionError):
    """Something among the evaluations for objectives that is no evaluation under the same policy."""

    def __init__(self, found: str, policy: str) -> None:
        super().__init__(found, policy)
        self.found = found
        self.policy = policy

    def __str__(self) -> str:
        return f"{self.found} is no evaluation under `{self.policy}`; give what `evaluate` of this policy returns"


class OlderEntry(QuestionError):
    """An entry that is older than what a state already knows."""

    def __init__(self, at: datetime, known: datetime) -> None:
        super().__init__(at, known)
        self.at = at
        self.known = known

    def __str__(self) -> str:
        return f"the entry of {self.at.isoformat()} is older than the state, which stands at {self.known.isoformat()}"


class CopiedEvaluation(QuestionError):
    """A question to a copied or pickled evaluation that only the one it was copied from can answer."""

    def __init__(self, ticket: str | None) -> None:
        super().__init__(ticket)
        self.ticket = ticket

    def __str__(self) -> str:
        which = "" if self.ticket is None else f" of ticket `{self.ticket}`"
        return f"a copied evaluation{which} carries its answers and cannot be asked more; evaluate the ticket again"
