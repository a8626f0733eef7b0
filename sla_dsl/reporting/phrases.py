"""Small pieces of a shown policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def named(entry: Mapping[str, Any]) -> str:
    """An entry by its label and id.

    Example: `Response time (response)`.
    """
    return f"{entry['label']} ({entry['id']})" if entry["label"] else entry["id"]


def condition_of(part: Mapping[str, Any]) -> str:
    """The condition under which a part holds.

    Example: ` if sites_down more than 1`, or nothing.
    """
    return f" if {part['condition']['text']}" if part["condition"] else ""


def listed(names: str | list[str]) -> str:
    """One name or several."""
    return names if isinstance(names, str) else ", ".join(names)
