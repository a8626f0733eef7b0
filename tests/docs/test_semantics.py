"""What the pages say comes out, comes out: Python as shown, and the examples of policies."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from sla_dsl import loads
from sla_dsl.checking.limits import MAX_CELLS, MAX_DIGITS
from sla_dsl.policy.examples import run_examples
from sla_dsl.source import MAX_FILE_BYTES
from sla_dsl.syntax.machine import MAX_NESTING
from sla_dsl.syntax.parsing import MAX_TOKENS
from sla_dsl.syntax.reading import MOST_FINDINGS
from sla_dsl.worktime.recipe import FIRST_YEAR, LAST_YEAR
from tests.docs.fragments import EXAMPLES, composed, is_complete
from tests.docs.pages import DOCS, Example, all_examples, examples, pages

WITH_EXAMPLES = [
    example
    for example in all_examples("sla")
    if not example.caption
    and not is_complete(example.text)
    and any(line.startswith("example ") for line in example.text.splitlines())
]
WITH_PYTHON = [page for page in pages() if examples(page, "pycon")]


def test_the_limits_are_those_of_the_package() -> None:
    text = (DOCS / "semantics" / "honesty.md").read_text(encoding="utf-8")
    limits = [MAX_FILE_BYTES, MAX_TOKENS, MAX_NESTING, MAX_CELLS, MAX_DIGITS, MOST_FINDINGS]
    shown = re.findall(r"^\| [a-z ]+ \| ([\d, to]+) \|$", text.partition("| limit |")[2], re.MULTILINE)
    assert shown == [*(f"{limit:,}" for limit in limits), f"{FIRST_YEAR} to {LAST_YEAR}"]


@pytest.mark.parametrize("example", WITH_EXAMPLES, ids=str)
def test_an_example_comes_out_as_it_says(example: Example) -> None:
    policy = loads(composed(example.text), folder=EXAMPLES)
    results = run_examples(policy)
    assert results
    ran = [result for example_ran in results for result in example_ran.results]
    assert [
        f"expected {result.expected}, got {result.actual} {result.why}" for result in ran if result.verdict != "passed"
    ] == []


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: str(page.relative_to(DOCS)))
def test_python_gives_what_the_page_shows(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    names: dict[str, object] = {}
    for shown in examples(page, "pycon"):
        test = parser.get_doctest(shown.text, names, str(shown), str(page), shown.line - 1)
        assert test.examples
        runner.run(test, clear_globs=False)
        names = test.globs
    assert runner.summarize(verbose=False).failed == 0
