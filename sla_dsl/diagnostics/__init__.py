"""What is wrong in a policy: findings as data, and the catalogue of every kind of mistake.

`catalogue` is the one place with the words; each code has a page in `docs/findings/`.
"""

from sla_dsl.diagnostics.finding import Finding, Kind, Place, Severity
from sla_dsl.diagnostics.outcome import Outcome

__all__ = ["Finding", "Kind", "Outcome", "Place", "Severity"]
