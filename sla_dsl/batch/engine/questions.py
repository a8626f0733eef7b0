"""Questions about tickets that the scalar code answers once for all tickets in the same situation (R3, H4).

What a question can look at is read off its conditions: what is said of the ticket, its status, whether events have
happened, whether an instant lies in a calendar. Tickets that agree in these share an answer. Where something unknown
decides, the answer is `DOUBT`: such a ticket goes one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen
from msgspec.structs import replace

from sla_dsl.batch.engine.grid import Grid
from sla_dsl.batch.engine.hours import hours_of
from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import listed
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.terms import Among, Before, Distance, During, Occurs, OnDay, Precedes, Scale
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.policy.unknowns import Undecided
from sla_dsl.worktime import WholeDays, timetable

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sla_dsl.batch.engine.signs import Signs
    from sla_dsl.batch.engine.situations import Situations
    from sla_dsl.batch.typed import Codes, Flags, Ints
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.terms import Condition
    from sla_dsl.policy.tickets.rulebook import Rulebook

    Ask = Callable[..., int]

DOUBT = -2
"""Instead of an answer: something unknown decides, or nothing can be answered at all."""


@frozen(eq=False)
class Asked:
    """Tickets about which a question is put, row by row.

    `situation` numbers what is said of each, `status` is a code (-1 for none), `happened` has the bits of the events
    that have happened, `at` is the instant of the question.
    """

    situation: Codes
    status: Codes
    happened: Ints
    at: Ints

    def take(self, rows: NDArray[np.intp] | Flags) -> Asked:
        """Return some of the rows."""
        return Asked(self.situation[rows], self.status[rows], self.happened[rows], self.at[rows])

    def when(self, at: Ints) -> Asked:
        """Return the same, asked at other instants."""
        return Asked(self.situation, self.status, self.happened, at)


@frozen(eq=False)
class Desk:
    """What every question needs: the policy, and the numbers of everything that is said.

    `notes` tells, by clause, what has made tickets go one by one so far, and why.
    """

    policy: Executable
    signs: Signs
    situations: Situations
    notes: dict[str, str] = field(factory=dict[str, str])

    @property
    def book(self) -> Rulebook:
        """What the policy says about tickets over time."""
        return self.policy.book

    def question(self, clause: str, about: object, ask: Ask, *, lasting: bool = False) -> Question:
        """Return a question that looks at the conditions in `about`; `ask` answers it, given an inquiry.

        Answers are not negative, but for what the caller makes of that. What `ask` raises is a doubt, and so is an
        answer that looked at what passes, where that is not told apart; with `lasting` it never is.
        """
        return Question(self, clause, _Reads(self, about, lasting=lasting), ask)

    def condition(self, condition: Condition | None, clause: str) -> Question | None:
        """Return the question whether a condition holds: 1 if it does, else 0; None where there is no condition."""
        if condition is None:
            return None

        def ask(inquiry: Inquiry) -> int:
            return int(inquiry.outcome(condition).holds is True)

        return self.question(clause, condition, ask)


class _Reads:
    """What a question can look at that passes: the status, events, calendars (by day or not).

    `obstacle` tells what else it can look at. Then none of it is told apart.
    """

    def __init__(self, desk: Desk, about: object, *, lasting: bool) -> None:
        tests = [*terms_inside((about, desk.policy.terms.all(Scale)))]
        subjects = {one.subject.kind for one in tests if isinstance(one, Among)}
        asked = [one for one in tests if isinstance(one, During | OnDay)]
        self.status = "status" in subjects
        self.events = tuple(dict.fromkeys(one.event for one in tests if isinstance(one, Occurs)))
        self.calendars = tuple(dict.fromkeys((one.calendar, isinstance(one, OnDay)) for one in asked))
        self.obstacle: str | None = None
        if any(isinstance(one, Distance | Precedes) for one in tests):
            self.obstacle = "it compares instants"
        elif any(isinstance(one, Before) for one in tests):
            self.obstacle = "it counts back from a planned event"
        elif "clock" in subjects:
            self.obstacle = "it asks how a clock stands"
        elif any(one.subject for one in asked):
            self.obstacle = "it asks whether another instant lies in a calendar"
        elif any(desk.policy.calendar(name) is None for name, _ in self.calendars):
            self.obstacle = "it asks for a calendar that is not known, or is chosen by a level"
        elif lasting and (self.status or self.events or self.calendars):
            self.obstacle = "it asks for what passes"
        if self.obstacle is not None:
            self.status, self.events, self.calendars = False, (), ()


class Question:
    """A question that the scalar code answers once for all tickets that agree in what it looks at."""

    def __init__(self, desk: Desk, clause: str, reads: _Reads, ask: Ask) -> None:
        self._desk = desk
        self._clause = clause
        self._reads = reads
        self._ask = ask
        self._events = [(event, desk.signs.bit(event)) for event in reads.events]
        self._grid = Grid(self._answer)
        self._instants: Ints = np.empty(0, np.int64)

    def __call__(self, asked: Asked, *more: Codes) -> Codes:
        """Return the answer for each row; `more` are further codes, which `ask` gets too."""
        codes: list[NDArray[np.integer]] = [asked.situation, *more]
        if self._reads.status:
            codes.append(asked.status + 1)
        if self._events:
            bits = (((asked.happened & bit) != 0) * (1 << place) for place, (_, bit) in enumerate(self._events))
            codes.append(sum(bits, np.zeros(len(asked.situation), np.int64)))
        if self._reads.calendars:
            self._instants = asked.at
            codes.append(self._open(asked.at))
        return self._grid(*codes)

    def _open(self, at: Ints) -> Ints:
        found = np.zeros(len(at), np.int64)
        for place, (name, by_day) in enumerate(self._reads.calendars):
            exact = self._desk.policy.calendar(name)
            if by_day and exact is not None:
                exact = timetable(WholeDays(exact.recipe, exact.recipe.zone))
            hours = hours_of(exact)
            found += (hours.is_open(at) + 2 * ~hours.covers(at)) * 4**place
        return found

    def _answer(self, codes: tuple[int, ...], row: int) -> int:
        rest = [*codes[1:]]
        situation = self._desk.situations.known[codes[0]]
        at = None
        if self._reads.calendars:
            rest.pop()
            at = int(self._instants[row])
        if self._events:
            bits = rest.pop()
            happened = {event: 0 for place, (event, _) in enumerate(self._events) if bits >> place & 1}
            situation = replace(situation, events=happened)
        if self._reads.status:
            number = rest.pop() - 1
            situation = replace(situation, status=None if number < 0 else [*self._desk.signs.statuses][number])
        desk = self._desk.book.desk
        inquiry = Inquiry(desk.terms, desk.calendars, situation, at, {})
        found = DOUBT
        try:
            found = self._ask(inquiry, *rest)
            why = self._reads.obstacle if inquiry.timely else None
        except Undecided as stop:
            why = f"tickets do not tell {listed(stop.unknown.names)}, which decides"
        except SlaError as error:
            why = str(error)
        if why is not None:
            self._desk.notes.setdefault(self._clause, why)
        return found if why is None else DOUBT
