"""The source documents that a policy names: read from its folder, never from outside of it (SEMANTICS H1, B)."""

from __future__ import annotations

from pathlib import Path

from sla_dsl.checking.words import unquoted
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.evidence import Document as SourceText
from sla_dsl.policy.terms.document import SourceDocument
from sla_dsl.source import Source, UnreadableSource
from sla_dsl.syntax import Statement


class Sources:
    """The documents of a policy: their texts by name, how they are pinned, and what was wrong with them.

    A document that could not be read has no text; what is quoted from it is not judged.
    """

    def __init__(self) -> None:
        self.texts: dict[str, SourceText | None] = {}
        self.pinned: list[SourceDocument] = []
        self.findings: list[Finding] = []

    @property
    def readable(self) -> dict[str, SourceText]:
        """The documents that could be read, in the order written."""
        return {name: text for name, text in self.texts.items() if text is not None}

    def add(self, statement: Statement, policy: Source, folder: Path | None) -> None:
        """Reads the document of one `source` statement."""
        name_token, *pins = statement.line.tokens("STRING")
        name = unquoted(name_token)
        place = Place(policy, name_token.span)
        source = self._read(name, place, folder)
        if source is None:
            self.texts.setdefault(name, None)
            return
        self.texts[name] = SourceText(source)
        self.pinned.append(SourceDocument(name=name, sha256=source.sha256))
        if not pins:
            self.findings.append(catalogue.SOURCE_NOT_PINNED(place, name=name, sha256=source.sha256))
        elif unquoted(pins[0]).lower() != source.sha256:
            self.findings.append(catalogue.SOURCE_CHANGED(Place(policy, pins[0].span), name=name, sha256=source.sha256))

    def _read(self, name: str, place: Place, folder: Path | None) -> Source | None:
        if folder is None:
            problem = f"`{name}` cannot be read: the policy was given as text, without a folder"
            self.findings.append(catalogue.SOURCE_UNREADABLE(place, problem=problem))
            return None
        path = inside(folder, name)
        if path is None:
            self.findings.append(catalogue.SOURCE_OUTSIDE(place, name=name))
            return None
        try:
            return Source.read(path, name=name)
        except UnreadableSource as error:
            problem = str(error).replace(str(path), f"`{name}`").removesuffix(".")
            self.findings.append(catalogue.SOURCE_UNREADABLE(place, problem=problem))
            return None


def inside(folder: Path, name: str) -> Path | None:
    """The file that a name means if it lies in the folder, links followed; none if it lies elsewhere."""
    try:
        path = (folder / name).resolve()
        root = folder.resolve()
    except (OSError, ValueError, RuntimeError):
        return None
    return path if path != root and path.is_relative_to(root) else None
