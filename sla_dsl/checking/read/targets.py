"""Targets and cascades: what is promised for each clock and level (SEMANTICS P2-P5).

A table is a short way of writing one target for each of its cells; a cell that is left empty is a `Blank`, which is a
value.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.conditions import condition, resolve_calendar
from sla_dsl.checking.read.evidence import Evidence, definition_citation, evidence
from sla_dsl.checking.read.placed import Placed
from sla_dsl.checking.read.promises import promise, promise_in
from sla_dsl.checking.read.tables import Row, grid, refs_in
from sla_dsl.checking.read.triggers import trigger
from sla_dsl.checking.words import label_of, name_of, text_of, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.names import folded
from sla_dsl.policy.terms.base import Citation
from sla_dsl.policy.terms.conditions import Condition
from sla_dsl.policy.terms.measures import Also, Cascade, Step, Target
from sla_dsl.policy.terms.promises import AnyPromise, Blank
from sla_dsl.syntax import Node, Statement

Levels = dict[str, str]
"""One level for each scale that a target is limited to."""


@frozen
class _Support:
    """What stands below a table for its cells: evidence narrowed to rows and columns, and what a cell says besides."""

    found: Evidence
    also: tuple[tuple[tuple[str, ...], Also], ...]
    applies: Condition | None
    calendar: str | None

    def of(self, cell: frozenset[str]) -> Evidence:
        """The evidence for a cell whose row and column have these names: its own, then its row's, then the table's."""
        fits = [cite for cite in self.found["cites"] if _supports(cite.supports, cell)]
        return Evidence(
            cites=tuple(sorted(fits, key=lambda cite: -len(cite.supports))),
            assumes=tuple(a for a in self.found["assumes"] if _supports(a.supports, cell)),
            notes=self.found["notes"],
        )

    def also_of(self, cell: frozenset[str]) -> tuple[Also, ...]:
        """What one cell says beside what governs."""
        return tuple(also for supports, also in self.also if _supports(supports, cell))


def _supports(supports: tuple[str, ...], cell: frozenset[str]) -> bool:
    return {folded(word) for word in supports} <= cell


def targets(ctx: Context, statement: Statement) -> tuple[Placed, ...]:
    """A `targets` table."""
    name = name_of(statement.line)
    table = grid(statement)
    support = _support(ctx, statement, f"targets {name}".strip())
    read: list[Placed] = []
    if name and ctx.names.find(name, "clock") is None:
        ctx.names.missed(name, ctx.place(statement.line.nodes("name")[0]), "clock")
    if table.header is None and not name:
        ctx.report(catalogue.NO_HEADER, statement, scale="clock")
        return ()
    heads = table.header.cells[1:] if table.header else (None,)
    for row in table.rows:
        if len(row.cells) != len(heads) + 1:
            ctx.report(catalogue.ROW_LENGTH, row.statement, found=len(row.cells) - 1, wanted=len(heads))
            continue
        for cell, head in zip(row.cells[1:], heads, strict=True):
            found = _cell_targets(ctx, name, support, (row, head, cell))
            read += [Placed(term, row.statement.line) for term in found]
    return tuple(read)


def _cell_targets(ctx: Context, name: str, support: _Support, where: tuple[Row, Node | None, Node]) -> Iterable[Target]:
    row, head, cell = where
    columns = refs_in(head) if head is not None else ()
    clocks = (name,) if name else tuple(ctx.resolve(ref, "clock") for ref in columns)
    promised = _cell_promise(ctx, cell)
    names = ctx.called((*refs_in(row.cells[0]), *columns), "level", "clock")
    for levels in _combinations(ctx, refs_in(row.cells[0]), columns if name else ()):
        for clock in clocks:
            yield _target(
                clock,
                levels,
                promised,
                applies=support.applies,
                calendar=support.calendar,
                also=support.also_of(names),
                found=support.of(names),
            )


def _cell_promise(ctx: Context, cell: Node) -> AnyPromise:
    part = promise_in(cell)
    if part is None:
        if cell.children:
            ctx.report(catalogue.NOT_A_PROMISE, cell, found=ctx.words(cell))
        return Blank()
    return promise(ctx, part)


def target(ctx: Context, statement: Statement) -> tuple[Target, ...]:
    """A `target` statement: one target for each level it names."""
    line = statement.line
    clock = ctx.resolve(line.nodes("ref")[0], "clock")
    part = promise_in(line)
    assert part is not None
    promised = promise(ctx, part)
    when = condition(ctx, line.after("IF"))
    refs = line.node("refs")
    combinations = _combinations(ctx, refs.nodes("ref") if refs else (), ())
    support = _support(ctx, statement, f"target {_first_id(clock, combinations, when)}")
    return tuple(
        _target(
            clock,
            levels,
            promised,
            when=when,
            applies=support.applies,
            also=tuple(also for _, also in support.also),
            found=support.found,
        )
        for levels in combinations
    )


def _target(
    clock: str,
    levels: Levels,
    promised: AnyPromise,
    *,
    found: Evidence,
    when: Condition | None = None,
    applies: Condition | None = None,
    calendar: str | None = None,
    also: tuple[Also, ...] = (),
) -> Target:
    return Target(
        id=target_id(clock, levels, when),
        clock=clock,
        levels=levels,
        condition=when,
        applies=applies,
        calendar=calendar,
        promise=promised,
        also=also,
        **found,
    )


def target_id(clock: str, levels: Levels, when: Condition | None) -> str:
    """The name of a target, by which readings and annexes replace it.

    Examples: `response/p1`, `response if third_line_request`.
    """
    name = f"{clock}/{','.join(levels.values())}" if levels else clock
    return f"{name} if {when.text}" if when else name


def _first_id(clock: str, combinations: tuple[Levels, ...], when: Condition | None) -> str:
    return target_id(clock, combinations[0] if combinations else {}, when)


def _combinations(ctx: Context, rows: tuple[Node, ...], columns: tuple[Node, ...]) -> tuple[Levels, ...]:
    """Levels of one scale are alternatives, levels of different scales go together: `p1, p2` and `gold`."""
    by_scale: dict[str, list[str]] = {}
    for ref in (*rows, *columns):
        entry = ctx.level(ref)
        if entry is not None:
            by_scale.setdefault(entry.owner, []).append(entry.id)
    if (rows or columns) and not by_scale:
        return ()
    combinations: list[Levels] = [{}]
    for scale, levels in by_scale.items():
        combinations = [{**chosen, scale: level} for chosen in combinations for level in levels]
    return tuple(combinations)


def _support(ctx: Context, statement: Statement, by: str) -> _Support:
    applies = next((s.line.after("IF") for s in statement.body if s.kind == "applies"), None)
    measured = next((s.line.node("ref") for s in statement.body if s.kind == "measured"), None)
    return _Support(
        found=evidence(ctx, statement, by),
        also=tuple(_also(ctx, inner, by) for inner in statement.body if inner.kind == "also"),
        applies=condition(ctx, applies),
        calendar=resolve_calendar(ctx, measured) if measured else None,
    )


def _also(ctx: Context, statement: Statement, by: str) -> tuple[tuple[str, ...], Also]:
    part = promise_in(statement.line)
    assert part is not None
    cites: tuple[Citation, ...] = evidence(ctx, statement, by)["cites"]
    if part.kind == "words" and not cites:
        cites = _own_words(ctx, statement, part, by)
    return tuple(written(ref) for ref in statement.line.nodes("ref")), Also(promise=promise(ctx, part), cites=cites)


def _own_words(ctx: Context, statement: Statement, part: Node, by: str) -> tuple[Citation, ...]:
    """Words that stand in a source are their own citation."""
    found = definition_citation(ctx, statement, text_of(part.node("text")), by)
    return (found,) if found else ()


def cascade(ctx: Context, statement: Statement) -> tuple[Cascade, ...]:
    """A `cascade` statement with its steps: one for each level it names."""
    line = statement.line
    clock = ctx.resolve(line.nodes("ref")[0], "clock")
    when = condition(ctx, line.after("IF"))
    refs = line.node("refs")
    combinations = _combinations(ctx, refs.nodes("ref") if refs else (), ())
    by = f"cascade {_first_id(clock, combinations, when)}"
    found = evidence(ctx, statement, by)
    steps = tuple(_step(ctx, inner, by) for inner in statement.body if inner.kind == "step")
    return tuple(
        Cascade(id=target_id(clock, levels, when), clock=clock, levels=levels, condition=when, steps=steps, **found)
        for levels in combinations
    )


def _step(ctx: Context, statement: Statement, by: str) -> Step:
    line = statement.line
    part = promise_in(line)
    assert part is not None
    starts = next((inner for inner in statement.body if inner.kind == "starts"), None)
    found = evidence(ctx, statement, f"{by} step {name_of(line)}")
    return Step(
        id=name_of(line),
        label=label_of(line),
        starts=trigger(ctx, starts) if starts else None,
        condition=condition(ctx, line.after("IF")),
        promise=promise(ctx, part),
        cites=found["cites"],
        assumes=found["assumes"],
    )
