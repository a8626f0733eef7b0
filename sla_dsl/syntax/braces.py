"""Braces set right by indentation, for a file in which one is missing or too many.

A lost brace would otherwise move every following statement into the wrong block. Indentation says where the author meant a block to
end: a line that stands no further right than the statement that opened the block is outside of it.
"""

from __future__ import annotations

from attrs import define, field

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source, Span
from sla_dsl.syntax.tree import Token


@define
class _Open:
    """A block that is open: the column of its heading, that of its first statement, and its brace."""

    column: int
    inner: int | None
    brace: Token


@define
class _Repair:
    source: Source
    tokens: list[Token]
    out: list[Token] = field(factory=list[Token])
    findings: list[Finding] = field(factory=list[Finding])
    open: list[_Open] = field(factory=list[_Open])

    def run(self) -> None:
        """Copies the tokens, with braces added or left out where indentation contradicts them."""
        starts, column, skip_line_end = True, 1, False
        for token in self.tokens:
            if skip_line_end and token.kind == "NL":
                skip_line_end = False
                continue
            skip_line_end = False
            if starts and token.kind != "NL":
                column = self._column(token)
                if token.kind != "RBRACE" and not self._follows_brace(token):
                    self._align(token, column)
                starts = False
            if token.kind == "LBRACE":
                self.open.append(_Open(column, None, token))
                starts = True
            elif token.kind == "RBRACE" and not self._close(token):
                skip_line_end = starts = True
                continue
            elif token.kind == "NL":
                starts = True
            self.out.append(token)
        while self.open:
            self._close_missing(self.tokens[-1])

    def _align(self, token: Token, column: int) -> None:
        """Before a statement: closes the blocks it stands to the left of, or opens one it is indented for."""
        while self.open and column <= self.open[-1].column:
            self._close_missing(token)
        if not self.open:
            if column > 1:
                self._open_missing(token, 1, column)
        elif self.open[-1].inner is None:
            self.open[-1].inner = column
        elif column > self.open[-1].inner:
            self._open_missing(token, self.open[-1].inner, column)

    def _open_missing(self, token: Token, heading: int, column: int) -> None:
        self.findings.append(catalogue.NO_HEADING(Place(self.source, token.span)))
        brace = self._made("LBRACE", token)
        self.out += [self._made("BAD", token), brace]
        self.open.append(_Open(heading, column, brace))

    def _close_missing(self, token: Token) -> None:
        block = self.open.pop()
        if block.brace.text:
            self.findings.append(catalogue.OPEN_BLOCK(Place(self.source, block.brace.span)))
        if self.out and self.out[-1].kind not in {"NL", "LBRACE"}:
            self.out.append(self._made("NL", token))
        self.out += [self._made("RBRACE", token), self._made("NL", token)]

    def _close(self, token: Token) -> bool:
        """Whether a closing brace closes a block; blocks that it proves unclosed are closed before it."""
        if self._begins_line(token):
            column = self._column(token)
            while len(self.open) > 1 and column < self.open[-1].column:
                self._close_missing(token)
            if self.open and column > self.open[-1].column:
                return self._stray(token)
        if not self.open:
            return self._stray(token)
        self.open.pop()
        return True

    def _stray(self, token: Token) -> bool:
        self.findings.append(catalogue.STRAY_BRACE(Place(self.source, token.span)))
        return False

    def _made(self, kind: str, near: Token) -> Token:
        return Token(kind, "", Span(near.span.start, near.span.start))

    def _column(self, token: Token) -> int:
        return self.source.position(token.span.start).column

    def _begins_line(self, token: Token) -> bool:
        start = self.source.text.rfind("\n", 0, token.span.start) + 1
        return not self.source.text[start : token.span.start].strip()

    def _follows_brace(self, token: Token) -> bool:
        return bool(self.out) and self.out[-1].kind == "LBRACE" and not self._begins_line(token)


def repaired(source: Source, tokens: list[Token]) -> tuple[list[Token], list[Finding]]:
    """The tokens with braces where indentation says they belong, and what was missing or too much."""
    repair = _Repair(source, tokens)
    repair.run()
    return repair.out, repair.findings


def balanced(tokens: list[Token]) -> bool:
    """Whether every brace has its partner."""
    depth = 0
    for token in tokens:
        depth += (token.kind == "LBRACE") - (token.kind == "RBRACE")
        if depth < 0:
            return False
    return depth == 0
