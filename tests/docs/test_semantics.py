"""What the pages say comes out, comes out: Python as shown, and the examples of policies."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from sla_dsl import loads
from sla_dsl.policy.examples import run_examples
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
EXPECTED_VERDICTS = {"passed", "not executed"}


@pytest.mark.parametrize("example", WITH_EXAMPLES, ids=str)
def test_an_example_comes_out_as_it_says(example: Example) -> None:
    policy = loads(composed(example.text), folder=EXAMPLES)
    results = run_examples(policy)
    assert results
    ran = [result for example_ran in results for result in example_ran.results]
    assert [
        f"expected {result.expected}, got {result.actual} {result.why}"
        for result in ran
        if result.verdict not in EXPECTED_VERDICTS
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
