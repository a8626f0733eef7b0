"""What can be wrong with a question to a policy, one class for each cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define

from sla_dsl.errors import SlaError
from sla_dsl.worktime.errors import nearest

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


@define
class UnknownName(QuestionError):
    """A clock, scale, fact, parameter, ambiguity, … that the policy does not have."""

    what: str
    name: str
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"there is no {self.what} `{self.name}`{advice(self.name, self.known)}"


@define
class UnknownLevel(QuestionError):
    """A level that a scale or attribute does not have."""

    scale: str
    level: str
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"`{self.scale}` has no level `{self.level}`{advice(self.level, self.known)}"


@define
class MisplacedKey(QuestionError):
    """A key of a ticket that was given as if it were a fact."""

    key: str
    why: str

    def __str__(self) -> str:
        return f"`{self.key}` is not a fact or level: {self.why}"


@define
class GivenTwice(QuestionError):
    """One thing that a question gives two values."""

    name: str
    first: str
    second: str

    def __str__(self) -> str:
        return f"`{self.name}` is given twice, as `{self.first}` and as `{self.second}`"


@define
class BadValue(QuestionError):
    """A value of the wrong kind for a fact, or for another thing that a question names."""

    name: str
    value: str
    wanted: str

    def __str__(self) -> str:
        return f"`{self.name}` cannot be `{self.value}`: {self.wanted}"


@define
class BadParameter(QuestionError):
    """A value that a parameter cannot have."""

    parameter: str
    value: str
    wanted: str

    def __str__(self) -> str:
        return f"parameter `{self.parameter}` cannot be `{self.value}`: {self.wanted}"


@define
class ClashingAnnexes(QuestionError):
    """Two annexes that name one declaration, parameter or ambiguity (H5)."""

    kind: str
    name: str
    first: str
    second: str

    def __str__(self) -> str:
        return f"annexes `{self.first}` and `{self.second}` both change {self.kind} `{self.name}`; only one may"


@define
class WrongAnnex(QuestionError):
    """A document that is no annex to this policy."""

    annex: str
    why: str

    def __str__(self) -> str:
        return f"`{self.annex}` cannot be annexed: {self.why}"


@define
class Circular(QuestionError):
    """Declarations that rest on each other in a circle."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{listed(self.names)} rest on each other in a circle"


@define
class Unanswerable(QuestionError):
    """A compiled policy that names something it does not declare."""

    what: str
    name: str

    def __str__(self) -> str:
        return f"the policy speaks of {self.what} `{self.name}` and does not declare it"
