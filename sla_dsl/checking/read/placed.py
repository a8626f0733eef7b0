"""A declaration and the part of its statement in which it stands."""

from __future__ import annotations

from attrs import frozen

from sla_dsl.policy.terms import AnyDeclaration
from sla_dsl.syntax import Node, Statement


@frozen
class Placed:
    """One of several declarations of a statement: the target of a row in a table, a status in a lifecycle.

    Example: `Placed(target, row.statement.line)`.
    """

    term: AnyDeclaration
    part: Statement | Node
