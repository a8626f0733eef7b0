"""The schemas of a compiled policy and of the answers to a single question."""

from __future__ import annotations

from typing import cast

import msgspec

from sla_dsl.policy.answers import DueAnswer, PriorityAnswer
from sla_dsl.policy.schemas.parts import (
    BECAUSE,
    BOUNDS,
    DATE,
    INSTANT,
    MODALITY,
    NAMES,
    READINGS,
    TEXT,
    YES_NO,
    YES_NO_UNKNOWN,
    Schema,
    an_object,
    citation,
    one_of,
    or_null,
    reason,
    whole,
)
from sla_dsl.policy.terms import Document


def compiled_schema() -> Schema:
    """Return the schema of a compiled policy."""
    return whole("Compiled policy", cast("Schema", msgspec.json.schema(Document)))


def due_schema() -> Schema:
    """Return the schema of the answer about a clock."""
    own: dict[str, Schema] = {
        "clock": TEXT,
        "priority": or_null(TEXT),
        "answer": one_of(DueAnswer),
        "due": or_null(INSTANT),
        "due_date": or_null(DATE),
        "modality": MODALITY,
        "strict": YES_NO_UNKNOWN,
        "bounds": BOUNDS,
    }
    return whole("Due", _answer(own), reason=reason(), citation=citation())


def priority_schema() -> Schema:
    """Return the schema of the answer about a priority."""
    return whole("Priority", level_answer(), reason=reason(), citation=citation())


def level_answer() -> Schema:
    """Return the schema of the answer about a level."""
    return _answer(
        {
            "scale": or_null(TEXT),
            "answer": one_of(PriorityAnswer),
            "level": or_null(TEXT),
            "override": YES_NO,
            "possible": NAMES,
        },
    )


def _answer(own: dict[str, Schema]) -> Schema:
    return an_object({**own, "readings": READINGS, "assumptions": NAMES, "missing": NAMES, "because": BECAUSE})
