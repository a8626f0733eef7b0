"""Where the files that ship with the package are: the only module that knows.

A wheel carries `grammars` and `policies` inside the package; a checkout has them beside it.
"""

from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from sla_dsl.errors import SlaError

_PACKAGE = Path(__file__).resolve().parent


class UnknownPolicyError(SlaError):
    """No shipped policy has this name."""

    def __init__(self, name: str) -> None:
        shipped = shipped_policies()
        close = get_close_matches(name.lower(), shipped, n=1)
        advice = f"did you mean `{close[0]}`?" if close else f"shipped are {', '.join(shipped) or 'none'}"
        super().__init__(f"no policy named `{name}` is shipped; {advice}")


class MissingFilesError(SlaError):
    """The installation is not whole: a folder that belongs to the package is not there."""


def folder(name: Literal["grammars", "policies"]) -> Path:
    """A folder that ships with the package: the packaged one, else the one beside it in a checkout.

    Raises:
        MissingFilesError: it is in neither place.

    Example:
        >>> (folder("grammars") / "sla.lark").is_file()
        True
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise MissingFilesError(f"the folder `{name}` is missing from the installation; install sla-dsl again")


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
        UnknownPolicyError: none has this name.

    Example:
        >>> shipped_policy("cloudcti").name
        'cloudcti.json'
    """
    if name not in shipped_policies():
        raise UnknownPolicyError(name)
    return folder("policies") / name / f"{name}.{form}"
