"""Terms as plain data with every field, those at their defaults too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.terms import Citation

EVIDENCE = frozenset({"kind", "id", "label", "cites", "assumes", "notes"})
"""The fields that every declaration has."""


def plain(value: object, without: frozenset[str] = frozenset()) -> Any:
    """A term, or a collection of terms, as JSON has it; `without` leaves out some fields of the outermost term.

    Example: `plain(ZoneRef(name="UTC"))` is `{"name": "UTC", "parameter": None}`.
    """
    if isinstance(value, msgspec.Struct):
        names = [name for name in value.__struct_fields__ if name not in without]
        data = {_name(name): _field(name, getattr(value, name)) for name in names}
        tag = value.__struct_config__.tag
        field = value.__struct_config__.tag_field
        return data if tag is None or field is None or field in without else {field: tag, **data}
    if isinstance(value, dict):
        return {key: plain(one) for key, one in cast("dict[str, object]", value).items()}
    if isinstance(value, tuple):
        return [plain(one) for one in cast("tuple[object, ...]", value)]
    return value


def _name(field: str) -> str:
    return {"cites": "cite", "assumes": "assume"}.get(field, field)


def _field(name: str, value: Any) -> Any:
    match name:
        case "cites":
            return cited(value)
        case "assumes":
            return [one.text for one in value]
        case _:
            return plain(value)


def cited(cites: Iterable[Citation]) -> list[dict[str, Any]]:
    """Citations in the form of CONTRACT, each once.

    Example: `[{"source": "harbour.txt", "line": 12, "quote": "within 4 hours"}]`.
    """
    found = {(one.source, one.line, one.quote): None for one in cites}
    return [{"source": source, "line": line, "quote": quote} for source, line, quote in found]
