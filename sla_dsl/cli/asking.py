"""The policy that a verb is about: the argument POLICY and the options that every verb with one has."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from sla_dsl.cli.output import mention_warnings
from sla_dsl.cli.texts import text_of
from sla_dsl.pipeline import Policy, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    F = TypeVar("F", bound=Callable[..., Any])


class Choices(TypedDict):
    """The common options as click gives them."""

    annexes: tuple[str, ...]
    values: tuple[str, ...]
    unset: tuple[str, ...]
    readings: tuple[str, ...]


_COMMON = (
    click.argument("policy", metavar="POLICY"),
    click.option("--annex", "annexes", metavar="FILE", multiple=True, help="Put an annex on the policy."),
    click.option("--set", "values", metavar="PARAMETER=VALUE", multiple=True, help="Give a parameter a value."),
    click.option("--unset", "unset", metavar="PARAMETER", multiple=True, help="Take away a parameter's default."),
    click.option("--reading", "readings", metavar="AMBIGUITY=READING", multiple=True, help="Choose a reading."),
)


def about_a_policy(function: F) -> F:
    """Gives a verb the argument POLICY and the common options; `asked` makes the policy of them."""
    return reduce(lambda made, decorate: decorate(made), reversed(_COMMON), function)


def asked(name: str, choices: Choices) -> Policy:
    """The policy called so, with the annexes, values and readings that were asked for."""
    return chosen(policy_of(name), choices)


def policy_of(name: str) -> Policy:
    """The policy of a file, of standard input, or a shipped one."""
    return read(*text_of(name))


def chosen(policy: Policy, choices: Choices) -> Policy:
    """A policy with its annexes, and then the values and readings that were asked for."""
    for annex in choices["annexes"]:
        policy = policy.annex(annex)
    given = {**dict.fromkeys(choices["unset"]), **pairs("--set", choices["values"])}
    clash = next((name for name in choices["unset"] if given[name] is not None), None)
    if clash is not None:
        raise click.UsageError(f"`{clash}` cannot be set and unset at once.")
    policy = policy.set(**given).reading(**pairs("--reading", choices["readings"]))
    mention_warnings(policy)
    return policy


def pairs(what: str, given: Iterable[str]) -> dict[str, str]:
    """What was given as NAME=VALUE; a name may stand once."""
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not (name and equals):
            raise click.UsageError(f"{what} `{pair}`: write a name and a value, NAME=VALUE.")
        if name in found:
            raise click.UsageError(f"{what} `{name}` is given twice.")
        found[name] = value
    return found
