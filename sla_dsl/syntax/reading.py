"""One statement line to one node, whatever stands in it: a line that cannot be read becomes `bad`, with one finding."""

from __future__ import annotations

from attrs import define, field, frozen

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source
from sla_dsl.syntax.hidden import hidden_in
from sla_dsl.syntax.layout import Line
from sla_dsl.syntax.machine import MAX_NESTING, TooDeep, read_line
from sla_dsl.syntax.tree import Node, Token

MOST_FINDINGS = 100
"""So many findings about the text of a file are listed; what is wrong beyond that is not looked at."""


@frozen(eq=False)
class ReadLine:
    """A statement line and what it says."""

    line: Line
    node: Node

    @property
    def head(self) -> str:
        """The word it begins with."""
        return self.line.tokens[0].text

    @property
    def is_bad(self) -> bool:
        """Whether it could not be read."""
        return self.node.kind == "bad"

    @property
    def column(self) -> int | None:
        """Where it begins, none if something stands before it on its line."""
        return self.line.column


@define
class Reader:
    """Reads the lines of a source one by one and keeps what it found."""

    source: Source
    findings: list[Finding] = field(factory=list[Finding])

    def read(self, line: Line) -> ReadLine:
        """What a line says."""
        if len(self.findings) > MOST_FINDINGS:
            return ReadLine(line, self._bad(line))
        result = read_line(line.tokens)
        if isinstance(result, Node):
            return ReadLine(line, result)
        if isinstance(result, TooDeep):
            self.findings.append(catalogue.TOO_DEEP(Place(self.source, line.span), limit=MAX_NESTING))
        elif not any(hidden_in(token.text) for token in line.tokens[result.at : result.at + 1]):
            # Most files are right: what to say of a wrong line is imported with the first of them.
            from sla_dsl.syntax.advice import complaint

            self.findings.append(complaint(self.source, line.tokens, result))
        return ReadLine(line, self._bad(line))

    def _bad(self, line: Line) -> Node:
        return Node("bad", (Token("BAD", self.source.slice(line.span), line.span),), line.span)
