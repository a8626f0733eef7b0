"""`sla evaluate`: tickets in files and streams; none is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sla_dsl.policy.schemas import evaluation_schema, objective_schema
from sla_dsl.worktime.errors import NaiveDatetime
from tests.cli.running import HARBOUR, ROOT, sla

POLICY = HARBOUR / "harbour.sla"
AT = ("--at", "2026-03-03T15:00:00+00:00")
ASK = ("evaluate", POLICY, "--set", "holidays=none", *AT)
GOOD = {"id": "7", "created": "2026-03-03T10:00:00+00:00", "urgency": "urgent"}
LATER = {**GOOD, "id": "8", "created": "2026-03-03T11:00:00+00:00"}


@pytest.fixture
def file(tmp_path: Path):
    def made(name: str, content: str | bytes | object) -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return made


def lines(*tickets: object) -> str:
    return "\n".join(json.dumps(one) for one in tickets) + "\n"


def test_a_single_ticket_is_one_json_value(file: Any):
    result = sla(*ASK, file("one.json", GOOD), "--format", "json")
    assert result.exit_code == 0, result.output
    assert result.stderr == "read 1, evaluated 1, refused 0\n"
    found = json.loads(result.stdout)
    jsonschema.validate(found, evaluation_schema())
    assert (found["ticket"], found["at"], found["clocks"][0]["verdict"]) == ("7", AT[1], "breached")
    assert result.stdout.startswith("{\n  ")


@pytest.mark.parametrize("form", ["lines", "array", "standard input", "two files"])
def test_several_tickets_are_one_on_each_line(file: Any, form: str):
    given = None
    match form:
        case "lines":
            files: tuple[Any, ...] = (file("t.jsonl", lines(GOOD, LATER)),)
        case "array":
            files = (file("t.json", [GOOD, LATER]),)
        case "standard input":
            files, given = ("-",), lines(GOOD, LATER)
        case _:
            files = (file("a.json", GOOD), file("b.json", LATER))
    result = sla(*ASK, *files, "--format", "json", given=given)
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["ticket"] for line in result.stdout.splitlines()] == ["7", "8"]
    assert result.stderr == "read 2, evaluated 2, refused 0\n"


def test_an_explanation_quotes_and_shows_where_the_time_went(file: Any):
    result = sla(*ASK, file("one.json", GOOD), "--explain")
    told = " ".join(result.stdout.split())  # a quotation may run over the end of a line
    assert "“Urgent faults are answered within 3 hours of the desk.” (harbour.txt, line 7)" in told
    assert "10:00   2026-03-03 15:00   5 hours   counted" in result.stdout
    plain = sla(*ASK, file("one.json", GOOD)).stdout
    assert "harbour.txt" not in plain
    assert "response: running, breached" in plain


def test_brief_leaves_reasons_and_ledgers_out(file: Any):
    one, two = file("one.json", GOOD), file("two.jsonl", lines(GOOD, LATER))
    full, brief = (json.loads(sla(*ASK, one, "--format", "json", *more).stdout) for more in ((), ("--brief",)))
    jsonschema.validate(brief, evaluation_schema())
    assert full["clocks"][0]["ledger"]
    assert '"clause"' in json.dumps(full)
    assert '"clause"' not in json.dumps(brief)
    assert list(brief) == list(full)
    assert list(brief["clocks"][0]) == list(full["clocks"][0])
    assert {**full["clocks"][0], "because": [], "ledger": [], "steps": []} == brief["clocks"][0]
    *_, last = sla(*ASK, two, "--format", "json", "--brief", "--objectives").stdout.splitlines()
    assert '"clause"' not in last
    assert sla(*ASK, one, "--brief").stdout == sla(*ASK, one).stdout
    wrong = sla(*ASK, one, "--brief", "--explain")
    assert (wrong.exit_code, "choose one of them" in wrong.stderr) == (2, True)


def test_what_would_change(file: Any):
    bad = file("one.json", {**GOOD, "urgency": "ordinary", "created": "2026-02-25T10:00:00Z"})
    text = sla(*ASK, bad, "--would-change").stdout
    assert "What another reading would change" in text
    assert "day_count read as " in text
    assert "in time if " in text
    data = json.loads(sla(*ASK, bad, "--would-change", "--format", "json").stdout)
    jsonschema.validate(data, evaluation_schema())
    assert data["would_change"][0]["ambiguity"] == "day_count"


def test_levels_are_told_under_the_name_that_the_policy_has_for_their_scale(file: Any):
    asked = ("evaluate", "secpod", "--set", "zone=Asia/Kolkata", "--set", "closed_holidays=none")
    asked += ("--at", "2026-03-16T09:00+05:30", "--would-change", "--explain")
    replied = {"at": "2026-03-04T09:00:00+05:30", "event": "replied"}
    ticket = {"id": "7", "created": "2026-03-02T09:00:00+05:30", "severity": "high", "events": [replied]}
    late = sla(*asked, file("late.json", ticket)).stdout
    assert "\nseverity high\n" in late
    assert "in time if the severity were low (due Thursday 2026-03-05 00:00" in late
    assert "priority" not in late
    misspelt = sla(*asked, file("bad.json", {**ticket, "severity": "hihg"})).stderr
    assert "`severity` has no level `hihg`; did you mean `high`?" in misspelt


def test_objectives_of_a_stream_and_of_a_single_ticket(file: Any):
    ticket = {"id": 1, "created": "2026-03-06T15:00:00+01:00", "priority": "p1"}
    ask = ("evaluate", "cloudcti", "--set", "holidays=none", "--at", "2026-03-10T12:00+01:00", "--objectives")
    one, two = file("one.json", ticket), file("two.jsonl", lines(ticket, {**ticket, "id": 2}))
    single = json.loads(sla(*ask, one, "--format", "json").stdout)
    assert single["ticket"] == "1"
    *_, last = sla(*ask, two, "--format", "json").stdout.splitlines()
    for found in (single["objectives"], json.loads(last)["objectives"]):
        assert {objective["objective"] for objective in found} == {"performance", "mean_repair"}
        for objective in found:
            jsonschema.validate(objective, objective_schema())
    text = sla(*ask, two).stdout
    assert text.count("ticket 2 on ") == 1
    assert "\nObjectives\n" in text


def test_bad_tickets_are_listed_with_line_and_field_and_the_others_evaluated(file: Any):
    entry = {"at": "2026-03-03T11:00:00Z"}
    rows = [
        json.dumps(GOOD),
        json.dumps({**GOOD, "id": "no zone", "created": "2026-03-03T10:00:00"}),
        json.dumps({**GOOD, "id": "status", "events": [entry, {**entry, "status": "opn"}]}),
        json.dumps({**GOOD, "id": "fact", "facts": {"site_down": "perhaps"}, "urgncy": "urgent"}),
        '{"id": "broken", "created": ',
        '{"id": "twice", "id": "again"}',
        '{"id": "no number", "facts": {"x": NaN}}',
        "[" * 500 + "]" * 500,
        '{"id": "' + "x" * 10_000_000 + '"}',
        "5",
        json.dumps(LATER),
    ]
    raw = "\n".join(rows).encode() + b'\n{"id": "\xff"}\n'
    path = file("t.jsonl", raw)
    result = sla(*ASK, path, "--format", "json")
    assert result.exit_code == 1
    assert [json.loads(line)["ticket"] for line in result.stdout.splitlines()] == ["7", "8"]
    said = [line.removeprefix(f"{path}:") for line in result.stderr.splitlines()]
    assert said == [
        f"2 (ticket no zone): created: {NaiveDatetime('2026-03-03T10:00:00')}",
        "3 (ticket status): events[1].status: there is no status `opn`; there is none",
        "4 (ticket fact): facts.site_down: `site_down` cannot be `perhaps`: write `yes` or `no`",
        "4 (ticket fact): urgncy: there is no key `urgncy`; did you mean `Urgency`?",
        "5: column 29: this is no JSON: expecting value",
        "6: the key `id` is there twice in one object",
        "7: `NaN` is no number of JSON",
        "8: nested deeper than 100",
        "9: it is longer than 1000000 bytes",
        "10: `ticket` cannot be `5`: write an object with `created` and other keys",
        "12: byte 9 is not UTF-8",
        "read 12, evaluated 2, refused 10",
    ]


def test_what_was_given_is_shown_as_json_has_it_and_every_instant_with_its_field(file: Any):
    rows = [
        {**GOOD, "id": 1, "urgency": ["urgent", None, True]},
        {**GOOD, "id": 2, "channel": {"at": 1.0, "é": "x"}},
        {**GOOD, "id": 3, "created": "9999-12-31T23:00:00-10:00"},
        {**GOOD, "id": 4, "events": [{"at": "0001-01-01T00:00:00+14:00", "event": "answered"}]},
    ]
    said = sla(*ASK, file("t.jsonl", lines(*rows)), "--format", "json").stderr.splitlines()
    why = "is not an instant: it lies outside the years 1 to 9999, or within a day of their ends"
    assert [line.partition("): ")[2] for line in said[:-1]] == [
        'urgency: `priority` cannot be `["urgent", null, true]`: write one of its levels, `urgent`, `ordinary`',
        'channel: `channel` cannot be `{"at": 1.0, "é": "x"}`: write its name, as the policy has it',
        f"created: `9999-12-31T23:00:00-10:00` {why}",
        f"events[0].at: `0001-01-01T00:00:00+14:00` {why}",
    ]


def test_a_ticket_created_after_the_instant_is_refused_and_the_others_are_not(file: Any):
    future = {**GOOD, "created": "2026-03-04T10:00:00+00:00"}
    result = sla(*ASK, file("t.json", [future, GOOD]), "--format", "json")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)
    assert "t.json:1 (ticket 7): " in result.stderr


def test_no_ticket_at_all_is_a_failure(file: Any):
    for content in ("", "[]", "\n\n"):
        result = sla(*ASK, file("t.json", content))
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("read 0, evaluated 0, refused 0\nError: there is no ticket in ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"id": 1},', "line 1: column 12: this is no JSON"),
        (json.dumps(GOOD).encode("utf-16"), "Save it as UTF-8"),
    ],
)
def test_files_that_cannot_be_read_are_said_and_the_others_are_evaluated(file: Any, content: Any, said: str):
    bad, good = file("bad.json", content), file("g.json", GOOD)
    result = sla(*ASK, bad, bad.with_name("gone"), good)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "gone cannot be read: No such file or directory." in result.stderr
    assert result.stderr.endswith("read 1, evaluated 1, refused 0\n")
    assert result.stdout.startswith("ticket 7 on ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evaluate", POLICY, *AT), "Missing argument 'TICKETS...'"),
        (("evaluate", POLICY, "t.json"), "Missing option '--at'"),
        (("evaluate", POLICY, "t.json", "--at", "now"), "`now` is not an instant"),
        (("evaluate", POLICY, "t.json", "--at", "2026-03-03T10:00"), "has no timezone"),
        (("evaluate", "-", "-", *AT), "cannot both come from standard input"),
        (("evaluate", "no.sla", "t.json", *AT), "no.sla cannot be read"),
        (("evaluate", POLICY, "t.json", *AT), "t.json cannot be read"),
    ],
)
def test_wrong_usage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[Any, ...], said: str):
    monkeypatch.chdir(tmp_path)
    result = sla(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_what_a_ticket_contains_does_not_reach_the_terminal_raw(file: Any):
    result = sla(*ASK, file("t.json", {**GOOD, "id": "\x1b[31m", "x\u202e": 1}))
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


@pytest.mark.skipif(os.name == "nt", reason="pipes are read otherwise on Windows")
def test_each_ticket_of_a_stream_is_answered_when_it_comes():
    command = [sys.executable, "-m", "sla_dsl", *map(str, ASK), "-", "--format", "json"]
    running = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdin is not None
    assert running.stdout is not None
    for ticket in (GOOD, LATER):
        running.stdin.write(lines(ticket).encode())
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["ticket"] == ticket["id"]
    _, errors = running.communicate(timeout=30)
    assert (running.returncode, errors) == (0, b"read 2, evaluated 2, refused 0\n")
