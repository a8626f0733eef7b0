"""When a limit is reached: the due instant, or bounds for it while something is missing (T3-T6, H4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sla_dsl.policy.after_start import within
from sla_dsl.policy.before_event import before, by_end_of
from sla_dsl.policy.combining import earlier, later
from sla_dsl.policy.terms import Before, ByEndOf, Combined, Within

if TYPE_CHECKING:
    from sla_dsl.policy.deadlines import Binding, Bounded, Reached
    from sla_dsl.policy.terms import AnyLimit


def reach(limit: AnyLimit, start: int, binding: Binding) -> Reached | Bounded:
    """Return when a limit on a clock that starts at an instant is reached. Raises `OutsideYears`, `BadInstant`."""
    match limit:
        case Within(budget=budget):
            return within(limit, budget, start, binding)
        case Before(budget=budget, event=event):
            return before(limit, budget, binding.moments[event], binding)
        case ByEndOf(fact=fact):
            return by_end_of(limit, fact, binding)
        case Combined(which=which, first=first, second=second):
            one, other = reach(first, start, binding), reach(second, start, binding)
            return earlier(one, other) if which == "earlier" else later(one, other)
        case _:
            assert_never(limit)
