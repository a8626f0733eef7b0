"""Every mistake a user can make, with its stable code and its words.

Codes are grouped: 1xx the text, 2xx names and places, 3xx values, 4xx what is incomplete, 5xx evidence, 6xx business time,
7xx ambiguities and annexes, 8xx examples.
"""

from __future__ import annotations

from sla_dsl.diagnostics.finding import Kind, Severity

E, W = Severity.ERROR, Severity.WARNING

# ---------- 1xx the text ----------
UNEXPECTED = Kind("SLA101", E, "not expected here", "`{found}` cannot stand here", "{advice}")
UNKNOWN_STATEMENT = Kind("SLA102", E, "unknown statement", "no statement begins with `{found}`", "{advice}")
OPEN_STRING = Kind(
    "SLA103",
    E,
    "text without its closing mark",
    'this text has no closing `"`',
    'Close the text with `"` on the same line. A quotation mark inside a text is written twice: `""`.',
)
OPEN_BLOCK = Kind(
    "SLA104",
    E,
    "block without its closing brace",
    "a block is not closed",
    "Write a closing brace on a line of its own after the last statement of the block.",
)
STRAY_BRACE = Kind(
    "SLA105",
    E,
    "closing brace without a block",
    "this closing brace closes nothing",
    "Remove the brace, or open a block before it.",
)
NO_HEADING = Kind(
    "SLA106",
    E,
    "indented lines without a heading",
    "these lines are indented, but no statement opens a block for them",
    "Write the statement that opens the block above them, or move them to the left.",
)
MISPLACED = Kind(
    "SLA107", E, "statement in the wrong place", "`{head}` does not belong in {block}", "{advice}"
)
RESERVED = Kind(
    "SLA108",
    E,
    "reserved for later",
    "`{head}` is reserved for a later version of the language",
    "Record what the document says as `out of scope` with a reason, or as a `note`.",
)
TOO_DEEP = Kind(
    "SLA109",
    E,
    "nested too deeply",
    "blocks or brackets are nested more than {limit} deep",
    "Give the inner parts names of their own.",
)
HIDDEN_CHARACTER = Kind(
    "SLA110",
    E,
    "hidden character",
    "an invisible control character ({character}) changes how this text is shown",
    "Delete the character; a reader would see something else than the computer.",
)
LOOKALIKE = Kind(
    "SLA111",
    E,
    "look-alike letters",
    "`{found}` contains {character}, which only looks like a plain letter",
    "Type the name again with plain letters a to z.",
)
LANGUAGE_VERSION = Kind("SLA112", E, "language version", "{problem}", "Begin the file with `language 1`.")
EMPTY_FILE = Kind(
    "SLA113",
    E,
    "nothing in the file",
    "the file declares no policy and no annex",
    'Write `policy name "Title" {{ … }}`.',
)
