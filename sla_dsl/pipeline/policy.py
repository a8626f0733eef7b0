"""A policy that can be asked, and the ways to come by one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, field, frozen

from sla_dsl.pipeline.errors import NotAPolicy, PolicyError
from sla_dsl.pipeline.phases import check, is_compiled
from sla_dsl.policy.codec import from_json as read_json
from sla_dsl.policy.errors import WrongAnnex
from sla_dsl.policy.executable import Executable
from sla_dsl.resources import shipped_policy
from sla_dsl.source import Source

if TYPE_CHECKING:
    from sla_dsl.diagnostics import Finding
    from sla_dsl.pipeline.phases import Checked

AnyPath: TypeAlias = "str | Path"


@frozen(slots=False, eq=False)
class Policy(Executable):
    """A policy that can be asked: which priority, due when, and why.

    It never changes: `reading`, `set` and `annex` each give a new one. `findings` are the warnings that were found when
    it was read from a text, the accepted ones with their reasons; a compiled policy has none.

    Example:
        >>> from datetime import UTC, datetime
        >>> import sla_dsl
        >>> policy = sla_dsl.shipped("cloudcti").set(holidays=[])
        >>> policy.due("response", priority="p1", created=datetime(2026, 3, 6, 14, tzinfo=UTC)).due
        '2026-03-09T10:30:00+01:00'
    """

    findings: tuple[Finding, ...] = field(default=(), kw_only=True, repr=False)

    __hash__ = Executable.__hash__

    def __eq__(self, other: object) -> bool:
        """Whether both say the same; what was found on the way is no part of that."""
        if not isinstance(other, Policy):
            return NotImplemented
        return Executable.__eq__(evolve(self, findings=()), evolve(other, findings=()))

    def annex(self, annex: Policy | AnyPath) -> Policy:
        """This policy as an annex amends it (H5): a file, or a policy that already carries the annex.

        Raises `PolicyError` where the file has mistakes, `UnreadableSource` where it cannot be read, and
        `WrongAnnex` or `ClashingAnnexes` where it is no annex to this policy or clashes with one that is there.

        Example: `load("harbour.sla").annex("northern.sla")`.
        """
        if not isinstance(annex, Policy):
            source, folder = Source.read(Path(annex)), Path(annex).parent
            annex = from_json(source.text) if is_compiled(source) else read(source, folder, base=self)
        if not annex.annexes:
            raise WrongAnnex(annex.document.id, "it is a policy, not an annex")
        policy = evolve(self, findings=(*self.findings, *annex.findings))
        for document in annex.annexes:
            policy = policy.annexed(document)
        return policy

    def show(self) -> dict[str, Any]:
        """Everything that the policy declares, as plain data with the keys of CONTRACT (`show`).

        Example: `[clock["id"] for clock in shipped("cloudcti").show()["clocks"]]`.
        """
        from sla_dsl.analysis.show import show

        return show(self)


def load(path: AnyPath) -> Policy:
    """The policy in a file: as written (`.sla`) or compiled (`.json`).

    An annex is loaded with the policy that it amends: `NAME.sla` or `NAME.json` beside it or in `../NAME/`, else the
    shipped policy of that name.

    Raises:
        PolicyError: the text has mistakes; `.findings` holds them all.
        SlaError: the file cannot be read, or is no compiled policy.

    Example: `load("policies/cloudcti/cloudcti.sla")`.
    """
    return read(Source.read(Path(path)), Path(path).parent)


def loads(text: str, folder: AnyPath | None = None) -> Policy:
    """The policy in a text; `folder` is where its source documents lie, or the policy it amends.

    Raises:
        PolicyError: the text has mistakes; `.findings` holds them all. Without a folder no document can be read.

    Example: `loads(path.read_text(encoding="utf-8"), folder=path.parent)`.
    """
    return read(Source.of(text), None if folder is None else Path(folder))


def shipped(name: str) -> Policy:
    """A policy that comes with the package, compiled.

    Raises:
        UnknownPolicy: none has this name.

    Example: `shipped("cloudcti")`.
    """
    return load(shipped_policy(name))


def from_json(text: str) -> Policy:
    """The policy in a compiled text, as `Policy.to_json` gives it.

    Raises:
        SlaError: the text is no compiled policy, was changed, or is of a newer version.

    Example: `from_json(policy.to_json()) == policy`.
    """
    return read_json(text, Policy)


def read(source: Source, folder: Path | None, *, base: Policy | None = None) -> Policy:
    """The policy in a text, compiled or as written; see `load`. An annex amends `base`, if that is given."""
    return from_json(source.text) if is_compiled(source) else assembled(check(source, folder, base=base))


def assembled(found: Checked) -> Policy:
    """A checked policy, compiled; a checked annex is put on the policy that it amends.

    Raises `PolicyError` where an error was found, `NotAPolicy` where the text maps a log.

    Example: `assembled(check(source, folder))`.
    """
    from sla_dsl.compiling import compiled

    if found.mapping is not None:
        raise NotAPolicy(found.mapping.id)
    if found.model is None:
        raise PolicyError(found.findings)
    if found.base is None:
        return Policy(compiled(found.model), findings=found.findings)
    amended = evolve(found.base, findings=(*found.base.findings, *found.findings))
    return amended.annexed(compiled(found.model, found.base.document))
