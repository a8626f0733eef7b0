"""Why a ticket is out of the cover of some clocks (R8, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import decision_reason
from sla_dsl.policy.reasons.told import spoken, what_it_rests_on
from sla_dsl.policy.reasons.wording import listing, moment_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.terms import Exclusion
    from sla_dsl.policy.tickets.exclusions import Excluded
    from sla_dsl.policy.tickets.told import Told


def explain_exclusion(told: Told[Excluded], exclusion: Exclusion) -> Iterator[Reason]:
    """Yield which event ended the cover of which clocks, under which condition (H7)."""
    if told.answered is None:
        return
    case = told.answered.results[0]
    since = "" if case.since is None else f" since {moment_text(case.since, told.look.where)}"
    clocks = listing(f"`{clock}`" for clock in case.clocks)
    when = listing(dict.fromkeys(f"“{ending.when.text}”" for ending in case.endings))
    text = f"{spoken(exclusion)}: {clocks} no longer covered{since}, because of {when}"
    if told.single is None:
        text = f"{spoken(exclusion)} holds in any case; which clocks it ends, and since when, is not known"
    yield from reasons(exclusion.clause, text, exclusion.cites, exclusion.assumes)
    if len(told.answered.searched.leaves) == 1:
        for decision in told.answered.searched.leaves[0].result.inquiry.decisions.values():
            yield decision_reason(decision, exclusion.cites, exclusion.assumes, then=True)
    yield from what_it_rests_on(told)
