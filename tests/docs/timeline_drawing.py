"""A story drawn as SVG: dates and hours, what was recorded, statuses, and a lane for each clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import escape
from itertools import pairwise

from attrs import frozen

from sla_dsl.worktime import from_micros
from tests.docs.timeline_axis import HOUR, Axis
from tests.docs.timeline_labels import WIDTH, Labels, wide
from tests.docs.timeline_story import LATE, Cycle, Flag, Lane, Mark, Story
from tests.docs.timeline_style import STYLE

LEFT, RIGHT = 132, 846
ROW, BAR = 15, 13


def drawn(story: Story, name: str) -> str:
    """The picture of a story."""
    return _Drawing(story, name).svg()


@frozen(init=False)
class _Drawing:
    story: Story
    name: str
    axis: Axis

    def __init__(self, story: Story, name: str) -> None:
        end = story.end + (story.end - story.start) // 20
        axis = Axis.of((story.start, end), story.closed, (LEFT + 8, RIGHT), story.zone)
        self.__attrs_init__(story, name, axis)  # type: ignore[attr-defined]

    def svg(self) -> str:
        head = list(self.dates())
        marks, lines, y = self.marks(40)
        stays, y = self.stays(y)
        lanes = list[str]()
        tops = [y]
        for lane in self.story.lanes:
            drawn_lane, y = self.lane(lane, y)
            lanes += drawn_lane
            tops.append(y)
        bottom = y + 4
        back = [*self.shades(bottom), *self.asked(bottom), *self.borders(tops[1:-1])]
        lines = [f'<line class="entry" x1="{n(x)}" y1="{n(y)}" x2="{n(x)}" y2="{n(bottom)}"/>' for x, y in lines]
        parts = [*back, *lines, *head, *marks, *stays, *lanes]
        about = escape(self.about())
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" viewBox="0 0 {WIDTH} {n(bottom)}" role="img">',
            f"<title>{escape(self.story.title)}</title>",
            f"<desc>{about}</desc>",
            STYLE,
            _stripes(f"stripes-{self.name}"),
            *parts,
            "</svg>",
            "",
        ])  # fmt: skip

    # ----------------------------------------------------------------------------------------- time

    def dates(self) -> Iterator[str]:
        shown = Labels()
        for day, left, right in self.axis.dates():
            long, short = f"{day:%a} {day.day} {day:%B}", f"{day:%a} {day.day}"
            text = next((one for one in (long, short, str(day.day)) if wide(one) <= right - left + 20), None)
            if text and shown.place(left, text)[1] == 0:
                yield _text(left, 13, text, "day")
        for x, text, anchor in self.axis.ticks():
            yield f'<line class="tick" x1="{n(x)}" y1="30" x2="{n(x)}" y2="34"/>'
            yield _text(x + {"start": 1, "middle": 0, "end": -1}[anchor], 27, text, "hour", anchor)

    def shades(self, bottom: float) -> Iterator[str]:
        for part in self.axis.parts:
            if part.closed:
                yield _rect(part.left, 17, part.right - part.left, bottom - 17, "shade")
                free = any(part.start <= a < part.end for a, _ in self.story.holidays)
                text = "holiday" if free else "closed"
                if part.right - part.left >= wide(text, 10):
                    yield _text((part.left + part.right) / 2, 27, text, "hour", "middle")

    def asked(self, bottom: float) -> Iterator[str]:
        x = self.axis.x(self.story.asked)
        yield f'<line class="asked" x1="{n(x)}" y1="34" x2="{n(x)}" y2="{n(bottom)}"/>'

    def borders(self, tops: Iterable[float]) -> Iterator[str]:
        for y in tops:
            yield f'<line class="border" x1="0" y1="{n(y)}" x2="{WIDTH}" y2="{n(y)}"/>'

    def when(self, at: int, *, end_of_day: bool = False) -> str:
        """An instant in few words; the date where weekdays do not tell."""
        local = from_micros(at - 1 if end_of_day else at, self.story.zone)
        far = self.story.end - self.story.start > 6 * 24 * HOUR
        day = f"{local:%a} {local.day}" if far else f"{local:%a}"
        time = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
        if end_of_day:
            return f"end of {day}"
        return time if self.one_day else f"{day} {time}"

    @property
    def one_day(self) -> bool:
        """Whether everything happens on one date, so that the hour tells when."""
        first, last = (from_micros(at, self.story.zone).date() for at in (self.story.start, self.story.end))
        return first == last

    # --------------------------------------------------------------------------------------- ticket

    def marks(self, top: float) -> tuple[list[str], list[tuple[float, float]], float]:
        """The entries, where their lines begin, and where this band ends."""
        found, labels, lines = list[str](), Labels(), list[tuple[float, float]]()
        asked = Mark(self.story.asked, f"looked at {self.when(self.story.asked)}")
        placed = list[tuple[Mark, float, int, str]]()
        for mark in sorted(self.story.marks, key=lambda one: one.at):
            placed.append((mark, *labels.place(self.axis.x(mark.at), self.entry(mark), reach=7)))
        x, row, anchor = labels.place(self.axis.x(asked.at), asked.text, reach=5)
        height = len(labels.rows) * ROW + 4
        for mark, at, line, side in placed:
            y = top + line * ROW + 9
            lines.append((self.axis.x(mark.at), y))
            style = "mark listed" if mark.listed else "mark"
            found.append(f'<circle class="{style}" cx="{n(self.axis.x(mark.at))}" cy="{n(y)}" r="3.5"/>')
            found.append(_text(at, y + 4, self.entry(mark), "text listed" if mark.listed else "text", side))
        found.append(_text(x, top + row * ROW + 13, asked.text, "faint", anchor))
        found.append(_text(6, top + 13, "ticket", "name"))
        return found, lines, top + height

    def entry(self, mark: Mark) -> str:
        """The words of an entry."""
        listed = f" ({mark.listed})" if mark.listed else ""
        return f"{mark.text} {self.when(mark.at)}{listed}"

    def stays(self, top: float) -> tuple[list[str], float]:
        if not self.story.stays:
            return [], top
        found, labels = [_text(6, top + 15, "status", "name")], Labels()
        for stay in self.story.stays:
            left, right = self.axis.x(stay.start), self.axis.x(stay.end)
            if left == right:  # entered at the very moment of the look
                found.append(_text(left + 6, top + 16, stay.name, "text"))
                continue
            found.append(_rect(left, top + 4, right - left, 16, "stay"))
            if right - left > wide(stay.name) + 6:
                found.append(_text((left + right) / 2, top + 16, stay.name, "text", "middle"))
            else:
                x, row, side = labels.place(left, stay.name)
                found.append(_text(x, top + 33 + row * ROW, stay.name, "text", side))
        return found, top + 26 + len(labels.rows) * ROW

    # ---------------------------------------------------------------------------------------- clocks

    def lane(self, lane: Lane, top: float) -> tuple[list[str], float]:
        above, below, flags = Labels(), Labels(), list[tuple[Flag, float, int, str]]()
        # From the right: a text runs to the right, so that the line of an earlier flag passes on its left.
        for flag in sorted((one for cycle in lane.cycles for one in cycle.flags), key=lambda one: -one.at):
            flags.append((flag, *above.place(self.axis.x(flag.at), self.flag(flag), reach=4)))
        bar = top + 8 + max(len(above.rows), 1) * ROW
        found = [_text(6, bar + 1, lane.name, "clock"), *_standing(lane, bar + 15)]
        for cycle in lane.cycles:
            found += self.cycle(cycle, bar, below, several=len(lane.cycles) > 1)
        for flag, _, row, _ in flags:
            x, y = self.axis.x(flag.at), bar - 15 - row * ROW
            found.append(f'<line class="{flag.kind}" x1="{n(x)}" y1="{n(y)}" x2="{n(x)}" y2="{n(bar + BAR + 2)}"/>')
        for flag, at, row, side in flags:
            found.append(_text(at, bar - 7 - row * ROW, self.flag(flag), f"{flag.kind}-text", side))
        return found, bar + BAR + 9 + max(len(below.rows), 1) * ROW

    def flag(self, flag: Flag) -> str:
        """The words at a due time."""
        return f"{flag.text} {self.when(flag.at, end_of_day=flag.day)}"

    def cycle(self, cycle: Cycle, bar: float, below: Labels, *, several: bool) -> Iterator[str]:
        for start, end, kind, late in _pieces(cycle):
            left, right = self.axis.x(start), self.axis.x(end)
            yield from self.piece(kind, left, right, bar, late=late)
            length = _length(end - start)
            left, right = self.widest(cycle, left + 11 * (start == cycle.started), right - 11 * (end == cycle.stopped))
            if kind == "counted" and right - left > wide(length, 10) + 6:
                yield _text((left + right) / 2, bar + 10, length, "on-bar", "middle")
        yield from self.words(cycle, bar, below, several=several)
        # The ring stands right of the start and the square left of the stop: where a cycle follows another, both show.
        yield f'<circle class="start" cx="{n(self.axis.x(cycle.started) + 5)}" cy="{n(bar + BAR / 2)}" r="4.5"/>'
        end = cycle.stopped
        if end is not None:
            yield _rect(self.axis.x(end) - 10, bar + BAR / 2 - 5, 10, 10, "stop")
        for at, _ in cycle.warnings:
            x = self.axis.x(at)
            yield f'<path class="warning" d="M{n(x)} {n(bar + BAR + 1)}l5 8h-10z"/>'

    def widest(self, cycle: Cycle, left: float, right: float) -> tuple[float, float]:
        """The widest part of a bar that no flag divides."""
        cuts = sorted(x for flag in cycle.flags if left < (x := self.axis.x(flag.at)) < right)
        return max(pairwise([left, *cuts, right]), key=lambda one: one[1] - one[0])

    def piece(self, kind: str, left: float, right: float, bar: float, *, late: bool) -> Iterator[str]:
        """A part of a bar. What is late stands on a line of its own."""
        width = right - left
        match kind:
            case "counted":
                yield _rect(left, bar, width, BAR, "late" if late else "counted")
            case "paused":
                yield _rect(left, bar, width, BAR, "striped", f' fill="url(#stripes-{self.name})"')
            case _:
                style = "idle" if kind != "after stop" else "after"
                middle = bar + BAR / 2
                yield f'<line class="{style}" x1="{n(left)}" y1="{n(middle)}" x2="{n(right)}" y2="{n(middle)}"/>'

    def words(self, cycle: Cycle, bar: float, below: Labels, *, several: bool) -> Iterator[str]:
        """What stands under a bar: its cycle, pauses, the time after a stop, when it became late, warnings."""
        found = list[tuple[float, str, str, str]]()
        if several:
            found.append((self.axis.x(cycle.started) + 2, f"cycle {cycle.number}", "faint", "start"))
        for start, end in _joined(cycle.bars, "paused"):
            found.append(((self.axis.x(start) + self.axis.x(end)) / 2, "paused", "paused-text", "middle"))
        for start, end in _joined(cycle.bars, "after stop"):
            if end != self.story.asked:
                found.append(((self.axis.x(start) + self.axis.x(end)) / 2, "not counted", "faint", "middle"))
        for at, step, verdict in cycle.passed:
            found.append((self.axis.x(at), f"{step} {LATE[verdict]}", "late-text", "start"))
        if cycle.late_at is not None:
            text = f"{LATE[cycle.verdict]} {self.when(cycle.late_at)}"
            found.append((self.axis.x(cycle.late_at), text, "late-text", "start"))
        found += [(self.axis.x(at), f"{text}: {self.when(at)}", "warning-text", "end") for at, text in cycle.warnings]
        for x, text, style, side in found:
            at, row, anchor = below.place(x, text, anchor=side, reach=7 if "warning" in style else 0)
            yield _text(at, bar + BAR + 12 + row * ROW, text, style, anchor)

    # ---------------------------------------------------------------------------------------- words

    def about(self) -> str:
        """The picture in words, for those who do not see it."""
        said = [f"{self.entry(mark)}." for mark in self.story.marks]
        for lane in self.story.lanes:
            for cycle in lane.cycles:
                flags = "; ".join(self.flag(flag) for flag in cycle.flags) or "no due time"
                bars = ", ".join(f"{kind} until {self.when(end)}" for _, end, kind in cycle.bars)
                said.append(f"{lane.name}, cycle {cycle.number}: {bars or 'no time yet'}; {flags}; {cycle.verdict}.")
        return " ".join(said)


def _pieces(cycle: Cycle) -> Iterator[tuple[int, int, str, bool]]:
    """The bars of a cycle, divided where it became late."""
    for start, end, kind in cycle.bars:
        late = end if cycle.late_at is None or kind == "after stop" else min(max(cycle.late_at, start), end)
        if start < late:
            yield start, late, kind, False
        if late < end:
            yield late, end, kind, True


def _joined(bars: Iterable[tuple[int, int, str]], kind: str) -> list[tuple[int, int]]:
    """The stretches of a kind; closed hours between two do not part them."""
    found, last = list[tuple[int, int]](), ""
    for start, end, one in bars:
        if one == kind:
            found.append((found.pop()[0] if found and last == kind else start, end))
        last = last if one in {"closed", "holiday"} else one
    return found


def _standing(lane: Lane, top: float) -> Iterator[str]:
    """What a clock came to, in one to three lines."""
    verdict, state = LATE.get(lane.verdict, lane.verdict.replace("_", " ")), lane.state.replace("_", " ")
    lines = [state] if verdict in {"open", "not measured"} else [f"{state}, {verdict}"]
    if wide(lines[0]) > LEFT:
        lines = [f"{state},", verdict]
    cycle = lane.cycles[-1] if lane.cycles else None
    if cycle is not None and cycle.budget is not None and cycle.used is not None:
        lines.append(f"{_length(cycle.used)} of {_length(cycle.budget)}")
    yield from (_text(6, top + 14 * number, line, "faint") for number, line in enumerate(lines))


def _length(micros: int) -> str:
    """A length of time: `2 h`, `1 h 30`, `45 min`."""
    minutes, seconds = divmod(round(micros / 1_000_000), 60)
    hours, minutes = divmod(minutes, 60)
    if seconds and not hours:
        return str(timedelta(minutes=minutes, seconds=seconds))
    return f"{hours} h" + (f" {minutes:02}" if minutes else "") if hours else f"{minutes} min"


def n(value: float) -> str:
    """A coordinate with at most one digit after the point."""
    return f"{value:.1f}".removesuffix(".0")


def _rect(x: float, y: float, width: float, height: float, style: str, fill: str = "") -> str:
    return f'<rect class="{style}"{fill} x="{n(x)}" y="{n(y)}" width="{n(max(width, 0))}" height="{n(height)}"/>'


def _stripes(name: str) -> str:
    """The pattern of pauses, under a name of its own, because a page has several pictures."""
    ground = '<rect class="paused-ground" width="5" height="5"/><rect class="paused" width="2" height="5"/>'
    how = 'width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<defs><pattern id="{name}" {how}>{ground}</pattern></defs>'


def _text(x: float, y: float, text: str, style: str, anchor: str = "start") -> str:
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{style}" x="{n(x)}" y="{n(y)}"{side}>{escape(text)}</text>'
