"""What a whole log comes to, for people at a terminal: shares first, then times, objectives and the worst tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.logs.summary import OTHER_REASONS, PERCENTILES
from sla_dsl.reporting.answers import moment, scale_name
from sla_dsl.reporting.log_words import (
    VERDICT_WORDS,
    chosen,
    length,
    level,
    number,
    percentile,
    share,
    things,
    where_time_went,
    whole_seconds,
)
from sla_dsl.reporting.objectives import objectives_text
from sla_dsl.reporting.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sla_dsl.policy.logs.summary import Asked, Group, OneByOne, Rows, Summary

_MOST_VALUES = 20
_MOST_REASONS = 10


def summary_text(summary: Summary, *, width: int = 100, colour: bool = False) -> str:
    """What a log comes to under a policy, as text.

    Example: begins with `incidents.csv under Incident terms (incidents)`.
    """
    page = Page(width, colour=colour)
    put_head(page, ", ".join(summary.files), summary.asked)
    page.line(f"as of {moment(summary.at)}")
    put_rows(page, summary.rows)
    page.line(tickets_line(summary))
    if summary.irregular:
        page.line(irregular_line(summary))
    put_one_by_one(page, summary.one_by_one)
    _put_shares(page, summary)
    _put_times(page, summary)
    _put_months(page, summary)
    for name in summary.columns:
        _put_column(page, summary, name)
    if summary.objectives:
        page.line("")
        for line in objectives_text(summary.objectives, width=width).splitlines():
            page.line(line.lstrip(), indent=len(line) - len(line.lstrip()))
    _put_worst(page, summary)
    return page.text()


def put_head(page: Page, files: str, asked: Asked) -> None:
    """The title, and what was chosen on top of the policy."""
    page.title(f"{files} under {asked.title} ({asked.policy})")
    if chosen(asked):
        page.line(chosen(asked), indent=2)


def put_rows(page: Page, rows: Rows) -> None:
    """What became of the rows, and why some could not be used."""
    page.line(f"{things(rows.read, 'row')} read, {rows.used:,} used, {rows.listed:,} listed")
    for text in reasons(rows.reasons, "rows"):
        page.line(text, indent=2)


def put_one_by_one(page: Page, one_by_one: OneByOne) -> None:
    """How many tickets were evaluated one by one, and why."""
    if one_by_one.tickets:
        page.line(f"{things(one_by_one.tickets, 'ticket')} evaluated one by one")
        for clause, why in one_by_one.reasons.items():
            page.line(f"{clause}: {why}", indent=2)


def reasons(found: Mapping[str, int], what: str) -> Iterator[str]:
    """Reasons with their counts, the most frequent first; not more than a reader takes in."""
    others = found.get(OTHER_REASONS, 0)
    ordered = sorted(((reason, count) for reason, count in found.items() if reason != OTHER_REASONS), key=_by_count)
    for reason, count in ordered[:_MOST_REASONS]:
        yield f"{count:,}: {reason}"
    rest = ordered[_MOST_REASONS:]
    if rest or others:
        many = OTHER_REASONS if others else things(len(rest), "other reason")
        yield f"{sum(count for _, count in rest) + others:,} {what} for {many}"


def _by_count(one: tuple[str, int]) -> int:
    return -one[1]


def tickets_line(summary: Summary) -> str:
    """How many tickets there are, and when they were created."""
    text = f"{things(summary.tickets, 'ticket')}, {things(summary.cycles, 'cycle')} of clocks"
    if summary.created is None:
        return text
    first, last = (one.date().isoformat() for one in summary.created)
    return f"{text}, created {first} to {last} ({summary.zone})"


def irregular_line(summary: Summary) -> str:
    """How many entries no rule provides for."""
    return f"{things(summary.irregular, 'entry', 'entries')} that no rule provides for (irregular)"


def own_groups(summary: Summary, clock: str, *names: str) -> list[Group]:
    """The groups of a clock by these values and no others."""
    return [one for one in summary.groups if one.clock == clock and set(one.by) == set(names)]


def decided_clocks(summary: Summary) -> list[str]:
    """The clocks of which some cycle is decided."""
    return [clock for clock in summary.clocks if any(one.decided for one in own_groups(summary, clock))]


def cycles_by_value(summary: Summary, name: str) -> list[tuple[str | None, int]]:
    """The values of a column, each with the cycles of all clocks that have it; the most come first."""
    cycles: dict[str | None, int] = {}
    for one in summary.groups:
        if set(one.by) == {name}:
            cycles[one.by[name]] = cycles.get(one.by[name], 0) + one.cycles
    return sorted(cycles.items(), key=lambda one: (-one[1], one[0] or ""))


def _put_shares(page: Page, summary: Summary) -> None:
    page.section("In time")
    page.line("Share of those decided: in time or late. The counts are cycles.", indent=2)
    head = ("clock", scale_name(summary.asked.scale), "share", "cycles", *VERDICT_WORDS.values())
    page.table(head, _by_priority(summary, lambda one: [share(one.share), f"{one.cycles:,}", *_verdicts(one)]))


def _put_times(page: Page, summary: Summary) -> None:
    if not any(one.used.cycles for one in summary.groups):
        return
    page.section("Time used")
    page.line(
        "Of cycles that have stopped, in the time that each clock counts: so many percent took no longer.", indent=2
    )
    head = ("clock", scale_name(summary.asked.scale), "stopped", *(f"{each} %" for each in PERCENTILES))
    page.table(
        head,
        _by_priority(
            summary,
            lambda one: [number(one.used.cycles), *(percentile(one.used, each) for each in PERCENTILES)],
            lambda one: one.used.cycles,
        ),
    )


def _by_priority(
    summary: Summary, cells: Callable[[Group], list[str]], is_shown: Callable[[Group], object] = bool
) -> Iterator[tuple[str, ...]]:
    for clock in summary.clocks:
        own = [one for one in own_groups(summary, clock, "priority") if is_shown(one)]
        every = [one for one in own_groups(summary, clock) if len(own) != 1 and is_shown(one)]
        named = [*((level(one.by["priority"]), one) for one in own), *(("all", one) for one in every)]
        for at, (name, one) in enumerate(named):
            yield (clock if at == 0 else "", name, *cells(one))


def _verdicts(group: Group) -> list[str]:
    return [number(group.verdicts[verdict]) for verdict in VERDICT_WORDS]


def _put_months(page: Page, summary: Summary) -> None:
    months = sorted({str(one.by["month"]) for one in summary.groups if set(one.by) == {"month"}})
    if len(months) < 2:
        return
    page.section("In time, by month of creation")
    clocks = decided_clocks(summary)
    page.table(
        ("month", *clocks), [(month, *(_of(summary, clock, "month", month) for clock in clocks)) for month in months]
    )


def _of(summary: Summary, clock: str, name: str, value: str | None) -> str:
    group = summary.group(clock, **{name: value})
    return "" if group is None or not group.decided else f"{share(group.share)} of {group.decided:,}"


def _put_column(page: Page, summary: Summary, name: str) -> None:
    page.section(f"In time, by {name}")
    clocks = decided_clocks(summary)
    sizes = cycles_by_value(summary, name)
    rows = [
        (nothing(value), f"{cycles:,}", *(_of(summary, clock, name, value) for clock in clocks))
        for value, cycles in sizes[:_MOST_VALUES]
    ]
    page.table((name, "cycles", *clocks), rows)
    if len(sizes) > _MOST_VALUES:
        page.line(f"and {things(len(sizes) - _MOST_VALUES, 'other value')}; --format json has them all", indent=2)


def nothing(value: str | None) -> str:
    """A value of a column, in words where there is none."""
    return "(nothing)" if value is None else value


def _put_worst(page: Page, summary: Summary) -> None:
    if not summary.worst:
        return
    page.section("Latest tickets")
    for one in summary.worst:
        cycle = f", cycle {one.cycle}" if one.cycle > 1 else ""
        page.entry(f"{one.ticket}: {one.clock}{cycle}, {level(one.priority)}, {length(one.late_seconds)} late", [])
        ended = "still running" if one.stopped is None else f"stopped {whole_seconds(one.stopped)}"
        page.line(f"due {whole_seconds(one.due)}, {ended}", indent=4)
        if one.used_seconds is not None:
            budget = "" if one.budget_seconds is None else f" of {length(one.budget_seconds)}"
            page.line(f"used {length(one.used_seconds)}{budget}", indent=4)
        if one.ledger:
            page.line(where_time_went(one), indent=4)
