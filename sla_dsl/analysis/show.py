"""`show`: everything that a policy declares, as plain data with the keys of CONTRACT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.analysis.entries import details
from sla_dsl.analysis.evidence import evidence
from sla_dsl.analysis.plain import cited, plain
from sla_dsl.analysis.words import value_words
from sla_dsl.policy.terms import Scale, SupportLine

if TYPE_CHECKING:
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.terms import Ambiguity, AnyDeclaration, Citation, Example, Reading

Data = dict[str, Any]

_SECTIONS = {
    "parameter": "parameters",
    "fact": "facts",
    "attribute": "attributes",
    "event": "events",
    "party": "parties",
    "scale": "scales",
    "matrix": "matrices",
    "calendar": "calendars",
    "clock": "clocks",
    "target": "targets",
    "cascade": "cascades",
    "status": "statuses",
    "transition": "transitions",
    "reclassification": "reclassifications",
    "service": "services",
    "channel": "channels",
    "support_line": "support_lines",
    "duty": "duties",
    "exclusion": "exclusions",
    "objective": "objectives",
    "maintenance": "maintenance",
    "reference": "references",
    "term": "definitions",
    "no_promise": "non_promises",
    "note": "notes",
}
"""The key under which each kind of declaration stands."""


def show(policy: Executable) -> Data:
    """Everything that a policy declares, under the readings, annexes and values that it has.

    Each entry has `id`, `label` and `cite`, then what is particular to its kind. Readings that are not in force stand
    under their ambiguity, with the clauses that they would replace.

    Example: `show(policy)["clocks"][0]["id"]` is `response`.
    """
    terms, parts = policy.terms, (policy.document, *policy.annexes)
    data: Data = {"policy": _heading(policy), **{section: [] for section in _SECTIONS.values()}}
    for declaration in terms.declarations.values():
        data[_section(declaration)].append({**evidence(declaration, terms), **details(declaration, terms)})
    data["escalations"] = [entry for line in terms.all(SupportLine) for entry in _escalations(line)]
    chosen = {name: one.reading.id for name, one in terms.chosen.items()}
    data["ambiguities"] = [_ambiguity(one, chosen[one.id]) for part in parts for one in part.ambiguities]
    data["examples"] = [_example(one) for part in parts for one in part.examples]
    data["marks"] = [plain(mark) for part in parts for mark in part.marks]
    return data


def _section(declaration: AnyDeclaration) -> str:
    is_attribute = isinstance(declaration, Scale) and declaration.of is not None
    return _SECTIONS["attribute" if is_attribute else declaration.kind]


def _heading(policy: Executable) -> Data:
    document, terms = policy.document, policy.terms
    return {
        "id": document.id,
        "label": document.label,
        "language": document.language,
        "digest": policy.digest,
        "sources": [plain(source) for part in (document, *policy.annexes) for source in part.sources],
        "timezone": document.timezone or document.timezone_parameter,
        "created": terms.created,
        "targets_scale": terms.targets_scale,
        "annexes": [{"id": annex.id, "label": annex.label} for annex in policy.annexes],
        "readings": dict(policy.readings),
        "values": {name: value_words(value) for name, value in policy.values.items()},
        "unset": sorted(policy.unset),
        "accepted": [plain(one) for one in document.accepted],
        "holidays_version": document.pinned.holidays_version,
        "tzdata_version": document.pinned.tzdata_version,
    }


def _escalations(line: SupportLine) -> list[Data]:
    return [
        {
            "id": f"{line.id} to {one.to}",
            "label": None,
            "cite": cited(line.cites),
            "from": line.id,
            "to": one.to,
            "when": plain(one.when),
            "condition": plain(one.condition),
        }
        for one in line.escalations
    ]


def _ambiguity(ambiguity: Ambiguity, chosen: str) -> Data:
    """A doubt: the reading in force, why the policy chose its own, and what each would replace."""
    return {
        **_evidence(ambiguity.id, ambiguity.label, ambiguity.cites),
        "assume": [one.text for one in ambiguity.assumes],
        "notes": list(ambiguity.notes),
        "readings": [_reading(one, chosen) for one in ambiguity.readings],
        "chosen": chosen,
        "chosen_by_policy": ambiguity.chosen,
        "because": ambiguity.because,
        "overrides": list(ambiguity.overrides),
    }


def _reading(reading: Reading, chosen: str) -> Data:
    return {
        **_evidence(reading.id, reading.label, reading.cites),
        "in_force": reading.id == chosen,
        "replaces": sorted(f"{kind.replace('_', ' ')} {name}" for kind, name in reading.touches),
        "not_computed": reading.not_computed,
        "notes": list(reading.notes),
    }


def _example(example: Example) -> Data:
    return {**_evidence(example.title, example.title, ()), **plain(example)}


def _evidence(name: str, label: str | None, cites: tuple[Citation, ...]) -> Data:
    return {"id": name, "label": label, "cite": cited(cites)}
