"""Targets: one for each level, none twice, none that is never reached (P2, P4)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, catalogue
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
    for clock in checked.declared("clock"):
        if isinstance(clock.term, Clock) and clock.reading is None:
            of_clock = [d for d in own if isinstance(d.term, Target | Cascade) and d.term.clock == clock.term.id]
            yield from _gaps(checked, clock, of_clock, scales)
            yield from _hidden(of_clock)


def _doubles(checked: Checked) -> Iterator[Finding]:
    first: dict[tuple[object, ...], Declared] = {}
    for declared in checked.model.declared:
        if not isinstance(declared.term, Target | Cascade):
            continue
        key = (declared.reading, declared.term.id)
        if key in first:
            yield catalogue.DUPLICATE_TARGET(
                declared.place, id=declared.term.id, related=[(first[key].place, "the first one")]
            )
        first.setdefault(key, declared)


def _gaps(checked: Checked, clock: Declared, declared: list[Declared], scales: dict[str, Scale]) -> Iterator[Finding]:
    terms = [d.term for d in declared if isinstance(d.term, Target | Cascade)]
    main = checked.model.document.targets_scale
    axes = list(dict.fromkeys(scale for term in terms for scale in term.levels if scale in scales))
    if not axes and main in scales and not terms:
        axes = [main]
    missing = [
        ", ".join(levels)
        for levels in product(*([level.id for level in scales[axis].levels] for axis in axes))
        if not any(_covers(term, dict(zip(axes, levels, strict=True))) for term in terms)
    ]
    if missing:
        listed = "; ".join(missing) if missing[0] else "any ticket"
        first = f" for {missing[0]}" if missing[0] else ""
        yield catalogue.TARGET_GAP(clock.place, clock=clock.term.id, levels=listed, first=first)


def _covers(term: Target | Cascade, levels: dict[str, str]) -> bool:
    return all(levels.get(scale) == level for scale, level in term.levels.items())


def _hidden(declared: list[Declared]) -> Iterator[Finding]:
    plain = [
        (d.place, d.term)
        for d in declared
        if isinstance(d.term, Target) and d.term.condition is None and d.term.applies is None
    ]
    for at, (place, later) in enumerate(plain):
        for other, earlier in plain[:at]:
            if earlier.levels.items() < later.levels.items():
                yield catalogue.OVERLAPPING_TARGETS(
                    place, id=later.id, other=earlier.id, related=[(other, "comes before it")]
                )
                break
