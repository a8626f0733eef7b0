"""The same log under two policies, for people at a terminal: shares side by side, what became of which verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.logs.summary import VERDICTS
from sla_dsl.reporting.answers import moment, scale_name
from sla_dsl.reporting.log_text import put_one_by_one, put_rows
from sla_dsl.reporting.log_words import VERDICT_WORDS, chosen, length, level, number, share, things, whole_seconds
from sla_dsl.reporting.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.logs.comparison import Change, Comparison, Flip
    from sla_dsl.policy.logs.summary import Asked


def comparison_text(comparison: Comparison, *, width: int = 100, colour: bool = False) -> str:
    """What a log comes to under two policies, as text.

    Example: begins with `incidents.csv under two policies`.
    """
    page = Page(width, colour=colour)
    page.title(f"{', '.join(comparison.files)} under two policies")
    page.line(f"before: {named(comparison.before)}", indent=2)
    page.line(f"after:  {named(comparison.after)}", indent=2)
    page.line(f"as of {moment(comparison.at)}")
    put_rows(page, comparison.rows)
    page.line(outcome(comparison))
    for side, found in (("before", comparison.one_by_one_before), ("after", comparison.one_by_one_after)):
        if found.tickets:
            page.line(f"{side}:", indent=2)
            put_one_by_one(page, found)
    _put_shares(page, comparison)
    for change in comparison.changes:
        if not change.by_priority and change.flipped:
            _put_cells(page, change)
    _put_due(page, comparison)
    _put_flips(page, comparison.flips)
    return page.text()


def named(asked: Asked) -> str:
    """A policy with what was chosen on top of it, and the first digits of its digest.

    Example: `Incident terms (incidents), holidays is none, 5c6688ae4741`.
    """
    return ", ".join(part for part in (f"{asked.title} ({asked.policy})", chosen(asked), asked.digest[:12]) if part)


def outcome(comparison: Comparison) -> str:
    """How many tickets were compared, and how many flip."""
    flips = f"{things(comparison.flipped_tickets, 'ticket')} ({things(comparison.flipped_cycles, 'cycle')})"
    verb = "has" if comparison.flipped_tickets == 1 else "have"
    return f"{things(comparison.compared, 'ticket')} compared; {flips} {verb} another verdict"


def verdict_word(verdict: str | None) -> str:
    """A verdict in words, or that a side does not have the cycle."""
    return "not there" if verdict is None else VERDICT_WORDS[verdict]


def points(change: Change) -> str:
    """By how many points a share moved.

    Example: `+2.4`.
    """
    if change.share_before is None or change.share_after is None:
        return ""
    moved = change.share_after - change.share_before
    return f"{moved:+.1f}".replace("-", "−") if abs(moved) >= 0.05 else "0"


def in_order(comparison: Comparison) -> Iterator[tuple[str, str, Change]]:
    """The changes with clock and level as they are named, all of a clock last."""
    for clock in dict.fromkeys(one.clock for one in comparison.changes):
        own = [one for one in comparison.changes if one.clock == clock]
        by_priority = [one for one in own if one.by_priority]
        for change in by_priority:
            yield clock, level(change.priority), change
        if len(by_priority) != 1:
            yield from ((clock, "all", one) for one in own if not one.by_priority)


def _put_shares(page: Page, comparison: Comparison) -> None:
    scale = scale_name(comparison.before.scale)
    page.section("In time, before and after")
    page.line(f"Share of those decided; the {scale} is that before. The counts are cycles.", indent=2)
    rows: list[tuple[str, ...]] = []
    last = ""
    for clock, name, change in in_order(comparison):
        shares = (share(change.share_before), share(change.share_after), points(change))
        rows.append((clock if clock != last else "", name, *shares, f"{change.cycles:,}", number(change.flipped)))
        last = clock
    page.table(("clock", scale, "before", "after", "points", "cycles", "another verdict"), rows)


def _put_cells(page: Page, change: Change) -> None:
    page.section(f"{change.clock}: from which verdict to which")
    shown = [one for one in (*VERDICTS, None) if any(one in (cell.before, cell.after) for cell in change.cells)]
    counts = {(cell.before, cell.after): cell.cycles for cell in change.cells}
    head = ("before ↓  after →", *map(verdict_word, shown))
    page.table(
        head, [(verdict_word(row), *(number(counts.get((row, column), 0)) for column in shown)) for row in shown]
    )


def _put_due(page: Page, comparison: Comparison) -> None:
    moved = [
        (clock, name, change)
        for clock, name, change in in_order(comparison)
        if change.due.later.cycles or change.due.earlier.cycles
    ]
    if not moved:
        return
    page.section("Due times that move")
    page.line("In elapsed time; half of those that move do so by less than the middle.", indent=2)
    rows = [(clock, name, f"{change.due.both_due:,}", *_moves(change)) for clock, name, change in moved]
    head = ("clock", scale_name(comparison.before.scale), "due both times")
    page.table((*head, "later", "middle", "95 %", "earlier", "middle", "95 %"), rows)


def _moves(change: Change) -> Iterator[str]:
    for side in (change.due.later, change.due.earlier):
        yield number(side.cycles)
        for each in ("50", "95"):
            yield length(side.percentiles[each]) if side.cycles else ""


def _put_flips(page: Page, flips: tuple[Flip, ...]) -> None:
    if not flips:
        return
    page.section("Greatest differences")
    for one in flips:
        cycle = f", cycle {one.cycle}" if one.cycle > 1 else ""
        priority = level(one.priority_before)
        if one.priority_after != one.priority_before:
            priority += f" → {level(one.priority_after)}"
        verdicts = f"{verdict_word(one.verdict_before)} → {verdict_word(one.verdict_after)}"
        page.entry(f"{one.ticket}: {one.clock}{cycle}, {priority}: {verdicts}", [])
        for line in flip_lines(one):
            page.line(line, indent=4)


def flip_lines(one: Flip) -> Iterator[str]:
    """By how much a cycle differs, in sentences."""
    if one.due_before is not None and one.due_after is not None:
        moved = one.due_later_seconds or 0
        word = "later" if moved > 0 else "earlier"
        by = f", {length(abs(moved))} {word}" if moved else ", the same"
        yield f"due {whole_seconds(one.due_before)} → {whole_seconds(one.due_after)}{by}"
    elif one.due_before is not None or one.due_after is not None:
        when = one.due_before or one.due_after
        side = "before only" if one.due_after is None else "after only"
        yield f"due {whole_seconds(when)}, {side}" if when is not None else ""
    late = [_late(seconds) for seconds in (one.late_before_seconds, one.late_after_seconds)]
    if any(late):
        yield f"{late[0] or 'no due time'} → {late[1] or 'no due time'}"
    if one.remaining_more_seconds:
        more = "more" if one.remaining_more_seconds > 0 else "less"
        yield f"{length(abs(one.remaining_more_seconds))} {more} of the time that the clock counts"


def _late(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{length(seconds)} late" if seconds > 0 else f"{length(-seconds)} to spare"
