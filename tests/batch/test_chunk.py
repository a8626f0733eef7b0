from datetime import UTC, timedelta, timezone

import numpy as np
import pytest

from sla_dsl.batch.chunk import NOTHING, Chunk, Coded, Key

HOUR = 3_600_000_000


def coded(*codes: int, values: tuple[object, ...]) -> Coded:
    return Coded(values, np.array(codes, np.int32))


@pytest.fixture
def chunk() -> Chunk:
    return Chunk(
        ids=["a", "b"],
        created=np.array([0, HOUR]),
        first={
            Key("level", "priority"): coded(0, NOTHING, values=("p1",)),
            Key("fact", "vip"): coded(NOTHING, 0, values=(True,)),
        },
        starts=np.array([0, 2, 3]),
        at=np.array([HOUR, 2 * HOUR, 3 * HOUR]),
        said={
            Key("event"): coded(0, NOTHING, 0, values=("replied",)),
            Key("status"): coded(NOTHING, 0, NOTHING, values=("closed",)),
            Key("fact", "vip"): coded(NOTHING, 0, NOTHING, values=(False,)),
        },
        zone=UTC,
    )


def test_a_ticket_is_told_in_its_json_form(chunk: Chunk) -> None:
    assert len(chunk) == 2
    assert chunk.ticket(0) == {
        "id": "a",
        "created": "1970-01-01T00:00:00+00:00",
        "priority": "p1",
        "events": [
            {"at": "1970-01-01T01:00:00+00:00", "event": "replied"},
            {"at": "1970-01-01T02:00:00+00:00", "status": "closed", "facts": {"vip": False}},
        ],
    }
    assert chunk.ticket(1)["facts"] == {"vip": True}


def test_instants_are_told_in_the_zone_of_the_log(chunk: Chunk) -> None:
    there = Chunk(chunk.ids, chunk.created, {}, chunk.starts, chunk.at, {}, timezone(timedelta(hours=2)))
    assert there.ticket(1)["created"] == "1970-01-01T03:00:00+02:00"
