"""The schemas of what is said of whole logs: a summary under one policy, a comparison under two."""

from __future__ import annotations

from sla_dsl.policy.logs.summary import BIN, BINS, PERCENTILES, VERDICTS
from sla_dsl.policy.schemas.parts import (
    COUNT,
    INSTANT,
    NAMES,
    READINGS,
    TEXT,
    YES_NO,
    Schema,
    an_object,
    citation,
    list_of,
    one_of,
    or_null,
    part,
    reason,
    whole,
)
from sla_dsl.policy.schemas.tickets import objective_part
from sla_dsl.policy.tickets.answers import ClockState, LedgerKind, Verdict

_SECONDS: Schema = {"type": ["number", "null"], "description": "seconds"}
_SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 100, "description": "percent"}
_BARS: Schema = {"type": "array", "items": COUNT, "minItems": BINS, "maxItems": BINS}
_FILES: Schema = list_of(TEXT)


def summary_schema() -> Schema:
    """Return the schema of what a whole log comes to."""
    summary = an_object({
        "asked": part("asked"),
        "at": INSTANT,
        "zone": TEXT,
        "files": _FILES,
        "rows": part("rows"),
        "tickets": COUNT,
        "cycles": COUNT,
        "irregular": COUNT,
        "one_by_one": part("one_by_one"),
        "created": or_null({"type": "array", "items": INSTANT, "minItems": 2, "maxItems": 2}),
        "columns": NAMES,
        "groups": list_of(part("group")),
        "distributions": list_of(part("distribution")),
        "objectives": list_of(part("objective")),
        "worst": list_of(part("late_ticket")),
    })  # fmt: skip
    return whole(
        "Summary of a log",
        summary,
        **_shared(),
        group=_group(),
        distribution=an_object({
            "clock": TEXT, "priority": or_null(TEXT), "width": {"const": BIN}, "in_time": _BARS, "late": _BARS,
            "unknown": COUNT,
        }),
        objective=objective_part(),
        late_ticket=_late_ticket(),
        reason=reason(),
        citation=citation(),
    )  # fmt: skip


def comparison_schema() -> Schema:
    """Return the schema of what a whole log comes to under two policies."""
    verdict = one_of(Verdict, None)
    comparison = an_object({
        "before": part("asked"),
        "after": part("asked"),
        "at": INSTANT,
        "zone": TEXT,
        "files": _FILES,
        "rows": part("rows"),
        "compared": COUNT,
        "flipped_tickets": COUNT,
        "flipped_cycles": COUNT,
        "one_by_one_before": part("one_by_one"),
        "one_by_one_after": part("one_by_one"),
        "changes": list_of(part("change")),
        "flips": list_of(part("flip")),
    })  # fmt: skip
    change = an_object({
        "clock": TEXT,
        "by_priority": YES_NO,
        "priority": or_null(TEXT),
        "cycles": COUNT,
        "flipped": COUNT,
        "share_before": _SHARE,
        "share_after": _SHARE,
        "cells": list_of(an_object({"before": verdict, "after": verdict, "cycles": COUNT})),
        "due": an_object({"both_due": COUNT, "later": part("percentiles"), "earlier": part("percentiles")}),
    })  # fmt: skip
    flip = an_object({
        "ticket": TEXT,
        "clock": TEXT,
        "cycle": {"type": "integer", "minimum": 0},
        "priority_before": or_null(TEXT),
        "priority_after": or_null(TEXT),
        "verdict_before": verdict,
        "verdict_after": verdict,
        "due_before": or_null(INSTANT),
        "due_after": or_null(INSTANT),
        "due_later_seconds": _SECONDS,
        "late_before_seconds": _SECONDS,
        "late_after_seconds": _SECONDS,
        "remaining_more_seconds": _SECONDS,
    })  # fmt: skip
    return whole("Comparison of a log under two policies", comparison, **_shared(), change=change, flip=flip)


def _shared() -> dict[str, Schema]:
    counts: Schema = {"type": "object", "additionalProperties": COUNT}
    percentiles: dict[str, Schema] = {str(each): {"type": "number", "minimum": 0} for each in PERCENTILES}
    return {
        "asked": an_object({
            "policy": TEXT, "title": TEXT, "scale": or_null(TEXT), "digest": TEXT, "annexes": _FILES,
            "readings": READINGS, "values": READINGS, "unset": NAMES,
        }),
        "rows": an_object({"read": COUNT, "used": COUNT, "listed": COUNT, "reasons": counts}),
        "one_by_one": an_object({"tickets": COUNT, "reasons": READINGS}),
        "percentiles": an_object({
            "cycles": COUNT,
            "percentiles": an_object(percentiles, optional=tuple(percentiles)),
            "exact": YES_NO,
        }),
    }  # fmt: skip


def _group() -> Schema:
    return an_object({
        "clock": TEXT,
        "by": {"type": "object", "additionalProperties": or_null(TEXT)},
        "cycles": COUNT,
        "verdicts": an_object(dict.fromkeys(VERDICTS, COUNT)),
        "decided": COUNT,
        "in_time": COUNT,
        "share": _SHARE,
        "used": part("percentiles"),
    })  # fmt: skip


def _late_ticket() -> Schema:
    span = an_object({"from": INSTANT, "to": INSTANT, "kind": one_of(LedgerKind), "because": TEXT})
    return an_object({
        "ticket": TEXT,
        "clock": TEXT,
        "cycle": {"type": "integer", "minimum": 0},
        "priority": or_null(TEXT),
        "state": one_of(ClockState, None),
        "verdict": one_of(Verdict),
        "started": or_null(INSTANT),
        "stopped": or_null(INSTANT),
        "due": INSTANT,
        "late_seconds": {"type": "number", "minimum": 0},
        "over_seconds": _SECONDS,
        "used_seconds": _SECONDS,
        "budget_seconds": _SECONDS,
        "ledger": list_of(span),
    })  # fmt: skip
