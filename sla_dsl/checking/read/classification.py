"""Scales, attributes, matrices, facts, parameters, events, parties and channels (SEMANTICS R1-R3, H4)."""

from __future__ import annotations

from typing import Literal, TypeVar

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.conditions import condition
from sla_dsl.checking.read.evidence import definition_citation, evidence
from sla_dsl.checking.read.organisation import availability
from sla_dsl.checking.read.tables import grid, refs_in
from sla_dsl.checking.read.values import type_of, value_of
from sla_dsl.checking.words import label_of, labels_of, name_of, text_after, token_after, unquoted, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.classification import (
    Cell,
    Channel,
    Event,
    Fact,
    Level,
    Matrix,
    Parameter,
    Party,
    Scale,
)
from sla_dsl.policy.terms.values import TextValue, Type, Value
from sla_dsl.syntax import Node, Statement

T = TypeVar("T", Fact, Parameter)

_OWNERS = ("ticket", "caller", "customer")


def party(ctx: Context, statement: Statement) -> Party:
    """A `party` statement."""
    name = name_of(statement.line)
    found = evidence(ctx, statement, f"party {name}")
    return Party(
        id=name,
        label=label_of(statement.line),
        **found,
    )


def channel(ctx: Context, statement: Statement) -> Channel:
    """A `channel` statement."""
    name, address = name_of(statement.line), token_after(statement.line, "AT")
    found = evidence(ctx, statement, f"channel {name}")
    return Channel(
        id=name,
        label=label_of(statement.line),
        address=unquoted(address) if address else None,
        availability=availability(ctx, statement),
        **found,
    )


def events(ctx: Context, statement: Statement) -> tuple[Event, ...]:
    """An `event` or `events` statement."""
    names = [node.tokens("WORD")[0].text for node in statement.line.nodes("name")]
    found = evidence(ctx, statement, f"event {names[0]}")
    early = statement.line.has("MAY_PRECEDE_CREATION")
    label = label_of(statement.line)
    return tuple(
        Event(
            id=name,
            label=label,
            may_precede_creation=early,
            **found,
        )
        for name in names
    )


def fact(ctx: Context, statement: Statement) -> Fact:
    """A `fact` statement."""
    return _typed(ctx, statement, Fact)


def parameter(ctx: Context, statement: Statement) -> Parameter:
    """A `parameter` statement."""
    return _typed(ctx, statement, Parameter)


def _typed(ctx: Context, statement: Statement, made: type[T]) -> T:
    """What has a type, and perhaps a default."""
    name = name_of(statement.line)
    found = evidence(ctx, statement, f"{statement.kind} {name}")
    type_ = type_of(ctx, statement.line.nodes("type")[0])
    default = default_of(ctx, statement, type_)
    return made(id=name, label=label_of(statement.line), type=type_, default=default, **found)


def default_of(ctx: Context, statement: Statement, type_: Type) -> Value | None:
    """The default of a fact or parameter; none where there is none."""
    said = next((inner for inner in statement.body if inner.kind == "default"), None)
    return value_of(ctx, said.line, type_) if said else None


def outline(statement: Statement) -> Scale:
    """A scale or attribute with its levels in order and nothing else: conditions may speak of one that stands below."""
    levels = tuple(Level(id=name_of(inner.line)) for inner in statement.body if inner.kind == "level")
    return Scale(
        id=name_of(statement.line),
        levels=tuple(reversed(levels)) if statement.line.has("LOWEST_FIRST") else levels,
        of="ticket" if statement.kind == "attribute" else None,
    )


def scale(ctx: Context, statement: Statement) -> Scale:
    """A `scale` statement; its levels are kept with the highest first."""
    line, name = statement.line, name_of(statement.line)
    found = evidence(ctx, statement, f"scale {name}")
    levels = levels_of(ctx, statement, name)
    return Scale(
        id=name,
        label=label_of(line),
        levels=tuple(reversed(levels)) if line.has("LOWEST_FIRST") else levels,
        highest_wins=line.has("HIGHEST_WINS"),
        chosen_by=chosen_by(ctx, statement),
        **found,
    )


def attribute(ctx: Context, statement: Statement) -> Scale:
    """An `attribute` statement: a scale whose levels are not chosen but belong to somebody."""
    line, name = statement.line, name_of(statement.line)
    found = evidence(ctx, statement, f"attribute {name}")
    of: Literal["ticket", "caller", "customer"] = "ticket"
    match written(line.nodes("ref")[0]):
        case "ticket" | "caller" | "customer" as owner:
            of = owner
        case other:
            ctx.report(catalogue.ATTRIBUTE_OWNER, line.nodes("ref")[0], found=other, known=", ".join(_OWNERS))
    return Scale(
        id=name,
        label=label_of(line),
        levels=levels_of(ctx, statement, name),
        of=of,
        default=default_level(ctx, statement, name),
        **found,
    )


def chosen_by(ctx: Context, statement: Statement) -> tuple[str, ...]:
    """The parties that choose a level."""
    said = next((inner.line.node("refs_or") for inner in statement.body if inner.kind == "chosen"), None)
    return ctx.resolve_all(said, "party")


def default_level(ctx: Context, statement: Statement, scale_name: str) -> str | None:
    """The level that an attribute has where none is given; none where there is none."""
    said = default_of(ctx, statement, Type(name="level", scale=scale_name))
    return said.text if isinstance(said, TextValue) else None


def levels_of(ctx: Context, statement: Statement, scale_name: str) -> tuple[Level, ...]:
    """The levels in a block, in the order written."""
    return tuple(_level(ctx, inner, scale_name) for inner in statement.body if inner.kind == "level")


def _level(ctx: Context, statement: Statement, scale_name: str) -> Level:
    line, name = statement.line, name_of(statement.line)
    by = f"level {scale_name}/{name}"
    found = evidence(ctx, statement, by)
    means = text_after(line, "MEANS")
    definition = definition_citation(ctx, statement, means, by) if means else None
    return Level(
        id=name,
        labels=labels_of(line),
        means=means,
        when=condition(ctx, line.after("WHEN")),
        otherwise=line.has("OTHERWISE"),
        cites=(*([definition] if definition else []), *found["cites"]),
        assumes=found["assumes"],
        notes=found["notes"],
    )


def matrix(ctx: Context, statement: Statement) -> Matrix:
    """A `matrix` statement with its table."""
    rows, columns, gives = (ctx.resolve(ref, "scale") for ref in statement.line.nodes("ref"))
    found = evidence(ctx, statement, f"matrix {gives}")
    return Matrix(
        id=gives,
        label=None,
        rows=rows,
        columns=columns,
        cells=cells_of(ctx, statement, (rows, columns, gives)),
        chosen_by=chosen_by(ctx, statement),
        **found,
    )


Scales = tuple[str, str, str]
"""The scales of a matrix: rows, columns, and what it gives."""


def cells_of(ctx: Context, statement: Statement, scales: Scales) -> tuple[Cell, ...]:
    """The cells in the table of a matrix."""
    table = grid(statement)
    cells: list[Cell] = []
    if table.header is None:
        ctx.report(catalogue.NO_HEADER, statement, scale=scales[1])
        return ()
    heads = [refs_in(cell) for cell in table.header.cells[1:]]
    for row in table.rows:
        if len(row.cells) != len(heads) + 1:
            ctx.report(catalogue.ROW_LENGTH, row.statement, found=len(row.cells) - 1, wanted=len(heads))
            continue
        for cell, head in zip(row.cells[1:], heads, strict=True):
            cells += _cells(ctx, scales, (refs_in(row.cells[0]), head), cell)
    return tuple(cells)


def _cells(ctx: Context, scales: Scales, heads: tuple[tuple[Node, ...], tuple[Node, ...]], cell: Node) -> list[Cell]:
    given = refs_in(cell)
    if not given and not cell.has("NONE"):
        ctx.report(catalogue.EMPTY_MATRIX_CELL, cell)
    level = ctx.resolve(given[0], "level", owner=scales[2]) if given else None
    return [
        Cell(
            row=ctx.resolve(row, "level", owner=scales[0]),
            column=ctx.resolve(column, "level", owner=scales[1]),
            gives=level,
        )
        for row in heads[0]
        for column in heads[1]
    ]
