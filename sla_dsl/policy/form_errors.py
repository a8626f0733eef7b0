"""What can be wrong with the text of a compiled policy, one class for each cause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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


class NotJson(CompiledFormError):
    """A text that is not JSON, or not UTF-8."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"this is not the JSON of a compiled policy: {self.why}"


class TooLarge(CompiledFormError):
    """A text longer than any compiled policy may be."""

    def __init__(self, size: int, most: int) -> None:
        super().__init__(size, most)
        self.size = size
        self.most = most

    def __str__(self) -> str:
        return f"the text has {self.size} characters; a compiled policy may have {self.most}"


class TooDeep(CompiledFormError):
    """JSON nested deeper than any compiled policy may be."""

    def __init__(self, line: int, most: int) -> None:
        super().__init__(line, most)
        self.line = line
        self.most = most

    def __str__(self) -> str:
        return f"line {self.line}: nested deeper than {self.most}"


class DuplicateKey(CompiledFormError):
    """An object of JSON that has one key twice."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(key, line)
        self.key = key
        self.line = line

    def __str__(self) -> str:
        return f"line {self.line}: the key `{self.key}` is there twice in one object"


class NotANumber(CompiledFormError):
    """`NaN` or `Infinity`, which JSON does not have."""

    def __init__(self, text: str, line: int) -> None:
        super().__init__(text, line)
        self.text = text
        self.line = line

    def __str__(self) -> str:
        return f"line {self.line}: `{self.text}` is no number of JSON"


class NewerFormat(CompiledFormError):
    """A compiled policy of a later version of the form."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(found, known)
        self.found = found
        self.known = known

    def __str__(self) -> str:
        return f"this was compiled in format {self.found}; this version reads format {self.known}. Upgrade sla-dsl"


class OlderFormat(CompiledFormError):
    """A compiled policy of a version of the form that there never was or that is no longer read."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(found, known)
        self.found = found
        self.known = known

    def __str__(self) -> str:
        return f"this was compiled in format {self.found}; this version reads format {self.known}. Compile it again"


class BadStructure(CompiledFormError):
    """JSON that is not the form of a compiled policy; `place` is the path to what is wrong."""

    def __init__(self, why: str, place: str) -> None:
        super().__init__(why, place)
        self.why = why
        self.place = place

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


class DigestMismatch(CompiledFormError):
    """A compiled policy that was changed after it was compiled."""

    def __init__(self, document: str, digest: str) -> None:
        super().__init__(document, digest)
        self.document = document
        self.digest = digest

    def __str__(self) -> str:
        return (
            f"`{self.document}` was changed after it was compiled: its digest is not `{self.digest[:12]}…`. Compile it"
            " again from its `.sla` file"
        )


class DanglingReference(CompiledFormError):
    """A compiled policy that names things it does not declare; each as (clause, what, name)."""

    def __init__(self, found: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        clause, what, name = self.found[0]
        more = f" ({len(self.found) - 1} more)" if len(self.found) > 1 else ""
        return f"{clause} names {what} `{name}`, which is not declared{more}"


class BadContent(CompiledFormError):
    """A compiled policy with a value that cannot be: a date, a zone, an amount of time."""

    def __init__(self, clause: str, why: str) -> None:
        super().__init__(clause, why)
        self.clause = clause
        self.why = why

    def __str__(self) -> str:
        return f"{self.clause}: {self.why}"


class NotAPolicy(CompiledFormError):
    """An annex where a policy was asked for."""

    def __init__(self, document: str, amends: str) -> None:
        super().__init__(document, amends)
        self.document = document
        self.amends = amends

    def __str__(self) -> str:
        return f"`{self.document}` is an annex for `{self.amends}`; load that policy and annex it"
