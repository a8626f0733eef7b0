"""What the parser runs on: the terminals and the LALR(1) tables of the grammar, as plain data.

Lark makes them from the grammar, which takes a few tenths of a second. Reading them back takes some milliseconds and no
lark.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from attrs import asdict, frozen

END = "$END"
"""The terminal that stands behind the last token of a line."""


@frozen
class Rule:
    """One way to make a node: from the last `size` parts. `origin` is the symbol that they become.

    A rule without a `node` gives its parts to the node around it; one that `collapses` gives its part, if there is just
    one.
    """

    origin: str
    size: int
    node: str | None
    collapses: bool


@frozen
class Tables:
    """The terminals with their expressions, those that come first in front, and what to do in each state.

    `actions[state]` maps a symbol to the next state or, if negative, to the rule with the number `-1 - action`.
    """

    terminals: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]
    actions: tuple[Mapping[str, int], ...]
    start: int
    end: int

    def to_bytes(self) -> bytes:
        """The tables as JSON."""
        return json.dumps(asdict(self), separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Tables:
        """The tables that `to_bytes` wrote."""
        read = json.loads(data)
        return cls(
            terminals=tuple((name, expression) for name, expression in read["terminals"]),
            rules=tuple(Rule(**rule) for rule in read["rules"]),
            actions=tuple(read["actions"]),
            start=read["start"],
            end=read["end"],
        )
