"""Answers put together by hand."""

from __future__ import annotations

from typing import Any

from sla_dsl.policy.tickets.answers import ClockAnswer
from tests.policy.builders import at

NINE, TEN, NOON = at("2026-03-06 09:00"), at("2026-03-06 10:00"), at("2026-03-06 12:00")


def clock(**more: Any) -> ClockAnswer:
    """A clock that runs and is open, unless told otherwise."""
    parts: dict[str, Any] = {
        "clock": "response",
        "cycle": 1,
        "step": None,
        "state": "running",
        "verdict": "open",
        "answer": "due",
        "modality": "shall",
        **more,
    }
    return ClockAnswer(**parts)
