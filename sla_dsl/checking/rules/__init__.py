"""What a policy must keep, once it is read: one file for each rule, all in this list."""

from sla_dsl.checking.rules.annexes import annexes
from sla_dsl.checking.rules.calendars import calendars
from sla_dsl.checking.rules.checked import Checked, Rule
from sla_dsl.checking.rules.choices import choices
from sla_dsl.checking.rules.clocks import clocks
from sla_dsl.checking.rules.conditions import conditions
from sla_dsl.checking.rules.coverage import coverage
from sla_dsl.checking.rules.doubts import doubts
from sla_dsl.checking.rules.dropped import dropped
from sla_dsl.checking.rules.evidence import evidence
from sla_dsl.checking.rules.examples import examples
from sla_dsl.checking.rules.holidays import holidays
from sla_dsl.checking.rules.labels import labels
from sla_dsl.checking.rules.levels import levels
from sla_dsl.checking.rules.matrices import matrices
from sla_dsl.checking.rules.narrowed import narrowed
from sla_dsl.checking.rules.numbers import numbers
from sla_dsl.checking.rules.objectives import objectives
from sla_dsl.checking.rules.once import once
from sla_dsl.checking.rules.said import said
from sla_dsl.checking.rules.targets import targets
from sla_dsl.checking.rules.times import times
from sla_dsl.checking.rules.unused import unused

RULES: tuple[Rule, ...] = (
    once,
    said,
    labels,
    times,
    calendars,
    holidays,
    levels,
    matrices,
    clocks,
    targets,
    objectives,
    choices,
    conditions,
    evidence,
    numbers,
    narrowed,
    coverage,
    doubts,
    dropped,
    annexes,
    examples,
    unused,
)

__all__ = ["RULES", "Checked", "Rule"]
