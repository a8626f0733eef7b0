"""The part of a shown policy about people: services, support lines, duties, exclusions, maintenance, lifecycle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.reporting.phrases import condition_of, listed, named
from sla_dsl.worktime.units import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sla_dsl.reporting.paper import Paper

Data = dict[str, Any]


def services(page: Paper, data: Mapping[str, Any]) -> None:
    """Who can be reached when, and how."""
    if data["services"]:
        page.section("Services")
    for one in data["services"]:
        through = [f"through {', '.join(one['channels'])}"] if one["channels"] else []
        title = f"{named(one)}, contingency" if one["contingency"] else named(one)
        page.entry(title, [*through, *(f"available {text}" for text in one["text"])], one)
    if data["channels"]:
        page.section("Channels")
    for one in data["channels"]:
        address = [f"at {one['address']}"] if one["address"] else []
        page.entry(named(one), [*address, *(f"available {text}" for text in one["text"])], one)
    if data["support_lines"]:
        page.section("Support lines")
    for one in data["support_lines"]:
        page.entry(named(one), _support_line(one), one)


def _support_line(one: Data) -> Iterator[str]:
    if one["by"]:
        yield f"provided by {listed(one['by'])}"
    if one["channels"]:
        yield f"through {', '.join(one['channels'])}"
    if one["requested_by"]:
        condition = f" if {one['requested_if']['text']}" if one["requested_if"] else ""
        yield f"requested by {listed(one['requested_by'])}{condition}"
    for covered in one["covers"]:
        yield f"covers {covered}"
    for escalation in one["escalations"]:
        yield f"escalates to {escalation['to']}{condition_of(escalation)}"


def rules(page: Paper, data: Mapping[str, Any]) -> None:
    """Duties, exclusions, reclassification and maintenance."""
    if data["duties"]:
        page.section("Duties")
    for one in data["duties"]:
        to = f" to {', '.join(one['to'])}" if one["to"] else ""
        page.entry(named(one), [f"{', '.join(one['party'])}{to}: {one['text']}", *_terms(one)], one)
    if data["exclusions"]:
        page.section("Exclusions")
    for one in data["exclusions"]:
        ends = [f"ends {', '.join(end['clocks'])} when {end['when']['text']}{condition_of(end)}" for end in one["ends"]]
        page.entry(named(one), ends, one)
    if data["reclassifications"]:
        page.section("Reclassification")
    for one in data["reclassifications"]:
        page.entry(one["id"], [f"when {one['when']['text']}{condition_of(one)}"], one)
    if data["maintenance"]:
        page.section("Maintenance")
    for one in data["maintenance"]:
        allowed = [
            f"allowed {'outside' if window['outside'] else 'during'} {window['calendar']}{condition_of(window)}"
            for window in one["allowed"]
        ]
        page.entry(named(one), allowed, one)


def _terms(duty: Data) -> Iterator[str]:
    if duty["when"]:
        yield f"when {duty['when']['text']}"
    if duty["condition"]:
        yield f"if {duty['condition']['text']}"
    if duty["fulfilled"]:
        yield f"fulfilled when {duty['fulfilled']['text']}"


def lifecycle(page: Paper, data: Mapping[str, Any]) -> None:
    """Statuses and the ways between them."""
    if not data["statuses"]:
        return
    page.section("Lifecycle")
    rows = [(one["id"], ", ".join(one["labels"]), _effects(one)) for one in data["statuses"]]
    page.table(["status", "labels", "effect"], rows)
    for one in data["transitions"]:
        page.entry(one["id"], list(_moments(one)), one)


def _effects(status: Data) -> str:
    marks = [word for word in ("initial", "final") if status[word]]
    effects = [f"{word} {', '.join(status[word])}" for word in ("pauses", "stops", "runs") if status[word]]
    return ", ".join([*marks, *effects])


def _moments(transition: Data) -> Iterator[str]:
    for moment in transition["moments"]:
        yield _moment(moment)
    if transition["requires"]:
        yield f"requires {transition['requires']['text']}"
    if transition["condition"]:
        yield f"if {transition['condition']['text']}"
    if transition["by"]:
        yield f"by {', '.join(transition['by'])}"


def _moment(moment: Data) -> str:
    without = f" without {' or '.join(moment['without'])}" if moment["without"] else ""
    if moment["when"]:
        within = _length(moment, "within")
        return f"when {moment['when']['text']}{f' within {within}' if within else ''}{without}"
    if moment["count"] is not None:
        return f"after {moment['count']} {moment['of']}{without}"
    return f"after {'more than ' * moment['more']}{_length(moment, 'after')}{without}"


def _length(moment: Data, which: str) -> str:
    """How long after something, in days or hours, and of which calendar."""
    days, micros, calendar = moment[f"{which}_days"], moment[which], moment[f"{which}_calendar"]
    if days is None and micros is None:
        return ""
    length = f"{days} day{'s' * (days != 1)}" if days is not None else f"{micros / HOUR:g} hours"
    return f"{length} of {calendar}" if calendar else length
