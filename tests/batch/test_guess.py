"""Mappings proposed for logs: what is found, what is left to decide, and that the text is always a sound one."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import datetime
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet as pq

import sla_dsl
from sla_dsl.batch.guessing import guess, guess_file
from sla_dsl.batch.inputs import open_log
from sla_dsl.batch.inputs.errors import UnreadableLog
from sla_dsl.formatting import format_source
from sla_dsl.pipeline import Policy, check, load_mapping
from sla_dsl.policy.logs.mapping import FileForm, Mapping
from sla_dsl.source import Source
from tests.docs.pages import DOCS

REAL = DOCS / "logs" / "incidents"


@pytest.fixture(scope="module")
def brightwater() -> Policy:
    return sla_dsl.load(DOCS / "examples" / "brightwater.sla")


def sound(text: str, policy: Policy) -> Mapping:
    """The mapping that a text is, which is laid out and has no findings."""
    source = Source.of(text)
    assert format_source(source).value == text
    found = check(source, None, base=policy)
    assert [finding for finding in found.findings if finding.accepted_because is None] == []
    assert found.mapping is not None
    return found.mapping


def test_the_real_log_is_understood() -> None:
    policy = sla_dsl.load(REAL / "incidents.sla")
    with gzip.open(REAL / "incidents_2016_03.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(islice(csv.DictReader(file), 3000))
    mapping = sound(guess({name: [row[name] for row in rows] for name in rows[0]}, policy, name="2016"), policy)
    assert (mapping.id, mapping.rows, mapping.ticket, mapping.missing) == ("log_2016", "entry", ("number",), ("?",))
    assert mapping.created is not None
    assert mapping.at is not None
    assert (mapping.created.column, mapping.at.column) == ("opened_at", "sys_updated_at")
    assert mapping.at.times.patterns == ("%d/%m/%Y %H:%M",)
    assert [(one.kind, one.name, one.columns) for one in mapping.values] == [
        ("status", "", ("incident_state",)),
        ("level", "priority", ("priority",)),
    ]
    assert "made_sla" in mapping.keep


WIDE = """\
Case No;Opened;First answer;On hold since;Restored at;Invoice;Prio;Contract;Via;Team;Sites without service
C-1;3/2/2026 9:10 AM;3/2/2026 10:00 AM;;3/2/2026 2:05 PM;3/9/2026 8:00 AM;P1;Gold;Phone;a;2
C-2;3/2/2026 9:12 AM;3/2/2026 10:20 AM;3/2/2026 1:05 PM;3/4/2026 2:05 PM;3/9/2026 8:00 AM;P2;Basic;Portal;b;0
C-3;3/13/2026 9:12 AM;3/13/2026 10:20 AM;n/a;3/14/2026 2:05 PM;n/a;P3;Bronze;Letter;b;0
"""
GUESSED_WIDE = """\
language 1

# Guessed from the first 3 rows. Read it through; what needs a decision says so.
log cases for brightwater {
  file csv delimited by ";" encoded in "cp1252"
  one row per ticket
  # Decide: in which zone are times that do not say theirs? It is that of the policy.
  times as "%m/%d/%Y %I:%M %p" in Europe/Amsterdam
  missing "n/a"

  ticket from "Case No"
  created from "Opened"
  level priority from "Prio"
  # Decide: taken for this because of its values.
  level plan from "Contract" {
    read "Gold" as gold
    read "Basic" as basic
    # Decide, or their rows will be listed (`ignore` says that a value means nothing):
    # read "Bronze" as ?
  }
  channel from "Via" {
    read "Portal" as portal
    read "Phone" as phone
    # Decide, or their rows will be listed (`ignore` says that a value means nothing):
    # read "Letter" as ?
  }
  fact sites_down from "Sites without service"
  event acknowledged from "First answer"
  status waiting from "On hold since"
  event restored from "Restored at"
  # event ? from "Invoice"

  # Columns by which a report can count.
  keep "Team"
  # Decide: can the log really not give these? `sla check` names them without the next line.
  accept SLA912 because "Guessed: no column seems to give them."
}
"""


def test_one_row_per_ticket_in_american_dates(brightwater: Policy) -> None:
    rows = list(csv.DictReader(WIDE.splitlines(), delimiter=";"))
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    text = guess(columns, brightwater, name="cases", file=FileForm("csv", ";", "cp1252"))
    assert text == GUESSED_WIDE
    sound(text, brightwater)


def test_a_flattened_event_log_of_process_mining(brightwater: Policy) -> None:
    entries = [
        (f"case {case}", plan, activity, step, f"2026-03-{case + 10}T10:0{minute}:00.000+01:00", "Ann")
        for case, plan in enumerate(["gold", "basic", "gold"])
        for minute, (activity, step) in enumerate(
            [("Acknowledged", "complete"), ("Restored", "start"), ("Restored", "complete"), ("Coffee", "complete")]
        )
    ]
    names = ("case:concept:name", "case:plan", "concept:name", "lifecycle:transition", "time:timestamp", "org:resource")
    columns = {name: [entry[at] for entry in entries] for at, name in enumerate(names)}
    text = guess(columns, brightwater, name="mined")
    mapping = sound(text, brightwater)
    assert (mapping.rows, mapping.ticket, mapping.created) == ("entry", ("case:concept:name",), None)
    assert mapping.at is not None
    assert mapping.at.times.zone is None  # each time says its own
    happened = next(one for one in mapping.values if one.kind == "event")
    assert happened.columns == ("concept:name", "lifecycle:transition")
    assert {text: one.value for text, one in happened.read.items() if one} == {
        "acknowledged / complete": "acknowledged",
        "restored / complete": "restored",
    }
    assert '    # read "Restored / start" as restored ?\n    # read "Coffee / complete" as ?\n' in text


def times_line(columns: dict[str, list[str]], policy: Policy) -> str:
    text = guess({"id": ["1", "1", "2"], **columns}, policy)
    sound(text, policy)
    return next(line.strip() for line in text.splitlines() if line.startswith("  times"))


def test_the_values_of_all_columns_tell_day_from_month(brightwater: Policy) -> None:
    unsure = {"opened": ["1/2/2026 10:00", "1/2/2026 10:00", "3/2/2026 10:00"]}
    american = {"changed": ["1/31/2026 10:00", "2/2/2026 10:00", "2/3/2026 10:00"]}
    assert times_line(unsure, brightwater) == 'times as "%d/%m/%Y %H:%M" in Europe/Amsterdam'
    assert "Decide: no value tells the day from the month." in guess({"id": ["1", "1", "2"], **unsure}, brightwater)
    assert times_line({**unsure, **american}, brightwater) == 'times as "%m/%d/%Y %H:%M" in Europe/Amsterdam'
    assert "Decide: no value tells" not in guess({"id": ["1", "1", "2"], **unsure, **american}, brightwater)


def test_times_in_several_ways(brightwater: Policy) -> None:
    mixed = {"changed": ["31.01.2026 10:00", "31.01.2026 10:00:07", "01.02.2026 10:00"]}
    assert times_line(mixed, brightwater) == ('times as "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S" in Europe/Amsterdam')
    assert times_line({"changed": ["2026-01-01 10:00:00"] * 3}, brightwater) == "times in Europe/Amsterdam"


def test_words_of_the_language_and_quotation_marks(brightwater: Policy) -> None:
    columns = {'the "id"': ["1", "2"], "opened": ["2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"], "a\nb": ["x", "y"]}
    mapping = sound(guess(columns, brightwater, name="to"), brightwater)
    assert (mapping.id, mapping.ticket) == ("log_to", ('the "id"',))


def test_a_guess_can_be_loaded(brightwater: Policy, tmp_path: Path) -> None:
    path = tmp_path / "guessed.sla"
    path.write_text(guess({"id": ["1"], "created": ["2026-01-01T10:00:00Z"]}, brightwater), encoding="utf-8")
    assert load_mapping(path, sla_dsl.load(DOCS / "examples" / "brightwater.sla")).rows == "ticket"


TEXTS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        ["?", "", "New", "1 - High", "P1", "gold", "-100", "yes", "31/12/2026 10:00", "2026-01-01T10:00:00Z"]
    ),
)
NAMES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["id", "number", "at", "created", "status", "priority", "Plan", "concept:name", "lifecycle:transition"]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.integers(0, 6), names=st.lists(NAMES, max_size=6, unique=True), data=st.data())
def test_whatever_is_in_a_log_the_proposal_is_sound(
    brightwater: Policy, rows: int, names: list[str], data: st.DataObject
) -> None:
    columns = {name: data.draw(st.lists(TEXTS, min_size=rows, max_size=rows)) for name in names}
    sound(guess(columns, brightwater), brightwater)


# ------------------------------------------------------------------------------------------ files

LOG = (DOCS / "examples" / "brightwater_log.csv").read_text(encoding="utf-8")


def written(folder: Path, name: str) -> Path:
    """The log of the guide in one of the ways in which logs are written."""
    rows = list(csv.DictReader(LOG.splitlines(), delimiter=";"))
    path = folder / name
    match name:
        case "cp1252.csv":
            path.write_bytes(LOG.replace("network", "Störung").encode("cp1252"))
        case "utf16.csv":
            path.write_bytes(LOG.encode("utf-16"))
        case "commas.csv":
            path.write_text(LOG.replace("Sites;", "Sites, all;"), encoding="utf-8")
        case "lines.jsonl.gz":
            lines = "".join(json.dumps({**row, "tags": ["a"], "more": {"group": "x"}}) + "\n" for row in rows)
            path.write_bytes(gzip.compress(lines.encode()))
        case _:
            changed = [datetime.strptime(row["Changed"], "%d/%m/%Y %H:%M") for row in rows]
            columns = {column: [row[column] for row in rows] for column in rows[0]}
            pq.write_table(pa.table({**columns, "Changed": changed}), path)
    return path


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("cp1252.csv", '  file csv encoded in "cp1252"\n'),
        ("utf16.csv", '  file csv encoded in "utf-16"\n'),
        ("commas.csv", '  file csv delimited by ";"\n'),
        ("lines.jsonl.gz", ""),
        ("typed.parquet", ""),
    ],
)
def test_files_are_tried_until_they_can_be_read(brightwater: Policy, tmp_path: Path, name: str, file: str) -> None:
    path = written(tmp_path, name)
    text = guess_file(path, brightwater)
    mapping = sound(text, brightwater)
    assert (mapping.id, mapping.rows, mapping.ticket) == (name.partition(".")[0], "entry", ("Number",))
    assert text.count("  file csv") == bool(file)
    assert file in text
    log = open_log(path, mapping, terms=brightwater.terms)
    assert [len(chunk) for chunk in log] == [2]
    assert log.accounts.rows == 9
    assert {one.row for one in log.accounts.listed} == {7, 8}  # the states that nobody knows


def test_a_file_of_process_mining(brightwater: Policy, tmp_path: Path) -> None:
    name, time = '<string key="concept:name" value="{}"/>', '<date key="time:timestamp" value="2026-03-02T0{}:00:00Z"/>'
    done = [("Acknowledged", 8), ("Restored", 9)]
    events = "".join(f"<event>{name.format(what)}{time.format(hour)}</event>" for what, hour in done)
    traces = "".join(f'<trace><string key="concept:name" value="{case}"/>{events}</trace>' for case in "ab")
    path = tmp_path / "mined.xes.gz"
    path.write_bytes(gzip.compress(f'<log xmlns="http://www.xes-standard.org/">{traces}</log>'.encode()))
    mapping = sound(guess_file(path, brightwater), brightwater)
    assert mapping.columns == ("case:concept:name", "time:timestamp", "concept:name")


def test_what_cannot_be_read_is_told(brightwater: Policy, tmp_path: Path) -> None:
    with pytest.raises(UnreadableLog, match="there is no such file"):
        guess_file(tmp_path / "absent.csv", brightwater)
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(UnreadableLog, match="empty"):
        guess_file(tmp_path / "empty.csv", brightwater)


def test_the_usual_form_beside_another_is_spelled_out(brightwater: Policy) -> None:
    columns = {
        "id": ["1", "1", "2"],
        "changed": ["31.01.2026 10:00", "31.01.2026 11:00", "01.02.2026 10:00"],
        "opened": ["31.01.2026 10:00", "31.01.2026 10:00", "01.02.2026 10:00"],
        "closed": ["2026-01-31T10:00:00", "2026-01-31T10:00:00", "2026-02-01T10:00:00"],
    }
    text = guess(columns, brightwater)
    sound(text, brightwater)
    assert '# status closed from "closed" as "%Y-%m-%dT%H:%M:%S"' in text
