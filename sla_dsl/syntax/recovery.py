"""One report for one damaged line: the parse that goes on after an error.

Where a statement cannot be read, what was read of it is forgotten, it is put down as bad, and reading goes on at the next line or at
the block that the statement opens.
"""

from __future__ import annotations

from attrs import define, field

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source, Span
from sla_dsl.syntax.advice import refusal
from sla_dsl.syntax.lark_machine import Machine, Refused
from sla_dsl.syntax.tree import Node, Token


@define
class _Reader:
    source: Source
    tokens: list[Token]
    machine: Machine = field(factory=Machine)
    findings: list[Finding] = field(factory=list[Finding])
    at: int = 0
    depth: int = 0
    starts: bool = True
    last: str = "NL"
    began: int = 0

    def run(self) -> Node:
        """Feeds every token, statement by statement."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "BAD" and token.text:
                self._give_up(token, frozenset())
                continue
            try:
                self._feed(token)
            except Refused as refused:
                self._recover(token, refused.accepted)
        while self.depth:
            self._feed(self._made("RBRACE"))
            self._feed(self._made("NL"))
        return self.machine.finish()

    def _feed(self, token: Token) -> None:
        begins = self.starts and token.kind not in {"NL", "RBRACE"}
        self.machine.feed(token, begins=begins)
        if begins:
            self.began = self.at
        self.at += 1
        self.last = token.kind
        self.starts = token.kind in {"NL", "LBRACE"}
        self.depth += (token.kind == "LBRACE") - (token.kind == "RBRACE")

    def _recover(self, token: Token, accepted: frozenset[str]) -> None:
        if token.kind == "RBRACE":
            self._drop_stray_brace(token)
        elif token.kind == "NL" and self.starts:
            self.at += 1
        elif self.last == "RBRACE":
            self._feed_made("NL")
        else:
            self._give_up(token, accepted)

    def _give_up(self, token: Token, accepted: frozenset[str]) -> None:
        """Puts the statement down as bad and goes on where the next thing begins."""
        if self.last == "RBRACE":
            self._feed_made("NL")
        line = self.tokens[self.at if self.starts else self.began : self._line_end()]
        self.findings.append(refusal(self.source, token, accepted, line, starts=self.starts))
        if not self.starts:
            self.machine.forget()
        span = Span(line[0].span.start, line[-1].span.end)
        self.at = self._line_end()
        self.machine.feed(Token("BAD", self.source.slice(span), span), begins=True)
        self.last, self.starts = "BAD", False
        self.began = self.at

    def _line_end(self) -> int:
        """Where the line of the current token ends: its `NL` or the brace that opens its block."""
        at = self.at
        while at < len(self.tokens) and self.tokens[at].kind not in {"NL", "LBRACE"}:
            at += 1
        return at

    def _drop_stray_brace(self, token: Token) -> None:
        self.findings.append(catalogue.STRAY_BRACE(Place(self.source, token.span)))
        self.at += 1
        if self.at < len(self.tokens) and self.tokens[self.at].kind == "NL":
            self.at += 1

    def _feed_made(self, kind: str) -> None:
        self.machine.feed(self._made(kind))
        self.last, self.starts = kind, True

    def _made(self, kind: str) -> Token:
        end = self.tokens[-1].span.end if self.tokens else 0
        return Token(kind, "", Span(end, end))


def read(source: Source, tokens: list[Token]) -> tuple[Node, list[Finding]]:
    """The statements that could be read, the others as `BAD`, and one finding for each of those."""
    reader = _Reader(source, tokens)
    tree = reader.run()
    return tree, reader.findings
