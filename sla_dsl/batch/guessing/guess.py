"""From the first rows of a log to the text of a mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sla_dsl.batch.guessing.meanings import found_in
from sla_dsl.batch.guessing.rows import layout
from sla_dsl.batch.guessing.sample import Sample
from sla_dsl.batch.guessing.times import times_in
from sla_dsl.batch.guessing.writing import Writer, accepting
from sla_dsl.checking.logs import check_log
from sla_dsl.policy.logs.mapping import FileForm
from sla_dsl.source import Source
from sla_dsl.syntax import parse

if TYPE_CHECKING:
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.vocabulary import Terms

_JOINED = ("concept:name", "lifecycle:transition")
"""Of an event log for process mining: the activity, and what of it happened."""


def guess(
    columns: Mapping[str, Sequence[str | None]], policy: Executable, *, name: str = "log", file: FileForm | None = None
) -> str:
    """The text of a mapping that seems to fit a log, in the canonical layout; `sla check` finds no mistake in it.

    `columns` are the first rows, some thousand if there are: the texts of each column, None where there is none. `file`
    is what had to be known to read them, and is repeated.

    Example: `guess({"id": ["1", "1"], "at": ["2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z"]}, policy)`.
    """
    terms = policy.terms
    sample = _sample(columns)
    times = times_in(sample)
    found = layout(sample, times)
    left = [one for one in sample.names if one not in times and one != found.ticket]
    meant = found_in(sample, terms, left, happening=found.rows == "entry")
    text = Writer(sample, terms, times, found, meant).text(name, file or FileForm(), policy.zone)
    return _accepted(text, terms)


def _sample(columns: Mapping[str, Sequence[str | None]]) -> Sample:
    """The columns; how far an activity went is no column of its own, and nothing where all of them went to the end."""
    activity, step = _JOINED
    if not {activity, step} <= set(columns):
        return Sample(columns)
    if len({text for text in columns[step] if text}) > 1:
        return Sample(columns, _JOINED)
    return Sample({name: texts for name, texts in columns.items() if name != step})


def _accepted(text: str, terms: Terms) -> str:
    """The text, with a reason to accept that the log does not give everything, where it does not."""
    tree = parse(Source.of(text)).value
    if tree is None or not any(finding.code == "SLA912" for finding in check_log(tree, terms).findings):
        return text
    return "".join(f"{line}\n" for line in accepting(text, "Guessed: no column seems to give them."))
