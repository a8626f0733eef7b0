"""Lengths of time: `2 hours 30 minutes`, `1 to 3 days`, `30 calendar days`."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from sla_dsl.checking.context import Context
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.base import UNIT_MICROSECONDS
from sla_dsl.syntax import Node
from sla_dsl.syntax.vocabulary import UNITS

CLOCK_UNITS = frozenset({"second", "minute", "hour"})


@frozen
class Length:
    """An amount in one kind of unit.

    Microseconds of `time`, or a number of `day`s, `calendar day`s, `week`s or `month`s.
    """

    unit: str
    low: int
    high: int


def length(ctx: Context, node: Node) -> Length | None:
    """The length that the parts `length` or `range` of a node add up to; none (reported) if they do not."""
    spans = node.nodes("range")
    if spans:
        return _range(ctx, spans[0])
    parts = [_amount(ctx, part) for part in node.nodes("length")]
    if any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    units = {part.unit for part in known}
    if len(units) != 1:
        ctx.report(catalogue.MIXED_UNITS, node)
        return None
    total = sum(part.low for part in known)
    return Length(units.pop(), total, total)


def _range(ctx: Context, node: Node) -> Length | None:
    low, high = (Decimal(token.text) for token in node.tokens("NUMBER"))
    unit = _unit(node)
    first, last = _exact(low, unit), _exact(high, unit)
    if first is None or last is None:
        ctx.report(catalogue.BROKEN_NUMBER, node, unit=unit)
        return None
    if low >= high:
        ctx.report(catalogue.RANGE_ORDER, node, low=low, high=high)
        return None
    return Length("time" if unit in CLOCK_UNITS else unit, first, last)


def _amount(ctx: Context, node: Node) -> Length | None:
    number, unit = Decimal(node.tokens("NUMBER")[0].text), _unit(node)
    value = _exact(number, unit)
    if value is None:
        ctx.report(catalogue.BROKEN_NUMBER, node, unit=unit)
        return None
    if unit not in CLOCK_UNITS and value < 1:
        ctx.report(catalogue.NO_DAYS, node, unit=unit)
        return None
    return Length("time" if unit in CLOCK_UNITS else unit, value, value)


def _unit(node: Node) -> str:
    return UNITS[node.tokens("UNIT")[0].text]


def _exact(number: Decimal, unit: str) -> int | None:
    """Microseconds for units of the clock, whole numbers for days, weeks and months; none if that is not exact."""
    value = number * UNIT_MICROSECONDS[unit] if unit in CLOCK_UNITS else number
    return int(value) if value == value.to_integral_value() else None
