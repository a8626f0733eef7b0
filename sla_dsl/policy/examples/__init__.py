"""The `example` blocks of a policy: what each expects, and what comes out."""

from sla_dsl.policy.examples.running import ExampleResult, ExpectationResult, run_example, run_examples

__all__ = ["ExampleResult", "ExpectationResult", "run_example", "run_examples"]
