"""What is said of whole logs, as text and as pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from sla_dsl.policy.logs.comparison import Cell, Change, Comparison, Flip, Shift
from sla_dsl.policy.logs.summary import (
    BIN,
    BINS,
    OTHER_REASONS,
    VERDICTS,
    Asked,
    Distribution,
    Group,
    LateTicket,
    LedgerSpan,
    OneByOne,
    Percentiles,
    Rows,
    Summary,
    share_of,
)
from sla_dsl.policy.tickets.answers import ObjectiveAnswer
from sla_dsl.reporting.charts import Point, Series, distribution, over_months
from sla_dsl.reporting.html import element, joined
from sla_dsl.reporting.log_style import DARK, LIGHT, STYLE
from sla_dsl.reporting.log_text import reasons
from sla_dsl.reporting.log_words import length, share
from sla_dsl.reporting.logs import log_page, log_text
from sla_dsl.reporting.pictures import Part, Pictures

NINE = datetime(2026, 3, 6, 9, tzinfo=UTC)
ASKED = Asked(
    "desk", "A help desk", "severity", "0" * 64, ("northern",), {"week": "long"}, {"holidays": "none"}, ("zone",)
)
ROWS = Rows(31, 28, 3, {"“noon” is no time": 2, "it has 2 values, the header has 3": 1})
NO_TIMES = Percentiles(0, {}, exact=True)
TIMES = Percentiles(4, {"50": 3600, "90": 5400, "95": 5400, "99": 5400}, exact=True)


def group(clock: str = "response", used: Percentiles = TIMES, *, of: dict[str, int], **by: str | None) -> Group:
    counts = {str(verdict): of.get(verdict, 0) for verdict in VERDICTS}
    decided = counts["met"] + counts["missed"] + counts["breached"] + counts["aim_missed_no_breach"]
    return Group(
        clock, by, sum(counts.values()), counts, decided, counts["met"], share_of(counts["met"], decided), used
    )


def late_ticket(**more: Any) -> LateTicket:
    due = NINE + timedelta(hours=2)
    spans = [("counted", 0, 3), ("closed", 3, 19), ("paused", 19, 20), ("counted", 20, 21), ("after stop", 21, 30)]
    ledger = tuple(
        LedgerSpan(NINE + timedelta(hours=a), NINE + timedelta(hours=b), kind, f"{kind} because")  # type: ignore[arg-type]  # they are kinds
        for kind, a, b in spans
    )
    parts: dict[str, Any] = {
        "ticket": "INC7", "clock": "response", "cycle": 1, "priority": "p1", "state": "stopped", "verdict": "missed",
        "started": NINE, "stopped": NINE + timedelta(hours=21), "due": due, "late_seconds": 68400.0,
        "over_seconds": 7200.0, "used_seconds": 14400.0, "budget_seconds": 7200.0, "ledger": ledger, **more,
    }  # fmt: skip
    return LateTicket(**parts)


def bars(**counts: int) -> tuple[int, ...]:
    return tuple(counts.get(f"at_{at}", 0) for at in range(BINS))


def summary(**more: Any) -> Summary:
    parts: dict[str, Any] = {
        "asked": ASKED, "at": NINE + timedelta(days=40), "zone": "UTC", "files": ("log.csv",), "rows": ROWS,
        "tickets": 9, "cycles": 9, "irregular": 1, "one_by_one": OneByOne(2, {"clock response": "it is odd"}),
        "created": (NINE, NINE + timedelta(days=35)), "columns": ("team",),
        "groups": (
            group(of={"met": 3, "missed": 5, "open": 1}),
            group(of={"met": 3, "missed": 1}, priority="p1"),
            group(of={"missed": 4, "open": 1}, used=NO_TIMES, priority=None),
            group(of={"met": 2, "missed": 5, "open": 1}, month="2026-03"),
            group(of={"met": 1}, month="2026-04"),
            group(of={"met": 2, "missed": 1}, priority="p1", month="2026-03"),
            group(of={"met": 1}, priority="p1", month="2026-04"),
            group(of={"missed": 4, "open": 1}, priority=None, month="2026-03"),
            group(of={"met": 3, "missed": 5}, team="north & <south>"),
            group(of={"open": 1}, used=NO_TIMES, team=None),
        ),
        "distributions": (Distribution("response", "p1", BIN, bars(at_2=2, at_9=1), bars(at_20=1), 1),),
        "objectives": (
            ObjectiveAnswer(
                "quick", "response", "p1", None, 4, 3, 75, 90, strict=False, verdict="missed", unit="percent",
                comparison="at least",
            ),
        ),
        "worst": (late_ticket(),), **more,
    }  # fmt: skip
    return Summary(**parts)


def comparison(**more: Any) -> Comparison:
    moved = Shift(8, Percentiles(2, dict.fromkeys(("50", "90", "95", "99"), 7200.0), exact=True), NO_TIMES)
    cells = (Cell("met", "met", 3), Cell("missed", "met", 2), Cell("missed", "missed", 3), Cell("open", None, 1))
    change = Change("response", False, None, 9, 3, 37.5, 62.5, cells, moved)
    due = NINE + timedelta(hours=2)
    flip = Flip(
        "INC7",
        "response",
        1,
        "p1",
        None,
        "missed",
        "met",
        due,
        due + timedelta(hours=2),
        7200.0,
        3600.0,
        -3600.0,
        7200.0,
    )
    parts: dict[str, Any] = {
        "before": ASKED, "after": evolve(ASKED, values={}, digest="1" * 64), "at": NINE, "zone": "UTC",
        "files": ("log.csv",), "rows": ROWS, "compared": 9, "flipped_tickets": 3, "flipped_cycles": 3,
        "one_by_one_before": OneByOne(0, {}), "one_by_one_after": OneByOne(1, {"clock response": "it is odd"}),
        "changes": (change, evolve(change, by_priority=True, priority="p1")), "flips": (flip,), **more,
    }  # fmt: skip
    return Comparison(**parts)


@pytest.mark.parametrize("found", [summary(), comparison()], ids=["summary", "comparison"])
def test_text(found: Summary | Comparison, snapshot: Any):
    assert log_text(found, width=100) == snapshot


@pytest.mark.parametrize("found", [summary(), comparison()], ids=["summary", "comparison"])
def test_a_page_says_what_the_text_says(found: Summary | Comparison):
    page = re.sub(r"<style>.*?</style>|<[^>]+>", "\n", log_page(found), flags=re.DOTALL)
    for words in ("A help desk", "31 read, 28 used, 3 listed", "2: “noon” is no time", "it is odd", "holidays is none"):
        assert words in page


def test_a_page_tells_of_the_latest_tickets():
    page = log_page(summary())
    for words in ("INC7: response, p1, 19 h late", "Counted 4 h, closed 16 h, paused 1 h.", "Ledger: 4 lines"):
        assert words in page
    assert "after stop" not in page
    assert 'class="paused"' in page
    long = tuple(LedgerSpan(NINE, NINE + timedelta(hours=1), "closed", "x") for _ in range(200))
    assert "Closed hours are not drawn." in log_page(summary(worst=(late_ticket(ledger=long),)))


def test_texts_of_a_log_are_escaped():
    page = log_page(summary())
    assert "north &amp; &lt;south&gt;" in page
    assert "<south>" not in page


def test_nothing_is_no_mistake():
    empty = summary(
        tickets=0, cycles=0, created=None, groups=(), distributions=(), objectives=(), worst=(), columns=(),
        rows=Rows(0, 0, 0, {}), one_by_one=OneByOne(0, {}), irregular=0,
    )  # fmt: skip
    assert "0 tickets" in log_text(empty)
    assert "0 read, 0 used, 0 listed" in log_page(empty)
    same = comparison(flipped_tickets=0, flipped_cycles=0, changes=(), flips=())
    assert "0 tickets (0 cycles) have another verdict" in log_text(same)
    assert log_page(same).endswith("</html>\n")


# ---------------------------------------------------------------------------------------------- pictures


def places(picture: str, name: str) -> list[float]:
    return [float(found) for found in re.findall(rf'\b{name}="(-?[0-9.]+)"', picture)]


def test_bars_fill_their_place():
    picture = Pictures().bar([Part("a", 1, "in-time"), Part("b", 3, "late"), Part("c", 0, "open")], "words")
    assert places(picture, "width") == [50, 150]
    assert 'fill="url(#late-stripes)"' in picture
    assert 'class="none"' in Pictures().bar([], "nothing")


@pytest.mark.parametrize("many", [1, 2, 7, 24, 130])
def test_charts_of_months_stay_in_their_frame(many: int):
    months = [f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(many)]
    rng = [Point((at * 37) % 101, 5 + at * 9) for at in range(many)]
    series = [Series("p1", rng), Series("without a level", [None, *rng[1:]]), Series("none", [None] * many)]
    picture = over_months(Pictures(), months, series, "words", [95.0])
    assert all(0 <= x <= 360 for x in [*places(picture, "x"), *places(picture, "cx"), *places(picture, "x1")])
    assert all(0 <= y <= 214 for y in [*places(picture, "y"), *places(picture, "cy"), *places(picture, "y1")])
    shown = re.findall(r">(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)<", picture)
    assert 0 < len(shown) <= 9
    assert "100 %" in picture


@pytest.mark.parametrize("most", [1, 4, 5, 99, 1_234_567])
def test_distributions_stay_in_their_frame(most: int):
    picture = distribution(Pictures(), bars(at_0=most, at_5=1), bars(at_5=most - 1, at_20=1), BIN, "words")
    tops, heights = places(picture, "y"), places(picture, "height")
    assert all(0 <= y <= 214 for y in tops)
    assert all(0 < high <= 155 for high in heights)
    assert "time used, percent of the target" in picture
    assert f"{most + 1:,} in time, {most:,} late." in picture


def test_what_is_late_can_be_told_without_colour():
    assert "late-stripes" in log_page(summary())


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_its_ground(colours: dict[str, str]):
    for ground in ("ground", "paper"):
        for ink in ("ink", "faint", "in-time", "late", "mark", *(f"s{number}" for number in range(6))):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert all(f"--{name}: {colour};" in STYLE for name, colour in colours.items())


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, as the guidelines for accessible pages (WCAG 2) have it."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ----------------------------------------------------------------------------------------------- words


def test_markup_is_kept_and_texts_are_escaped():
    assert joined("a < b", element("b", "&"), None) == "a &lt; b<b>&amp;</b>"
    assert element("p", "x", title='"') == '<p title="&quot;">x</p>'
    assert element("p", "\u202e") == "<p>&lt;U+202E&gt;</p>"


def test_lengths_and_shares():
    assert [length(one) for one in (None, 59.5, 3599.7, 86_400, -90)] == [
        "–",
        "59.5 s",
        "1 h",
        "24 h",
        "−1 min 30 s",
    ]
    assert [share(one) for one in (99.99, 0.001, 50.04)] == ["99.9 %", "0.1 %", "50.0 %"]


def test_other_reasons_are_told_once_and_last():
    found = {"no such time": 7, OTHER_REASONS: 90, **{f"reason {number}": 2 for number in range(12)}}
    told = list(reasons(found, "rows"))
    assert (told[0], told[-1], len(told)) == ("7: no such time", "96 rows for other reasons", 11)
    assert list(reasons({"a": 1, OTHER_REASONS: 5}, "rows")) == ["1: a", "5 rows for other reasons"]
    assert list(reasons({str(number): 1 for number in range(12)}, "rows"))[-1] == "2 rows for 2 other reasons"
