"""The latest tickets of a log on a page: by how much, and where the time of each went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.reporting.html import Markup, element, joined
from sla_dsl.reporting.log_words import length, level, where_time_went, whole_seconds
from sla_dsl.reporting.pictures import key, sample
from sla_dsl.worktime import to_micros

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sla_dsl.policy.logs.summary import LateTicket
    from sla_dsl.reporting.pictures import Pictures

_MOST_LINES = 60
_MOST_STRETCHES = 120
"""A ledger of more lines is drawn without the hours in which nothing counts: they would be thinner than a hair."""
_LOOKS = (
    ("counted", "counted"),
    ("counted over", "counted after it was due"),
    ("paused", "paused"),
    ("closed", "closed, or a holiday"),
)


def put_worst(pictures: Pictures, worst: Sequence[LateTicket], at: datetime) -> Markup | None:
    """A section with the latest tickets, None where there is none."""
    if not worst:
        return None
    note = "By how long each was late in elapsed time, from due to stop or until now; the latest of each clock first."
    marks = key((sample(look), words) for look, words in _LOOKS)
    tickets = element("div", *(_ticket(pictures, one, at) for one in worst), class_="tickets")
    return element("section", element("h2", "Latest tickets"), element("p", note), marks, tickets)


def _ticket(pictures: Pictures, one: LateTicket, at: datetime) -> Markup:
    cycle = f", cycle {one.cycle}" if one.cycle > 1 else ""
    title = f"{one.ticket}: {one.clock}{cycle}, {level(one.priority)}, {length(one.late_seconds)} late"
    ended = "still running" if one.stopped is None else f"stopped {whole_seconds(one.stopped)}"
    budget = "" if one.budget_seconds is None else f" of {length(one.budget_seconds)}"
    used = "" if one.used_seconds is None else f" Used {length(one.used_seconds)}{budget}."
    plain = " Closed hours are not drawn." if len(one.ledger) > _MOST_STRETCHES else ""
    return element(
        "article",
        element("h3", title),
        element("p", f"Due {whole_seconds(one.due)}, {ended}.{used}", class_="faint"),
        _stretches(pictures, one, at),
        element("p", f"{where_time_went(one).capitalize()}.{plain}") if one.ledger else None,
        _ledger(one),
        class_="ticket",
    )


def _stretches(pictures: Pictures, one: LateTicket, at: datetime) -> Markup | None:
    if one.started is None:
        return None
    start, end, due = to_micros(one.started), to_micros(one.stopped or at), to_micros(one.due)
    whole = end - start
    if whole <= 0:
        return None
    parts: list[tuple[float, float, str]] = []
    plain = len(one.ledger) > _MOST_STRETCHES
    if plain:
        middle = min(max((due - start) / whole, 0.0), 1.0)
        parts = [(0.0, middle, "counted"), (middle, 1.0, "counted over")]
    for span in one.ledger:
        if plain and span.kind != "paused":
            continue
        first, last = to_micros(span.start), min(to_micros(span.end), end)
        for a, b, over in ((first, min(last, due), False), (max(first, due), last, True)):
            if a < b and span.kind != "after stop":
                look = "counted over" if over and span.kind == "counted" else span.kind
                parts.append(((a - start) / whole, (b - start) / whole, look))
    words = f"{one.ticket}, {one.clock}: {where_time_went(one)}; due {whole_seconds(one.due)}"
    ends = (_day(one.started), _day(one.stopped or at))
    return joined(
        element("div", pictures.stretches(parts, (due - start) / whole, words), class_="stretches"),
        element("p", *(element("span", end) for end in ends), class_="ends"),
    )


def _day(when: datetime) -> str:
    return when.replace(tzinfo=None).isoformat(" ", "minutes")


def _ledger(one: LateTicket) -> Markup | None:
    lines = [span for span in one.ledger if span.kind != "after stop"]
    if not lines:
        return None
    shown = lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES // 2], None, *lines[-_MOST_LINES // 2 :]]
    rows: list[Markup] = []
    for span in shown:
        if span is None:
            rows.append(element("tr", element("td", f"… {len(lines) - _MOST_LINES} lines", colspan=5)))
            continue
        seconds = (to_micros(span.end) - to_micros(span.start)) / 1_000_000
        rows.append(
            element(
                "tr",
                element("td", _day(span.start)),
                element("td", _day(span.end)),
                element("td", length(seconds), class_="n"),
                element("td", span.kind),
                element("td", span.because, class_="wide"),
            )
        )
    head = element("tr", *(element("th", name, scope="col") for name in ("from", "to", "length", "kind", "because")))
    table = element("table", element("thead", head), element("tbody", *rows))
    region = element("div", table, class_="scroll", tabindex="0", role="region", aria_label=f"ledger of {one.ticket}")
    return element("details", element("summary", f"Ledger: {len(lines)} lines"), region)
