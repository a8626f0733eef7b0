"""The compiled form: canonical, sealed, and checked in full on the way in."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sla_dsl.errors import SlaError
from sla_dsl.policy import terms as t
from sla_dsl.policy.codec import digest_of, from_json, read_document, sealed, to_json
from sla_dsl.policy.errors import UnknownName
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.form_errors import (
    BadContent,
    BadStructure,
    CompiledFormError,
    DanglingReference,
    DigestMismatch,
    DuplicateKey,
    NewerFormat,
    NotANumber,
    NotAPolicy,
    NotJson,
    OlderFormat,
    TooDeep,
)
from tests.policy.builders import (
    DESK,
    OPEN_DESK,
    PRIORITY,
    ambiguity,
    annex,
    ask,
    at,
    calendar,
    clock,
    fact,
    hours,
    in_days,
    in_hours,
    number,
    opening,
    parameter,
    policy,
    reading,
    target,
    when,
    within,
    yes,
)

POLICY = ask(
    OPEN_DESK,
    parameter("zone", "timezone", t.ZoneValue(name="Europe/Amsterdam")),
    parameter("holidays", "holiday list", t.HolidayList(rule=t.HolidayRule(country="NL"))),
    fact("sites", "number", t.NumberValue(number=1)),
    clock("response", warnings=(t.Warning(share=75),)),
    target("response", within(in_hours(4)), "p1", condition=when(number("sites", "more than", 2))),
    ambiguities=(ambiguity("length", reading("four"), reading("two", target("response", within(in_hours(2)), "p1"))),),
    examples=(
        t.Example(
            title="one", line=12, expectations=(t.Expectation(of="response", outcome="is", values=("x",), line=14),)
        ),
    ),
)


def test_what_is_written_is_read_again_and_written_alike():
    for one in (
        POLICY,
        POLICY.reading(length="two").set(zone=None, holidays=["2026-12-25"]).annexed(annex("northern")),
    ):
        text = one.to_json()
        again = from_json(text)
        assert again == sealed_parts(one)
        assert again.to_json() == text
        assert again.digest == one.digest
        assert from_json(text.encode()) == again
        assert from_json("\ufeff" + text) == again


def sealed_parts(one: Executable) -> Executable:
    """The policy with its documents sealed, as reading gives it."""
    annexes = [sealed(annex) for annex in one.annexes]
    return Executable(sealed(one.document), annexes, one.readings, one.values, one.unset)


def test_the_text_is_canonical():
    text = to_json(POLICY.document)
    assert text.endswith("}\n")
    assert "\r" not in text
    compact = json.dumps(json.loads(text))
    assert to_json(read_document(compact)) == text
    shuffled = json.dumps(dict(reversed(json.loads(text).items())))
    assert to_json(read_document(shuffled)) == text


def test_whole_numbers_and_their_decimals_are_one():
    whole = policy(fact("n", "number", t.NumberValue(number=3)))
    decimal = policy(fact("n", "number", t.NumberValue(number=3.0)))
    assert to_json(whole) == to_json(decimal)


def test_the_text_does_not_depend_on_the_hash_seed():
    code = "from tests.policy.test_codec import POLICY; print(POLICY.set(zone='UTC', holidays='none').to_json())"
    texts = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


def test_the_digest_covers_meaning_and_dates_and_not_versions_and_lines():
    document = POLICY.document
    digest = digest_of(document)
    versions = replace(document.pinned, holidays_version="9", tzdata_version="9")
    lines = tuple(replace(one, line=99) for one in document.examples)
    assert digest_of(replace(document, pinned=versions)) == digest
    assert digest_of(replace(document, examples=lines)) == digest
    dates = t.PinnedDates(rule="NL", first_year=2026, last_year=2026, dates={"2026-12-25": "Christmas"})
    assert digest_of(replace(document, pinned=replace(document.pinned, holidays=(dates,)))) != digest
    assert digest_of(replace(document, created="done")) != digest


# -------------------------------------------------------------------------------------- what is refused


def changed(change: Any, document: t.Document = POLICY.document) -> str:
    """The text of a policy after a change of its JSON, with the digest as it was."""
    data = json.loads(to_json(document))
    change(data)
    return json.dumps(data)


def drop_format(data: dict[str, Any]) -> None:
    del data["format"]


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("", NotJson, "line 1"),
        ("{", NotJson, "line 1"),
        ("[]", BadStructure, r"\$.format"),
        ("null", BadStructure, r"\$.format"),
        (b"\xff\xfe{\x00}\x00", NotJson, "not UTF-8"),
        ('{"format": 1,\n "format": 1}', DuplicateKey, "line 2: the key `format`"),
        ('{"a": [{"b": 1}, {"b": 1,\n\n "b": 2}]}', DuplicateKey, "line 3: the key `b`"),
        ('{"format": NaN}', NotANumber, "line 1: `NaN`"),
        ('{"format": 1,\n"x": -Infinity}', NotANumber, "line 2"),
        ('{"format": 99}', NewerFormat, "format 99"),
        ('{"format": 0}', OlderFormat, "Compile it again"),
        ('{"format": true}', BadStructure, r"\$.format"),
        ('{"format": "1"}', BadStructure, r"\$.format"),
        ("[" * 200 + "]" * 200, TooDeep, "deeper than 100"),
        ("[" * 100_000, CompiledFormError, "deeper|JSON"),
        ('{"format": 1, "x": ' + "[" * 150 + "]" * 150 + "}", TooDeep, "line 1"),
        ('{"format": 1}', BadStructure, "missing required field"),
        (changed(drop_format), BadStructure, "says its `format`"),
        (changed(lambda data: data.update(surprise=1)), BadStructure, "unknown field `surprise`"),
        (changed(lambda data: data["declarations"][3].update(id=5)), BadStructure, r"\$.declarations\[3\].id"),
        (changed(lambda data: data["declarations"][3].update(kind="klok")), BadStructure, "declarations"),
        (changed(lambda data: data.update(id="other")), DigestMismatch, "was changed after it was compiled"),
        (changed(lambda data: data.update(digest="")), DigestMismatch, "digest"),
        ('{"format": 1, "id": "\\ud800"}', CompiledFormError, "JSON|field"),
        ("1" * 5000, CompiledFormError, "JSON"),
    ],
)
def test_texts_that_are_no_compiled_policy(text: str | bytes, error: type[SlaError], said: str):
    with pytest.raises(error, match=said):
        from_json(text)


@pytest.mark.parametrize(
    ("document", "error", "said"),
    [
        (policy(target("response", t.Blank())), DanglingReference, "target response names clock `response`"),
        (policy(clock("response", "desc"), DESK), DanglingReference, "names calendar `desc`"),
        (
            policy(clock("c"), DESK, PRIORITY, target("c", t.Blank(), "p9")),
            DanglingReference,
            "level of `priority` `p9`",
        ),
        (policy(clock("c", applies=when(yes("a"))), DESK), DanglingReference, "names fact `a`"),
        (policy(created="born"), DanglingReference, "policy vendor names event `born`"),
        (policy(timezone_parameter="zone"), DanglingReference, "names parameter `zone`"),
        (policy(targets_scale="grade"), DanglingReference, "names scale `grade`"),
        (policy(ambiguities=(ambiguity("a", reading("x"), chosen="y"),)), DanglingReference, "names reading `y`"),
        (policy(ambiguities=(ambiguity("a", reading("x", target("c", t.Blank()))),)), DanglingReference, "clock `c`"),
        (policy(ambiguities=(ambiguity("a", reading("x"), overrides=("b",)),)), DanglingReference, "ambiguity `b`"),
        (policy(settings=(t.Setting(parameter="p", value=t.HolidayList()),)), DanglingReference, "parameter `p`"),
        (policy(t.Matrix(id="priority", rows="a", columns="b", cells=())), DanglingReference, "scale `"),
        (policy(t.Status(id="s", pauses=("c",))), DanglingReference, "clock `c`"),
        (policy(t.Duty(id="d", party=("x",), to=(), due=t.Blank())), DanglingReference, "party `x`"),
        (policy(t.Transition(id="t", sources=("a",), to="b", moments=())), DanglingReference, "status `a`"),
        (policy(t.Service(id="s", channels=("web",))), DanglingReference, "channel `web`"),
        (policy(t.SupportLine(id="s", escalations=(t.Escalation(to="z"),))), DanglingReference, "support line `z`"),
        (policy(parameter("z", "timezone", t.HolidayList())), BadContent, "default is of another type"),
        (policy(parameter("z", "timezone", t.ZoneValue(name="Mars"))), BadContent, "unknown timezone `Mars`"),
        (policy(calendar("c", hours(zone="Mars"))), BadContent, "calendar c: unknown timezone"),
        (
            policy(
                calendar(
                    "c", hours(closed=(t.DayRule(dates=t.Dates(spans=(t.DateSpan(first="x", last="x"),)), text=""),))
                )
            ),
            BadContent,
            "write a date",
        ),
        (policy(DESK, clock("c"), target("c", within(in_hours(-1)))), BadContent, "amount of time"),
        (policy(DESK, clock("c"), target("c", within(in_days(2, "close", high=1)))), BadContent, "number of days"),
        (
            policy(parameter("z", "timezone"), settings=(t.Setting(parameter="z", value=t.HolidayList()),)),
            BadContent,
            "another type",
        ),
    ],
)
def test_documents_that_do_not_hold_together(document: t.Document, error: type[SlaError], said: str):
    full = replace(document, targets_scale=None) if document.targets_scale == "priority" else document
    full = replace(full, declarations=(*full.declarations, PRIORITY)) if "p9" in said else full
    with pytest.raises(error, match=said):
        from_json(to_json(full))


def test_an_annex_is_read_as_a_document_and_is_no_policy():
    text = to_json(annex("northern", target("response", within(in_hours(1)))))
    assert read_document(text).id == "northern"
    with pytest.raises(NotAPolicy, match="an annex for `vendor`"):
        from_json(text)


def test_a_carried_annex_is_checked_too():
    whole = POLICY.annexed(annex("northern", target("nothing", t.Blank()))).to_json()
    with pytest.raises(DanglingReference, match="clock `nothing`"):
        from_json(whole)
    data = json.loads(POLICY.annexed(annex("northern")).to_json())
    data["annexes"][0]["id"] = "southern"
    with pytest.raises(DigestMismatch):
        from_json(json.dumps(data))


def test_a_selection_of_what_there_is_not_is_refused():
    document = replace(POLICY.document, selection=t.Selection(readings={"lenght": "two"}))
    with pytest.raises(UnknownName, match="did you mean `length`"):
        from_json(to_json(document))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damaged_text_is_an_error_that_says_so(data: st.DataObject):
    text = to_json(POLICY.document)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    put = data.draw(st.text(alphabet='{}[]",:0e-\n\\uNaI', max_size=6))
    damaged = text[:start] + put + text[end:]
    if damaged != text:
        try:
            again = from_json(damaged)
        except SlaError:
            return
        assert again.digest == POLICY.digest


def test_answers_are_the_same_after_reading():
    again = from_json(POLICY.to_json())
    created = at("2026-12-24 16:00")
    for priority in ("p1", "p2"):
        for sites in (1, 5, None):
            first = POLICY.due("response", priority=priority, sites=sites, created=created)
            assert again.due("response", priority=priority, sites=sites, created=created).to_dict() == first.to_dict()
    assert opening((0,), "9:00", "10:00").days == (0,)
