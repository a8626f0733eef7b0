"""From words to keywords, and from lines to statements.

A statement is one line. It goes on when the line ended with a comma, or when the next line starts with a text or with a joining
word. A word is a keyword only where it can be one: `open` begins a statement, but is a plain name in `from open to closed`.
"""

from __future__ import annotations

from sla_dsl.source import Span
from sla_dsl.syntax.tree import Token
from sla_dsl.syntax.vocabulary import Phrases, Vocabulary

JOINING_WORDS = frozenset(
    "and or if when while otherwise because through before after means within to whichever".split()
)
"""A line that starts with one of these goes on with the statement of the line before."""


def lay_out(raw: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a text with keywords told from names and one `NL` at the end of every statement line."""
    tokens: list[Token] = []
    at = 0
    fresh = True
    while at < len(raw):
        token = raw[at]
        if token.kind == "NL":
            fresh, at = True, at + 1
            continue
        starts = not tokens or tokens[-1].kind in {"LBRACE", "NL"}
        if not starts and _ends_before(token, tokens[-1], fresh=fresh):
            tokens.append(_line_end(tokens[-1]))
            starts = token.kind != "RBRACE"
        count, kind = _keyword(raw, at, vocabulary.heads if starts else vocabulary.inner)
        tokens.append(_joined(raw[at : at + count], kind) if token.kind == "WORD" else token)
        fresh, at = False, at + count
    if tokens and tokens[-1].kind != "NL":
        tokens.append(_line_end(tokens[-1]))
    return tokens


def _ends_before(token: Token, last: Token, *, fresh: bool) -> bool:
    """Whether the statement line that `last` is in ends before `token`."""
    if last.kind == "RBRACE":
        return True
    if token.kind == "RBRACE":
        return True
    return fresh and token.kind != "LBRACE" and not _goes_on(token, last)


def _goes_on(token: Token, last: Token) -> bool:
    if token.kind == "BAR":
        return False
    return last.kind == "COMMA" or token.text in JOINING_WORDS or token.text.startswith('"')


def _line_end(last: Token) -> Token:
    return Token("NL", "\n", Span(last.span.end, last.span.end))


def _keyword(raw: list[Token], at: int, phrases: Phrases) -> tuple[int, str]:
    """How many words from here make one keyword, and which; one plain `WORD` if none do."""
    for words, terminal in phrases.get(raw[at].text, ()):
        run = raw[at : at + len(words)]
        if len(run) == len(words) and all(
            t.kind == "WORD" and t.text == w for t, w in zip(run, words, strict=True)
        ):
            return len(words), terminal
    return 1, "WORD"


def _joined(words: list[Token], kind: str) -> Token:
    return Token(kind, " ".join(word.text for word in words), Span(words[0].span.start, words[-1].span.end))
