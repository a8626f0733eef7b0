"""Parser tables from the grammar. The only module that imports lark, and only when no tables are saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, cast

import lark

from sla_dsl.syntax.tables import Rule, Tables


def made_tables(grammar: str, *, strict: bool = False) -> Tables:
    """The tables of a grammar; `strict` refuses what lark would settle in silence (it needs `interegular`)."""
    made = lark.Lark(grammar, parser="lalr", lexer="basic", postlex=_Layout(), maybe_placeholders=False, strict=strict)
    parser = cast("_Parser", made)
    machine = parser.parse_interactive().parser_state.parse_conf
    actions = [machine.states[state] for state in sorted(machine.states)]
    rules = list(dict.fromkeys(to for row in actions for _, to in row.values() if not isinstance(to, int)))
    numbers = {rule: number for number, rule in enumerate(rules)}
    return Tables(
        terminals=tuple((t.name, t.pattern.to_regexp()) for t in sorted(parser.terminals, key=lambda t: -t.priority)),
        rules=tuple(_rule(rule) for rule in rules),
        actions=tuple(
            {symbol: to if isinstance(to, int) else -1 - numbers[to] for symbol, (_, to) in row.items()}
            for row in actions
        ),
        start=machine.start_state,
        end=machine.end_state,
    )


def _rule(rule: _Rule) -> Rule:
    """Names that begin with `_` are parts without a node of their own: `_rest`, and what lark makes of `(…)*`."""
    origin = str(rule.origin.name)
    node = None if origin.startswith("_") else str(rule.alias or origin)
    return Rule(origin, len(rule.expansion), node, collapses=rule.options.expand1 and not rule.alias)


class _Layout:
    """Tells lark which terminals to keep although no rule names them: `layout` and `nesting` use them."""

    always_accept = ("BAD", "COMMENT", "NL", "LBRACE", "RBRACE")

    def process(self, stream: Iterator[lark.Token]) -> Iterator[lark.Token]:
        return stream


# What is used of lark, with the types that lark leaves open. Its states are numbered from 0 without a gap.


class _Pattern(Protocol):
    def to_regexp(self) -> str: ...


class _Terminal(Protocol):
    name: str
    priority: int
    pattern: _Pattern


class _Symbol(Protocol):
    name: str


class _Options(Protocol):
    expand1: bool


class _Rule(Protocol):
    origin: _Symbol
    expansion: Sequence[_Symbol]
    alias: str | None
    options: _Options


class _Machine(Protocol):
    states: Mapping[int, Mapping[str, tuple[object, int | _Rule]]]
    start_state: int
    end_state: int


class _State(Protocol):
    parse_conf: _Machine


class _Session(Protocol):
    parser_state: _State


class _Parser(Protocol):
    terminals: Sequence[_Terminal]

    def parse_interactive(self) -> _Session: ...
