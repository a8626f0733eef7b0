"""From text to tree. `parse` is the way in; only `lark_machine` knows the parser library."""

from sla_dsl.syntax.parsing import parse
from sla_dsl.syntax.tree import Block, Comment, Node, Statement, Token, Tree

__all__ = ["Block", "Comment", "Node", "Statement", "Token", "Tree", "parse"]
