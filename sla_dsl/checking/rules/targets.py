"""Targets: one for each level, none twice, none that is never reached (P2, P4)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.model import Declared
from sla_dsl.policy.terms.classification import Scale
from sla_dsl.policy.terms.measures import Cascade, Clock, Target


def targets(checked: Checked) -> Iterator[Finding]:
    """Gaps, doubles and targets that can never be reached."""
    own = [d for d in checked.model.declared if d.reading is None and isinstance(d.term, Target | Cascade)]
    yield from _doubles(checked)
    if not checked.is_policy:
        return
    scales = {d.term.id: d.term for d in checked.declared("scale") if isinstance(d.term, Scale)}
    gaps: dict[str, list[Declared]] = {}
    for clock in checked.declared("clock"):
        if isinstance(clock.term, Clock) and clock.reading is None:
            of_clock = [d for d in own if isinstance(d.term, Target | Cascade) and d.term.clock == clock.term.id]
            missing = _missing(checked, of_clock, scales)
            if missing:
                gaps.setdefault("; ".join(missing), []).append(clock)
            yield from _hidden(of_clock)
    for levels, lacking in gaps.items():
        yield _gap(levels, lacking)


def _doubles(checked: Checked) -> Iterator[Finding]:
    first: dict[tuple[object, ...], Declared] = {}
    told: set[Place] = set()
    for declared in checked.model.declared:
        if not isinstance(declared.term, Target | Cascade):
            continue
        key = (declared.reading, declared.term.id)
        if key in first and declared.place not in told:
            told.add(declared.place)
            yield catalogue.DUPLICATE_TARGET(
                declared.place, id=declared.term.id, related=[(first[key].place, "the first one")]
            )
        first.setdefault(key, declared)


def _gap(levels: str, clocks: list[Declared]) -> Finding:
    """One finding for the clocks that lack a target for the same levels: a row of a table, as a rule."""
    first, *others = clocks
    level = levels.partition("; ")[0]
    return catalogue.TARGET_GAP(
        first.place,
        clocks=" and ".join(f"`{clock.term.id}`" for clock in clocks),
        have="has" if not others else "have",
        levels=levels if level != _ANY else "any ticket",
        example=f"target {first.term.id}{f' for {level}' if level != _ANY else ''}: silent",
        related=[(clock.place, "this clock too") for clock in others],
    )


_ANY = "*"
"""Stands for the levels of a target that is for every ticket."""


def _missing(checked: Checked, declared: list[Declared], scales: dict[str, Scale]) -> list[str]:
    """The levels for which there is no target, those of several scales joined."""
    terms = [d.term for d in declared if isinstance(d.term, Target | Cascade)]
    main = checked.model.document.targets_scale
    axes = list(dict.fromkeys(scale for term in terms for scale in term.levels if scale in scales))
    if not axes and main in scales and not terms:
        axes = [main]
    return [
        ", ".join(levels) or _ANY
        for levels in product(*([level.id for level in scales[axis].levels] for axis in axes))
        if not any(_covers(term, dict(zip(axes, levels, strict=True))) for term in terms)
    ]


def _covers(term: Target | Cascade, levels: dict[str, str]) -> bool:
    return all(levels.get(scale) == level for scale, level in term.levels.items())


def _hidden(declared: list[Declared]) -> Iterator[Finding]:
    plain = [
        (d.place, d.term)
        for d in declared
        if isinstance(d.term, Target) and d.term.condition is None and d.term.applies is None
    ]
    told: set[Place] = set()
    for at, (place, later) in enumerate(plain):
        for other, earlier in plain[:at]:
            if earlier.levels.items() < later.levels.items() and place not in told:
                told.add(place)
                yield catalogue.OVERLAPPING_TARGETS(
                    place, id=later.id, other=earlier.id, related=[(other, "comes before it")]
                )
                break
