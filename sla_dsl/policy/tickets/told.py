"""What came out of a question about a ticket, kept until somebody wants to read why (H7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import field, frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.answers import Reason
from sla_dsl.policy.lazily import lazily

if TYPE_CHECKING:
    from sla_dsl.policy.selection import Chosen
    from sla_dsl.policy.terms import AnyDeclaration
    from sla_dsl.policy.tickets.look import Answered, Look

T = TypeVar("T")


@frozen(slots=False, eq=False)
class Told(Generic[T]):
    """A question about a declaration, asked when first looked at: what came out, or why nothing could.

    Called, it gives the reasons.
    """

    look: Look
    about: AnyDeclaration
    _ask: Callable[[], Answered[T]] = field(repr=False)
    _words: Callable[[Told[T]], Iterable[Reason]] = field(repr=False)

    @lazily
    def _outcome(self) -> Answered[T] | SlaError:
        try:
            return self._ask()
        except SlaError as error:
            return error

    @property
    def answered(self) -> Answered[T] | None:
        """What came out; None where the question could not be asked."""
        return None if isinstance(self._outcome, SlaError) else self._outcome

    @property
    def error(self) -> SlaError | None:
        """Why the question could not be asked: a date after the last year of a calendar, for example."""
        return self._outcome if isinstance(self._outcome, SlaError) else None

    @lazily
    def single(self) -> T | None:
        """What came out, where it is the same in every case."""
        return None if self.answered is None else self.answered.single

    def missing(self, outcome: Callable[[T], object] = lambda result: result) -> tuple[str, ...]:
        """Return the names that would determine the answer."""
        return () if self.answered is None else self.answered.missing(outcome)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        return () if self.answered is None else self.answered.chosen

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used (H4)."""
        return () if self.answered is None else self.answered.assumptions

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the answer."""
        return tuple(dict.fromkeys(self._words(self)))

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the answer looked at."""
        keys = (self.about.key,) if self.answered is None else self.answered.keys
        return self.look.desk.terms.clauses(keys)
