"""From text to tokens, and from the tokens of one line to a node: an LALR(1) machine on the tables of the grammar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field, frozen

from sla_dsl.source import Span
from sla_dsl.syntax.language import scanner, tables
from sla_dsl.syntax.tables import END, Rule, Tables
from sla_dsl.syntax.tree import Node, Token

MAX_NESTING = 32
"""Blocks, and parts of a statement such as brackets, may be nested this deep (SEMANTICS B)."""


def scan(text: str) -> Iterator[Token]:
    """The tokens of a text, comments and line ends among them, keywords not yet told from names.

    Example: `open mon` is a `WORD` and a `WORD`; the white space is in neither.
    """
    for match in scanner().finditer(text):
        kind = match.lastgroup or "BAD"
        if kind != "WS":
            start, end = match.span(kind)
            yield Token(kind, match[kind], Span(start, end))


@frozen
class Refusal:
    """Where a line cannot be read: `at` tokens will do (all, if it ends too early), one of `accepted` must follow."""

    at: int
    accepted: frozenset[str]


@frozen
class TooDeep:
    """A line with more than `MAX_NESTING` parts inside each other."""


def read_line(tokens: Sequence[Token]) -> Node | Refusal | TooDeep:
    """The node of one statement line, keywords told from names.

    Example: the tokens of `language 1` give a node of the kind `language`.
    """
    machine = _Machine(tables(), tokens[0].span.start)
    for at, token in enumerate((*tokens, Token(END, ""))):
        before = machine.states.copy()
        if not machine.take(token):
            return Refusal(at, frozenset(_accepted(machine.tables, before)))
    return machine.result()


@define
class _Machine:
    """Three stacks: states, what was read in each, how deep that is nested. `read_to` is where the text read ends."""

    tables: Tables
    read_to: int
    states: list[int] = field(init=False)
    parts: list[Node | Token | _Row] = field(factory=list["Node | Token | _Row"])
    depths: list[int] = field(factory=list[int])

    def __attrs_post_init__(self) -> None:
        self.states = [self.tables.start]

    def take(self, token: Token) -> bool:
        """Whether a token fits; if so, it is read."""
        actions = self.tables.actions
        while self.states[-1] != self.tables.end:
            action = actions[self.states[-1]].get(token.kind)
            if action is None:
                return False
            if action >= 0:
                self.states.append(action)
                self.parts.append(token)
                self.depths.append(0)
                self.read_to = token.span.end
                break
            self._reduce(self.tables.rules[-1 - action])
        return True

    def _reduce(self, rule: Rule) -> None:
        """Makes one part of those that a rule is about."""
        if rule.collapses and rule.size == 1 and not isinstance(self.parts[-1], _Row):
            self.states[-1] = self.tables.actions[self.states[-2]][rule.origin]
            return
        first = len(self.parts) - rule.size
        row = _spliced(self.parts[first:])
        depth = max(self.depths[first:], default=0)
        del self.states[first + 1 :], self.parts[first:], self.depths[first:]
        if rule.node is None:
            self.parts.append(row)
        elif rule.collapses and len(row) == 1:
            self.parts.append(row[0])
        else:
            self.parts.append(self._node(rule.node, row))
            depth += 1
        self.depths.append(depth)
        self.states.append(self.tables.actions[self.states[-1]][rule.origin])

    def _node(self, kind: str, row: _Row) -> Node:
        """A node; one without any text stands where the text before it ended."""
        span = Span(row[0].span.start, row[-1].span.end) if row else Span(self.read_to, self.read_to)
        return Node(kind, tuple(row), span)

    def result(self) -> Node | TooDeep:
        """What the whole line has become."""
        whole = self.parts[0]
        return whole if isinstance(whole, Node) and self.depths[0] <= MAX_NESTING else TooDeep()


class _Row(list[Node | Token]):
    """Parts without a node of their own, which go to the node around them."""


def _spliced(parts: Sequence[Node | Token | _Row]) -> _Row:
    """One row of parts; the first is made longer instead of copied, so that long lists stay cheap."""
    row = _Row()
    for part in parts:
        if not isinstance(part, _Row):
            row.append(part)
        elif row:
            row.extend(part)
        else:
            row = part
    return row


def _accepted(tables: Tables, states: Sequence[int]) -> Iterator[str]:
    """The terminals that fit in a state of the machine."""
    return (symbol for symbol in tables.actions[states[-1]] if symbol.isupper() and _fits(tables, states, symbol))


def _fits(tables: Tables, states: Sequence[int], terminal: str) -> bool:
    stack = list(states)
    while stack[-1] != tables.end:
        action = tables.actions[stack[-1]].get(terminal)
        if action is None or action >= 0:
            return action is not None
        rule = tables.rules[-1 - action]
        del stack[len(stack) - rule.size :]
        stack.append(tables.actions[stack[-1]][rule.origin])
    return True
