"""Which lines belong together, and when a word is a keyword."""

import pytest

from sla_dsl.source import Source
from sla_dsl.syntax import parse


def read(text: str):
    outcome = parse(Source.of(text))
    assert outcome.findings == ()
    assert outcome.value is not None
    return outcome.value.statements[0]


def lines(*text: str) -> list[str]:
    """The statements inside a policy, each with its words one space apart."""
    policy = read("\n".join(["policy p {", *text, "}"]))
    return [" ".join(token.text for token in statement.tokens) for statement in policy.body]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("events a,", "b"),
        ('cite "a"', '"b"'),
        ('informative "a"', 'through "b"'),
        ("target t: shall", "within 1 hour"),
        ("target t: shall within 1 hour", "if on_site"),
        ('out of scope "a"', 'because "b"'),
        ('term t "T"', 'means "so"'),
        ('cite "a"', 'before "b"'),
        ('cite "a"', 'after "b"'),
        ("target t:", "silent"),
    ],
)
def test_a_statement_goes_on_in_the_next_line(first, second):
    joined = lines(first, f"      {second}")
    assert joined == lines(f"{first} {second}")
    assert len(joined) == 1


def test_any_other_line_is_a_statement_of_its_own():
    assert lines("events a", "events b") == ["events a", "events b"]


def test_a_row_is_never_drawn_into_the_row_before():
    table = read("policy p { targets t {\n| a | b |\n| c | d |\n} }").body[0]
    assert [len(row.line.nodes("cell")) for row in table.body] == [2, 2]


def test_a_blank_line_ends_a_statement():
    found = parse(Source.of("policy p {\n  events a,\n\n  events b\n}")).findings
    assert [(finding.code, finding.place.line) for finding in found] == [("SLA114", 2)]


def test_a_comment_does_not_end_a_statement():
    assert lines("events a,  # one", "  # two", "  b") == ["events a , b"]


def test_a_word_begins_a_statement_and_is_a_name_elsewhere():
    lifecycle = read("policy p { lifecycle {\nstatus open\nstatus closed\nfrom open to closed when reopened\n} }").body[
        0
    ]
    transition = lifecycle.body[2].line
    assert [part.kind for part in transition.nodes()] == ["refs_or", "ref", "triggers"]


def test_a_phrase_is_one_word():
    target = read("policy p { target t: best   effort }").body[0]
    assert [token.text for token in target.tokens] == ["target", "t", ":", "best effort"]


def test_words_of_a_phrase_are_names_elsewhere():
    assert lines("events best, effort, calendar, days_off") == ["events best , effort , calendar , days_off"]


def test_a_quotation_mark_is_written_twice():
    (note,) = read('policy p { note "say ""yes"" now" }').body
    assert note.tokens[1].text == '"say ""yes"" now"'


def test_an_opening_brace_may_stand_on_a_line_of_its_own():
    assert read("policy p\n{\n  events a\n}").body[0].kind == "events"


@pytest.mark.parametrize("text", ["policy p {\r\n  events a\r\n}\r\n", "\ufeffpolicy p {\r  events a\r}"])
def test_line_ends_and_byte_order_marks_of_other_systems(text):
    source = Source.from_bytes(text.encode(), name="p.sla")
    outcome = parse(source)
    assert outcome.findings == ()
    assert outcome.value is not None
    assert outcome.value.statements[0].body[0].kind == "events"


def test_where_comments_belong():
    outcome = parse(
        Source.of(
            "# first\n\n# before\npolicy p {  # behind the brace\n"
            '  events a,  # inside\n    b  # behind\n  # before cite\n\n  cite "x"\n'
            "\n  # closing\n}  # behind the end\n# last\n"
        )
    )
    assert outcome.value is not None
    (policy,) = outcome.value.statements
    events, cite = policy.body
    assert policy.block is not None
    assert [comment.text for comment in policy.before] == ["# first", "# before"]
    assert [comment.blank_before for comment in policy.before] == [False, True]
    assert policy.suffix is not None
    assert policy.suffix.text == "# behind the brace"
    assert [comment.text for comment in events.before] == ["# inside"]
    assert events.suffix is not None
    assert events.suffix.text == "# behind"
    assert [comment.text for comment in cite.before] == ["# before cite"]
    assert cite.blank_before
    assert [comment.text for comment in policy.block.closing] == ["# closing"]
    assert policy.block.suffix is not None
    assert policy.block.suffix.text == "# behind the end"
    assert [comment.text for comment in outcome.value.closing] == ["# last"]


def test_a_sign_in_a_text_is_no_comment():
    (cite,) = read('policy p { cite "clause #4 { }" }').body
    assert cite.suffix is None


def test_trees_are_equal_whatever_the_spacing_and_the_comments():
    assert read("policy p { events a, b }") == read("# so\npolicy   p\n{\n\n  events a,\n  b  # or so\n}")
    assert read("policy p { events a, b }") != read("policy p { events b, a }")


def test_good_statements_around_a_bad_one_are_kept():
    outcome = parse(Source.of('policy p {\n  events a\n  evnts b {\n    note "n"\n  }\n  events c\n}'))
    assert outcome.value is not None
    (policy,) = outcome.value.statements
    assert [statement.kind for statement in policy.body] == ["events", "bad", "events"]
    assert [statement.kind for statement in policy.body[1].body] == ["note"]
    assert len(outcome.findings) == 1
