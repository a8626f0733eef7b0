"""From a syntax tree to a checked model: names resolved once, evidence found, every rule of the language kept."""

from sla_dsl.checking.policy import check

__all__ = ["check"]
