"""Which statement belongs in which block.

The one table behind messages, completion and the choice between two readings of a file whose braces do not match.
"""

from __future__ import annotations

_DECLARATIONS = (
    "source party channel event events created parameter fact attribute timezone calendar scale carries_targets matrix "
    "clock targets target cascade lifecycle reclassify service contingency exclusion duty objective support_line "
    "maintenance reference term no_promise note informative out_of_scope accept ambiguity example"
)
_CHANGES = (
    "calendar scale matrix clock targets target cascade lifecycle reclassify service contingency exclusion duty "
    "objective support_line maintenance channel amend drop set"
)
_COLUMNS = (
    "ticket_from created_from at_from due_from status_from status_at event_from event_at event_on_change level_from "
    "fact_from channel_from caller_from"
)
_PAUSES = "pauses_in pauses_while pauses_between pauses_move pauses_keep"
FILE = "file"
"""The name under which the table lists what may stand outside any block."""

_BLOCKS: dict[str, str] = {
    FILE: "language policy annex log",
    "policy": _DECLARATIONS,
    "annex": f"{_DECLARATIONS} amend set choose drop",
    "parameter": "default",
    "attribute": "level default",
    "fact": "default",
    "channel": "available available_not_stated",
    "calendar": "timezone years open closed special_hours season row",
    "season": "open",
    "scale": "level chosen",
    "matrix": "row chosen",
    "clock": f"starts stops voids repeats measured on_change on_reopening warns agreed applies {_PAUSES}",
    "targets": "row also applies measured",
    "target": "also applies",
    "cascade": "step applies",
    "step": "starts applies also",
    "lifecycle": "status transition",
    "service": "reached available available_not_stated",
    "contingency": "reached available available_not_stated",
    "available": "",
    "available_not_stated": "",
    "exclusion": "ends applies",
    "duty": "owed due fulfilled starts applies",
    "objective": "share mean left_blank applies",
    "support_line": "provided requested reached covers escalates",
    "maintenance": "allowed applies",
    "ambiguity": "reading choose overrides",
    "reading": _CHANGES,
    "example": "set under ticket happens expect",
    "log": f"rows file_form times missing {_COLUMNS} keep note accept",
    **dict.fromkeys(
        "status_from event_from level_from fact_from channel_from caller_from".split(), "read ignore ignore_rest"
    ),
}

EVIDENCE = frozenset({"cite", "assume", "note"})
"""The statements that may stand in almost any block."""

AMENDED = frozenset(
    "channel clock calendar scale attribute matrix service contingency exclusion duty objective support_line "
    "maintenance parameter fact".split()
)
"""The kinds of declaration that can be amended: statements in their blocks are replaced by others of their kind."""

_BLOCKS["amend"] = " ".join(dict.fromkeys(word for kind in sorted(AMENDED) for word in _BLOCKS[kind].split()))

OF_LOGS = frozenset({"log", *_BLOCKS["log"].split(), "read", "ignore", "ignore_rest"}) - {"note", "accept"}
"""The statements of the mapping of a log; what it says rests on the log, not on a document."""

_NO_EVIDENCE = OF_LOGS | {FILE, "example", "note", "informative", "out_of_scope", "accept", "source", "ticket"}
_ALLOWED: dict[str, frozenset[str]] = {
    block: frozenset(inner.split()) | (frozenset() if block in _NO_EVIDENCE else EVIDENCE)
    for block, inner in _BLOCKS.items()
}


def allowed_in(block: str) -> frozenset[str]:
    """The kinds of statement that may stand in the block of a statement of this kind.

    Example: `"level" in allowed_in("scale")`.
    """
    if block in _NO_EVIDENCE:
        return _ALLOWED.get(block, frozenset())
    return _ALLOWED.get(block, EVIDENCE)


def homes_of(kind: str) -> tuple[str, ...]:
    """The blocks in which a statement of this kind may stand."""
    return tuple(block for block in _ALLOWED if kind in _ALLOWED[block])
