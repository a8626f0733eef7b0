"""Where the files that ship with the package are: the only module that knows.

A wheel carries `grammars` and `policies` inside the package; a checkout has them beside it.
"""

from pathlib import Path
from typing import Literal

from attrs import define

from sla_dsl.errors import SlaError
from sla_dsl.nearest import nearest

_PACKAGE = Path(__file__).resolve().parent


@define
class UnknownPolicy(SlaError):
    """A name that no shipped policy has."""

    name: str
    shipped: tuple[str, ...]

    def __str__(self) -> str:
        near = nearest(str(self.name), self.shipped)
        listed = ", ".join(self.shipped) or "none"
        advice = f"did you mean `{near}`?" if near else f"shipped are: {listed}"
        return f"no policy named `{self.name}` is shipped; {advice}"


@define
class MissingFolder(SlaError):
    """A folder that belongs to the package and is not there: the installation is not whole."""

    name: str

    def __str__(self) -> str:
        return f"the folder `{self.name}` is missing from the installation; install sla-dsl again"


def folder(name: Literal["grammars", "policies"]) -> Path:
    """A folder that ships with the package: the packaged one, else the one beside it in a checkout.

    Raises:
        MissingFolder: it is in neither place.

    Example:
        >>> (folder("grammars") / "sla.lark").is_file()
        True
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise MissingFolder(name)


def shipped_policies() -> tuple[str, ...]:
    """The names of the shipped policies, sorted.

    Example:
        >>> "cloudcti" in shipped_policies()
        True
    """
    compiled = folder("policies").glob("*/*.json")
    return tuple(sorted(path.stem for path in compiled if path.stem == path.parent.name))


def shipped_policy(name: str, form: Literal["json", "sla"] = "json") -> Path:
    """The file of a shipped policy: compiled (`json`, the default) or as written (`sla`).

    Raises:
        UnknownPolicy: none has this name.

    Example:
        >>> shipped_policy("cloudcti").name
        'cloudcti.json'
    """
    shipped = shipped_policies()
    if name not in shipped:
        raise UnknownPolicy(name, shipped)
    return folder("policies") / name / f"{name}.{form}"
