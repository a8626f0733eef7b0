"""The compiled form as text: canonical JSON out, and in again with everything checked."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar, cast, overload

import msgspec

from sla_dsl.policy.executable import Executable
from sla_dsl.policy.form_errors import (
    BadStructure,
    DigestMismatch,
    NewerFormat,
    NotAPolicy,
    NotJson,
    OlderFormat,
)
from sla_dsl.policy.integrity import check_integrity
from sla_dsl.policy.json_text import plain_json
from sla_dsl.policy.terms import FORMAT, Document, Selection, Setting

if TYPE_CHECKING:
    from sla_dsl.policy.terms import Example

E = TypeVar("E", bound=Executable)

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Document)


def to_json(document: Document) -> str:
    """Return a document as canonical JSON, with its digest: the same text for equal documents, on every machine.

    >>> to_json(document).splitlines()[1]  # doctest: +SKIP
    ' "format": 1,'
    """
    return msgspec.json.format(_ENCODER.encode(sealed(document)), indent=1).decode() + "\n"


def sealed(document: Document) -> Document:
    """Return a document with its digest, and the annexes it carries with theirs, numbers as its JSON has them."""
    # A whole number where the form has a number comes back as `1.0`: only then equal documents are equal text.
    read = _DECODER.decode(_ENCODER.encode(document))
    annexes = tuple(msgspec.structs.replace(annex, digest=digest_of(annex)) for annex in read.annexes)
    return msgspec.structs.replace(read, annexes=annexes, digest=digest_of(read))


def digest_of(document: Document) -> str:
    """Return the SHA-256 of what a document means and of the dates it resolved.

    It does not depend on the versions of the packages that gave the dates, nor on lines of the `.sla` file.
    """
    return hashlib.sha256(_ENCODER.encode(_meaning(document))).hexdigest()


def _meaning(document: Document) -> Document:
    return msgspec.structs.replace(
        document,
        digest="",
        pinned=msgspec.structs.replace(document.pinned, holidays_version="", tzdata_version=""),
        annexes=tuple(_meaning(annex) for annex in document.annexes),
        examples=tuple(_without_lines(example) for example in document.examples),
    )


def _without_lines(example: Example) -> Example:
    expectations = tuple(msgspec.structs.replace(one, line=0) for one in example.expectations)
    return msgspec.structs.replace(example, line=0, expectations=expectations)


# --------------------------------------------------------------------------------------------- whole policies


def whole(policy: Executable) -> Document:
    """Return a policy as one document, with the annexes and the selection that it has, and the digest of all (H5)."""
    selection = Selection(
        readings=dict(sorted(policy.readings.items())),
        values=tuple(Setting(parameter=name, value=value) for name, value in sorted(policy.values.items())),
        unset=tuple(sorted(policy.unset)),
    )
    chosen = selection if selection != Selection() else None
    return sealed(msgspec.structs.replace(policy.document, annexes=policy.annexes, selection=chosen))


@overload
def from_json(text: str | bytes) -> Executable: ...
@overload
def from_json(text: str | bytes, kind: type[E]) -> E: ...
def from_json(text: str | bytes, kind: type[Executable] = Executable) -> Executable:
    """Return the policy that canonical or other JSON of the compiled form holds, as `kind`.

    Raises `CompiledFormError` that says what is wrong and where, and what `in_force` raises.
    """
    document = read_document(text)
    if document.kind != "policy":
        raise NotAPolicy(document.id, document.amends or "")
    selection = document.selection or Selection()
    own = document
    if document.annexes or document.selection is not None:
        bare = msgspec.structs.replace(document, annexes=(), selection=None)
        own = msgspec.structs.replace(bare, digest=digest_of(bare))
    policy = kind(
        own,
        document.annexes,
        selection.readings,
        {setting.parameter: setting.value for setting in selection.values},
        selection.unset,
    )
    _ = policy.terms
    return policy


def read_document(text: str | bytes) -> Document:
    """Return the policy or annex that JSON of the compiled form holds. Raises `CompiledFormError`."""
    plain = plain_json(text)
    _check_format(plain.value)
    try:
        document = _DECODER.decode(plain.text)
    except msgspec.ValidationError as error:
        raise BadStructure.of(str(error)) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NotJson(str(error)) from None
    for part in (document, *document.annexes):
        _check_digest(part)
    check_integrity(document)
    return document


def _check_format(value: object) -> None:
    found = cast("dict[str, object]", value).get("format") if isinstance(value, dict) else None
    if not isinstance(found, int) or isinstance(found, bool):
        raise BadStructure("a compiled policy says its `format`", "$.format")
    if found > FORMAT:
        raise NewerFormat(found, FORMAT)
    if found < FORMAT:
        raise OlderFormat(found, FORMAT)


def _check_digest(document: Document) -> None:
    if document.digest != digest_of(document):
        raise DigestMismatch(document.id, document.digest)
