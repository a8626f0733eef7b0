"""How the command ends: exit codes, errors in plain words, and a quiet end when the reader has gone.

0 answered; 1 findings; 2 wrong usage or unreadable input. Stopped by Ctrl-C: 130, by a reader who has gone: 141, as
shells count them.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from sla_dsl.errors import SlaError

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWERED, FOUND, WRONG = 0, 1, 2
_INTERRUPTED = 130
_NOBODY_READS = 141


def quietly(run: Callable[[], object]) -> NoReturn:
    """Runs the command and ends with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdout is None:
        sys.exit(_complain("the answer cannot be written: standard output is closed"))
    sys.exit(code_of(lambda: _finished(run)))


def code_of(run: Callable[[], object]) -> int:
    """The exit code of a part of the command, and a quiet end where it was stopped or nobody reads on."""
    try:
        code = run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _forget(sys.stdout)
        return _NOBODY_READS
    except OSError as error:
        _forget(sys.stdout)
        return _complain(f"the answer cannot be written: {error.strerror or error}")
    return code if isinstance(code, int) else ANSWERED


def _finished(run: Callable[[], object]) -> object:
    try:
        return run()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SlaError as error:
        return _code_of_error(error)


def _code_of_error(error: SlaError) -> int:
    from sla_dsl.pipeline import PolicyError

    if isinstance(error, PolicyError):
        from sla_dsl.cli.output import print_findings

        print_findings(error.findings, err=True)
        return FOUND
    return _complain(str(error))


def _complain(text: str) -> int:
    complain(text)
    return WRONG


def complain(text: str) -> None:
    """Says on standard error what went wrong; what a file or argument contains does not reach the terminal raw."""
    from sla_dsl.reporting.excerpt import printable

    click.echo("Error: " + "\n".join(printable(line) for line in text.splitlines()), err=True)


def _forget(stream: TextIO) -> None:
    """Nobody reads this stream any more: what is still in it must not be tried again when Python ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
