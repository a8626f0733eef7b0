"""Under which policy a log was asked, and what was chosen on top of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.logs.summary import Asked
from sla_dsl.policy.reasons.grounds import value_text

if TYPE_CHECKING:
    from sla_dsl.policy.executable import Executable


def asked_of(policy: Executable) -> Asked:
    """Return what names a policy, the scale of its targets, and the annexes, readings and values that were chosen.

    Example: `asked_of(policy.reading(working_week="mon_to_sat")).readings`.
    """
    return Asked(
        policy.document.id,
        policy.document.label or policy.document.id,
        policy.terms.targets_scale,
        policy.digest,
        tuple(one.id for one in policy.annexes),
        dict(sorted(policy.readings.items())),
        {name: value_text(value) for name, value in sorted(policy.values.items())},
        tuple(sorted(policy.unset)),
    )
