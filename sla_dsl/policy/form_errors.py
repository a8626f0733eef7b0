"""What can be wrong with the text of a compiled policy, one class for each cause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define

from sla_dsl.errors import SlaError

if TYPE_CHECKING:
    from typing import Self

_PLACE = re.compile(r"(?s)(.*) - at `(.*)`")
_WORDS = {
    "`str`": "a text",
    "`int`": "a whole number",
    "`float`": "a number",
    "`bool`": "true or false",
    "`object`": "an object",
    "`array`": "a list",
    "`null`": "null",
}


class CompiledFormError(SlaError):
    """Base of the errors in the text of a compiled policy."""


@define
class NotJson(CompiledFormError):
    """A text that is not JSON, or not UTF-8."""

    why: str

    def __str__(self) -> str:
        return f"this is not the JSON of a compiled policy: {self.why}"


@define
class TooLarge(CompiledFormError):
    """A text longer than any compiled policy may be."""

    size: int
    most: int

    def __str__(self) -> str:
        return f"the text has {self.size} characters; a compiled policy may have {self.most}"


@define
class TooDeep(CompiledFormError):
    """JSON nested deeper than any compiled policy may be."""

    line: int
    most: int

    def __str__(self) -> str:
        return f"line {self.line}: nested deeper than {self.most}"


@define
class DuplicateKey(CompiledFormError):
    """An object of JSON that has one key twice."""

    key: str
    line: int

    def __str__(self) -> str:
        return f"line {self.line}: the key `{self.key}` is there twice in one object"


@define
class NotANumber(CompiledFormError):
    """`NaN` or `Infinity`, which JSON does not have."""

    text: str
    line: int

    def __str__(self) -> str:
        return f"line {self.line}: `{self.text}` is no number of JSON"


@define
class NewerFormat(CompiledFormError):
    """A compiled policy of a later version of the form."""

    found: int
    known: int

    def __str__(self) -> str:
        return f"this was compiled in format {self.found}; this version reads format {self.known}. Upgrade sla-dsl"


@define
class OlderFormat(CompiledFormError):
    """A compiled policy of a version of the form that there never was or that is no longer read."""

    found: int
    known: int

    def __str__(self) -> str:
        return f"this was compiled in format {self.found}; this version reads format {self.known}. Compile it again"


@define
class BadStructure(CompiledFormError):
    """JSON that is not the form of a compiled policy; `place` is the path to what is wrong."""

    why: str
    place: str

    @classmethod
    def of(cls, message: str) -> Self:
        """Read the message of the decoder."""
        found = _PLACE.fullmatch(message)
        why, place = (found[1], found[2]) if found else (message, "$")
        for word, plain in _WORDS.items():
            why = why.replace(word, plain)
        return cls(f"{why[:1].lower()}{why[1:]}", place)

    def __str__(self) -> str:
        return f"{self.place}: {self.why}"


@define
class DigestMismatch(CompiledFormError):
    """A compiled policy that was changed after it was compiled."""

    document: str
    digest: str

    def __str__(self) -> str:
        return (
            f"`{self.document}` was changed after it was compiled: its digest is not `{self.digest[:12]}…`. Compile it"
            " again from its `.sla` file"
        )


@define
class DanglingReference(CompiledFormError):
    """A compiled policy that names things it does not declare; each as (clause, what, name)."""

    found: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        clause, what, name = self.found[0]
        more = f" ({len(self.found) - 1} more)" if len(self.found) > 1 else ""
        return f"{clause} names {what} `{name}`, which is not declared{more}"


@define
class BadContent(CompiledFormError):
    """A compiled policy with a value that cannot be: a date, a zone, an amount of time."""

    clause: str
    why: str

    def __str__(self) -> str:
        return f"{self.clause}: {self.why}"


@define
class NotAPolicy(CompiledFormError):
    """An annex where a policy was asked for."""

    document: str
    amends: str

    def __str__(self) -> str:
        return f"`{self.document}` is an annex for `{self.amends}`; load that policy and annex it"
