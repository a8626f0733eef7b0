"""The same log under two policies, as one page of HTML that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.logs.summary import IN_TIME, LATE, VERDICTS
from sla_dsl.reporting.answers import moment, scale_name
from sla_dsl.reporting.comparison_text import flip_lines, in_order, named, outcome, points, verdict_word
from sla_dsl.reporting.html import Markup, element, joined
from sla_dsl.reporting.log_page import asked_facts, facts, one_by_one_facts, row, row_facts, section, table, whole_page
from sla_dsl.reporting.log_words import length, level, number, share, things
from sla_dsl.reporting.pictures import Part, Pictures, key, sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.logs.comparison import Change, Comparison, Flip


def comparison_page(comparison: Comparison) -> str:
    """What a log comes to under two policies, as a page of HTML.

    Example: `Path("comparison.html").write_text(comparison_page(comparison), encoding="utf-8")`.
    """
    pictures = Pictures()
    return whole_page(
        "Service levels under two policies",
        _head(comparison),
        _cards(pictures, comparison),
        _shares(comparison),
        *(_cells(change) for change in comparison.changes if not change.by_priority),
        _due(comparison),
        _flips(comparison),
        _about(comparison),
    )


def _head(comparison: Comparison) -> Markup:
    return element(
        "header",
        element("p", ", ".join(comparison.files), class_="eyebrow"),
        element("h1", "Service levels under two policies"),
        element("p", f"Before: {named(comparison.before)}.", class_="faint"),
        element("p", f"After: {named(comparison.after)}.", class_="faint"),
        element("p", f"As of {moment(comparison.at)}. {outcome(comparison)}."),
    )


def _cards(pictures: Pictures, comparison: Comparison) -> Markup:
    cards: list[Markup] = []
    for change in comparison.changes:
        if change.by_priority:
            continue
        moved = points(change)
        words = f"{share(change.share_before)} → {share(change.share_after)}"
        cards.append(
            element(
                "div",
                element("h3", change.clock),
                element("p", f"{moved} points" if moved else words, class_="big"),
                element("p", f"{words} in time; {things(change.flipped, 'cycle')} flip", class_="faint"),
                _bar(pictures, change, "before"),
                _bar(pictures, change, "after"),
                class_="card",
            )
        )
    looks = (("in-time", "in time"), ("late", "late"), ("open", "not decided, or not there"))
    legend = key((sample(look), words) for look, words in looks)
    note = element("p", "The upper bar is before, the lower after.", class_="caption")
    return joined(element("div", *cards, class_="cards"), legend, note)


def _bar(pictures: Pictures, change: Change, side: str) -> Markup:
    counts = {"in-time": 0, "late": 0, "open": 0}
    for cell in change.cells:
        verdict = getattr(cell, side)
        counts["in-time" if verdict in IN_TIME else "late" if verdict in LATE else "open"] += cell.cycles
    told = zip(counts.values(), ("in time", "late", "not decided"), strict=True)
    words = f"{change.clock}, {side}: {', '.join(f'{count:,} {what}' for count, what in told)}"
    return pictures.bar([Part(name, amount, name) for name, amount in counts.items()], words, high=10.0)


def _shares(comparison: Comparison) -> Markup:
    scale = scale_name(comparison.before.scale)
    head = [(f"clock, {scale}", "")]
    head += [(name, "n") for name in ("before", "after", "points", "cycles", "another verdict")]
    rows = [
        row(
            f"{clock}, {name}",
            [
                (share(change.share_before), "n"),
                (share(change.share_after), "n"),
                (points(change), "n"),
                (f"{change.cycles:,}", "n"),
                (number(change.flipped), "n"),
            ],
            look="all" if name == "all" else None,
        )
        for clock, name, change in in_order(comparison)
    ]
    caption = f"Share of the cycles that are decided on each side; the {scale} is that before"
    return section("In time, before and after", table(caption, head, rows))


def _cells(change: Change) -> Markup | None:
    if not change.flipped:
        return None
    shown = [one for one in (*VERDICTS, None) if any(one in (cell.before, cell.after) for cell in change.cells)]
    counts = {(cell.before, cell.after): cell.cycles for cell in change.cells}
    head = [("before ↓ after →", ""), *((verdict_word(one), "n") for one in shown)]
    rows = [
        row(verdict_word(old), [(number(counts.get((old, new), 0)), "n same" if old == new else "n") for new in shown])
        for old in shown
    ]
    caption = "Cycles by their verdict before and after; on the diagonal nothing changes"
    return section(f"{change.clock}: from which verdict to which", table(caption, head, rows))


def _due(comparison: Comparison) -> Markup | None:
    moved = [
        (clock, name, change)
        for clock, name, change in in_order(comparison)
        if change.due.later.cycles or change.due.earlier.cycles
    ]
    if not moved:
        return None
    head = [(f"clock, {scale_name(comparison.before.scale)}", "")]
    head += [(name, "n") for name in ("due both times", "later", "middle", "95 %", "earlier", "middle", "95 %")]
    rows = [
        row(f"{clock}, {name}", [(f"{change.due.both_due:,}", "n"), *((cell, "n") for cell in _moves(change))])
        for clock, name, change in moved
    ]
    caption = "By how much due times move, in elapsed time; half of those that move do so by less than the middle"
    return section("Due times that move", table(caption, head, rows))


def _moves(change: Change) -> Iterator[str]:
    for side in (change.due.later, change.due.earlier):
        yield number(side.cycles)
        for each in ("50", "95"):
            yield length(side.percentiles[each]) if side.cycles else ""


def _flips(comparison: Comparison) -> Markup | None:
    if not comparison.flips:
        return None
    tickets = element("div", *map(_flip, comparison.flips), class_="tickets")
    note = "Of the cycles that have another verdict, those whose due time or lateness differs the most."
    return section("Greatest differences", element("p", note), tickets)


def _flip(one: Flip) -> Markup:
    cycle = f", cycle {one.cycle}" if one.cycle > 1 else ""
    priority = level(one.priority_before)
    if one.priority_after != one.priority_before:
        priority += f" → {level(one.priority_after)}"
    verdicts = f"{verdict_word(one.verdict_before)} → {verdict_word(one.verdict_after)}"
    lines = (element("p", line, class_="faint") for line in flip_lines(one))
    return element(
        "article", element("h3", f"{one.ticket}: {one.clock}{cycle}, {priority}: {verdicts}"), *lines, class_="ticket"
    )


def _about(comparison: Comparison) -> Markup:
    return section(
        "About these figures",
        facts([
            *asked_facts(comparison.before, "Before"),
            *asked_facts(comparison.after, "After"),
            ("Log", ", ".join(comparison.files)),
            *row_facts(comparison.rows),
            *one_by_one_facts(comparison.one_by_one_before, "One by one, before"),
            *one_by_one_facts(comparison.one_by_one_after, "One by one, after"),
        ]),
    )  # fmt: skip
