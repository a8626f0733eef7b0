"""However a file is spaced and commented, its layout says the same and is final."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sla_dsl.formatting import format_source
from sla_dsl.source import Source
from sla_dsl.syntax import Statement, Tree, parse
from tests.syntax.test_grammar import GOOD

TEXTS = [path.read_text(encoding="utf-8") for path in GOOD]
SPACES = st.sampled_from([" ", "  ", "\t", " \t "])
LINE_ENDS = st.sampled_from(
    ["\n", "\n\n", "\n\n\n", "  # a comment\n", "\n# alone\n", "\n\n   # apart\n\n", "\t#\n", "\r\n"]
)


def respaced(data: st.DataObject, text: str) -> str:
    """A text with other white space and more comments between its statements, and other spaces between its words."""
    outcome = parse(Source.of(text))
    assert outcome.value is not None
    return "".join(_statements(data, outcome.value.statements, 0))


def _statements(data: st.DataObject, statements: tuple[Statement, ...], depth: int):
    for statement in statements:
        yield " " * data.draw(st.integers(0, 6))
        for at, token in enumerate(statement.tokens):
            yield data.draw(SPACES) if at else ""
            yield token.text.replace(" ", data.draw(SPACES)) if token.text[0] != '"' else token.text
        if statement.block:
            yield data.draw(st.sampled_from([" {", "{", "\n{"]))
            yield data.draw(st.one_of(LINE_ENDS, st.just(" "))) if statement.body else " "
            yield from _statements(data, statement.body, depth + 1)
            yield "}"
        yield data.draw(LINE_ENDS)


def comments(tree: Tree) -> list[str]:
    return [line.strip() for line in tree.source.text.split("\n") if line.strip().startswith("#")]


@settings(max_examples=25)
@given(st.data())
def test_the_layout_says_the_same_and_is_final(data):
    text = respaced(data, data.draw(st.sampled_from(TEXTS)))
    before = parse(Source.of(text))
    assert before.findings == ()
    laid_out = format_source(Source.of(text)).value
    assert laid_out is not None
    after = parse(Source.of(laid_out))
    assert after.value == before.value
    assert laid_out.count("#") == Source.of(text).text.count("#")
    assert format_source(Source.of(laid_out)).value == laid_out
    assert "\n\n\n" not in laid_out


@settings(max_examples=25)
@given(st.data())
def test_spacing_alone_never_changes_the_layout(data):
    text = data.draw(st.sampled_from(TEXTS))
    wider = "\n".join(f"{line}{data.draw(st.sampled_from(['', ' ', chr(9)]))}" for line in text.split("\n"))
    assert format_source(Source.of(wider)).value == format_source(Source.of(text)).value
