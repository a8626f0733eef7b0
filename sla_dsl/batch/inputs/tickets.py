"""By what tickets are told apart: the texts of one or more columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.batch.inputs.columns import as_text, is_nested, joined, without
from sla_dsl.batch.inputs.errors import NotValues
from sla_dsl.policy.logs.mapping import JOINT

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary
    from collections.abc import Sequence

    import pyarrow as pa

    from sla_dsl.policy.logs.mapping import Mapping


def missing_texts(mapping: Mapping) -> frozenset[str]:
    """Return the texts that stand for nothing, the empty one among them."""
    return frozenset(text.strip() for text in (*mapping.missing, ""))


def ticket_column(columns: Dictionary[str, pa.Array], names: Sequence[str], missing: frozenset[str]) -> pa.Array:
    """Return the columns with these names as one, as they are if there is one only. Raises `NotValues`."""
    given = [columns[name] for name in names]
    for name, column in zip(names, given, strict=True):
        if is_nested(column.type):
            raise NotValues(name, str(column.type))
    return given[0] if len(given) == 1 else joined([without(column, missing) for column in given], JOINT)


def ticket_names(column: pa.Array, missing: frozenset[str]) -> pa.Array:
    """Return the tickets in a column as texts, null where it names none: `7` and ` 7` are one ticket."""
    return without(as_text(column), missing)
