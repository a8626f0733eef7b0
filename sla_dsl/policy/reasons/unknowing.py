"""Why an answer is undetermined, and between which instants it lies, in words (H4, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.wording import listing, moment_text
from sla_dsl.worktime.errors import OutsideYears

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.errors import SlaError
    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.calendars import Calendars
    from sla_dsl.policy.cases import Bound


def missing_reasons(clause: str, missing: tuple[str, ...], what: str = "Undetermined") -> Iterator[Reason]:
    """Yield what is missing; `what` says of what."""
    if missing:
        names = listing(f"`{name}`" for name in missing)
        verb = "is" if len(missing) == 1 else "are"
        yield from reasons(clause, f"{what}: it rests on {names}, which {verb} not known")
    else:
        yield from reasons(clause, f"{what}: what is known allows more than one answer")


def bounds_reasons(clause: str, bounds: tuple[Bound, Bound | None] | None, where: tzinfo) -> Iterator[Reason]:
    """Yield between which instants a due time lies, where there are bounds for it."""
    if bounds is None:
        return
    earliest, latest = bounds
    if latest is not None and latest.at == earliest.at:
        yield from reasons(clause, f"Whatever is missing, due {moment_text(earliest.at, earliest.zone or where)}")
        return
    text = f"Whatever is missing, not due before {moment_text(earliest.at, earliest.zone or where)}"
    if latest is not None:
        text += f", and not after {moment_text(latest.at, latest.zone or where)}"
    yield from reasons(clause, text)


def error_text(error: SlaError | None, calendars: Calendars) -> str:
    """Return why nothing could be computed; a calendar by the name that the policy has for it."""
    return str(calendars.named(error) if isinstance(error, OutsideYears) else error)
