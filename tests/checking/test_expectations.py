"""What an `expect` statement says, read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_dsl.policy.terms import Expectation
from tests.checking.small import checked, found

POLICY = """
event opened
event answered
created is opened
fact urgent is yes or no
channel web
calendar desk {{
  timezone Europe/Amsterdam
  years 2020 to 2030
  open mon to fri 08:00 to 18:00
  assume "An example."
}}
clock response {{
  starts when opened
  stops when answered
  measured in desk
  on reopening stay closed
  assume "An example."
}}
cascade response {{
  step first "First try": target within 4 hours
  step later: shall within 8 hours
  assume "An example."
}}
clock repair {{
  starts when opened
  stops when answered
  measured in desk
  on change of severity rebase
  on reopening stay closed
  assume "An example."
}}
cascade repair for high {{
  step first "Help": target within 2 hours
  step last "Repair": target within 4 hours
  assume "An example."
}}
cascade repair for low {{
  step first "Help": target within 4 hours
  step last "Repair": target within 8 hours
  assume "An example."
}}
lifecycle {{
  status fresh "Fresh" initial
  status done "Done" final
  from fresh to done when answered
  assume "An example."
}}
scale severity highest first {{
  level high "High" when urgent
  level low "Low" otherwise
  assume "An example."
}}
service staff {{
  available during desk
  assume "An example."
}}
party vendor
duty notice {{
  owed by vendor when opened
  due shall
  assume "An example."
}}
exclusion abuse {{
  ends response when answered
  assume "An example."
}}
maintenance works {{
  allowed outside desk
  assume "An example."
}}
example "one" {{
  ticket urgent yes, opened 2026-03-02 10:00
  {expected}
}}
"""


def read(expected: str, folder: Path) -> Expectation:
    outcome = checked(POLICY.format(expected=expected), folder)
    assert outcome.value is not None, [finding.message for finding in outcome.findings]
    return outcome.value.document.examples[0].expectations[0]


@pytest.mark.parametrize(
    ("expected", "of", "outcome", "values", "text"),
    [
        ("expect response is target", "response", "is", ("target",), None),
        ("expect response is shall", "response", "is", ("shall",), None),
        ("expect response is not shall", "response", "is not", ("shall",), None),
        ("expect response is best effort", "response", "is", ("best_effort",), None),
        ('expect response is words "soon" "enough"', "response", "is", ("words_only",), "soon enough"),
        ("expect response is words", "response", "is", ("words_only",), None),
        ("expect response is no promise", "response", "is", ("no_promise",), None),
        ("expect response is left blank", "response", "is", ("blank",), None),
        ("expect response is to be negotiated", "response", "is", ("to_be_negotiated",), None),
        ('expect response is "Best effort"', "response", "is", ("best_effort",), None),
        ("expect response is met or missed", "response", "is", ("met", "missed"), None),
        ("expect response is later", "response", "is", ("later",), None),
        ('expect response is "First  try"', "response", "is", ("first",), None),
        ('expect repair is first or "repair"', "repair", "is", ("first", "last"), None),
        ("expect response due 2026-03-02", "response", "due", ("2026-03-02",), None),
        ("expect notice undetermined missing urgent, answered", "notice", "undetermined", ("urgent", "answered"), None),
        ("expect response undetermined missing channel", "response", "undetermined", ("channel",), None),
        ('expect status is "Done"', "status", "is", ("done",), None),
        ('expect severity is not "High"', "severity", "is not", ("high",), None),
        ("expect staff available", "staff", "available", (), None),
        ("expect web is not_stated", "web", "is", ("not_stated",), None),
        ("expect notice is may", "notice", "is", ("may",), None),
        ("expect notice is owed or late", "notice", "is", ("owed", "late"), None),
        ("expect abuse is in_force", "abuse", "is", ("in_force",), None),
        ("expect response warns at 2026-03-02 12:00", "response", "warns at", ("2026-03-02T12:00",), None),
        ("expect response has used 3 hours 30 minutes", "response", "has used", ("3 hours 30 minutes",), None),
        ("expect response has used 2 days", "response", "has used", ("2 days",), None),
        ("expect first of response is missed or breached", "response", "is", ("missed", "breached"), None),
        ("expect first of response due 2026-03-03 10:00", "response", "due", ("2026-03-03T10:00",), None),
        ('expect "first try" of response is missed', "response", "is", ("missed",), None),
        ("expect answered is irregular", "answered", "is", ("irregular",), None),
        ('expect "Done" is not irregular', "done", "is not", ("irregular",), None),
        ("expect works is not allowed", "works", "is not", ("allowed",), None),
    ],
)  # fmt: skip
def test_what_is_expected(
    expected: str, of: str, outcome: str, values: tuple[str, ...], text: str | None, tmp_path: Path
) -> None:
    one = read(expected, tmp_path)
    assert (one.of, one.outcome, one.values, one.text) == (of, outcome, values, text)


def test_lengths_and_steps(tmp_path: Path) -> None:
    used = read("expect response has used 3 hours 30 minutes", tmp_path)
    assert (used.micros, used.days) == (12_600_000_000, None)
    days = read("expect response has used 2 days", tmp_path)
    assert (days.micros, days.days) == (None, 2)
    step = read("expect first of response is missed at 2026-03-03 10:00", tmp_path)
    assert (step.step, step.at) == ("first", "2026-03-03T10:00")
    assert read('expect "FIRST TRY" of response is missed', tmp_path).step == "first"
    assert read("expect first of repair is missed", tmp_path).step == "first"


def test_when_and_why(tmp_path: Path) -> None:
    one = read('expect response is met at 2026-03-02 12:00 because "It was."', tmp_path)
    assert (one.at, one.because) == ("2026-03-02T12:00", "It was.")


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ("expect response is late", "a clock is never `late`"),
        ("expect response is third", "a clock is never `third`"),
        ("expect response not available", "a clock is never `not available`"),
        ("expect staff is met", "a service is never `met`"),
        ("expect staff no deadline", "a service is never `no deadline`"),
        ("expect web is shall", "a channel is never `shall`"),
        ("expect notice is met", "a duty is never `met`"),
        ("expect notice available", "a duty is never `available`"),
        ("expect abuse is met", "an exclusion is never `met`"),
        ("expect works is owed", "a maintenance is never `owed`"),
        ("expect severity is best effort", "a scale is never `best effort`"),
        ("expect severity no deadline", "a scale is never `no deadline`"),
        ("expect status due 2026-03-02", "a status is never `due`"),
        ("expect first of response is irregular", "a step is never `irregular`"),
        ("expect first of staff is missed", "a service is never `first`"),
        ("expect third of response is missed", "there is no step called `third` in `response`"),
        ("expect last of response is missed", "there is no step called `last` in `response`"),
        ("expect response is last", "a clock is never `last`"),
        ('expect response is "First tyr"', "a clock is never `First tyr`"),
        ("expect first of response has used 2 hours", "a step is never `has used`"),
        ("expect staff has used 2 hours", "a service is never `has used`"),
        ("expect response has used 2 weeks", "`has used 2 weeks` does not go with calendar days, weeks or months"),
        ("expect answered is met", "an entry is never `met`"),
        ("expect answered due 2026-03-02", "an entry is never `due`"),
        ("expect status is gone", "there is no status called `gone`"),
        ("expect severity is medium", "there is no level called `medium` in `severity`"),
        ("expect response undetermined missing weather", "there is no parameter called `weather`"),
        ("expect nobody is owed", "there is no clock called `nobody`"),
    ],
)
def test_what_cannot_be_expected(expected: str, message: str, tmp_path: Path) -> None:
    findings = [one for one in found(POLICY.format(expected=expected), tmp_path) if one.severity == "error"]
    assert [one.message for one in findings] == [message]


@pytest.mark.parametrize(
    ("expected", "help_"),
    [
        ("expect response is frist", "Did you mean `first`?"),
        ('expect repair is "Repare"', "Did you mean `last`?"),
        ('expect "Hepl" of repair is missed', "Did you mean `first`?"),
        ("expect response is breeched", "Did you mean `breached`?"),
        ("expect abuse is met", "Write one of: in_force, not_in_force, undetermined."),
    ],
)
def test_what_may_have_been_meant(expected: str, help_: str, tmp_path: Path) -> None:
    [finding] = [one for one in found(POLICY.format(expected=expected), tmp_path) if one.severity == "error"]
    assert finding.help == help_


def test_a_cascade_has_no_step_twice_but_two_cascades_of_a_clock_may_have_the_same(tmp_path: Path) -> None:
    twice = POLICY.replace("step later", "step first").format(expected="expect response is target")
    [finding] = [one for one in found(twice, tmp_path) if one.severity == "error"]
    assert (finding.code, finding.message) == ("SLA202", "the step `first` is declared twice")


def test_an_annex_calls_the_steps_of_its_policy(tmp_path: Path) -> None:
    base = checked(POLICY.format(expected="expect response is target"), tmp_path)
    assert base.value is not None
    example = (
        'example "theirs" {\nticket urgent yes, opened 2026-03-02 10:00\nexpect "First try" of response is missed\n}'
    )
    annex = checked(example, tmp_path, base=base.value.document)
    assert annex.value is not None, [finding.message for finding in annex.findings]
    assert annex.value.document.examples[0].expectations[0].step == "first"
