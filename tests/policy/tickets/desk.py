"""A support desk for tests: small policies, tickets under them, and what comes of a clock in one line.

Wall times are those of Amsterdam. In 2026 the 6th of March is a Friday, and clocks go forward on 29 March and back on
25 October. A time that they show twice has its offset: `2026-10-25 02:30 +01:00`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sla_dsl import Policy, loads

if TYPE_CHECKING:
    from sla_dsl.policy.tickets.answers import ClockAnswer
    from sla_dsl.policy.tickets.evaluation import Evaluation

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FOLDER = Path(__file__).parent / "small"

NAMES = """
party vendor
party customer
channel phone
channel web
events opened, replied, wrote, asked, answered, fixed, reopened, escalated, arranged, dropped
event noticed may precede creation
created is opened
fact urgent "it is urgent" is yes or no
fact vip "the caller is important" is yes or no
scale priority highest first {
  level p1
  level p2
  level p3
}
calendar office {
  timezone Europe/Amsterdam
  years 2025 to 2027
  open mon to fri 09:00 to 17:00
}
calendar nonstop {
  timezone Europe/Amsterdam
  years 2025 to 2027
  open every day 00:00 to 24:00
}
"""

Said = str | Mapping[str, object]
"""What an entry says: the name of an event, or its keys."""


@cache
def desk(statements: str) -> Policy:
    """A policy with `NAMES` and these statements, every one of which is made up."""
    source = f'source "small.txt" sha256 "{sha256((FOLDER / "small.txt").read_bytes()).hexdigest()}"'
    text = f"timezone Europe/Amsterdam\n{NAMES}\n{statements}"
    return loads(f'language 1\npolicy desk {{\n{source}\n{_assumed(text)}\ninformative "Small terms."\n}}\n', FOLDER)


_RULE = re.compile(
    r"(timezone|scale|attribute|calendar|clock|targets?|cascade|lifecycle|reclassify|exclusion|duty|ambiguity) "
)


def _assumed(text: str) -> str:
    """The statements, each rule with the assumption that the language asks for."""
    lines: list[str] = []
    depth, rule = 0, False
    for line in text.splitlines():
        if depth == 0:
            rule = _RULE.match(line) is not None
        depth += line.count("{") - line.count("}")
        if rule and depth == 0:
            opened = line != "}"
            lines += [f"{line} {{", 'assume "Made up."', "}"] if opened else ['assume "Made up."', line]
        else:
            lines.append(line)
    return "\n".join(lines)


def ticket(created: str, *entries: tuple[str, Said], **first: object) -> dict[str, object]:
    """A ticket with its entries, each by its wall time; `first` is what is said at creation."""
    events = [{"at": instant(at), **({"event": said} if isinstance(said, str) else said)} for at, said in entries]
    return {"id": "T-1", "created": instant(created), **first, "events": events}


def look(policy: Policy, at: str, given: Mapping[str, object]) -> Evaluation:
    """A ticket evaluated at a wall time."""
    return policy.evaluate(given, at=instant(at))


def instant(text: str) -> str:
    """The instant of a wall time, which needs its offset where there are two of them or none."""
    said, _, offset = text.partition(" +")
    if offset:
        return f"{said}+{offset}"
    at = datetime.fromisoformat(said).replace(tzinfo=AMSTERDAM)
    assert at.utcoffset() == at.replace(fold=1).utcoffset(), f"{text} needs an offset"
    return at.isoformat()


# ---------------------------------------------------------------------------------------------- in words


def told(found: Evaluation, clock: str = "response") -> str:
    """The last cycle of a clock in one line."""
    return cycles(found, clock)[-1]


def cycles(found: Evaluation, clock: str = "response") -> list[str]:
    """Each cycle of a clock in one line: state, verdict, due instant or bounds, time used, since when it is late."""
    return [line(one) for one in found.clocks if one.clock == clock]


def line(clock: ClockAnswer) -> str:
    """A cycle in one line."""
    state = clock.state or "in a state that is not known"
    parts = [state if clock.stopped is None else f"stopped {wall(clock.stopped)}", clock.verdict]
    if clock.due is not None:
        parts.append(f"due {wall(clock.due)}")
    if clock.bounds is not None:
        low, high = clock.bounds
        parts.append(f"from {wall(low)} to {'?' if high is None else wall(high)}")
    if clock.used_seconds is not None:
        parts.append(f"used {length(clock.used_seconds)}")
    if clock.breached_at is not None:
        parts.append(f"late {wall(clock.breached_at)}")
    return ", ".join(parts)


def length(seconds: float) -> str:
    """A length in hours, minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:.0f}:{minutes % 60:02.0f}:{rest:02g}"


def wall(at: datetime) -> str:
    """The wall time in Amsterdam, with its offset where the clocks show it twice."""
    there = at.astimezone(AMSTERDAM)
    twice = there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()
    text = there.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")
    return f"{text} {there.isoformat()[-6:]}" if twice else text
