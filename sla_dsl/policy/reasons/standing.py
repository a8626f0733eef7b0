"""Why a ticket has a level that a rule gave it (R8, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import reading_reasons
from sla_dsl.policy.reasons.wording import moment_text
from sla_dsl.worktime import zone

if TYPE_CHECKING:
    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.tickets.standing import ByRule


def explain_reclassified(found: ByRule) -> tuple[Reason, ...]:
    """Return the reasons of a level that a rule gave, from the conclusion to its ground."""
    moved = found.moved
    when = moment_text(moved.at, zone(found.book.desk.calendars.zone.name or "UTC"))
    scale = moved.rule.scale
    text = f"{scale} is {found.known.level} since {when}, and was {moved.before} until then: {moved.rule.when.text}"
    rule = reasons(moved.rule.clause, text, moved.rule.cites, moved.rule.assumes)
    return tuple(dict.fromkeys((*rule, *reading_reasons(found.chosen))))
