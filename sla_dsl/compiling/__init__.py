"""From a checked model to the compiled form. It cannot fail: what could be wrong, the checker has found."""

from sla_dsl.compiling.from_model import compiled

__all__ = ["compiled"]
