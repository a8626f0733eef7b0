"""Random policies, written in the language, so that one that fails can be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tests.reference.tickets.random_lifecycles import lifecycle
from tests.reference.tickets.random_promises import CALENDARS, Promises

if TYPE_CHECKING:
    from random import Random

ANY_DAY = "2026-05-06"
PLACES = [
    ("Europe/Amsterdam", ANY_DAY),
    ("Europe/Amsterdam", ANY_DAY),
    ("America/New_York", ANY_DAY),
    ("Europe/Amsterdam", "2026-03-29"),
    ("Europe/Amsterdam", "2026-10-25"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("Australia/Lord_Howe", "2026-04-05"),
]
"""Zones, and dates on most of which their clocks change."""

EVENTS = "replied asked answered updated fixed confirmed reopened escalated dropped parked unparked settled".split()


@dataclass
class RandomPolicy:
    """The statements of a policy, the date about which its tickets live, the minutes of a step, and what is odd."""

    text: str
    zone: str
    around: date
    step: int
    kinds: set[str]


def random_policy(rng: Random) -> RandomPolicy:
    """Return a random policy; its kinds say what occurs in it."""
    zone, around = rng.choice(PLACES)
    step = rng.choice([30, 30, 30, 30, 30, 15])
    kinds = {"clock change"} if around != ANY_DAY else set[str]()
    promises = Promises(rng, step, kinds)
    clocks = ["response", "resolution", "update"][: rng.choice([1, 2, 2, 3])]
    kinds.add(f"{len(clocks)} clocks")
    lines = [*_names(zone), *_scales(rng, kinds), *_calendars(rng, zone, around)]
    statuses = rng.random() < 0.85
    for clock in clocks:
        lines += _clock(promises, clock, clocks, statuses=statuses)
        lines += _targets(promises, clock)
    if statuses:
        lines += lifecycle(promises, clocks)
    lines += [*_reclassification(rng, kinds), *_exclusion(promises, clocks), *_duties(promises)]
    return RandomPolicy("\n".join(lines), zone, date.fromisoformat(around), step, kinds)


def _names(zone: str) -> list[str]:
    return [
        f'timezone {zone} {{ assume "invented" }}',
        "party desk",
        "party customer",
        "party partner",
        "channel web",
        "channel phone",
        "event logged",
        "event reported may precede creation",
        f"events {', '.join(EVENTS)}",
        "created is logged",
        'fact urgent is yes or no { default no assume "invented" }'.replace(" { ", " {\n").replace("no a", "no\na"),
        "fact vip is yes or no",
    ]


def _scales(rng: Random, kinds: set[str]) -> list[str]:
    lines = [
        "attribute plan of customer {\nlevel gold\nlevel basic\ndefault basic",
        'assume "invented"\n}',
        "scale priority highest first {\nlevel p1\nlevel p2\nlevel p3",
        'assume "invented"\n}',
    ]
    if rng.random() < 0.2:
        kinds.add("matrix")
        lines += [
            'scale severity highest first {\nlevel major\nlevel minor\nassume "invented"\n}',
            'scale reach highest first {\nlevel wide\nlevel narrow\nassume "invented"\n}',
            "matrix severity by reach gives priority {",
            "| | wide | narrow |",
            f"| major | p1 | {rng.choice(['p1', 'p2'])} |",
            f"| minor | {rng.choice(['p2', 'p3'])} | p3 |",
            'assume "invented"\n}',
            "priority is priority",
        ]
    return lines


def _calendars(rng: Random, zone: str, around: str) -> list[str]:
    first = int(around[:4])
    head = f"timezone {zone}\nyears {first - 1} to {first + 1}"
    closed = f"closed on {around}\n" if rng.random() < 0.15 else ""
    hours = {
        "office": "open mon to fri 09:00 to 17:00\n" + closed,
        "night": "open every day 22:00 to 06:00\n",
        "odd": "open mon, wed, fri to sun 00:30 to 03:30, 11:30 to 14:00\n",
        "nonstop": "open every day 00:00 to 24:00\n",
    }
    lines = [f'calendar {name} {{\n{head}\n{hours[name]}assume "invented"\n}}' for name in CALENDARS]
    return [*lines, 'calendar covered by plan {\n| gold | nonstop |\n| basic | office |\nassume "invented"\n}']


# ---------------------------------------------------------------------------------------------- clocks


def _clock(promises: Promises, name: str, clocks: list[str], *, statuses: bool) -> list[str]:
    rng, kinds = promises.rng, promises.kinds
    lines = [f"clock {name} {{", *_starts(promises, name, statuses=statuses)]
    lines += _stops(promises, name, statuses=statuses)
    if name == "update" and rng.random() < 0.6:
        kinds.add("repeats")
        lines.append("repeats until settled")
    if rng.random() < 0.15:
        kinds.add("void")
        lines.append("void when dropped" + (f" if {promises.condition()}" if rng.random() < 0.3 else ""))
    lines += _pauses(promises, name, clocks, statuses=statuses)
    if rng.random() < 0.08:
        kinds.add("applies if")
        lines.append(f"applies if {promises.condition('during office')}")
    if rng.random() < 0.3:
        kinds.add("measured by condition")
        lines.append(f"measured in {rng.choice([*CALENDARS, 'elapsed time'])} if {promises.timely()}")
    measure = rng.choice([*CALENDARS, "covered", "elapsed time", "office"])
    kinds.add(f"measured in {measure}")
    lines.append(f"measured in {measure}")
    for what in ("priority", "urgent", "vip", "plan, channel, caller"):
        if rng.random() < 0.8:
            way = rng.choice(["rebase", "carry", "restart", "keep"])
            kinds.add(way)
            lines.append(f"on change of {what} {way}")
    reopening = rng.choice(["continue", "continue, gap counts", "new cycle", "stay closed"])
    kinds.add(reopening)
    return [*lines, f"on reopening {reopening}", 'assume "invented"', "}"]


def _starts(promises: Promises, name: str, *, statuses: bool) -> list[str]:
    rng, kinds = promises.rng, promises.kinds
    usual = ["logged", "logged", "logged", "reported or logged", "logged or escalated"]
    events = [*usual, "asked", "asked and escalated", *(["status is working"] if statuses else [])]
    chosen = "logged" if name == "update" else rng.choice(events)
    kinds.add(f"starts when {chosen}")
    lines = [f"starts when {chosen}"]
    if rng.random() < 0.15:
        kinds.add("starts if")
        lines = [
            f"starts when {chosen} if {promises.timely()}",
            "starts when escalated",
        ]
    if rng.random() < 0.15:
        kinds.add("starts instead")
        lines.append(f"starts instead when confirmed if {promises.timely()}")
    return lines


def _stops(promises: Promises, name: str, *, statuses: bool) -> list[str]:
    rng = promises.rng
    events = ["replied", "fixed", "replied or fixed", "fixed and confirmed"]
    if statuses:
        events += ["status is solved", "fixed or status is closed", "status is solved"]
    chosen = "updated" if name == "update" else rng.choice(events)
    promises.kinds.add(f"stops when {chosen}")
    if rng.random() < 0.15:
        promises.kinds.add("stops if")
        return [f"stops when {chosen} if {promises.condition()}", "stops when fixed and answered"]
    return [f"stops when {chosen}"]


def _pauses(promises: Promises, name: str, clocks: list[str], *, statuses: bool) -> list[str]:
    rng, kinds = promises.rng, promises.kinds
    choices = {
        "pauses while facts": f"pauses while {promises.condition()}",
        "pauses in a calendar": f"pauses while {rng.choice(['during', 'outside'])} {rng.choice(CALENDARS)}",
        "pauses on some days": f"pauses while on a day {rng.choice(['open', 'closed'])} in {rng.choice(CALENDARS[:3])}",
        "pauses between events": "pauses from parked to unparked",
        "pauses until either": "pauses from asked to answered or replied",
    }
    if statuses:
        choices["pauses in a status"] = "pauses in waiting"
        choices["pauses in a status sometimes"] = "pauses while status is waiting and not urgent"
    if name != clocks[0]:
        choices["pauses while overdue"] = f"pauses while {clocks[0]} is overdue"
    chosen = rng.sample(sorted(choices), rng.choice([0, 1, 1, 2]))
    kinds.update(chosen)
    moves = rng.choice(["move", "do not move"])
    kinds.add(f"pauses {moves}")
    return [*(choices[one] for one in chosen), f"pauses {moves} the due time"]


# --------------------------------------------------------------------------------------------- targets


def _targets(promises: Promises, clock: str) -> list[str]:
    rng, kinds = promises.rng, promises.kinds
    lines: list[str] = []
    if rng.random() < 0.25:
        kinds.add("target with a condition")
        level = rng.choice(["", " for p1", " for p2 and p3"])
        lines.append(
            _target(
                f"target {clock}{level} if {promises.timely()}",
                promises.promise(),
            )
        )
    if rng.random() < 0.2:
        kinds.add("cascade")
        return [*lines, _cascade(promises, clock)]
    lines += [_target(f"target {clock} for {level}", promises.promise()) for level in ("p1", "p2")]
    return [*lines, _target(f"target {clock} for p3", promises.promise())]


def _target(head: str, promise: str) -> str:
    return f'{head}: {promise} {{ assume "invented" }}'


def _cascade(promises: Promises, clock: str) -> str:
    steps = [f"step {clock}_first: {promises.modality()} {promises.limit()}{_own_start(promises, 0.1)}"]
    for name in ("second", "third")[: promises.rng.randint(1, 2)]:
        condition = f" if {promises.condition()}" if promises.rng.random() < 0.4 else ""
        steps.append(f"step {clock}_{name}{condition}: {promises.promise()}{_own_start(promises, 0.25)}")
    return "\n".join([f"cascade {clock} {{", *steps, 'assume "invented"', "}"])


def _own_start(promises: Promises, chance: float) -> str:
    rng = promises.rng
    if rng.random() > chance:
        return ""
    promises.kinds.add("step with a start of its own")
    condition = f" if {promises.timely()}" if rng.random() < 0.3 else ""
    return f" {{\nstarts when {rng.choice(['logged', 'asked', 'confirmed', 'asked and escalated'])}{condition}\n}}"


# ------------------------------------------------------------------------------------------- the rest


def _reclassification(rng: Random, kinds: set[str]) -> list[str]:
    if rng.random() > 0.2:
        return []
    kinds.add("reclassification")
    what = rng.choice(["p1 to p2 or lower", "p3 to p2 or higher", "p1, p2 to p3"])
    return [f'reclassify {what} when escalated{rng.choice(["", " if urgent"])} {{ assume "invented" }}']


def _exclusion(promises: Promises, clocks: list[str]) -> list[str]:
    rng = promises.rng
    if rng.random() > 0.15:
        return []
    promises.kinds.add("exclusion")
    which = rng.choice(["all clocks", clocks[0]])
    condition = f" if {promises.condition()}" if rng.random() < 0.3 else ""
    applies = f"\napplies if {promises.condition('during office')}" if rng.random() < 0.3 else ""
    return [f"exclusion own_fault {{\nends {which} when dropped{condition}{applies}", 'assume "invented"\n}']


def _duties(promises: Promises) -> list[str]:
    rng = promises.rng
    if rng.random() > 0.4:
        return []
    promises.kinds.add("duty")
    when = rng.choice([" when asked", " when fixed or escalated", ""])
    condition = f" if {promises.condition()}" if not when or rng.random() < 0.3 else ""
    due = rng.choice(["shall within 6 hours elapsed", "should in less than 4 hours of office", "shall", "may"])
    return [
        f"duty answers {{\nowed by desk to customer{when}{condition}\ndue {due}",
        f'fulfilled when {rng.choice(["answered", "answered or replied"])}\nassume "invented"\n}}',
    ]
