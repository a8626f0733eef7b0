"""The checked policy.

Terms name each other by id instead of holding each other: a reading or an annex swaps a declaration under its name, and
everything that speaks of it follows. That every name resolves is what the checker has made sure of.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen

from sla_dsl.diagnostics import Place
from sla_dsl.evidence import Document as SourceText
from sla_dsl.policy.terms.document import AnyDeclaration, Document
from sla_dsl.source import Span
from sla_dsl.syntax import Statement, Tree


class Purpose(StrEnum):
    """Why a passage of a document is quoted."""

    RULE = "rule"
    DISPUTED = "disputed"
    INFORMATIVE = "informative"
    OUT_OF_SCOPE = "out of scope"


@frozen
class Declared:
    """A declaration and where it was written; `reading` names the ambiguity and reading it belongs to, if any."""

    term: AnyDeclaration
    place: Place
    statement: Statement
    reading: tuple[str, str] | None = None


@frozen
class Quotation:
    """A passage of a source that the policy quotes: where the policy does, where the source has it, for what."""

    place: Place
    source: str
    span: Span
    purpose: Purpose
    by: str


@frozen
class Model:
    """A policy or annex that has been checked.

    `document` is what it says, not yet pinned to dates; `declared` adds the places; `quotations` are all passages found
    in `sources`, which holds the text of each source document by its name.
    """

    tree: Tree
    document: Document
    declared: tuple[Declared, ...]
    quotations: tuple[Quotation, ...]
    sources: Mapping[str, SourceText]
