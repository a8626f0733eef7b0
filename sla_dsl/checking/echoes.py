"""One mistake, one finding: what only repeats another finding is left out.

A statement that could not be read may have declared a name or filled a gap. Until it is mended, nobody can say what is
missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.syntax import Tree

_NEEDS_ALL = frozenset(
    kind.code
    for kind in (
        catalogue.UNUSED,
        catalogue.CLOCK_INCOMPLETE,
        catalogue.CLOCK_CHANGE,
        catalogue.CLOCK_REOPENING,
        catalogue.CLOCK_PAUSES,
        catalogue.MATRIX_GAP,
        catalogue.TARGET_GAP,
        catalogue.CHOICE_GAP,
        catalogue.CALENDAR_CHOICE_GAP,
        catalogue.DUTY_INCOMPLETE,
        catalogue.NOTHING_SAID,
        catalogue.NO_CREATED,
        catalogue.NO_SOURCE,
        catalogue.UNCITED,
        catalogue.NUMBER_NOT_CITED,
        catalogue.NOT_COVERED,
        catalogue.CALENDAR_NEVER_OPEN,
        catalogue.CALENDAR_ZONE,
        catalogue.YEARS_NOT_SAID,
        catalogue.NOT_CHOSEN,
        catalogue.ONE_READING,
        catalogue.EMPTY_READINGS,
        catalogue.REPLACES_NOTHING,
        catalogue.NOTHING_EXPECTED,
        catalogue.ACCEPTED_NOTHING,
        catalogue.LANGUAGE_VERSION,
        catalogue.AMENDS_NOTHING,
    )
)
_GAPS = frozenset(kind.code for kind in (catalogue.MATRIX_GAP, catalogue.TARGET_GAP, catalogue.CALENDAR_CHOICE_GAP))


def without_echoes(tree: Tree, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stand on their own."""
    found = list(findings)
    damaged = [s for s in tree.walk() if s.is_bad]
    words = {word for s in damaged for word in re.findall(r"\w+", tree.source.slice(s.span))}
    unknown_levels = any(f.kind is catalogue.UNKNOWN_NAME and f.fields.get("kind") == "level" for f in found)
    kept: list[Finding] = []
    for finding in found:
        echo = (
            (damaged and finding.code in _NEEDS_ALL)
            or (finding.kind is catalogue.UNKNOWN_NAME and finding.fields["name"] in words)
            or (unknown_levels and finding.code in _GAPS)
        )
        if not echo:
            kept.append(finding)
    return kept
