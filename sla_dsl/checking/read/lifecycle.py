"""Statuses, transitions and reclassification (SEMANTICS R4, R8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.conditions import condition, events, resolve_calendar
from sla_dsl.checking.read.evidence import Evidence, evidence
from sla_dsl.checking.read.lengths import length
from sla_dsl.checking.read.placed import Placed
from sla_dsl.checking.words import labels_of, name_of, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.lifecycle import Moment, Reclassification, Status, Transition
from sla_dsl.syntax import Node, Statement

EVERY_CLOCK = "*"


def lifecycle(ctx: Context, statement: Statement) -> Iterable[Placed]:
    """A `lifecycle` block: its statuses and transitions, which rest on its evidence where they have none."""
    shared = evidence(ctx, statement, "lifecycle")
    for inner in statement.body:
        if inner.kind == "status":
            yield Placed(status(ctx, inner, shared), inner.line)
        elif inner.kind == "transition":
            yield from (Placed(term, inner.line) for term in transitions(ctx, inner, shared))


def status(ctx: Context, statement: Statement, shared: Evidence) -> Status:
    """A `status` statement; `shared` is the evidence of the lifecycle around it."""
    line, name = statement.line, name_of(statement.line)
    effects = line.nodes("effect")
    labels = labels_of(line)
    return Status(
        id=name,
        label=labels[0] if labels else None,
        labels=labels,
        initial=any(effect.has("INITIAL") for effect in effects),
        final=any(effect.has("FINAL") for effect in effects),
        pauses=_clocks(ctx, effects, "PAUSES"),
        stops=_clocks(ctx, effects, "STOPS"),
        runs=_clocks(ctx, effects, "RUNS"),
        **_with(evidence(ctx, statement, f"status {name}"), shared),
    )


def _clocks(ctx: Context, effects: tuple[Node, ...], keyword: str) -> tuple[str, ...]:
    named: list[str] = []
    for effect in effects:
        if effect.has(keyword):
            named += [EVERY_CLOCK] if effect.has("ALL_CLOCKS") else ctx.resolve_all(effect.node("refs"), "clock")
    return tuple(named)


def transitions(ctx: Context, statement: Statement, shared: Evidence) -> tuple[Transition, ...]:
    """A `from … to …` statement: one transition for each status it starts from."""
    line = statement.line
    sources = ctx.resolve_all(line.node("refs_or"), "status")
    to = ctx.resolve(line.nodes("ref")[0], "status")
    triggers = line.nodes("triggers")[0]
    moments = tuple(moment for part in triggers.nodes() for moment in _moments(ctx, part))
    by = line.after("BY")
    found = _with(evidence(ctx, statement, f"transition {sources[0]} to {to}"), shared)
    return tuple(
        Transition(
            id=f"{source} to {to}",
            sources=(source,),
            to=to,
            moments=moments,
            requires=condition(ctx, line.after("REQUIRES")),
            condition=condition(ctx, line.after("IF")),
            by=ctx.resolve_all(by, "party"),
            **found,
        )
        for source in sources
    )


@frozen
class _Time:
    """An amount of time on a transition: microseconds or days, perhaps of a calendar."""

    micros: int | None = None
    days: int | None = None
    calendar: str | None = None


def _time(ctx: Context, node: Node) -> _Time:
    amount = length(ctx, node)
    ref = node.node("ref")
    calendar = resolve_calendar(ctx, ref) if ref else None
    if amount is None:
        return _Time(micros=0)
    if amount.unit == "time":
        return _Time(micros=amount.low, calendar=calendar)
    if amount.unit == "month":
        ctx.report(catalogue.MONTHS_APART, node)
    return _Time(days=amount.low * (7 if amount.unit == "week" else 1), calendar=calendar)


def _moments(ctx: Context, node: Node) -> tuple[Moment, ...]:
    if node.kind == "on_event":
        when = node.after("WHEN")
        limit = node.node("duration")
        time = _time(ctx, limit) if limit else _Time()
        return (
            Moment(
                when=events(ctx, when),
                within=time.micros,
                within_days=time.days,
                within_calendar=time.calendar,
            ),
        )
    return tuple(_timers(ctx, node))


def _timers(ctx: Context, node: Node) -> Iterator[Moment]:
    """Timers and counters; the names after one are the events that it must do without."""
    parts = node.nodes("timer", "ref")
    starts = [number for number, part in enumerate(parts) if part.kind == "timer"]
    for here, following in zip(starts, [*starts[1:], len(parts)], strict=True):
        without = tuple(ctx.resolve(one, "event") for one in parts[here + 1 : following])
        yield _timer(ctx, parts[here], without)


def _timer(ctx: Context, node: Node, without: tuple[str, ...]) -> Moment:
    counter = node.node("counter")
    if counter is not None:
        number = counter.tokens("NUMBER")[0]
        if not number.text.isdigit() or int(number.text) < 1:
            ctx.report(catalogue.BROKEN_NUMBER, number, unit=written(counter.nodes("ref")[0]))
        count = int(float(number.text))
        return Moment(
            count=count,
            of=ctx.resolve(counter.nodes("ref")[0], "event"),
            more=node.has("MORE_THAN"),
            without=without,
        )
    time = _time(ctx, node.nodes("duration")[0])
    return Moment(
        after=time.micros,
        after_days=time.days,
        after_calendar=time.calendar,
        more=node.has("MORE_THAN"),
        without=without,
    )


def reclassification(ctx: Context, statement: Statement) -> Reclassification:
    """A `reclassify A to B when …` statement."""
    line = statement.line
    first = written(line.nodes("refs")[0].nodes("ref")[0])
    main = ctx.names.find(first, "level", owner=ctx.targets_scale) or ctx.names.find(first, "level")
    scale = main.owner if main else ctx.targets_scale
    sources, to = (_levels(ctx, part, scale) for part in line.nodes("refs", "ref"))
    known = [level.id for level in ctx.scales[scale].levels] if scale in ctx.scales else []
    if line.has("OR_LOWER") and to and to[0] in known:
        to = tuple(known[known.index(to[0]) :])
    elif line.has("OR_HIGHER") and to and to[0] in known:
        to = tuple(reversed(known[: known.index(to[0]) + 1]))
    when = events(ctx, line.after("WHEN"))
    assert when is not None
    name = f"{', '.join(sources)} to {to[0] if to else ''}"
    return Reclassification(
        id=name,
        scale=scale,
        sources=sources,
        to=to,
        when=when,
        condition=condition(ctx, line.after("IF")),
        **evidence(ctx, statement, f"reclassification {name}"),
    )


def _levels(ctx: Context, node: Node, scale: str) -> tuple[str, ...]:
    refs = node.nodes("ref") if node.kind == "refs" else (node,)
    return tuple(ctx.resolve(ref, "level", owner=scale) for ref in refs)


def _with(own: Evidence, shared: Evidence) -> Evidence:
    """The evidence of a statement, or that of the block around it where it has none of its own."""
    if own["cites"] or own["assumes"]:
        return own
    return Evidence(cites=shared["cites"], assumes=shared["assumes"], notes=own["notes"])
