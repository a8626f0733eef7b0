"""The clocks of an evaluated ticket for people: state, verdict, due time, where the time went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.wording import length_text
from sla_dsl.reporting.answers import MODALITIES, NO_DEADLINE, moment
from sla_dsl.worktime import to_micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sla_dsl.policy.tickets.answers import ClockAnswer, InTime, LedgerLine, StepAnswer, Warned
    from sla_dsl.reporting.page import Page
    from sla_dsl.reporting.sentences import Telling

_MOVES = {
    "stop_earlier": "the event that stops it had come {by} earlier",
    "reported_earlier": "it had been reported {by} earlier",
    "priority": "the {scale} were {to}",
    "channel": "it had come by {to}",
}


def put_clocks(told: Telling, clocks: Iterable[ClockAnswer], scale: str) -> None:
    """Every cycle of every clock, each with its ledger and reasons where they are wanted.

    `scale` is what the one that carries the targets is called.

    Example: `response` with `stopped, met`, `due Monday 2026-03-09 10:30 +01:00 (a target: late is missed)` ….
    """
    found = list(clocks)
    several = {clock.clock for clock in found if clock.cycle > 1}
    if found:
        told.page.section("Clocks")
    for clock in found:
        cycle = f", cycle {clock.cycle}" if clock.clock in several else ""
        step = f", step {clock.step}" if clock.step is not None else ""
        told.page.entry(f"{clock.clock}{cycle}{step}: {_words(clock.state)}, {_words(clock.verdict)}", _lines(clock))
        told.why(clock)
        if told.explains and clock.ledger:
            _put_ledger(told.page, clock.ledger)
        for step_answer in clock.steps:
            told.page.line(_step(step_answer), indent=4)
            told.why(step_answer)
        for move in clock.in_time_if or ():
            told.page.line(_move(move, scale), indent=4)
            told.why(move)


def _lines(clock: ClockAnswer) -> Iterator[str]:
    if clock.started is not None:
        stopped = "" if clock.stopped is None else f", stopped {moment(clock.stopped)}"
        yield f"started {moment(clock.started)}{stopped}"
    if clock.answer is not None:
        yield _due(clock)
    if clock.breached_at is not None:
        yield f"late since {moment(clock.breached_at)}"
    used = list(_used(clock))
    if used:
        yield ", ".join(used)
    if clock.warnings:
        yield f"warns {', '.join(map(_warning, clock.warnings))}"
    if clock.missing:
        yield f"missing: {', '.join(clock.missing)}"


def _due(clock: ClockAnswer) -> str:
    kind = clock.modality or ""
    if clock.due is not None:
        strictly = ", strictly before that instant" if clock.strict else ""
        return f"due {moment(clock.due)} ({MODALITIES.get(kind, kind)}{strictly})"
    if clock.answer == "no_deadline":
        return f"no deadline: {NO_DEADLINE.get(kind, kind or 'nothing is promised')}"
    earliest, latest = clock.bounds or (None, None)
    bounds = "" if earliest is None else f": not before {moment(earliest)}, {_latest(latest)}"
    return f"due time undetermined{bounds}"


def _latest(latest: datetime | None) -> str:
    return "no latest instant is known" if latest is None else f"not after {moment(latest)}"


def _used(clock: ClockAnswer) -> Iterator[str]:
    if clock.used_seconds is not None:
        budget = "" if clock.budget_seconds is None else f" of {_length(clock.budget_seconds)}"
        yield f"used {_length(clock.used_seconds)}{budget}"
    if clock.used_days is not None:
        yield f"{clock.used_days} day{'s' * (clock.used_days != 1)} used"
    if clock.remaining_seconds is not None:
        over = clock.remaining_seconds < 0
        yield f"{_length(abs(clock.remaining_seconds))} {'over' if over else 'left'}"


def _warning(warned: Warned) -> str:
    when = moment(warned.at)
    if warned.share is not None:
        return f"{when} ({warned.share:g} %)"
    return when if warned.before_seconds is None else f"{when} ({_length(warned.before_seconds)} before)"


def _step(step: StepAnswer) -> str:
    due = "" if step.due is None else f", due {moment(step.due)}"
    return f"step {step.step}: {_words(step.state)}, {_words(step.verdict)}{due}"


def _move(move: InTime, scale: str) -> str:
    by = "" if move.by_seconds is None else _length(move.by_seconds)
    due = "" if move.due is None else f" (due {moment(move.due)})"
    return f"in time if {_MOVES[move.move].format(by=by, to=move.to, scale=scale)}{due}"


def _put_ledger(page: Page, ledger: Sequence[LedgerLine]) -> None:
    """Where the time went, as a table; the offset from UTC stands at its head where it is everywhere the same."""
    offsets = {_parts(when)[1] for line in ledger for when in (line.start, line.end)}
    same = f" ({offsets.pop()})" if len(offsets) == 1 else ""
    head = (f"from{same}", f"to{same}", "length", "kind", "because")
    page.table(head, [_ledger(line, with_offset=not same) for line in ledger])


def _ledger(line: LedgerLine, *, with_offset: bool) -> tuple[str, ...]:
    because = line.because[0].text if line.because else ""
    length = length_text(to_micros(line.end) - to_micros(line.start))
    start, end = (" ".join(_parts(when)[: 1 + with_offset]) for when in (line.start, line.end))
    return (start, end, length, line.kind, because)


def _parts(when: datetime) -> tuple[str, str]:
    """Date and time of day, and the offset."""
    local, _, offset = moment(when).partition(" ")[2].rpartition(" ")
    return local, offset


def _length(seconds: float) -> str:
    return length_text(round(seconds * 1_000_000))


def _words(name: str | None) -> str:
    return "undetermined" if name is None else name.replace("_", " ")
