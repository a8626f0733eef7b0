"""What is followed together in ordinary use: the real log, the shipped policies, every way a clock can go."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import sla_dsl
from sla_dsl.batch.engine.engine import Engine
from sla_dsl.batch.results import record_batch, schema_of
from sla_dsl.policy.terms import Channel, Event, Fact, Party
from sla_dsl.worktime import from_micros
from tests.batch.logs import chunk_of, expected, micros
from tests.docs.incidents import FOLDER, opened
from tests.reference.tickets.asking import policy_of

if TYPE_CHECKING:
    from sla_dsl import Policy
    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Answered

AT = "2026-04-01T00:00:00+00:00"
HOURS = {
    "timezone": "Europe/London",
    "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "years": [2025, 2027],
}
FILLED: dict[str, dict[str, object]] = {
    "rekor": {"holidays": "none"},
    "secpod": {"zone": "Asia/Kolkata", "closed_holidays": "none"},
    "sightworks": {
        "zone": "Europe/London", "business_hours": HOURS, "business_days": HOURS, "working_days": HOURS,
    },
    "cloudcti": {"holidays": "none"},
}  # fmt: skip
ALONE = {"rekor": 10, "secpod": 0, "sightworks": 80, "cloudcti": 10}
"""How many of 200 tickets may go one by one. SightWorks asks how instants lie to each other."""


def same(policy: Policy, chunk: Chunk, at: str) -> Answered:
    """The answers about a chunk, which are those of the evaluator."""
    engine = Engine(policy, micros(at))
    answered = engine.answered(chunk)
    schema = schema_of(chunk)
    names = [name for name in schema.names if name not in chunk.kept and name != "scalar"]
    got = record_batch(schema, engine.words, chunk, answered.rows).to_pylist()
    wanted, refused = expected(policy, chunk, at)
    assert [{name: row[name] for name in names} for row in got] == [
        {name: row[name] for name in names} for row in wanted
    ]
    assert len(answered.refused) == len(refused)
    return answered


def test_every_ticket_of_the_real_log_is_as_the_evaluator_has_it():
    policy = sla_dsl.load(FOLDER / "incidents.sla")
    log = opened(policy)
    at = from_micros(log.latest(), UTC).isoformat()
    answers = [same(policy, chunk, at) for chunk in log]
    assert sum(len(one.rows) for one in answers) == 9_202
    assert sum(one.scalar for one in answers) == 0


@pytest.mark.parametrize("name", FILLED)
def test_tickets_under_the_shipped_policies(name: str):
    policy = sla_dsl.shipped(name).set(**FILLED[name])
    assert same(policy, chunk_of(histories(policy, Random(name), 200)), AT).scalar <= ALONE[name]


def histories(policy: Policy, rng: Random, count: int) -> list[dict[str, Any]]:
    """Random tickets of which everything that can be known is."""
    terms = policy.terms
    levels = [level.id for level in terms.scales[terms.targets_scale or ""].levels]
    events = [event.id for event in terms.all(Event) if not event.may_precede_creation and event.id != terms.created]
    facts = [fact.id for fact in terms.all(Fact) if fact.type.name == "yes or no"]
    made: list[dict[str, Any]] = []
    for number in range(count):
        at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=rng.randrange(5 * 1440))
        one: dict[str, Any] = {"id": str(number), "created": at.isoformat(), "priority": rng.choice(levels)}
        one["channel"] = rng.choice([channel.id for channel in terms.all(Channel)])
        one["caller"] = rng.choice([party.id for party in terms.all(Party)])
        one["facts"] = {fact: rng.random() < 0.3 for fact in facts}
        one["events"] = []
        for _ in range(rng.randrange(8)):
            at += timedelta(seconds=rng.randrange(30 * 3600))
            said = {"event": rng.choice(events)} if rng.random() < 0.8 else {"priority": rng.choice(levels)}
            one["events"].append({"at": at.isoformat(), **said})
        made.append(one)
    return made


RULES = """
timezone Europe/Amsterdam {{ assume "invented" }}
events opened, asked, answered, fixed, confirmed, reopened, settled, dropped, excused, mended
created is opened
fact vip is yes or no {{
default no
assume "invented"
}}
scale priority highest first {{
level p1
level p2
level p3
assume "invented"
}}
calendar office {{
timezone Europe/Amsterdam
years 2025 to 2027
open mon to fri 09:00 to 17:00
assume "invented"
}}
calendar nights {{
timezone Europe/Amsterdam
years 2025 to 2027
open every day 20:00 to 04:00
assume "invented"
}}
clock work {{
starts when opened if not vip
starts when asked
stops when fixed and confirmed
stops when status is solved
void when dropped if vip
pauses in waiting
pauses from excused to answered
pauses while status is working and vip
pauses do not move the due time
measured in nights if during nights
measured in office
on change of priority {way}
on change of vip {other}
on reopening {reopening}
assume "invented"
}}
clock update {{
starts when opened
stops when answered
repeats until settled
measured in elapsed time
on change of priority {way}
on reopening {reopening}
assume "invented"
}}
target work for p1: shall within 6 hours {{ assume "invented" }}
target work for p2: target in less than 9 to 12 hours {{ assume "invented" }}
target work for p3: best effort {{ assume "invented" }}
target update for p1: shall within 3 hours {{ assume "invented" }}
target update for p2: best effort within 5 hours of office {{ assume "invented" }}
target update for p3: no promise {{ assume "invented" }}
reclassify p3 to p2 or higher when excused if vip {{ assume "invented" }}
exclusion own_fault {{
ends update when mended
assume "invented"
}}
lifecycle {{
status fresh initial
status working
status waiting
status solved
status closed final
from fresh to working when answered
from fresh or working to waiting when asked
from waiting to working when answered
from waiting to solved after 2 asked without answered, or after more than 30 hours without answered,
whichever is earlier
from working to solved when mended requires not vip or answered
from solved to working when reopened within 2 days
from solved to closed after 20 hours of office
assume "invented"
}}
"""
REOPENINGS = ["continue", "continue, gap counts", "new cycle", "stay closed"]
WAYS = ["rebase", "carry", "restart", "keep"]


@pytest.mark.parametrize(("reopening", "way"), list(zip(REOPENINGS, WAYS, strict=True)))
def test_every_way_that_a_clock_can_go(reopening: str, way: str):
    rng = Random(f"{reopening} {way}")
    policy = policy_of(RULES.format(reopening=reopening, way=way, other=rng.choice(WAYS)))
    made = [history(rng, number) for number in range(250)]
    answered = same(policy, chunk_of(made), "2026-03-09T10:00:00+00:00")
    assert answered.scalar < 60  # a pause that begins and ends at once, levels named at an instant with others
    engine = Engine(policy, 0)
    assert engine.notes == {}
    states = Counter(answered.rows.places("state").tolist())
    assert len(states) == 5
    assert answered.rows.places("cycle").max() > 2


STEPS = {
    "target work for p1: shall within 6 hours {{": (
        "cascade work for p1 {{\nstep one: shall within 6 hours\nstep two: target within 12 hours\n"
    ),
    "target update for p2: best effort within 5 hours of office {{": (
        "cascade update for p2 {{\n"
        "step sooner: best effort within 2 days of office by close after the start date\n"
        "step later if vip: shall within 9 hours elapsed\n"
    ),
}


@pytest.mark.parametrize(("reopening", "way"), [("continue", "keep"), ("new cycle", "restart")])
def test_a_step_is_followed_until_it_has_passed(reopening: str, way: str):
    rng, rules = Random(f"steps {reopening}"), RULES
    for target, cascade in STEPS.items():
        assert target in rules
        rules = rules.replace(f'{target} assume "invented" }}}}', f'{cascade}assume "invented"\n}}}}')
    policy = policy_of(rules.format(reopening=reopening, way=way, other="rebase"))
    answered = same(policy, chunk_of([history(rng, number) for number in range(120)]), "2026-03-05T10:00:00+00:00")
    in_steps = answered.rows.places("step")[answered.rows.places("scalar") == 0]
    assert (in_steps >= 0).sum() > 30


def history(rng: Random, number: int) -> dict[str, Any]:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=30 * rng.randrange(100))
    one: dict[str, Any] = {"id": str(number), "created": at.isoformat(), "priority": rng.choice(["p1", "p2", "p3"])}
    one["facts"] = {"vip": rng.random() < 0.3}
    one["events"] = []
    events = "asked answered asked answered fixed confirmed mended reopened settled dropped excused opened".split()
    for _ in range(rng.randrange(12)):
        at += timedelta(minutes=30 * rng.choice([0, 1, 5, 20, 60]))
        kind = rng.random()
        said: dict[str, Any] = {"event": rng.choice(events)}
        if kind < 0.1:
            said = {"priority": rng.choice(["p1", "p2", "p3"])}
        elif kind < 0.15:
            said = {"facts": {"vip": rng.random() < 0.5}}
        elif kind < 0.2:
            said = {"status": rng.choice(["working", "waiting", "solved", "closed"])}
        elif kind < 0.25:
            said["priority"] = rng.choice(["p1", "p2"])
        one["events"].append({"at": at.isoformat(), **said})
    return one
