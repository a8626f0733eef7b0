"""A language for service level agreements: every value tied to the sentence it comes from.

Example:
    >>> import sla_dsl
    >>> policy = sla_dsl.shipped("cloudcti")
    >>> policy.priority(question=True).level
    'p4'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla_dsl.errors import SlaError
    from sla_dsl.pipeline import Policy, PolicyError, from_json, load, load_mapping, loads, shipped
    from sla_dsl.policy.answers import Due, Priority
    from sla_dsl.policy.tickets.evaluation import Evaluation
    from sla_dsl.policy.tickets.ticket import Event, Ticket
    from sla_dsl.worktime import Calendar

__all__ = [
    "Calendar",
    "Due",
    "Evaluation",
    "Event",
    "Policy",
    "PolicyError",
    "Priority",
    "SlaError",
    "Ticket",
    "from_json",
    "load",
    "load_mapping",
    "loads",
    "shipped",
]

_HOMES = {
    "Calendar": "sla_dsl.worktime",
    "Due": "sla_dsl.policy.answers",
    "Evaluation": "sla_dsl.policy.tickets.evaluation",
    "Event": "sla_dsl.policy.tickets.ticket",
    "Priority": "sla_dsl.policy.answers",
    "SlaError": "sla_dsl.errors",
    "Ticket": "sla_dsl.policy.tickets.ticket",
}


def __getattr__(name: str) -> object:
    """A public name, from the module that holds it: `import sla_dsl` alone loads none of them."""
    if name not in __all__:
        raise AttributeError(f"module 'sla_dsl' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES.get(name, "sla_dsl.pipeline")), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
