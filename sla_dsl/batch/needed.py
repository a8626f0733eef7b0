"""What this room cannot do without: importing it says what to install where that is missing."""

from __future__ import annotations

from importlib import import_module

from sla_dsl.errors import MissingExtra

for _package in ("numpy", "pyarrow"):
    try:
        import_module(_package)
    except ModuleNotFoundError:
        raise MissingExtra(_package, "batch") from None
