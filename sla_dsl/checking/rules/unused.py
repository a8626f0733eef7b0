"""Names that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.declare import TICKET_KEYS
from sla_dsl.checking.names import KINDS
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, catalogue

_WATCHED = ("parameter", "fact", "calendar", "event", "scale", "source")


def unused(checked: Checked) -> Iterator[Finding]:
    """Parameters, facts, calendars, events, scales and sources must serve something."""
    document = checked.model.document
    used = set(checked.names.ledger.used)
    used |= {("scale", document.targets_scale or ""), ("event", document.created or "")}
    used |= {("parameter", document.timezone_parameter or "")}
    used |= {(kind, key) for kind in ("fact", "scale") for key in TICKET_KEYS}
    used |= {("source", name) for name in checked.unreadable}
    for entry in checked.names.own_entries():
        if entry.kind in _WATCHED and (entry.kind, entry.id) not in used and entry.place is not None:
            yield catalogue.UNUSED(entry.place, kind=KINDS[entry.kind], name=entry.id)
