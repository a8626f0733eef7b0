"""Due times that are agreed with an event (P6): a column of instants, said where an event of the row agrees one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.chunk import NOTHING, Coded
from sla_dsl.batch.inputs.columns import NONE
from sla_dsl.policy.tickets.words import words_of
from sla_dsl.worktime import format_instant

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Instants
    from sla_dsl.batch.inputs.books import Book
    from sla_dsl.batch.typed import Codes
    from sla_dsl.policy.vocabulary import Terms


class Agreed:
    """Says which due times count: those beside an event with which a clock agrees one."""

    def __init__(self, terms: Terms, events: Book) -> None:
        self._agreeing = np.array([events.code(event) for event in words_of(terms).agreed], np.int32)

    def times(self, due: Instants, events: Codes) -> Instants:
        """Return the due times that count, `NONE` elsewhere; `events` are the codes of the events beside them."""
        return np.where(np.isin(events, self._agreeing), due, NONE)

    @staticmethod
    def coded(times: Instants) -> Coded:
        """Return due times as a ticket says them, as texts."""
        there: NDArray[np.bool] = times != NONE
        distinct, places = np.unique(times[there], return_inverse=True)
        codes = np.full(len(times), NOTHING, np.int32)
        codes[there] = places
        return Coded(tuple(format_instant(int(t)) for t in distinct), codes)
