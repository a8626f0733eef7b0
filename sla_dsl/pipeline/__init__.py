"""The public API, and the only room that knows the order of the phases.

    path -> Source -> Outcome[Tree] -> Outcome[Model] -> Document -> Policy

A name is imported when it is asked for: checking a text needs nothing of what asking a policy needs, and the other way
round.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla_dsl.pipeline.errors import NeedsSources, NotAMapping, NotAPolicy, PolicyError
    from sla_dsl.pipeline.looking import coverage, moved_holidays, run_examples
    from sla_dsl.pipeline.mapping import load_mapping, mapping_for
    from sla_dsl.pipeline.phases import Checked, check, is_compiled
    from sla_dsl.pipeline.policy import Policy, assembled, from_json, load, loads, read, shipped

__all__ = [
    "Checked",
    "NeedsSources",
    "NotAMapping",
    "NotAPolicy",
    "Policy",
    "PolicyError",
    "assembled",
    "check",
    "coverage",
    "from_json",
    "is_compiled",
    "load",
    "load_mapping",
    "loads",
    "mapping_for",
    "moved_holidays",
    "read",
    "run_examples",
    "shipped",
]

_HOMES = {
    "errors": ("NeedsSources", "NotAMapping", "NotAPolicy", "PolicyError"),
    "looking": ("coverage", "moved_holidays", "run_examples"),
    "mapping": ("load_mapping", "mapping_for"),
    "phases": ("Checked", "check", "is_compiled"),
    "policy": ("Policy", "assembled", "from_json", "load", "loads", "read", "shipped"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'sla_dsl.pipeline' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"sla_dsl.pipeline.{_HOME_OF[name]}"), name)
    return found
