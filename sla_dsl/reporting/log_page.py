"""What a whole log comes to, as one page of HTML that needs nothing else: to be sent, printed and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.logs.summary import BIN, IN_TIME, LATE, PERCENTILES
from sla_dsl.reporting.answers import moment, scale_name
from sla_dsl.reporting.charts import FEW, Point, Series, distribution, over_months
from sla_dsl.reporting.html import Markup, element, joined
from sla_dsl.reporting.log_style import STYLE
from sla_dsl.reporting.log_text import (
    cycles_by_value,
    decided_clocks,
    irregular_line,
    nothing,
    own_groups,
    reasons,
    tickets_line,
)
from sla_dsl.reporting.log_words import VERDICT_WORDS, chosen, level, number, percentile, share, things
from sla_dsl.reporting.objectives import objective_sentence
from sla_dsl.reporting.pictures import STRIPES, Part, Pictures, key, line_sample, sample
from sla_dsl.reporting.worst_tickets import put_worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sla_dsl.policy.logs.summary import Asked, Group, OneByOne, Rows, Summary

_MOST_VALUES = 40
_MARKS = {"met": "✓ met", "missed": "✗ missed", "no_commitment": "nothing promised", "undetermined": "undetermined"}


def summary_page(summary: Summary) -> str:
    """What a log comes to under a policy, as a page of HTML.

    Example: `Path("report.html").write_text(summary_page(summary), encoding="utf-8")`.
    """
    pictures = Pictures()
    title = f"{summary.asked.title}: service levels"
    return whole_page(
        title,
        _head(summary),
        _cards(pictures, summary),
        _shares(pictures, summary),
        _months(pictures, summary),
        _distributions(pictures, summary),
        _times(summary),
        *(_column(pictures, summary, name) for name in summary.columns),
        _objectives(summary),
        put_worst(pictures, summary.worst, summary.at),
        _about(summary),
    )


def whole_page(title: str, *parts: Markup | None) -> str:
    """A page with its style; nothing on it is fetched from elsewhere."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("title", title),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("style", Markup(STYLE)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, element('body', STRIPES, element('main', *parts)), lang='en')}\n"


def section(title: str, *inside: str | None) -> Markup:
    """A part of the page under its heading."""
    return element("section", element("h2", title), *inside)


def table(caption: str, head: Sequence[tuple[str, str]], rows: Iterable[Markup]) -> Markup:
    """A table that can be moved sideways where it is too wide; each column is a heading and how it looks."""
    heading = element("tr", *(element("th", name, class_=look or None, scope="col") for name, look in head))
    made = element("table", element("thead", heading), element("tbody", *rows), aria_label=caption)
    return joined(
        element("p", f"{caption}.", class_="caption"),
        element("div", made, class_="scroll", tabindex="0", role="region", aria_label=caption),
    )


def row(name: str, cells: Iterable[tuple[str | None, str]], *, look: str | None = None) -> Markup:
    """A row: its name, and cells with how each looks."""
    return element(
        "tr",
        element("th", name, scope="row"),
        *(element("td", cell, class_=each or None) for cell, each in cells),
        class_=look,
    )


def row_facts(rows: Rows) -> Iterator[tuple[str, str]]:
    """What became of the rows, for a list of facts."""
    yield "Rows", f"{rows.read:,} read, {rows.used:,} used, {rows.listed:,} listed"
    for text in reasons(rows.reasons, "rows"):
        yield "", text


def facts(found: Iterable[tuple[str, str]]) -> Markup:
    """A list of facts under their names."""
    return element("dl", *(joined(element("dt", name), element("dd", text)) for name, text in found))


def asked_facts(asked: Asked, name: str = "Policy") -> Iterator[tuple[str, str]]:
    """Which policy was asked."""
    yield name, f"{asked.title} ({asked.policy})"
    if chosen(asked):
        yield "", chosen(asked)
    yield "", f"digest {asked.digest}"


def one_by_one_facts(one_by_one: OneByOne, name: str = "One by one") -> Iterator[tuple[str, str]]:
    """How many tickets went one by one, and why."""
    yield name, things(one_by_one.tickets, "ticket")
    for clause, why in one_by_one.reasons.items():
        yield "", f"{clause}: {why}"


# ------------------------------------------------------------------------------------------- the parts


def _head(summary: Summary) -> Markup:
    under = f" ({chosen(summary.asked)})" if chosen(summary.asked) else ""
    return element(
        "header",
        element("p", ", ".join(summary.files), class_="eyebrow"),
        element("h1", f"{summary.asked.title}: service levels"),
        element("p", f"As of {moment(summary.at)}{under}. {tickets_line(summary)}.", class_="faint"),
    )


def _parts(group: Group) -> list[Part]:
    late = sum(group.verdicts[verdict] for verdict in LATE)
    met = sum(group.verdicts[verdict] for verdict in IN_TIME)
    return [
        Part("in time", met, "in-time"),
        Part("late", late, "late"),
        Part("not decided", group.cycles - met - late, "open"),
    ]


def _bar(pictures: Pictures, group: Group, of: str, high: float = 14.0) -> Markup:
    told = ", ".join(f"{part.amount:,.0f} {part.name}" for part in _parts(group))
    return pictures.bar(_parts(group), f"{of}: {told}", high=high)


def _key(*, decided: bool = False) -> Markup:
    looks = [("in-time", "in time"), ("late", "late")]
    if not decided:
        looks.append(("open", "not decided: open, without a promise, or not known"))
    return key((sample(look), words) for look, words in looks)


def _cards(pictures: Pictures, summary: Summary) -> Markup:
    cards: list[Markup] = []
    for clock in summary.clocks:
        for group in own_groups(summary, clock):
            words = f"{group.in_time:,} of {group.decided:,} in time" if group.decided else "nothing decided"
            cards.append(
                element(
                    "div",
                    element("h3", clock),
                    element("p", share(group.share), class_="big"),
                    element("p", words, class_="faint"),
                    _bar(pictures, group, clock, 10.0),
                    class_="card",
                )
            )
    return joined(element("div", *cards, class_="cards"), _key())


def _shares(pictures: Pictures, summary: Summary) -> Markup:
    shown = [
        verdict for verdict in VERDICT_WORDS if any(group.verdicts[verdict] for group in summary.groups if not group.by)
    ]
    scale = scale_name(summary.asked.scale)
    head = [(f"clock, {scale}", ""), ("share", "n"), ("", "bar"), ("cycles", "n")]
    head += [(VERDICT_WORDS[verdict], "n") for verdict in shown]
    rows: list[Markup] = []
    for name, group, look in _by_priority(summary):
        cells: list[tuple[str | None, str]] = [(share(group.share), "n"), (_bar(pictures, group, name), "bar")]
        cells += [(f"{group.cycles:,}", "n"), *((number(group.verdicts[verdict]), "n") for verdict in shown)]
        rows.append(row(name, cells, look=look))
    caption = "Share of the cycles that are decided, and how many have each verdict"
    return section(f"In time, by {scale}", table(caption, head, rows))


def _by_priority(summary: Summary) -> Iterator[tuple[str, Group, str | None]]:
    for clock in summary.clocks:
        for group in own_groups(summary, clock):
            yield clock, group, "all"
        own = own_groups(summary, clock, "priority")
        if len(own) > 1 or any(group.by["priority"] for group in own):
            for group in own:
                yield level(group.by["priority"]), group, None


def _months(pictures: Pictures, summary: Summary) -> Markup | None:
    months = sorted({str(one.by["month"]) for one in summary.groups if set(one.by) == {"month"}})
    if len(months) < 2:
        return None
    figures: list[Markup] = []
    for clock in summary.clocks:
        levels = [one.by["priority"] for one in own_groups(summary, clock, "priority")]
        series = [Series(level(one), _points(summary, clock, one, months)) for one in levels]
        series = [one for one in series if any(one.points)]
        if not series:
            continue
        wanted = sorted({
            one.threshold
            for one in summary.objectives
            if one.clock == clock and one.unit == "percent" and one.threshold is not None
        })  # fmt: skip
        words = f"{clock}: share of decided cycles that were in time, by month of creation"
        picture = over_months(pictures, months, series, words, wanted)
        marks = key((line_sample(at), one.name) for at, one in enumerate(series))
        aims = f" Dotted across: {', '.join(f'{one:g} %' for one in wanted)}, an objective." if wanted else ""
        caption = f"In time, percent of those decided, by month of creation.{aims}"
        figures.append(element("figure", element("h3", clock), picture, marks, element("figcaption", caption)))
    if not figures:
        return None
    note = f"A hollow mark is a month with fewer than {FEW} decided cycles. Months are those of {summary.zone}."
    return section("Month by month", element("p", note, class_="faint"), element("div", *figures, class_="figures"))


def _points(summary: Summary, clock: str, priority: str | None, months: Sequence[str]) -> list[Point | None]:
    found: list[Point | None] = []
    for month in months:
        group = summary.group(clock, priority=priority, month=month)
        found.append(None if group is None or group.share is None else Point(group.share, group.decided))
    return found


def _distributions(pictures: Pictures, summary: Summary) -> Markup | None:
    figures: list[Markup] = []
    for one in summary.distributions:
        if not sum(one.in_time) + sum(one.late):
            continue
        name = f"{one.clock}, {level(one.priority)}"
        words = f"{name}: how many cycles used how much of their target, in steps of {one.width} percent"
        picture = distribution(pictures, one.in_time, one.late, one.width, words)
        unknown = f" {things(one.unknown, 'more cycle')} cannot be placed." if one.unknown else ""
        caption = f"{sum(one.in_time):,} in time, {sum(one.late):,} late.{unknown}"
        figures.append(element("figure", element("h3", name), picture, element("figcaption", caption)))
    if not figures:
        return None
    note = (
        f"How much of the target each decided cycle had used when it stopped, in steps of {BIN} percent; what still "
        "runs late, by now. Against a number of days or a date it is the time passed from start to due. "
        "The last bar holds all from twice the target on."
    )
    return section(
        "Against the target", element("p", note), _key(decided=True), element("div", *figures, class_="figures")
    )


def _times(summary: Summary) -> Markup | None:
    if not any(group.used.cycles for group in summary.groups):
        return None
    head = [(f"clock, {scale_name(summary.asked.scale)}", ""), ("stopped", "n")]
    head += [(f"{each} %", "n") for each in PERCENTILES]
    rows = [
        row(
            name,
            [(number(group.used.cycles), "n"), *((percentile(group.used, each), "n") for each in PERCENTILES)],
            look=look,
        )
        for name, group, look in _by_priority(summary)
        if group.used.cycles
    ]
    caption = "So many percent of the cycles that have stopped took no longer, in the time that their clock counts"
    return section("Time used", table(caption, head, rows))


def _column(pictures: Pictures, summary: Summary, name: str) -> Markup:
    clocks, sizes = decided_clocks(summary), cycles_by_value(summary, name)
    head = [(name, ""), ("cycles", "n")]
    for clock in clocks:
        head += [(clock, "n"), ("", "bar")]
    rows: list[Markup] = []
    for value, cycles in sizes[:_MOST_VALUES]:
        cells: list[tuple[str | None, str]] = [(f"{cycles:,}", "n")]
        for clock in clocks:
            group = summary.group(clock, **{name: value})
            cells.append((None if group is None else share(group.share), "n"))
            cells.append((None if group is None else _bar(pictures, group, f"{nothing(value)}, {clock}"), "bar"))
        rows.append(row(nothing(value), cells))
    left = len(sizes) - _MOST_VALUES
    more = element("p", f"{things(left, 'smaller value')} not shown.", class_="faint") if left > 0 else None
    return section(f"In time, by {name}", table("Share of the cycles that are decided", head, rows), more)


def _objectives(summary: Summary) -> Markup | None:
    if not summary.objectives:
        return None
    head = [("objective", ""), ("", ""), ("what came out, and what is wanted", "wide")]
    rows = [
        row(
            one.objective,
            [
                (element("span", _MARKS[one.verdict], class_=one.verdict), ""),
                (objective_sentence(one).removesuffix(f": {one.verdict}"), "wide"),
            ],
        )
        for one in summary.objectives
    ]
    return section("Objectives", table("The policy's promises about many tickets", head, rows))


def _about(summary: Summary) -> Markup:
    found = [
        *asked_facts(summary.asked),
        ("Log", ", ".join(summary.files)),
        *row_facts(summary.rows),
        ("Tickets", tickets_line(summary)),
        *((("", irregular_line(summary)),) if summary.irregular else ()),
        *one_by_one_facts(summary.one_by_one),
        ("In time", "met; late is missed (a target), breached (binding), or an aim missed without a breach"),
        ("Not decided", "still open, not started, without a promise, or depending on what is not known"),
    ]
    if not all(group.used.exact for group in summary.groups):
        found.append(("Percentiles", "of large groups are too short by less than one part in 2,000"))
    return section("About these figures", facts(found))
