"""Findings for people at a terminal: what is wrong, the line with the place underlined, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from sla_dsl.diagnostics import Finding, Place, Severity
from sla_dsl.reporting.excerpt import excerpt, printable

_RED, _YELLOW, _BLUE, _BOLD, _PLAIN = "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"
_MOST_RELATED = 5


def render(finding: Finding, *, colour: bool = False) -> str:
    """One finding, with its further places, as lines of text. Without `colour` there are no control characters in it.

    Example: begins with ``error SLA103: this text has no closing `"` ``.
    """
    return _Renderer(finding, colour).text()


def render_all(findings: Iterable[Finding], *, colour: bool = False) -> str:
    """Findings one after the other, with a blank line after each."""
    return "".join(f"{render(finding, colour=colour)}\n\n" for finding in findings)


def summary(findings: Iterable[Finding]) -> str:
    """How many findings there are of each sort.

    Example: `2 errors, 1 warning, 1 accepted warning`.
    """
    sorts = [_sort(finding) for finding in findings]
    counted = [(sorts.count(sort), sort) for sort in ("error", "warning", "accepted warning")]
    return ", ".join(f"{count} {sort}{'' if count == 1 else 's'}" for count, sort in counted if count) or "no findings"


def _sort(finding: Finding) -> str:
    return str(finding.severity) if finding.accepted_because is None else f"accepted {finding.severity}"


@frozen
class _Renderer:
    finding: Finding
    colour: bool

    def text(self) -> str:
        """The whole finding."""
        finding = self.finding
        ink = _RED if finding.severity is Severity.ERROR and finding.accepted_because is None else _YELLOW
        title = (
            f"{self._in(ink, f'{_sort(finding)} {finding.code}')}{self._in(_BOLD, f': {printable(finding.message)}')}"
        )
        lines = [title, *self._place(finding.place, "^", ink)]
        for place, text in finding.related[:_MOST_RELATED]:
            lines += self._place(place, "-", _BLUE, text)
        if len(finding.related) > _MOST_RELATED:
            lines.append(self._note(f"and {len(finding.related) - _MOST_RELATED} more places"))
        if finding.help:
            lines.append(self._note(f"help: {finding.help}"))
        if finding.accepted_because is not None:
            lines.append(self._note(f"accepted: {finding.accepted_because}"))
        return "\n".join(lines)

    def _place(self, place: Place, mark: str, ink: str, text: str = "") -> Iterator[str]:
        """Where something is, and the line it is in."""
        source, span = place.source, place.span
        position = source.position(span.start)
        line = source.line(position.line)
        start = position.column - 1
        shown = excerpt(line, start, min(start + span.end - span.start, max(len(line), start)))
        number = str(position.line)
        margin = " " * self._margin
        arrow = self._in(_BLUE, "-->" if mark == "^" else ":::")
        yield f"{margin}{arrow} {printable(str(place))}"
        yield f"{margin} {self._in(_BLUE, '|')}"
        yield f"{self._in(_BLUE, f'{number:>{self._margin}} |')} {shown.text}".rstrip()
        under = f"{' ' * shown.before}{self._in(ink, mark * shown.width + (f' {printable(text)}' if text else ''))}"
        yield f"{margin} {self._in(_BLUE, '|')} {under}"

    def _note(self, text: str) -> str:
        return f"{' ' * self._margin} {self._in(_BLUE, '=')} {printable(text)}"

    @property
    def _margin(self) -> int:
        """Room for the longest line number."""
        places = [self.finding.place, *(place for place, _ in self.finding.related[:_MOST_RELATED])]
        return max(len(str(place.line)) for place in places)

    def _in(self, ink: str, text: str) -> str:
        return f"{ink}{text}{_PLAIN}" if self.colour else text
