"""From words to keywords, and from text lines to statement lines.

A statement is one line. It goes on when the line ended with a comma or a colon, or when the next line starts with a
text or with a joining word; a blank line ends it all the same. A word is a keyword only where it can be one: `open`
begins a statement, but is a plain name in `from open to closed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field, frozen

from sla_dsl.source import Span
from sla_dsl.syntax.tree import Comment, Token
from sla_dsl.syntax.vocabulary import Phrases, Vocabulary

JOINING_WORDS = frozenset(
    "and or not if when while otherwise because through before after means within to whichever".split()
)
"""A line that starts with one of these goes on with the statement of the line before."""


@frozen(eq=False)
class Line:
    """The tokens of one statement, without its block.

    `column` is where it begins, none if something stands before it on its line. A block without a statement before it
    gets a line that holds only its brace.
    """

    tokens: tuple[Token, ...]
    column: int | None
    blank_before: bool

    @property
    def span(self) -> Span:
        """From its first token to its last."""
        return self.tokens[0].span.to(self.tokens[-1].span)


@frozen(eq=False)
class Brace:
    """One end of a block, and its column if it begins its line."""

    token: Token
    column: int | None

    @property
    def opens(self) -> bool:
        """Whether it begins a block."""
        return self.token.kind == "LBRACE"


@frozen(eq=False)
class Remark:
    """A comment, alone on its line or trailing behind something else."""

    comment: Comment
    trailing: bool


def lay_out(text: str, raw: Iterable[Token], vocabulary: Vocabulary) -> list[Line | Brace | Remark]:
    """Statement lines, braces and comments in the order of the text. Comments inside a statement come before it.

    Example: `language 1` and `policy p {` become a line, a line and a brace.
    """
    layout = _Layout(text, vocabulary)
    for token in raw:
        layout.take(token)
    layout.end_line()
    return layout.items


@define
class _Layout:
    text: str
    vocabulary: Vocabulary
    items: list[Line | Brace | Remark] = field(factory=list[Line | Brace | Remark])
    line: list[Token] = field(factory=list[Token])
    column: int | None = None
    blank_before_line: bool = False
    remarks: list[Remark] = field(factory=list[Remark])
    fresh: bool = True
    blank: bool = False
    gap: bool = False

    def take(self, token: Token) -> None:
        """Puts one token where it belongs."""
        if token.kind == "NL":
            self._take_line_end(token)
        elif token.kind == "COMMENT":
            self._take_comment(token)
        elif token.kind in {"LBRACE", "RBRACE"}:
            self._take_brace(token)
        else:
            self._take_word(token)

    def _take_line_end(self, token: Token) -> None:
        self.fresh = True
        self.blank = token.text.count("\n") > 1
        self.gap |= self.blank
        if self.line:
            self.line.append(token)

    def _take_comment(self, token: Token) -> None:
        comment = Comment(token.text.rstrip(), token.span, blank_before=self.blank)
        remark = Remark(comment, trailing=not self.fresh)
        (self.remarks if self.line else self.items).append(remark)
        self.blank = False

    def _take_brace(self, token: Token) -> None:
        self.end_line()
        column = self._column_of(token)
        if token.kind == "LBRACE" and not self._after_line():
            self.items.append(Line((token,), column, self.blank))
        self.items.append(Brace(token, column))
        self._go_on()

    def _take_word(self, token: Token) -> None:
        if self.fresh and not self._continues(token):
            self.end_line()
        if self.line:
            self.items.extend(Remark(remark.comment, trailing=False) for remark in self.remarks)
            self.remarks.clear()
        else:
            self.column, self.blank_before_line = self._column_of(token), self.blank
        self.line.append(token)
        self._go_on()

    def _go_on(self) -> None:
        self.fresh = self.blank = self.gap = False

    def _continues(self, token: Token) -> bool:
        """Whether the statement of the line before goes on with the first token of a new line."""
        if not self.line or self.gap or token.kind == "BAR":
            return False
        last = next(before for before in reversed(self.line) if before.kind != "NL")
        return last.kind in {"COMMA", "COLON"} or token.text in JOINING_WORDS or token.text.startswith('"')

    def end_line(self) -> None:
        """Puts down the statement line that was being read, with the comments behind it."""
        if self.line:
            tokens = tuple(_with_keywords(self.line, self.vocabulary))
            self.items.append(Line(tokens, self.column, self.blank_before_line))
            self.items.extend(self.remarks)
            self.line, self.remarks = [], []

    def _after_line(self) -> bool:
        """Whether the last thing that is no comment is a statement line, to which a block can belong."""
        last = next((item for item in reversed(self.items) if not isinstance(item, Remark)), None)
        return isinstance(last, Line)

    def _column_of(self, token: Token) -> int | None:
        if not self.fresh:
            return None
        line_start = self.text.rfind("\n", 0, token.span.start) + 1
        return len(self.text[line_start : token.span.start].expandtabs()) + 1


def _with_keywords(words: list[Token], vocabulary: Vocabulary) -> Iterator[Token]:
    """The tokens of a line, keywords told from names and phrases made one; no phrase spans two lines of text."""
    at = 0
    while at < len(words):
        token, phrases = words[at], vocabulary.inner if at else vocabulary.heads
        count = 1
        if token.kind == "WORD":
            count, kind = _keyword(words, at, phrases)
            token = token if kind == "WORD" else _joined(words[at : at + count], kind)
        if token.kind != "NL":
            yield token
        at += count


def _keyword(words: list[Token], at: int, phrases: Phrases) -> tuple[int, str]:
    """How many words from here make one keyword, and which; one plain `WORD` if none do."""
    for spelling, terminal in phrases.get(words[at].text, ()):
        if len(spelling) == 1 or spelling == tuple(word.text for word in words[at : at + len(spelling)]):
            return len(spelling), terminal
    return 1, "WORD"


def _joined(words: list[Token], kind: str) -> Token:
    if len(words) == 1:
        return Token(kind, words[0].text, words[0].span)
    return Token(kind, " ".join(word.text for word in words), words[0].span.to(words[-1].span))
