"""What a row is, which column tells the tickets apart, and what the columns with times mean."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from attrs import field, frozen

from sla_dsl.batch.guessing.likeness import words_of
from sla_dsl.batch.guessing.sample import Sample
from sla_dsl.batch.guessing.times import Written
from sla_dsl.policy.logs.mapping import Rows, Times
from sla_dsl.policy.logs.times import UnreadableTime, instant

_IDS = frozenset(
    "id ticket ticket_id ticketid ticket_number case case_id caseid case:concept:name number incident incident_id "
    "incident_number issue issue_key key request request_id ticket_no case_number sr_number".split()
)
_ID_WORDS = frozenset("id ticket case incident number key issue request no nr".split())
_OTHERS = frozenset("working by user customer agent group problem change rfc parent caller event assigned".split())
_CREATED = frozenset("new creation date".split())
_RECORDED = frozenset("updated update timestamp time changed change modified recorded entered when event".split())
_LOOKS_LIKE_IT = 0.9
_SAME = 0.05


@frozen
class Layout:
    """What was found: the ticket column, the kind of rows, when tickets were created and entries made, further times.

    `ticket`, `created` and `at` are None where nothing fits.
    """

    rows: Rows
    ticket: str | None
    created: str | None
    at: str | None
    others: tuple[str, ...] = field(default=())


def layout(sample: Sample, times: dict[str, Written]) -> Layout:
    """What the rows are.

    A ticket column repeats in runs (one row per entry) or never (one row per ticket).
    """
    ticket = _ticket(sample, [name for name in sample.names if name not in times])
    if ticket is None:
        return Layout("entry" if len(times) < 2 else "ticket", None, None, next(iter(times), None))
    texts = sample.texts(ticket)
    distinct = len({text for text in texts if text is not None})
    if distinct * 1.05 >= len(texts):
        created = _created(sample, times, list(times))
        return Layout("ticket", ticket, created, None, tuple(name for name in times if name != created))
    varying = {name: _varying(sample, ticket, name) for name in times}
    at = max(varying, key=lambda name: (round(varying[name], 1), _named(name, _RECORDED)), default=None)
    created = _created(sample, times, [name for name in times if name != at and varying[name] <= _SAME], named=True)
    return Layout("entry", ticket, created, at, tuple(name for name in times if name not in {at, created}))


def _ticket(sample: Sample, names: list[str]) -> str | None:
    scores = {name: _ticket_score(sample, name, first=name == sample.names[0]) for name in names}
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] >= _LOOKS_LIKE_IT else None


def _ticket_score(sample: Sample, name: str, *, first: bool) -> float:
    """How much a column looks like one that tells tickets apart."""
    texts = sample.texts(name)
    if not texts or texts.count(None) > 0.01 * len(texts):
        return 0.0
    distinct, runs = len(set(texts)), sum(1 for _ in groupby(texts))
    if distinct == len(texts):
        shape = 0.6
    elif distinct < len(texts) / 200:
        shape = -0.5  # a few values for very many rows: a state, a group
    elif distinct == 1:
        shape = 0.0
    else:
        shape = 0.8 if runs == distinct else 0.5 if runs < 1.3 * distinct else 0.1
    words = words_of(name)
    named = 1.0 if name.casefold().replace(" ", "_") in _IDS else 0.5 if words & _ID_WORDS else 0.0
    return shape + named - (0.4 if words & _OTHERS else 0.0) + (0.2 if first else 0.0)


def _varying(sample: Sample, ticket: str, name: str) -> float:
    """The share of tickets with several rows in which a column has several values."""
    seen: dict[str, set[str | None]] = {}
    rows: dict[str, int] = {}
    for key, text in zip(sample.texts(ticket), sample.texts(name), strict=True):
        if key is not None:
            seen.setdefault(key, set()).add(text)
            rows[key] = rows.get(key, 0) + 1
    several = [key for key, count in rows.items() if count > 1]
    return sum(len(seen[key]) > 1 for key in several) / len(several) if several else 0.0


def _created(sample: Sample, times: dict[str, Written], names: list[str], *, named: bool = False) -> str | None:
    """The column with the time of creation: called so, seldom missing, and before the others.

    With `named` one that is not called so is none.
    """
    fitting = [name for name in names if not named or _named(name, _CREATED)]
    return max(
        fitting,
        key=lambda name: (
            _named(name, _CREATED) > 0,
            -round(sample.texts(name).count(None) / max(1, sample.rows), 1),
            -_mean(sample, times[name], name),
        ),
        default=None,
    )


def _mean(sample: Sample, written: Written, name: str) -> float:
    patterns = tuple(pattern for pattern in written.patterns if pattern)
    read = Times(patterns, "UTC")
    found = list(_instants(read, [text for text in sample.texts(name)[:500] if text]))
    return sum(found) / len(found) if found else 0.0


def _instants(times: Times, texts: Iterable[str]) -> Iterable[int]:
    for text in texts:
        try:
            yield instant(times, text)
        except UnreadableTime:
            continue


def _named(name: str, wanted: frozenset[str]) -> int:
    return len(words_of(name) & wanted)
