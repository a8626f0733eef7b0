"""What can be wrong with a question to a policy, one class for each cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.errors import SlaError
from sla_dsl.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_LISTED = 12


def listed(names: Iterable[str]) -> str:
    """Return names in backticks, separated by commas; a long list is cut."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) > _MOST_LISTED:
        quoted[_MOST_LISTED:] = ["…"]
    return ", ".join(quoted)


def advice(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` where a known name is near, else the known names."""
    names = tuple(known)
    near = nearest(name, names)
    if near:
        return f"; did you mean `{near}`?"
    return f"; there is {listed(names)}" if names else "; there is none"


class QuestionError(SlaError):
    """Base of the errors in a question put to a policy."""


class UnknownName(QuestionError):
    """A clock, scale, fact, parameter, ambiguity, … that the policy does not have."""

    def __init__(self, what: str, name: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(what, name, known)
        self.what = what
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return f"there is no {self.what} `{self.name}`{advice(self.name, self.known)}"


class UnknownLevel(QuestionError):
    """A level that a scale or attribute does not have."""

    def __init__(self, scale: str, level: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(scale, level, known)
        self.scale = scale
        self.level = level
        self.known = known

    def __str__(self) -> str:
        return f"`{self.scale}` has no level `{self.level}`{advice(self.level, self.known)}"


class MisplacedKey(QuestionError):
    """A key of a ticket that was given as if it were a fact."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(key, why)
        self.key = key
        self.why = why

    def __str__(self) -> str:
        return f"`{self.key}` is not a fact or level: {self.why}"


class GivenTwice(QuestionError):
    """One thing that a question gives two values."""

    def __init__(self, name: str, first: str, second: str) -> None:
        super().__init__(name, first, second)
        self.name = name
        self.first = first
        self.second = second

    def __str__(self) -> str:
        return f"`{self.name}` is given twice, as `{self.first}` and as `{self.second}`"


class BadValue(QuestionError):
    """A value of the wrong kind for a fact, or for another thing that a question names."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(name, value, wanted)
        self.name = name
        self.value = value
        self.wanted = wanted

    def __str__(self) -> str:
        return f"`{self.name}` cannot be `{self.value}`: {self.wanted}"


class BadParameter(QuestionError):
    """A value that a parameter cannot have."""

    def __init__(self, parameter: str, value: str, wanted: str) -> None:
        super().__init__(parameter, value, wanted)
        self.parameter = parameter
        self.value = value
        self.wanted = wanted

    def __str__(self) -> str:
        return f"parameter `{self.parameter}` cannot be `{self.value}`: {self.wanted}"


class ClashingAnnexes(QuestionError):
    """Two annexes that name one declaration, parameter or ambiguity (H5)."""

    def __init__(self, kind: str, name: str, first: str, second: str) -> None:
        super().__init__(kind, name, first, second)
        self.kind = kind
        self.name = name
        self.first = first
        self.second = second

    def __str__(self) -> str:
        return f"annexes `{self.first}` and `{self.second}` both change {self.kind} `{self.name}`; only one may"


class WrongAnnex(QuestionError):
    """A document that is no annex to this policy."""

    def __init__(self, annex: str, why: str) -> None:
        super().__init__(annex, why)
        self.annex = annex
        self.why = why

    def __str__(self) -> str:
        return f"`{self.annex}` cannot be annexed: {self.why}"


class Circular(QuestionError):
    """Declarations that rest on each other in a circle."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names

    def __str__(self) -> str:
        return f"{listed(self.names)} rest on each other in a circle"


class Unanswerable(QuestionError):
    """A compiled policy that names something it does not declare."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(what, name)
        self.what = what
        self.name = name

    def __str__(self) -> str:
        return f"the policy speaks of {self.what} `{self.name}` and does not declare it"
