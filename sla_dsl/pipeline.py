"""The public API, and the only place that knows the order of the phases.

    path -> Source -> Outcome[Tree] -> Outcome[Model] -> Document -> Policy

Parser and checker are imported where a text is read, so that a compiled policy is loaded and asked without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import define, evolve, field, frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy import Executable
from sla_dsl.policy import from_json as read_json
from sla_dsl.policy.errors import WrongAnnex
from sla_dsl.resources import UnknownPolicy, shipped_policy
from sla_dsl.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.diagnostics import Finding, Outcome, Place
    from sla_dsl.model import Model
    from sla_dsl.policy.examples import ExampleResult
    from sla_dsl.syntax import Tree

AnyPath: TypeAlias = "str | Path"

_MOST_NAMED = 10


class PolicyError(SlaError):
    r"""A policy or annex with mistakes. `findings` holds all of them, the warnings too, in the order of the text.

    >>> import sla_dsl
    >>> try:
    ...     sla_dsl.loads("language 1\npolicy p { calender desk { } }")
    ... except sla_dsl.PolicyError as error:
    ...     print(error.findings[0].code)
    SLA102
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        errors = [finding for finding in self.findings if finding.severity == "error"]
        lines = [f"{finding.place}: {finding.code} {finding.message}" for finding in errors[:_MOST_NAMED]]
        if len(errors) > _MOST_NAMED:
            lines.append(f"and {len(errors) - _MOST_NAMED} more")
        return "\n".join(lines)


@define
class NeedsSources(SlaError):
    """A compiled policy where the sources are needed: it holds the quotations, not the documents."""

    name: str

    def __str__(self) -> str:
        return f"{self.name} is compiled; give the policy as written (`.sla`), with its sources beside it"


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


# ------------------------------------------------------------------------------------------ loading


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


def is_compiled(source: Source) -> bool:
    """Whether a file holds a compiled policy: by its name, else because JSON begins with a brace."""
    suffix = Path(source.name).suffix.casefold()
    return suffix == ".json" if suffix in {".json", ".sla"} else source.text.lstrip().startswith("{")


# ------------------------------------------------------------------------------------------- phases


@frozen
class Checked:
    """What checking a text gave: its model, unless there is an error, all findings, and the policy an annex amends."""

    model: Model | None
    findings: tuple[Finding, ...]
    base: Policy | None = None


def read(source: Source, folder: Path | None, *, base: Policy | None = None) -> Policy:
    """The policy in a text, compiled or as written; see `load`. An annex amends `base`, if that is given."""
    return from_json(source.text) if is_compiled(source) else assembled(check(source, folder, base=base))


def assembled(found: Checked) -> Policy:
    """A checked policy, compiled; a checked annex is put on the policy that it amends.

    Raises `PolicyError` where an error was found.

    Example: `assembled(check(source, folder))`.
    """
    from sla_dsl.compiling import compiled

    if found.model is None:
        raise PolicyError(found.findings)
    if found.base is None:
        return Policy(compiled(found.model), findings=found.findings)
    amended = evolve(found.base, findings=(*found.base.findings, *found.findings))
    return amended.annexed(compiled(found.model, found.base.document))


def check(source: Source, folder: Path | None, *, base: Policy | None = None) -> Checked:
    """What a text declares, and everything that is wrong with it.

    An annex is checked against `base`, else against the policy it names, as `load` finds it.

    Raises:
        PolicyError: the policy that an annex amends has mistakes of its own.

    Example: `check(Source.read(path), path.parent).findings`.
    """
    from sla_dsl.syntax import parse

    parsed = parse(source)
    wanted = None if parsed.value is None else _amends(parsed.value)
    if wanted is None:
        return _check_parsed(parsed, folder, None)
    base = base or _base(wanted[0], folder)
    wrong = _wrong_base(*wanted, base)
    return Checked(None, _ordered((*parsed.findings, wrong))) if wrong else _check_parsed(parsed, folder, base)


def _check_parsed(parsed: Outcome[Tree], folder: Path | None, base: Policy | None) -> Checked:
    from sla_dsl.checking import check as check_tree

    if parsed.value is None:
        return Checked(None, parsed.findings, base)
    outcome = check_tree(parsed.value, folder=folder, base=base.document if base else None)
    findings = _ordered((*parsed.findings, *outcome.findings))
    return Checked(None if parsed.failed else outcome.value, findings, base)


def moved_holidays(source: Source) -> tuple[Finding, ...]:
    """The warnings that today's holiday data gives other dates than a compiled policy carries (T8).

    Raises `SlaError` where the text is no compiled policy.
    """
    from sla_dsl.analysis.pinned_dates import moved
    from sla_dsl.diagnostics import Place, catalogue

    policy = from_json(source.text)
    start = max(0, source.text.find('"pinned"'))
    place = Place(source, Span(start, start + len('"pinned"')))
    parts = ((policy.document, None), *((annex, policy.document) for annex in policy.annexes))
    return tuple(
        catalogue.HOLIDAYS_CHANGED(place, what=what) for document, base in parts for what in moved(document, base)
    )


def run_examples(policy: Policy) -> tuple[tuple[str, tuple[ExampleResult, ...]], ...]:
    """What came out of each `example` block, after the id of the policy or annex in which it stands.

    Examples of the policy are run without its annexes, those of an annex with all of them; readings and values that
    were chosen on top are left aside.

    Example: `all(result.passed for _, results in run_examples(load(path)) for result in results)`.
    """
    from sla_dsl.policy.examples import run_example

    own, amended = Policy(policy.document), Policy(policy.document, policy.annexes)
    asked = [(own, policy.document), *((amended, annex) for annex in policy.annexes)]
    return tuple((part.id, tuple(run_example(of, example) for example in part.examples)) for of, part in asked)


def coverage(policy: Policy, texts: Iterable[tuple[Source, Path]]) -> dict[str, Any]:
    """What became of every unit of the sources, and which examples of the policy reach each clause (H2).

    `texts` are the policy as written and its annexes, each with the folder of its sources.

    Raises:
        NeedsSources: a text is compiled, and has no sources.
        PolicyError: a text has mistakes.

    Example: `coverage(load(path), [(Source.read(path), path.parent)])["sources"][0]["covered"]`.
    """
    base = Policy(policy.document)
    models = [_model(source, folder, base) for source, folder in texts]
    from sla_dsl.analysis.coverage import coverage as covered

    return covered(models, policy.terms, [result for _, results in run_examples(policy) for result in results])


def _model(source: Source, folder: Path, base: Policy) -> Model:
    if is_compiled(source):
        raise NeedsSources(source.name)
    found = check(source, folder, base=base)
    if found.model is None:
        raise PolicyError(found.findings)
    return found.model


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.place.sort_key(), finding.code)))


# ----------------------------------------------------------------------------- the policy of an annex


def _amends(tree: Tree) -> tuple[str, Place] | None:
    """The policy that an annex names, and where; none for a policy."""
    from sla_dsl.diagnostics import Place

    head = next((statement for statement in tree.statements if statement.kind == "annex"), None)
    if head is None:
        return None
    name = head.line.nodes("name")[1]
    return name.tokens("WORD")[0].text, Place(tree.source, name.span)


def _wrong_base(name: str, place: Place, base: Policy | None) -> Finding | None:
    from sla_dsl.diagnostics import catalogue

    if base is None:
        return catalogue.BASE_MISSING(place, name=name)
    if base.document.id != name:
        return catalogue.WRONG_BASE(place, wanted=name, found=base.document.id)
    return None


def _base(name: str, folder: Path | None) -> Policy | None:
    """The policy of an annex: beside it, in `../NAME/`, or a shipped one."""
    places = () if folder is None else (folder, folder.parent / name)
    for path in (place / f"{name}.{form}" for place in places for form in ("sla", "json")):
        policy = _policy_in(path) if path.is_file() else None
        if policy is not None:
            return policy
    try:
        return shipped(name)
    except UnknownPolicy:
        return None


def _policy_in(path: Path) -> Policy | None:
    """The policy in a file; none where the file holds an annex, perhaps the very one that is asking."""
    from sla_dsl.syntax import parse

    source = Source.read(path)
    if is_compiled(source):
        return from_json(source.text)
    parsed = parse(source)
    if parsed.value is not None and _amends(parsed.value):
        return None
    return assembled(_check_parsed(parsed, path.parent, None))
