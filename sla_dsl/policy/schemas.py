"""JSON Schemas of what a policy reads and answers (CONTRACT, forms)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec

from sla_dsl.policy.terms import Document

Schema = dict[str, object]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_INSTANT: Schema = {"type": "string", "format": "date-time"}
_DATE: Schema = {"type": "string", "format": "date"}
_NAMES: Schema = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
_MODALITIES = (
    "shall target should may best_effort words_only to_be_determined to_be_negotiated no_promise blank silent"
).split()


def compiled_schema() -> Schema:
    """Return the schema of a compiled policy."""
    schema = cast("Schema", msgspec.json.schema(Document))
    return {"$schema": _DIALECT, "title": "Compiled policy", **schema}


def due_schema() -> Schema:
    """Return the schema of the answer about a clock."""
    return _answer(
        "Due",
        clock={"type": "string"},
        priority=_or_null({"type": "string"}),
        answer={"enum": ["due", "undetermined", "no_deadline"]},
        due=_or_null(_INSTANT),
        due_date=_or_null(_DATE),
        modality={"enum": [*_MODALITIES, None]},
        strict={"type": ["boolean", "null"]},
        bounds=_or_null({"type": "array", "prefixItems": [_INSTANT, _or_null(_INSTANT)], "minItems": 2, "maxItems": 2}),
    )


def priority_schema() -> Schema:
    """Return the schema of the answer about a priority."""
    return _answer(
        "Priority",
        answer={"enum": ["level", "unclassified", "overlap", "undetermined"]},
        level=_or_null({"type": "string"}),
        override={"type": "boolean"},
        possible=_NAMES,
    )


def _answer(title: str, **own: Schema) -> Schema:
    properties: dict[str, Schema] = {
        **own,
        "readings": {"type": "object", "additionalProperties": {"type": "string"}},
        "assumptions": _NAMES,
        "missing": _NAMES,
        "because": {"type": "array", "items": {"$ref": "#/$defs/reason"}},
    }
    return {
        "$schema": _DIALECT,
        "title": title,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": {"reason": _reason(), "citation": _citation()},
    }


def _reason() -> Schema:
    text: Schema = {"type": "string"}
    cites: Schema = {"type": "array", "items": {"$ref": "#/$defs/citation"}}
    return {
        "type": "object",
        "properties": {"clause": text, "text": text, "cite": cites, "assume": text},
        "required": ["clause", "text"],
        "oneOf": [{"required": ["cite"]}, {"required": ["assume"]}],
        "additionalProperties": False,
    }


def _citation() -> Schema:
    properties: dict[str, Schema] = {
        "source": {"type": "string"},
        "line": {"type": "integer", "minimum": 1},
        "quote": {"type": "string"},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "compiled.schema.json": compiled_schema,
    "due.schema.json": due_schema,
    "priority.schema.json": priority_schema,
}
"""The schemas by the name of the file that holds each in the documentation."""


def schema_text(schema: Schema) -> str:
    """Return a schema as it is stored."""
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2).decode() + "\n"


def store(folder: Path) -> None:
    """Write every schema into a folder, as the documentation has them: `store(Path("docs/schemas"))`."""
    for name, make in SCHEMAS.items():
        (folder / name).write_text(schema_text(make()), encoding="utf-8", newline="\n")
