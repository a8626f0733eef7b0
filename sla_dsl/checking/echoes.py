"""One mistake, one finding: what only repeats another finding is left out.

A statement that could not be read may have declared a name or filled a gap. Until it is mended, nobody can say what is
missing. In the same way a level that nobody declared leaves gaps, and a document that cannot be read leaves values
without evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from sla_dsl.diagnostics import Finding, Kind, Place, catalogue
from sla_dsl.source import Span
from sla_dsl.syntax import Statement, Tree
from sla_dsl.syntax.placement import FILE, allowed_in

_CONDITIONS = frozenset(
    {
        catalogue.NEVER_HOLDS,
        catalogue.ALWAYS_HOLDS,
        catalogue.DEAD_BRANCH,
        catalogue.CHOICE_GAP,
        catalogue.LEVELS_OVERLAP,
    }
)
_NEEDS_ALL = frozenset(
    {
        catalogue.UNUSED,
        catalogue.CLOCK_INCOMPLETE,
        catalogue.CLOCK_CHANGE,
        catalogue.CLOCK_REOPENING,
        catalogue.CLOCK_PAUSES,
        catalogue.MATRIX_GAP,
        catalogue.TARGET_GAP,
        catalogue.CALENDAR_CHOICE_GAP,
        catalogue.CALENDAR_BROKEN,
        catalogue.CALENDAR_NEVER_OPEN,
        catalogue.CALENDAR_ZONE,
        catalogue.DUTY_INCOMPLETE,
        catalogue.NOTHING_SAID,
        catalogue.NO_CREATED,
        catalogue.NO_SOURCE,
        catalogue.UNCITED,
        catalogue.NUMBER_NOT_CITED,
        catalogue.NOT_COVERED,
        catalogue.UNKNOWN_CELL,
        catalogue.YEARS_NOT_SAID,
        catalogue.NOT_CHOSEN,
        catalogue.ONE_READING,
        catalogue.EMPTY_READINGS,
        catalogue.OVERLAP,
        catalogue.REPLACES_NOTHING,
        catalogue.NOTHING_EXPECTED,
        catalogue.ACCEPTED_NOTHING,
        catalogue.LANGUAGE_VERSION,
        catalogue.AMENDS_NOTHING,
        catalogue.NO_HEADER,
        catalogue.OVERLAPPING_TARGETS,
        catalogue.ONCE_ONLY,
        catalogue.SAME_LABEL,
        catalogue.OVERRIDES_CIRCLE,
        catalogue.DROPPED_IN_USE,
        catalogue.ROWS_NOT_SAID,
        catalogue.NO_TICKET_COLUMN,
        catalogue.NO_TIME_COLUMN,
        catalogue.LOG_ZONE,
        catalogue.NOT_GIVEN,
        *_CONDITIONS,
    }
)
"""What can only be said of a policy that was read as a whole."""

_TABLE = frozenset({catalogue.NO_HEADER, catalogue.ROW_LENGTH, catalogue.CALENDAR_ROW, catalogue.EMPTY_MATRIX_CELL})
_GAPS = frozenset(
    {
        catalogue.MATRIX_GAP,
        catalogue.TARGET_GAP,
        catalogue.CALENDAR_CHOICE_GAP,
        catalogue.REPLACES_NOTHING,
        catalogue.OVERLAPPING_TARGETS,
        catalogue.UNKNOWN_CELL,
        catalogue.EMPTY_READINGS,
    }
)
_EVIDENCE = frozenset({catalogue.UNCITED, catalogue.NUMBER_NOT_CITED, catalogue.NOT_COVERED})
_HOURS = frozenset({catalogue.CALENDAR_BROKEN, catalogue.CALENDAR_NEVER_OPEN, catalogue.CALENDAR_ZONE})
_UNREAD_TESTS = frozenset(
    {catalogue.WRONG_VALUE, catalogue.WRONG_COMPARISON, catalogue.NOT_YES_OR_NO, catalogue.NOT_AN_EVENT}
)
_INCOMPLETE = frozenset(
    {
        catalogue.CLOCK_INCOMPLETE,
        catalogue.CLOCK_CHANGE,
        catalogue.CLOCK_REOPENING,
        catalogue.CLOCK_PAUSES,
        catalogue.DUTY_INCOMPLETE,
        catalogue.NOTHING_SAID,
        catalogue.UNCITED,
        catalogue.NOT_CHOSEN,
        catalogue.ONE_READING,
        catalogue.EMPTY_READINGS,
        catalogue.CALENDAR_NEVER_OPEN,
        catalogue.CALENDAR_ZONE,
        catalogue.YEARS_NOT_SAID,
        catalogue.NOTHING_EXPECTED,
        catalogue.DROPPED_IN_USE,
    }
)
_WHEN = frozenset(
    {
        catalogue.BAD_TIME,
        catalogue.EMPTY_WINDOW,
        catalogue.NO_SUCH_DATE,
        catalogue.BACKWARDS,
        catalogue.STRETCH_ALONE,
    }
)


@frozen
class _Echo:
    """Findings of some kinds that other findings cause."""

    causes: frozenset[Kind]
    effects: frozenset[Kind]


_ECHOES = (
    _Echo(_TABLE | {catalogue.WHICH_LEVEL}, _GAPS),
    _Echo(frozenset({catalogue.SOURCE_UNREADABLE, catalogue.SOURCE_OUTSIDE}), _EVIDENCE),
    _Echo(_UNREAD_TESTS, _CONDITIONS),
    _Echo(frozenset({catalogue.UNKNOWN_WAY}), frozenset({catalogue.CLOCK_CHANGE, catalogue.CLOCK_REOPENING})),
    _Echo(frozenset({catalogue.TARGET_GAP}), frozenset({catalogue.REPLACES_NOTHING})),
)


def without_echoes(tree: Tree, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stand on their own, each once.

    Example: a `level` line that could not be read causes one finding, and none for the row that names the level.
    """
    found = list(dict.fromkeys(map(_Same, findings)))
    kept = [same.finding for same in found]
    damaged = list(_damaged(FILE, tree.statements))
    silent = set[Kind]().union(*(_effects(kept)))
    if damaged:
        silent |= _NEEDS_ALL
    lost_heading = any(statement.body or statement.tokens[0].kind == "LBRACE" for statement in damaged)
    words = {word for statement in damaged for word in re.findall(r"\w+", tree.source.slice(_whole(statement)))}
    broken, twice = _calendars_with(tree, kept), _declared_twice(kept)
    return [
        finding
        for finding in kept
        if finding.kind not in silent
        and not _is_lost_name(finding, words, lost_heading=lost_heading)
        and not (finding.kind in _HOURS and finding.place.span in broken)
        and not (finding.kind in _INCOMPLETE and finding.place in twice)
    ]


def _whole(statement: Statement) -> Span:
    """A statement with its block."""
    return statement.span if statement.block is None else statement.span.to(statement.block.span)


def _declared_twice(findings: list[Finding]) -> set[Place]:
    """Where something is declared a first or a second time: one of the two may well be empty."""
    clashes = [finding for finding in findings if finding.kind is catalogue.DUPLICATE]
    return {place for f in clashes for place in (f.place, *(place for place, _ in f.related))}


@frozen(eq=False)
class _Same:
    """A finding that equals another one of the same kind, place and words."""

    finding: Finding

    def __hash__(self) -> int:
        return hash((self.finding.code, self.finding.place.span))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and (self.finding.kind, self.finding.place, self.finding.fields) == (
            other.finding.kind,
            other.finding.place,
            other.finding.fields,
        )


def _calendars_with(tree: Tree, findings: list[Finding]) -> set[Span]:
    """The lines of the calendars in which a time, date or window is wrong."""
    wrong = [finding.place.span for finding in findings if finding.kind in _WHEN]
    blocks = [(s.line.span, s.block.span) for s in tree.walk() if s.block is not None and wrong]
    return {line for line, block in blocks if any(block.start <= span.start < block.end for span in wrong)}


def _effects(findings: list[Finding]) -> Iterator[frozenset[Kind]]:
    kinds = {finding.kind for finding in findings}
    yield from (echo.effects for echo in _ECHOES if kinds & echo.causes)
    unknown = {f.fields["kind"] for f in findings if f.kind is catalogue.UNKNOWN_NAME}
    if unknown & {"level", "choice", "scale", "clock", "fact"}:
        yield _GAPS
        yield _CONDITIONS
    if "source" in unknown:
        yield _EVIDENCE


def _damaged(block: str, statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """The statements that could not be read, or stand where they say nothing."""
    for statement in statements:
        if statement.is_bad or statement.kind not in allowed_in(block):
            yield statement
        else:
            yield from _damaged(statement.kind, statement.body)


def _is_lost_name(finding: Finding, words: set[str], *, lost_heading: bool) -> bool:
    """Whether an unknown name was declared where the text could not be read.

    A heading that is lost with its line leaves no trace of its name; a name that nearly exists is another mistake.
    """
    if finding.kind is not catalogue.UNKNOWN_NAME:
        return False
    known = {finding.fields["name"], finding.fields["owner"]} & words
    return bool(known) or (lost_heading and "Did you mean" not in finding.help)
