"""JSON Schemas of what a policy reads and answers (CONTRACT, forms)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from sla_dsl.policy.schemas.logs import comparison_schema, summary_schema
from sla_dsl.policy.schemas.parts import Schema
from sla_dsl.policy.schemas.questions import compiled_schema, due_schema, priority_schema
from sla_dsl.policy.schemas.tickets import evaluation_schema, objective_schema, ticket_schema

__all__ = [
    "SCHEMAS",
    "Schema",
    "comparison_schema",
    "compiled_schema",
    "due_schema",
    "evaluation_schema",
    "objective_schema",
    "priority_schema",
    "schema_text",
    "store",
    "summary_schema",
    "ticket_schema",
]

SCHEMAS: dict[str, Callable[[], Schema]] = {
    "comparison.schema.json": comparison_schema,
    "compiled.schema.json": compiled_schema,
    "due.schema.json": due_schema,
    "evaluation.schema.json": evaluation_schema,
    "objective.schema.json": objective_schema,
    "priority.schema.json": priority_schema,
    "summary.schema.json": summary_schema,
    "ticket.schema.json": ticket_schema,
}
"""The schemas by the name of the file that holds each in the documentation."""


def schema_text(schema: Schema) -> str:
    """Return a schema as it is stored."""
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2).decode() + "\n"


def store(folder: Path) -> None:
    """Write every schema into a folder, as the documentation has them: `store(Path("docs/schemas"))`."""
    for name, make in SCHEMAS.items():
        (folder / name).write_text(schema_text(make()), encoding="utf-8", newline="\n")
