"""Examples made of single expectations, each with a ticket: what comes out of each."""

from __future__ import annotations

from collections.abc import Iterable

from sla_dsl import Policy
from sla_dsl.policy.examples import ExpectationResult, run_examples


def examples(cases: Iterable[tuple[str, str]]) -> str:
    """An example for each case: the lines of its ticket, and what is expected of it."""
    return "\n".join(
        f'example "case {number}" {{{lines}expect {expected}\n}}' for number, (lines, expected) in enumerate(cases)
    )


def outcomes(policy: Policy) -> list[ExpectationResult]:
    """What comes out of every expectation of a policy, in order."""
    return [one for result in run_examples(policy) for one in result.results]
