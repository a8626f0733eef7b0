"""What an example can expect: of which kind of thing which outcome, in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from sla_dsl.policy.answers import AnswerModality
from sla_dsl.policy.names import folded
from sla_dsl.policy.tickets.answers import ClockState, DutyState, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

CLOCK_STATES: tuple[str, ...] = get_args(ClockState)
VERDICTS: tuple[str, ...] = get_args(Verdict)
MODALITIES: tuple[str, ...] = get_args(AnswerModality)
DUTY_STATES: tuple[str, ...] = get_args(DutyState)
NOT_STATED = "not_stated"
UNDETERMINED = "undetermined"
NO_LEVEL = ("unclassified", "overlap")

WORDS: Mapping[str, tuple[str, ...]] = {
    "clock": (*CLOCK_STATES, *VERDICTS, *MODALITIES),
    "step": (*CLOCK_STATES, *VERDICTS, *MODALITIES),
    "entry": ("irregular", "regular"),
    "duty": (*DUTY_STATES, *MODALITIES),
    "service": (NOT_STATED,),
    "channel": (NOT_STATED,),
    "exclusion": ("in_force", "not_in_force"),
    "maintenance": ("allowed", "forbidden", NOT_STATED),
}
"""What each kind of thing can be. A level or status is called by its name, a step of a cascade too."""

_IS = ("is", "is not", "undetermined")
_THERE = ("available", "not available", *_IS)
OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "clock": ("due", "no deadline", "warns at", "has used", *_IS),
    "step": ("due", "no deadline", *_IS),
    "entry": ("is", "is not"),
    "duty": ("due", "no deadline", *_IS),
    "scale": _IS,
    "status": _IS,
    "service": _THERE,
    "channel": _THERE,
    "exclusion": _IS,
    "maintenance": _IS,
}
"""Which outcomes can be expected of each kind of thing."""

_SAME = {"words": "words_only", "left_blank": "blank"}


def word(text: str) -> str:
    """Return a word for what something is, as answers have it.

    >>> word("Best effort"), word("left blank")
    ('best_effort', 'blank')
    """
    plain = folded(text).replace(" ", "_")
    return _SAME.get(plain, plain)
