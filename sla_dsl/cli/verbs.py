"""The verbs by name. A verb's module is imported when it is asked for, so that each starts as fast as it can."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sla_dsl.cli.endings import code_of, quietly
from sla_dsl.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

VERBS = {
    "check": "Find what is wrong in policies, annexes and mappings of logs.",
    "fmt": "Lay out policies in the one canonical way.",
    "compile": "Write the compiled form of a policy.",
    "show": "Show a policy: what it declares, and what it leaves open.",
    "coverage": "Show what became of every sentence of the sources.",
    "priority": "Say which priority a ticket has, and why.",
    "due": "Say when a clock is due, and why.",
    "evaluate": "Evaluate tickets at an instant.",
    "report": "Report on a whole log, or compare two policies on it.",
    "test": "Run the examples in policies.",
}
RESERVED = frozenset("diff render serve lsp new explain export import approve".split())


class Verbs(click.Group):
    """The command `sla`."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
        self.params.append(_version_option())

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The verbs in the order in which one meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """A verb's command, from its module."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"sla_dsl.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The list of verbs in the help text, made without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was asked for, or advice."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            ctx.fail(_no_such_verb(args[0]))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> int:
        """Runs a verb; here, because click would say something when it is interrupted."""
        return code_of(lambda: super(Verbs, self).invoke(ctx))

    def main(self, args: Sequence[str] | None = None, *more: Any, **settings: Any) -> NoReturn:
        """Runs the command and ends the process; never with a traceback for what a user wrote."""
        run = super().main
        quietly(lambda: run(args, *more, **{**settings, "standalone_mode": False}))


def _no_such_verb(name: str) -> str:
    if name in RESERVED:
        return f"`{name}` is reserved for a later version of sla; it cannot be executed yet."
    near = nearest(name, VERBS)
    return f"there is no command `{name}`; " + (f"did you mean `{near}`?" if near else f"there is {_list()}.")


def _list() -> str:
    return ", ".join(f"`{verb}`" for verb in VERBS)


def _version_option() -> click.Option:
    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_version,
        help="Show the version and exit.",
    )


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's
    if value:
        from importlib.metadata import version

        click.echo(f"sla {version('sla-dsl')}")
        ctx.exit()
