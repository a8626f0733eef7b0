"""Which columns hold names of the policy, and which of its names each value means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from sla_dsl.batch.guessing.likeness import SURE, likeness, rank_of, words_of
from sla_dsl.batch.guessing.sample import Sample
from sla_dsl.policy.errors import BadValue
from sla_dsl.policy.logs.mapping import JOINT, Kind
from sla_dsl.policy.situation import read_number
from sla_dsl.policy.terms import Channel, Clock, Event, Fact, Occurs, Party, Scale, Status
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.policy.vocabulary import PRIORITY, Terms, labels_of

_HAPPENING = ("event", "status")
_OF_TIME = frozenset("at on since time date datetime timestamp ts sys actual first".split())
_MOST_VALUES = 60
_FITS = 0.38
_CALLED: dict[str, tuple[str, ...]] = {
    "status": ("status", "state", "stage"),
    "event": ("event", "activity", "action", "concept:name", "event type"),
    "channel": ("channel", "contact type", "via", "medium", "origin", "source"),
    "caller": ("caller", "reporter type", "party", "requester type"),
}


@frozen
class Word:
    """A name of the policy: what it is a name of, and everything it is called."""

    kind: Kind
    id: str
    names: tuple[str, ...]


@frozen
class Target:
    """Something that a column can say: the status, the level on a scale, …, and the names that its values may mean."""

    kind: Kind
    name: str
    called: tuple[str, ...]
    words: tuple[Word, ...]
    ordered: bool = False

    def is_called(self, column: str) -> float:
        """How alike the name of a column and its own are."""
        return max(likeness(column, called) for called in self.called)

    @property
    def own(self) -> tuple[Word, ...]:
        """Its names of its own kind."""
        return tuple(word for word in self.words if word.kind == self.kind)


@frozen
class Read:
    """What a value seems to mean: a name, or none; `near` is the nearest one where none is near enough."""

    value: str
    word: Word | None
    near: Word | None = None
    by_rank: bool = False


@frozen
class Found:
    """A column that holds names of the policy, and its values, the most frequent first."""

    column: str
    target: Target
    reads: tuple[Read, ...]


def found_in(sample: Sample, terms: Terms, names: Iterable[str], *, happening: bool) -> tuple[Found, ...]:
    """The columns that say something, each of one thing, the best fitting first chosen.

    With `happening` columns of statuses and events are looked for too: where a row is an entry.
    """
    targets = [one for one in _targets(terms) if happening or one.kind not in {"status", "event"}]
    values = {name: [value for value, _ in sample.counted(name).most_common(_MOST_VALUES + 1)] for name in names}
    few = {name: some for name, some in values.items() if 0 < len(some) <= _MOST_VALUES}
    scored = [(_score(name, some, one), name, one) for name, some in few.items() for one in targets]
    chosen: dict[str, Target] = {}
    for score, name, target in sorted(scored, key=lambda item: -item[0]):
        if score >= _FITS and name not in chosen and target not in chosen.values():
            chosen[name] = target
    of_facts = dict(_facts(sample, terms, [name for name in values if values[name] and name not in chosen]))
    found = {**chosen, **of_facts}
    return tuple(Found(name, found[name], reads(name, values[name], found[name])) for name in values if name in found)


def reads(column: str, values: list[str], target: Target) -> tuple[Read, ...]:
    """What each value of a column seems to mean.

    Levels are told by their rank where the names do not tell them, there are as many of them as values, and the column
    is called as the scale.
    """
    if not target.words:
        return ()
    found = tuple(_read(value, target) for value in values)
    ranks = {value: rank for value in values if (rank := rank_of(value)) is not None}
    whole = len(set(ranks.values())) == len(values) == len(target.words)
    if not target.ordered or not whole or target.is_called(column) < SURE or all(one.word for one in found):
        return found
    by_rank = dict(zip(sorted(values, key=ranks.__getitem__), target.words, strict=True))
    return tuple(Read(value, by_rank[value], by_rank=True) for value in values)


def _read(value: str, target: Target) -> Read:
    activity, joint, step = value.rpartition(JOINT)
    if joint and target.kind == "event":  # of an event log: what was done, and how far it went
        read = _read(activity, target)
        done = step.casefold() == "complete"
        return Read(value, read.word if done else None, read.near or read.word)
    scored = sorted(((_alike(value, word), word) for word in target.words), key=lambda item: -item[0])
    if not scored or scored[0][0] < 0.15:
        return Read(value, None)
    best, word = scored[0]
    tied = [other for score, other in scored if score == best and other.kind == word.kind]
    if best >= SURE and (len(tied) == 1 or best == 1.0):
        return Read(value, word)
    return Read(value, None, word)


def _alike(value: str, word: Word) -> float:
    return max(likeness(value, name) for name in word.names)


def _score(column: str, values: list[str], target: Target) -> float:
    """How well a column fits: by its name, and by the share of its values that are names."""
    named = target.is_called(column)
    words = [read.word for read in reads(column, values, target) if read.word]
    own = {word for word in words if word.kind == target.kind}
    if named < SURE and len(own) < min(2, len(values)):  # many values that all mean one thing mean something else
        return 0.0
    known = sum(1.0 if word.kind == target.kind else 0.7 for word in words) / len(values)
    if target.kind == "caller" and known < 0.5:
        return 0.0
    return 0.6 * known + 0.4 * named if known or (named >= 0.9 and target.kind == "status") else 0.0


def _targets(terms: Terms) -> Iterator[Target]:
    statuses = tuple(Word("status", one.id, (one.id, *labels_of(one))) for one in terms.all(Status))
    events = tuple(
        Word("event", one.id, (one.id, *labels_of(one))) for one in terms.all(Event) if one.id != terms.created
    )
    if statuses:
        yield Target("status", "", _CALLED["status"], statuses)
    if events:
        yield Target("event", "", _CALLED["event"], (*events, *statuses))
    for scale in terms.all(Scale):
        levels = tuple(Word("level", level.id, (level.id, *level.labels)) for level in scale.levels)
        called = (scale.id, *labels_of(scale), *((PRIORITY,) if scale.id == terms.targets_scale else ()))
        yield Target("level", scale.id, called, levels, scale.of is None)
    channels = tuple(Word("channel", one.id, (one.id, *labels_of(one))) for one in terms.all(Channel))
    parties = tuple(Word("caller", one.id, (one.id, *labels_of(one))) for one in terms.all(Party))
    if channels:
        yield Target("channel", "", _CALLED["channel"], channels)
    if parties:
        yield Target("caller", "", _CALLED["caller"], parties)


def _facts(sample: Sample, terms: Terms, names: list[str]) -> Iterator[tuple[str, Target]]:
    """Columns that are called as a fact and have values of its type: yes or no, one of a few, a number."""
    for fact in terms.all(Fact):
        called = (fact.id, *labels_of(fact))
        name = max(names, key=lambda name: max(likeness(name, one) for one in called), default=None)
        if name is None or max(likeness(name, one) for one in called) < SURE or not words_of(name):
            continue
        if fact.type.name == "yes or no" and sample.is_yes_or_no(name):
            yes = Word("fact", "yes", ("yes", "true", "y", "t", "1", "j", "x", "on"))
            no = Word("fact", "no", ("no", "false", "n", "f", "0", "off"))
            yield name, Target("fact", fact.id, called, (yes, no))
        elif fact.type.name == "one of":
            choices = tuple(Word("fact", choice, (choice,)) for choice in fact.type.choices)
            yield name, Target("fact", fact.id, called, choices)
        elif fact.type.name == "number" and all(map(_is_number, sample.counted(name))):
            yield name, Target("fact", fact.id, called, ())


def _is_number(text: str) -> bool:
    try:
        read_number("", text)
    except BadValue:
        return False
    return True


def moment_of(column: str, terms: Terms) -> Word | None:
    """The event, or else the status, whose time a column seems to hold, by its name.

    Words that only say that it holds a time are left out. A column that is called as a clock holds the time of the
    event that stops it.
    """
    words = [(word, word.names) for target in _targets(terms) for word in target.own if target.kind in _HAPPENING]
    words += [(word, (clock.id, *labels_of(clock))) for clock in terms.all(Clock) for word in _stops(clock, terms)]
    bare = " ".join(word for word in sorted(words_of(column)) if word not in _OF_TIME) or column
    scored = [
        (max(max(likeness(column, one), likeness(bare, one) - 0.05) for one in names), word) for word, names in words
    ]
    best = max((score for score, _ in scored), default=0.0)
    return next((w for kind in _HAPPENING for s, w in scored if s == best >= SURE and w.kind == kind), None)


def _stops(clock: Clock, terms: Terms) -> Iterator[Word]:
    """The first event that stops a clock."""
    inside = (part for trigger in clock.stops for part in terms_inside(trigger.when))
    event = next((part.event for part in inside if isinstance(part, Occurs)), None)
    found = terms.find(Event, event) if event else None
    if found is not None:
        yield Word("event", found.id, (found.id, *labels_of(found)))
