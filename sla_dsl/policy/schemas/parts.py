"""What the schemas share."""

from __future__ import annotations

from typing import get_args

from sla_dsl.policy.answers import AnswerModality

Schema = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
YES_NO: Schema = {"type": "boolean"}
YES_NO_UNKNOWN: Schema = {"type": ["boolean", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DATE: Schema = {"type": "string", "format": "date"}
NAMES: Schema = {"type": "array", "items": TEXT, "uniqueItems": True}
READINGS: Schema = {"type": "object", "additionalProperties": TEXT}
MODALITY: Schema = {"enum": [*get_args(AnswerModality), None]}


def or_null(schema: Schema) -> Schema:
    """Return the schema of a value that may be missing."""
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(literal: object, *more: None) -> Schema:
    """Return the schema of a choice, from the type that has it in Python."""
    return {"enum": [*get_args(literal), *more]}


def list_of(schema: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def part(name: str) -> Schema:
    """Return a reference to a part of the same schema."""
    return {"$ref": f"#/$defs/{name}"}


BECAUSE = list_of(part("reason"))
BOUNDS = or_null({"type": "array", "prefixItems": [INSTANT, or_null(INSTANT)], "minItems": 2, "maxItems": 2})


def an_object(properties: dict[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    """Return the schema of an object that has these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def whole(title: str, schema: Schema, **parts: Schema) -> Schema:
    """Return a schema that stands by itself."""
    return {"$schema": DIALECT, "title": title, **schema, **({"$defs": parts} if parts else {})}


def reason() -> Schema:
    """Return the schema of a sentence that bears an answer out."""
    found = an_object(
        {"clause": TEXT, "text": TEXT, "cite": list_of(part("citation")), "assume": TEXT}, optional=("cite", "assume")
    )
    return {**found, "oneOf": [{"required": ["cite"]}, {"required": ["assume"]}]}


def citation() -> Schema:
    """Return the schema of a quotation."""
    return an_object({"source": TEXT, "line": {"type": "integer", "minimum": 1}, "quote": TEXT})
