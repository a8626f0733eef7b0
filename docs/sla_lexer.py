"""Colours for `sla` code blocks: head words, strings, numbers, table lines."""

from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Comment, Keyword, Name, Number, Punctuation, String, Text, Whitespace
from sphinx.application import Sphinx


class SlaLexer(RegexLexer):
    """Every line begins with a head word; the rest is words, strings and numbers."""

    name = "SLA policy"
    url = ""
    aliases: ClassVar[list[str]] = ["sla"]
    filenames: ClassVar[list[str]] = ["*.sla"]
    tokens: ClassVar = {
        "root": [
            (r"^([^\S\n]*)([A-Za-z]\w*)", bygroups(Whitespace, Keyword)),
            (r"#[^\n]*", Comment.Single),
            (r'"(?:""|[^"\n])*"?', String),
            (r"[0-9]+(?:[-:.,/][0-9]+)*", Number),
            (r"[{}|,:()]", Punctuation),
            (r"[^\W\d]\w*", Name),
            (r"\n", Whitespace),
            (r"[^\S\n]+", Whitespace),
            (r".", Text),
        ],
    }


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the lexer with Sphinx."""
    app.add_lexer("sla", SlaLexer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
