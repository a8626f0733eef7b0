"""What must hold of any policy, asked of those of real vendors with random questions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest

from sla_dsl import load
from sla_dsl.policy import terms as t
from sla_dsl.policy.answers import Due, Priority
from sla_dsl.policy.executable import Executable
from sla_dsl.resources import folder

VENDORS = sorted(path.stem for path in folder("policies").glob("*/*.sla") if path.stem == path.parent.name)
WEEK = ("mon", "tue", "wed", "thu", "fri")


@cache
def vendor(name: str) -> Executable:
    return load(folder("policies") / name / f"{name}.sla")


class Asker:
    """Asks random questions of a policy, the same ones every time."""

    def __init__(self, policy: Executable, seed: int) -> None:
        self.policy = policy
        self.terms = policy.terms
        self.random = Random(seed)

    def value(self, name: str) -> Any:
        """A value for a fact, scale, event, `priority`, `channel` or `caller`."""
        fact, scale = self.terms.find(t.Fact, name), self.terms.scale_named(name)
        if fact is not None:
            return self._fact(fact)
        if scale is not None:
            return self.random.choice(self.terms.scales[scale].levels).id
        if name in ("channel", "caller"):
            return self.random.choice(self.terms.all(t.Channel if name == "channel" else t.Party)).id
        return datetime(2026, 3, 2, 9, tzinfo=UTC)

    def _fact(self, fact: t.Fact) -> Any:
        match fact.type.name:
            case "yes or no":
                return self.random.random() < 0.5
            case "number":
                return self.random.choice((0, 1, 2, 3, 9, 10, 15))
            case "one of":
                return self.random.choice(fact.type.choices)
            case "level":
                scale = self.terms.scale_named(fact.type.scale or "priority") or ""
                return self.random.choice(self.terms.scales[scale].levels).id
            case "date":
                return self.random.choice(("2026-03-20", "2026-08-01"))
            case _:
                return datetime(2026, 3, 1, tzinfo=UTC)

    def parameter(self, parameter: t.Parameter) -> Any:
        match parameter.type.name:
            case "holiday list":
                return self.random.choice(([], ["2026-03-04"], ["2026-03-09", "2026-03-10"]))
            case "timezone":
                return self.random.choice(("Europe/Amsterdam", "UTC", "America/New_York"))
            case _:
                hours = {day: [("09:00", "17:00")] for day in self.random.sample(WEEK, 3)}
                return {"timezone": "UTC", "weekly": hours}

    def given(self, share: float) -> dict[str, Any]:
        """Some of what a ticket may say."""
        priority = self.terms.targets_scale
        names = [fact.id for fact in self.terms.all(t.Fact)]
        names.extend("priority" if scale == priority else scale for scale in self.terms.scales)
        return {name: self.value(name) for name in names if self.random.random() < share}

    def settings(self, share: float) -> dict[str, Any]:
        """Values for some of the parameters."""
        parameters = self.terms.all(t.Parameter)
        return {one.id: self.parameter(one) for one in parameters if self.random.random() < share}

    def created(self) -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=self.random.randrange(20_000))


@pytest.mark.parametrize("name", VENDORS)
def test_filling_in_what_is_missing_determines_an_answer_within_its_bounds(name: str):
    asker = Asker(vendor(name), 7)
    undetermined = 0
    for _ in range(60):
        policy = asker.policy.set(**asker.settings(0.5))
        clock = asker.random.choice(asker.terms.all(t.Clock)).id
        created, given = asker.created(), asker.given(0.25)
        open_answer = policy.due(clock, created=created, **given)
        if open_answer.answer != "undetermined":
            continue
        undetermined += 1
        for _ in range(3):
            parameters = {one.id: one for one in asker.terms.all(t.Parameter) if one.id in open_answer.missing}
            said = {name: asker.value(name) for name in open_answer.missing if name not in parameters}
            values = {name: asker.parameter(one) for name, one in parameters.items()}
            answer = policy.set(**values).due(clock, created=created, **given, **said)
            assert answer.answer != "undetermined"
            _check_within(open_answer, answer)
    assert undetermined > 5


def _check_within(open_answer: Due, answer: Due) -> None:
    if open_answer.bounds is None:
        return
    earliest, latest = open_answer.bounds
    if answer.at is None:
        assert latest is None
    else:
        assert earliest <= answer.at
        assert latest is None or answer.at <= latest


@pytest.mark.parametrize("name", VENDORS)
def test_switching_a_reading_changes_no_answer_that_does_not_rest_on_it(name: str):
    asker = Asker(vendor(name), 5)
    policy = asker.policy.set(**asker.settings(1))
    switched = [
        (ambiguity.id, policy.reading(**{ambiguity.id: reading.id}))
        for ambiguity in policy.document.ambiguities
        # One that names no declaration can only leave everything open.
        if ambiguity.touches
        for reading in ambiguity.readings
    ]
    changes = 0
    for share in (0.0, 0.4, 0.9):
        created, given = asker.created(), asker.given(share)
        answers = _all(policy, created, given)
        for ambiguity, other in switched:
            others = _all(other, created, given)
            for clock, answer in answers.items():
                if clock in others and _said(others[clock]) != _said(answer):
                    changes += 1
                    assert ambiguity in answer.readings
    assert changes > 0


def _all(policy: Executable, created: datetime, given: dict[str, Any]) -> dict[str, Due | Priority]:
    clocks = {clock.id: policy.due(clock.id, created=created, **given) for clock in policy.terms.all(t.Clock)}
    return {**clocks, "priority": policy.priority(**given)}


def _said(answer: Due | Priority) -> tuple[object, ...]:
    if isinstance(answer, Due):
        return answer.answer, answer.at, answer.modality, answer.strict, answer.bounds, answer.missing
    return answer.answer, answer.level, answer.possible, answer.missing


@pytest.mark.parametrize("name", VENDORS)
def test_every_answer_has_its_form_and_reasons(name: str):
    asker = Asker(vendor(name), 3)
    policies = (asker.policy, asker.policy.set(**asker.settings(1)))
    for number in range(12):
        for answer in _all(policies[number % 2], asker.created(), asker.given(0.4)).values():
            form = answer.to_dict()
            assert form["because"]
            assert answer.because[0].text
            assert set(answer.assumptions) <= {*asker.terms.scales, *(key[1] for key in asker.terms.declarations)}
