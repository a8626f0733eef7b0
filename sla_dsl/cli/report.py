"""`sla report`: what a whole log comes to under a policy, or under two."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click
from attrs import evolve

from sla_dsl.cli.asking import Choices, about_a_policy, asked, chosen, policy_of
from sla_dsl.cli.endings import ANSWERED, FOUND
from sla_dsl.cli.output import Form, answer, form_option, in_colour, page_width
from sla_dsl.cli.overwriting import beside, refuse_overwriting
from sla_dsl.cli.progress import shown_progress
from sla_dsl.cli.texts import STANDARD_INPUT

if TYPE_CHECKING:
    from sla_dsl.batch.inputs import Log
    from sla_dsl.batch.running import Wish
    from sla_dsl.pipeline import Policy
    from sla_dsl.policy.logs.comparison import Comparison
    from sla_dsl.policy.logs.summary import Summary

_WORST = 5


class Options(Choices):
    """The options of the command as click gives them."""

    mapping: str | None
    at: str | None
    columns: tuple[str, ...]
    worst: int | None
    form: Form
    html: str | None
    tickets: str | None
    listed: str | None
    against: str | None
    against_annexes: tuple[str, ...]
    against_values: tuple[str, ...]
    against_unset: tuple[str, ...]
    against_readings: tuple[str, ...]
    flips: str | None
    guess: bool


@click.command(
    "report",
    short_help="Report on a whole log, or compare two policies on it.",
    epilog="Example: sla report incidents.sla incidents.csv.gz --map log.sla --html report.html",
)
@about_a_policy
@click.argument("logs", metavar="LOG...", nargs=-1, required=True)
@click.option("--map", "mapping", metavar="FILE", help="What the columns and values of the log mean.")
@click.option("--guess", is_flag=True, help="Propose a mapping for the log, and do nothing else.")
@click.option("--at", metavar="TIME", help="The instant, with an offset; without, the latest in the log.")
@click.option("--by", "columns", metavar="COLUMN", multiple=True, help="Group by a column of the log too.")
@click.option("--worst", metavar="N", type=click.IntRange(0, 100), help=f"How many of the latest tickets ({_WORST}).")
@form_option
@click.option("--html", metavar="FILE", help="Write a page with plots, too.")
@click.option("-o", "--tickets", metavar="FILE", help="Write every answer: .parquet, .csv or .arrow.")
@click.option("--listed", metavar="FILE", help="Write the rows that could not be used, likewise.")
@click.option("--against", metavar="POLICY", help="Compare with the same log under this policy.")
@click.option("--against-annex", "against_annexes", metavar="FILE", multiple=True, help="An annex on that policy.")
@click.option("--against-set", "against_values", metavar="PARAMETER=VALUE", multiple=True, help="A value there.")
@click.option("--against-unset", "against_unset", metavar="PARAMETER", multiple=True, help="No default there.")
@click.option(
    "--against-reading", "against_readings", metavar="AMBIGUITY=READING", multiple=True, help="A reading there."
)
@click.option("--flips", metavar="FILE", help="Write the cycles whose verdict is another, likewise.")
def command(policy: str, logs: tuple[str, ...], **options: Unpack[Options]) -> int:
    """Report on a whole log: how many tickets were in time, by priority, clock and month, and which were latest.

    LOG is a file of CSV, JSON Lines, Parquet or XES, also several, or a pattern in quotation marks. A mapping says what
    its columns mean; none is needed where they are called as in a ticket. A row that cannot be used is listed, and the
    exit code is then 1.

    With --against, or any option that begins so, the log is asked under two policies: what becomes of each verdict, and
    by how much. Without --against itself, the second is the first with what else is chosen for it.
    """
    if options["guess"]:
        return _guess(policy, logs, options)
    compared = _is_compared(options)
    _check(policy, logs, options, compared=compared)
    from sla_dsl.batch.running import Course

    in_force = asked(policy, _own(options))
    other = _other(in_force, options) if compared else None
    _check_sources(policy, in_force, other, options)
    wish = _wish(options)
    log = _opened(in_force, other, logs, options)
    course = Course(log)
    with shown_progress(Path(log.names[0]).name, course.so_far):
        found = _found(in_force, other, log, options["at"], evolve(wish, course=course))
    _print(found, options)
    return FOUND if found.rows.listed else ANSWERED


def _guess(policy: str, logs: tuple[str, ...], options: Options) -> int:
    """Prints a mapping that seems to fit a log."""
    if options["mapping"] is not None or len(logs) != 1 or STANDARD_INPUT in logs:
        raise click.UsageError("--guess looks at one file, without --map.")
    from sla_dsl.batch.guessing import guess_file

    text = guess_file(logs[0], asked(policy, _own(options)))
    answer(options["form"], lambda: {"mapping": text}, lambda: text)
    return ANSWERED


def _check(policy: str, logs: tuple[str, ...], options: Options, *, compared: bool) -> None:
    """Refuses what cannot be meant, before anything is read."""
    if STANDARD_INPUT in logs:
        raise click.UsageError("a log cannot come from standard input: it is read more than once.")
    if options["flips"] is not None and not compared:
        raise click.UsageError("--flips needs something to compare with: --against, or an option that begins so.")
    if options["columns"] and compared:
        raise click.UsageError("--by cannot be combined with --against.")
    if options["worst"] is not None and compared:
        raise click.UsageError("--worst cannot be combined with --against.")
    written = _written(options)
    if len({path.resolve() for path in written}) < len(written):
        raise click.UsageError("two of the files to write are the same.")
    if written:
        from sla_dsl.batch.inputs.opening import paths_of

        named = (policy, *options["annexes"], options["against"], *options["against_annexes"], options["mapping"])
        refuse_overwriting(written, [*map(Path, filter(None, named)), *chain.from_iterable(map(paths_of, logs))])


def _written(options: Options) -> list[Path]:
    names = (options["html"], options["tickets"], options["listed"], options["flips"])
    return [Path(name) for name in names if name is not None]


def _check_sources(policy: str, in_force: Policy, other: Policy | None, options: Options) -> None:
    """Refuses to overwrite what the policies were read with, before the log is."""
    for name in (policy, *options["annexes"]):
        refuse_overwriting(_written(options), beside(name, in_force))
    if other is not None:
        for name in (options["against"], *options["against_annexes"]):
            refuse_overwriting(_written(options), () if name is None else beside(name, other))


def _is_compared(options: Options) -> bool:
    names = ("against", "against_annexes", "against_values", "against_unset", "against_readings")
    return any(options[name] for name in names)


def _own(options: Options) -> Choices:
    return {
        "annexes": options["annexes"],
        "values": options["values"],
        "unset": options["unset"],
        "readings": options["readings"],
    }


def _other(policy: Policy, options: Options) -> Policy:
    """The policy to compare with: the one that is named, else the same; with what is chosen for it."""
    choices: Choices = {
        "annexes": options["against_annexes"],
        "values": options["against_values"],
        "unset": options["against_unset"],
        "readings": options["against_readings"],
    }
    return chosen(policy if options["against"] is None else policy_of(options["against"]), choices)


def _wish(options: Options) -> Wish:
    from sla_dsl.batch.running import Files, Wish
    from sla_dsl.files import check_place

    paths = [None if name is None else Path(name) for name in (options["tickets"], options["flips"], options["listed"])]
    worst = _WORST if options["worst"] is None else options["worst"]
    wish = Wish(options["columns"], worst, files=Files(*paths))
    wish.files.check()
    if options["html"] is not None:
        check_place(Path(options["html"]))
    return wish


def _opened(policy: Policy, other: Policy | None, logs: tuple[str, ...], options: Options) -> Log:
    """The log, with its mapping; that it fits the other policy too is made sure before anything is read."""
    from sla_dsl.batch.running import opened
    from sla_dsl.pipeline import load_mapping, mapping_for

    mapping = None if options["mapping"] is None else load_mapping(options["mapping"], policy)
    if mapping is not None and other is not None:
        mapping_for(mapping, other)
    return opened(list(logs), policy, mapping, options["columns"])


def _found(policy: Policy, other: Policy | None, log: Log, at: str | None, wish: Wish) -> Summary | Comparison:
    from sla_dsl.batch.running import compare, summarize

    return summarize(policy, log, at=at, wish=wish) if other is None else compare(policy, other, log, at=at, wish=wish)


def _print(found: Summary | Comparison, options: Options) -> None:
    from sla_dsl.reporting.logs import log_page, log_text

    # What is printed is there even if the disk is full by now.
    answer(options["form"], found.to_dict, lambda: log_text(found, width=page_width(), colour=in_colour()))
    if options["html"] is not None:
        from sla_dsl.files import write_whole

        write_whole(Path(options["html"]), log_page(found))
