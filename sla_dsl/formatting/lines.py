"""One statement line: its words with the spaces between them, broken into several lines where it is too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field
from rich.cells import cell_len

from sla_dsl.syntax.layout import JOINING_WORDS
from sla_dsl.syntax.tree import Token

WIDTH = 110
"""Lines are broken to fit this many columns. A text is never broken, and a table row neither."""

_CONTINUED = 4
_CLAUSES = frozenset({"because", "if", "means", "otherwise", "through", "when", "while", "whichever"})
_BEFORE_TEXTS = frozenset({"WORD", "STRING", "COMMA"})
"""Between a keyword such as `because` and its text a line is not broken."""
_NO_SPACE_BEFORE = frozenset({"COMMA", "COLON", "RPAR"})


def spaced(tokens: Iterable[Token]) -> str:
    """Tokens with one space between them, and none before a comma, a colon or inside brackets.

    Example: `target restoration for p1, p2: no promise`.
    """
    text, glued = "", True
    for token in tokens:
        text += token.text if glued or token.kind in _NO_SPACE_BEFORE else f" {token.text}"
        glued = token.kind == "LPAR"
    return text


def broken(tokens: Sequence[Token], indent: int, reserved: int = 0) -> list[str]:
    """The lines of a statement, indented; `reserved` columns at their end are kept free.

    A statement that is too long is broken before clauses, between texts and after commas, and within these before other
    joining words and texts. The further lines begin so that they are read as part of it. What is too long for any line
    stays where it is.
    """
    fill = _Fill(indent, WIDTH - reserved)
    for clause in _clauses(tokens):
        fill.add(clause)
    return fill.lines


@define
class _Fill:
    """Lines that are filled one after the other."""

    indent: int
    width: int
    lines: list[str] = field(factory=list[str])

    def add(self, clause: Sequence[str]) -> None:
        """Adds a clause on the same line or, if it does not fit, on a line of its own."""
        if self.lines and not self._fits(" ".join(clause)):
            self._begin(clause[0])
            clause = clause[1:]
        for piece in clause:
            self._add_piece(piece)

    def _add_piece(self, piece: str) -> None:
        on_its_own = self.indent + _CONTINUED + cell_len(piece) <= self.width
        if not self.lines or (on_its_own and not self._fits(piece)):
            self._begin(piece)
        else:
            self.lines[-1] += f" {piece}"

    def _begin(self, piece: str) -> None:
        self.lines.append(" " * (self.indent + (_CONTINUED if self.lines else 0)) + piece)

    def _fits(self, text: str) -> bool:
        return cell_len(self.lines[-1]) + 1 + cell_len(text) <= self.width


def _clauses(tokens: Sequence[Token]) -> Iterator[list[str]]:
    """The pieces between which a line may be broken, those of one clause together. No piece is a head word alone."""
    clause: list[str] = []
    start = 0
    for at in range(2, len(tokens) + 1):
        if at < len(tokens) and not _can_break(tokens[at - 1], tokens[at]):
            continue
        clause.append(spaced(tokens[start:at]))
        start = at
        if at == len(tokens) or _begins_clause(tokens[at - 1], tokens[at]):
            yield clause
            clause = []
    if start < len(tokens):
        yield [spaced(tokens[start:])]


def _can_break(before: Token, token: Token) -> bool:
    """Whether a line that begins with this token is read as part of the statement."""
    if before.kind == "LPAR" or token.kind in _NO_SPACE_BEFORE:
        return False
    if token.kind == "STRING":
        return before.kind in _BEFORE_TEXTS
    return before.kind == "COMMA" or (token.kind != "NOT" and _first_word(token) in JOINING_WORDS)


def _begins_clause(before: Token, token: Token) -> bool:
    return before.kind == "COMMA" or before.kind == token.kind == "STRING" or _first_word(token) in _CLAUSES


def _first_word(token: Token) -> str:
    return token.text.partition(" ")[0]
