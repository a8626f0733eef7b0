"""Policies looked at as a whole: their examples, their coverage, and whether holidays have moved since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.pipeline.errors import NeedsSources, PolicyError
from sla_dsl.pipeline.phases import check, is_compiled
from sla_dsl.pipeline.policy import Policy, from_json
from sla_dsl.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sla_dsl.diagnostics import Finding
    from sla_dsl.model import Model
    from sla_dsl.policy.examples import ExampleResult


def moved_holidays(source: Source) -> tuple[Finding, ...]:
    """The warnings that today's holiday data gives other dates than a compiled policy carries (T8).

    Raises `SlaError` where the text is no compiled policy.
    """
    from sla_dsl.analysis.pinned_dates import moved
    from sla_dsl.diagnostics import Place, catalogue

    policy = from_json(source.text)
    start = max(0, source.text.find('"pinned"'))
    place = Place(source, Span(start, start + len('"pinned"')))
    parts = ((policy.document, None), *((annex, policy.document) for annex in policy.annexes))
    return tuple(
        catalogue.HOLIDAYS_CHANGED(place, what=what) for document, base in parts for what in moved(document, base)
    )


def run_examples(policy: Policy) -> tuple[tuple[str, tuple[ExampleResult, ...]], ...]:
    """What came out of each `example` block, after the id of the policy or annex in which it stands.

    Examples of the policy are run without its annexes, those of an annex with all of them; readings and values that
    were chosen on top are left aside.

    Example: `all(result.passed for _, results in run_examples(load(path)) for result in results)`.
    """
    from sla_dsl.policy.examples import run_example

    own, amended = Policy(policy.document), Policy(policy.document, policy.annexes)
    asked = [(own, policy.document), *((amended, annex) for annex in policy.annexes)]
    return tuple((part.id, tuple(run_example(of, example) for example in part.examples)) for of, part in asked)


def coverage(policy: Policy, texts: Iterable[tuple[Source, Path]]) -> dict[str, Any]:
    """What became of every unit of the sources, and which examples of the policy reach each clause (H2).

    `texts` are the policy as written and its annexes, each with the folder of its sources.

    Raises:
        NeedsSources: a text is compiled, and has no sources.
        PolicyError: a text has mistakes.

    Example: `coverage(load(path), [(Source.read(path), path.parent)])["sources"][0]["covered"]`.
    """
    base = Policy(policy.document)
    models = [_model(source, folder, base) for source, folder in texts]
    from sla_dsl.analysis.coverage import coverage as covered

    return covered(models, policy.terms, [result for _, results in run_examples(policy) for result in results])


def _model(source: Source, folder: Path, base: Policy) -> Model:
    if is_compiled(source):
        raise NeedsSources(source.name)
    found = check(source, folder, base=base)
    if found.model is None:
        raise PolicyError(found.findings)
    return found.model
