"""The part of a shown policy about time: priorities, targets, clocks, calendars, objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.reporting.phrases import condition_of, listed, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sla_dsl.reporting.paper import Paper

Data = dict[str, Any]


def priorities(page: Paper, data: Mapping[str, Any]) -> None:
    """Scales with their levels, and matrices as tables."""
    for scale in sorted(data["scales"], key=lambda one: not one["carries_targets"]):
        page.section(scale["label"] or scale["id"])
        rows = [
            (level["id"], ", ".join(level["labels"]), level["means"] or "", _applies(level))
            for level in scale["levels"]
        ]
        page.table([scale["id"], "labels", "definition", "applies when"], rows)
        if scale["chosen_by"]:
            page.line(f"chosen by {listed(scale['chosen_by'])}", indent=2)
        for level in scale["levels"]:
            page.evidence(level, indent=2)
        told = [cite for level in scale["levels"] for cite in level["cite"]]
        page.evidence({**scale, "cite": [cite for cite in scale["cite"] if cite not in told]}, indent=2)
    for matrix in data["matrices"]:
        page.section(f"{matrix['gives']} by {matrix['rows']} and {matrix['columns']}")
        _matrix(page, matrix)
        page.evidence(matrix, indent=2)


def _applies(level: Data) -> str:
    return "otherwise" if level["otherwise"] else level["when"]["text"] if level["when"] else ""


def _matrix(page: Paper, matrix: Data) -> None:
    cells = {(cell["row"], cell["column"]): cell["gives"] or "–" for cell in matrix["cells"]}
    rows = list(dict.fromkeys(row for row, _ in cells))
    columns = list(dict.fromkeys(column for _, column in cells))
    page.table(["", *columns], [[row, *(cells.get((row, column), "") for column in columns)] for row in rows])


def targets(page: Paper, data: Mapping[str, Any]) -> None:
    """Targets as a table of levels and clocks where they are one, else one below the other; cascades."""
    if data["targets"] or data["cascades"]:
        page.section("Targets")
    plain = [one for one in data["targets"] if len(one["levels"]) == 1 and one["condition"] is None]
    scales = dict.fromkeys(scale for one in plain for scale in one["levels"])
    for scale in scales:
        _target_table(page, scale, [one for one in plain if scale in one["levels"]])
    others = [one for one in data["targets"] if one not in plain]
    if others:
        page.table(["target", "promise"], [(one["id"], one["text"]) for one in others])
    _target_evidence(page, data["targets"])
    for one in data["cascades"]:
        page.entry(one["id"], one["text"], one)


def _target_table(page: Paper, scale: str, some: Sequence[Data]) -> None:
    clocks = list(dict.fromkeys(one["clock"] for one in some))
    levels = list(dict.fromkeys(one["levels"][scale] for one in some))
    cells = {(one["levels"][scale], one["clock"]): one["text"] for one in some}
    page.table(["", *clocks], [[level, *(cells.get((level, clock), "") for clock in clocks)] for level in levels])


def _target_evidence(page: Paper, some: Sequence[Data]) -> None:
    """The evidence of all targets, each passage once."""
    cites = {(cite["source"], cite["line"], cite["quote"]): cite for one in some for cite in one["cite"]}
    assumed = dict.fromkeys(text for one in some for text in one["assume"])
    notes = dict.fromkeys(text for one in some for text in one["notes"])
    page.evidence({"cite": cites.values(), "assume": assumed, "notes": notes}, indent=2)
    for one in some:
        for also, said in zip(one["also"], one["also_text"], strict=True):
            page.line(f"{one['id']} also says {said}", indent=2)
            page.evidence({"cite": also["cite"]})


def clocks(page: Paper, data: Mapping[str, Any]) -> None:
    """What each clock measures."""
    if data["clocks"]:
        page.section("Clocks")
    for one in data["clocks"]:
        page.entry(named(one), _clock(one), one)


def _clock(one: Data) -> Iterator[str]:
    for word in ("starts", "stops", "voids"):
        for trigger in one[word]:
            instead = " instead" if trigger["instead"] else ""
            yield f"{word}{instead} when {trigger['when']['text']}{condition_of(trigger)}"
    for measure in one["measured"]:
        yield f"measured in {measure['calendar']}{condition_of(measure)}"
    for pause in one["pauses"]:
        since = f"while {pause['holds']['text']}" if pause["holds"] else f"from {pause['since']['text']}"
        yield f"pauses {since}" + (f" until {pause['until']['text']}" if pause["until"] else "")
    if one["repeats_until"]:
        yield f"repeats until {one['repeats_until']['text']}"
    for change in one["changes"]:
        yield f"on change of {change['of']}: {change['way']}"
    if one["reopening"]:
        yield f"on reopening: {one['reopening']}"
    if one["applies"]:
        yield f"applies if {one['applies']['text']}"


def calendars(page: Paper, data: Mapping[str, Any]) -> None:
    """Business time."""
    if data["calendars"]:
        page.section("Calendars")
    for one in data["calendars"]:
        page.entry(named(one), one["text"], one)


def objectives(page: Paper, data: Mapping[str, Any]) -> None:
    """What is measured over many tickets."""
    if data["objectives"]:
        page.section("Objectives")
    for one in data["objectives"]:
        levels = f" for {', '.join(one['levels'])}" if one["levels"] else ""
        blank = [f"left blank for {', '.join(one['blank'])}"] if one["blank"] else []
        page.entry(f"{named(one)}{levels}", [*one["text"], *blank], one)
