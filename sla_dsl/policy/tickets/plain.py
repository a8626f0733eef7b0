"""What an entry does to a ticket where its status alone decides that: most entries are of this kind (R4, R5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sla_dsl.policy.terms import Occurs

if TYPE_CHECKING:
    from sla_dsl.policy.terms import Moment, Transition
    from sla_dsl.policy.tickets.clock_rules import Reaction
    from sla_dsl.policy.tickets.rulebook import Rulebook


class Move(Struct, frozen=True):
    """A transition that listens to an event; `free` says that nothing else matters to it: no condition, no window."""

    transition: Transition
    moment: Moment
    free: bool

    @classmethod
    def of(cls, transition: Transition, moment: Moment) -> Move:
        """Return a transition with the moment at which it is made."""
        alone = moment.when is not None and isinstance(moment.when.test, Occurs)
        return cls(transition, moment, alone and _is_free(transition, moment))


def _is_free(transition: Transition, moment: Moment) -> bool:
    """Return whether neither a condition nor a window keeps a ticket from a transition."""
    guarded = transition.condition is not None or transition.requires is not None
    return not guarded and moment.within is None and moment.within_days is None


class Plain(Struct, frozen=True):
    """What happens by an entry: its event, the status that is entered by it or given with it, if that is another.

    `transition` is the one that is made; `back` tells that the ticket is reopened, `reactions` what it is to the clocks
    that it concerns.
    """

    event: str | None
    events: tuple[str, ...]
    to: str | None
    entered: tuple[str, ...]
    transition: Transition | None
    back: bool
    reactions: tuple[Reaction, ...]


class PlainEntries(dict[tuple[str | None, str | None, str | None], Plain | None]):
    """What entries do by the status of the ticket, their event and their status; it is found when first looked up.

    None where something else has a say: a condition, a window, a timer, a rule for levels, how clocks stand, what
    happened before. Such entries go the long way of `Course.take`.
    """

    def __init__(self, book: Rulebook) -> None:
        self._book = book

    def __missing__(self, key: tuple[str | None, str | None, str | None]) -> Plain | None:
        found = self[key] = self._find(*key)
        return found

    def _find(self, status: str | None, event: str | None, recorded: str | None) -> Plain | None:
        book = self._book
        if (event is None) is (recorded is None) or event == book.desk.terms.created:
            return None
        if book.reclassifications or book.asks_clocks:
            return None
        if status is None:
            return self._happens(event) if event is not None and not book.statuses else None
        if status in book.automatic:
            return None
        found = self._moves(status, event) if event is not None else self._enters(status, recorded)
        return None if found is None or found.to in book.automatic else found

    def _happens(self, event: str) -> Plain:
        """Return what an event does that moves no ticket."""
        return self._plain(event, None, None, back=event == "reopened" and not self._book.statuses)

    def _moves(self, status: str, event: str) -> Plain | None:
        """Return what an event does in a status."""
        book = self._book
        moves = book.moves.get((status, event))
        if moves is None:
            refused = event in book.moving and book.statuses[status].final
            return None if refused else self._happens(event)
        made = moves[0].transition
        return self._plain(event, made.to, made, back=(status, made.to) in book.backward) if moves[0].free else None

    def _enters(self, status: str, recorded: str | None) -> Plain | None:
        """Return what a recorded status does in a status: nothing if it is the same, else what a transition does."""
        if recorded == status:
            return self._plain(None, None, None, back=False)
        made = next((one for one in self._book.transitions.get(status, ()) if one.to == recorded), None)
        if made is None or made.moments[0].when is None or not _is_free(made, made.moments[0]):
            return None
        return self._plain(None, recorded, made, back=(status, made.to) in self._book.backward)

    def _plain(self, event: str | None, to: str | None, made: Transition | None, *, back: bool) -> Plain:
        events = () if event is None else (event,)
        entered = () if to is None else (to,)
        reactions = self._book.reactions(events, entered)
        return Plain(event, events, to, entered, made, back, reactions.every if back else reactions.concerned)
