"""Whether maintenance may take place at an instant (R8)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sla_dsl.policy.terms import Availability, Maintenance
from sla_dsl.policy.tickets.answers import MaintenanceAnswer
from sla_dsl.policy.tickets.channels import AVAILABLE
from sla_dsl.policy.tickets.hours_of import Standing, lines_of, standing
from sla_dsl.policy.tickets.sharing import shared
from sla_dsl.policy.tickets.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.terms import MaintenanceWindow
    from sla_dsl.policy.tickets.look import Look


def maintenance(look: Look) -> tuple[MaintenanceAnswer, ...]:
    """Return for each rule on maintenance whether it allows some at this instant (R8).

    None where the rule does not apply or names no hours, and where what is unknown decides.

    Example: `all(one.allowed for one in maintenance(look))`.
    """
    rules = look.desk.terms.all(Maintenance)
    return tuple(shared(look, one, one, partial(_allowed, look, one)) for one in rules)


def _allowed(look: Look, rule: Maintenance) -> MaintenanceAnswer:
    lines = lines_of(_said(window) for window in rule.allowed)

    def question(inquiry: Inquiry) -> Standing:
        inquiry.note(rule.key)
        applies = inquiry.holds(rule.applies, rule.clause)
        return standing(lines, rule.clause, inquiry) if applies else Standing("not_stated")

    def words(told: Told[Standing]) -> Iterable[Reason]:
        from sla_dsl.policy.reasons.availability import explain_maintenance

        return explain_maintenance(told, rule)

    told = Told(look, rule, lambda: look.ask(question), words)
    allowed = None if told.single is None else AVAILABLE[told.single.answer]
    return MaintenanceAnswer(rule.id, allowed, told.missing(), told)


def _said(window: MaintenanceWindow) -> Availability:
    during, outside = (None, window.calendar) if window.outside else (window.calendar, None)
    return Availability(during=during, outside=outside, condition=window.condition)
