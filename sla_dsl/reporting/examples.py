"""The results of examples for people at a terminal: what failed, with what was expected and what came out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sla_dsl.reporting.excerpt import printable

if TYPE_CHECKING:
    from sla_dsl.policy.examples import ExampleResult, ExpectationResult

_VERDICTS = ("passed", "failed", "error")


def examples_text(name: str, results: Sequence[ExampleResult]) -> str:
    """What failed in a file, and the counts.

    Example: ends with `harbour.sla: 12 of 12 examples passed, 30 of 30 expectations`.
    """
    lines: list[str] = []
    for result in results:
        if not result.passed:
            lines += _failed(name, result)
    passed = sum(result.passed for result in results)
    counts = _counts(results)
    met, total = counts["passed"], sum(counts.values())
    rest = "".join(f", {counts[verdict]} {verdict}" for verdict in _VERDICTS[1:] if counts[verdict])
    if not results:
        return f'{name}: no examples. Add `example "…" {{ ticket … expect … }}`.'
    lines.append(f"{name}: {passed} of {len(results)} examples passed, {met} of {total} expectations{rest}")
    return "\n".join(printable(line) for line in lines)


def _failed(name: str, result: ExampleResult) -> Iterator[str]:
    yield f"{name}:{result.example.line}: example “{result.example.title}”"
    if not result.results:
        yield "  expects nothing"
    for one in result.results:
        if one.verdict != "passed":
            yield from _expectation(name, one)
    yield ""


def _expectation(name: str, one: ExpectationResult) -> Iterator[str]:
    yield f"  {one.verdict} at {name}:{one.expectation.line}"
    yield f"    expected  {one.expected}"
    if one.actual:
        yield f"    came out  {one.actual}"
    if one.why:
        yield f"    {one.why}"
    if one.expectation.because:
        yield f"    because   {one.expectation.because}"


def examples_data(name: str, results: Sequence[ExampleResult]) -> dict[str, Any]:
    """The same as plain data.

    Example: `{"file": "harbour.sla", "passed": 30, "failed": 0, …, "examples": […]}`.
    """
    return {
        "file": name,
        **_counts(results),
        "examples": [
            {
                "example": result.example.title,
                "line": result.example.line,
                "passed": result.passed,
                "expectations": [_expectation_data(one) for one in result.results],
            }
            for result in results
        ],
    }


def _expectation_data(one: ExpectationResult) -> dict[str, Any]:
    return {
        "line": one.expectation.line,
        "verdict": one.verdict,
        "expected": one.expected,
        "actual": one.actual,
        "why": one.why,
        "because": one.expectation.because,
        "clauses": list(one.clauses),
    }


def _counts(results: Sequence[ExampleResult]) -> dict[str, int]:
    verdicts = [one.verdict for result in results for one in result.results]
    return {verdict: verdicts.count(verdict) for verdict in _VERDICTS}
