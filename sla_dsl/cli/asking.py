"""The policy that a verb is about: the argument POLICY and the options that every verb with one has."""

from __future__ import annotations

import sys
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from sla_dsl.cli.output import mention_warnings
from sla_dsl.pipeline import Policy, read
from sla_dsl.resources import shipped_policy
from sla_dsl.source import MAX_FILE_BYTES, Source, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    F = TypeVar("F", bound=Callable[..., Any])

STANDARD_INPUT = "-"


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


def text_of(name: str, *, written: bool = False) -> tuple[Source, Path]:
    """The text that POLICY names, and the folder of its sources; a shipped policy compiled or as written."""
    if name == STANDARD_INPUT:
        return standard_input(), Path()
    path = Path(name) if is_file_name(name) else shipped_policy(name, "sla" if written else "json")
    return Source.read(path), path.parent


def is_file_name(name: str) -> bool:
    """Whether this names a file and not a shipped policy."""
    return Path(name).suffix.casefold() in {".sla", ".json"} or Path(name).name != name or Path(name).is_file()


def standard_input() -> Source:
    """What comes in on standard input; its sources lie in the working directory."""
    name = "<standard input>"
    if sys.stdin is None:
        raise UnreadableSource(f"{name} is closed.")
    return Source.from_bytes(sys.stdin.buffer.read(MAX_FILE_BYTES + 1), name=name)


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
