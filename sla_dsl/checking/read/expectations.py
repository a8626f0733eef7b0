"""`expect`: of what an example expects something, and what."""

from __future__ import annotations

from typing import Literal

from sla_dsl.checking.context import Context
from sla_dsl.checking.names import KINDS, meant
from sla_dsl.checking.read.lengths import length
from sla_dsl.checking.read.values import moment_text
from sla_dsl.checking.words import text_after, text_of, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.examples.words import NO_LEVEL, OUTCOMES, WORDS, word
from sla_dsl.policy.terms.document import Expectation
from sla_dsl.syntax import Node, Statement

Outcome = Literal[
    "due", "is", "is not", "no deadline", "undetermined", "available", "not available", "warns at", "has used"
]  # fmt: skip

_OUTCOMES: dict[str, Outcome] = {
    "expect_due": "due",
    "expect_is": "is",
    "expect_no_deadline": "no deadline",
    "expect_undetermined": "undetermined",
    "expect_available": "available",
    "expect_not_available": "not available",
    "expect_warns": "warns at",
    "expect_used": "has used",
}
_KINDS = ("clock", "scale", "service", "duty", "channel", "exclusion", "maintenance", "event", "status")
_ENTRIES = frozenset({"event", "status"})
_USED = frozenset({"time", "day", "calendar day"})
_KEYS = frozenset({"channel", "caller", "status"})
_PROMISED = {"refused": "no_promise"}
"""Where a promise has another name in answers than in the grammar."""


def expectation(ctx: Context, statement: Statement) -> Expectation:
    """One `expect` statement."""
    line = statement.line
    *steps, ref = line.nodes("ref")
    expected = line.nodes(*_OUTCOMES)[0]
    of, kind = _subject(ctx, ref)
    step = written(steps[0]) if steps else None
    if steps and kind == "clock":
        step, kind = ctx.resolve(steps[0], "step", owner=of), "step"
    elif steps and kind:
        _refuse(ctx, steps[0], kind, of, written(steps[0]))
        kind = ""
    moments = line.nodes("moment")
    outcome = _outcome(expected)
    values, text = _values(ctx, outcome, kind, of, expected)
    used = length(ctx, expected) if outcome == "has used" else None
    if used is not None and used.unit not in _USED:
        ctx.report(catalogue.PERIOD_COUNTED, expected, found=ctx.words(expected))
    if kind and outcome not in OUTCOMES[kind]:
        _refuse(ctx, expected, kind, of, outcome)
    return Expectation(
        of=of,
        outcome=outcome,
        step=step,
        values=values,
        text=text,
        micros=used.low if used is not None and used.unit == "time" else None,
        days=used.low if used is not None and used.unit != "time" else None,
        at=moment_text(moments[-1]) if line.has("AT") and moments else None,
        because=text_after(line, "BECAUSE"),
        line=ctx.place(statement).line,
    )


def _subject(ctx: Context, ref: Node) -> tuple[str, str]:
    """Id and kind of what an expectation is about; of something unknown, which is reported, no kind."""
    of = written(ref)
    if of == "status":
        return of, "status"
    if of == "priority":
        return of, "scale"
    entry = ctx.entry(ref, *_KINDS)
    if entry is None:
        return of, ""
    return entry.id, "entry" if entry.kind in _ENTRIES else entry.kind


def _outcome(expected: Node) -> Outcome:
    return "is not" if expected.kind == "expect_is" and expected.has("NOT") else _OUTCOMES[expected.kind]


def _values(ctx: Context, outcome: Outcome, kind: str, of: str, expected: Node) -> tuple[tuple[str, ...], str | None]:
    """What is expected: instants, names that are missing, or what something is; and the text of a promise in words."""
    match outcome:
        case "due":
            moment, date = expected.node("moment"), expected.token("DATE")
            return (moment_text(moment) if moment else date.text if date else "",), None
        case "warns at":
            return (moment_text(expected.nodes("moment")[0]),), None
        case "has used":
            return (" ".join(ctx.words(part) for part in expected.nodes("length")),), None
        case "undetermined":
            refs = expected.node("refs")
            return tuple(_missing(ctx, ref) for ref in (refs.nodes("ref") if refs else ())), None
        case "is" | "is not":
            said = expected.nodes("outcome")[0]
            refs = said.node("refs_or")
            if refs is None:
                return _promised(ctx, kind, of, said.nodes()[0])
            return tuple(_called(ctx, kind, of, ref) for ref in refs.nodes("ref")), None
        case _:
            return (), None


def _missing(ctx: Context, ref: Node) -> str:
    """The name of something that is not known: a parameter, fact, level or event, or another key of a ticket."""
    text = written(ref)
    return text if text in _KEYS else ctx.resolve(ref, "parameter", "fact", "scale", "event", "clock")


def _promised(ctx: Context, kind: str, of: str, node: Node) -> tuple[tuple[str, ...], str | None]:
    """How something is promised: a modality, or another kind of promise, words with their text."""
    modality = node.node("modality")
    name = modality.tokens()[0].text if modality else _PROMISED.get(node.kind, word(node.kind))
    if kind and name not in WORDS.get(kind, ()):
        _refuse(ctx, node, kind, of, ctx.words(node))
    text = node.node("text")
    return (name,), text_of(text) if text else None


def _called(ctx: Context, kind: str, of: str, ref: Node) -> str:
    """What something is expected to be: a level, a status, a word for its state, or a step of a cascade."""
    text = written(ref)
    match kind:
        case "scale":
            owner = ctx.targets_scale if of == "priority" else of
            return text if text in NO_LEVEL else ctx.resolve(ref, "level", owner=owner)
        case "status":
            return ctx.resolve(ref, "status")
        case "":
            return text
        case _:
            step = ctx.names.find(text, "step", owner=of) if kind == "clock" else None
            found = next((name for name in (text, word(text)) if name in WORDS[kind]), step.id if step else None)
            if found is None:
                _refuse(ctx, ref, kind, of, text)
            return found or text


def _refuse(ctx: Context, part: Node, kind: str, of: str, found: str) -> None:
    steps = ctx.names.entries("step", owner=of) if kind == "clock" else ()
    outcomes = (one for one in OUTCOMES[kind] if one not in ("is", "is not"))
    known = (*WORDS.get(kind, ("is …",)), *(step.id for step in steps), *outcomes)
    what = f"{'an' if kind[0] in 'aeiou' else 'a'} {KINDS.get(kind, kind)}"
    ctx.no_state(part, what, found, known, meant(found, steps))
