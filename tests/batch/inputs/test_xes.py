"""XES files (IEEE 1849)."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from sla_dsl.batch.inputs import loose_rows
from sla_dsl.batch.inputs.errors import NoSuchColumn, UnreadableLog
from sla_dsl.policy.logs.mapping import Mapping, Meaning, TimeColumn, ValueColumn
from tests.batch.inputs.logs import listed, log_of, tickets_in

if TYPE_CHECKING:
    from pathlib import Path

STANDARD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- A log after the standard, with all that need not be understood. -->
<xes:log xes.version="1849.2016" xes.features="nested-attributes" xmlns:xes="http://www.xes-standard.org/">
  <xes:extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <xes:extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <xes:extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <xes:global scope="trace"><xes:string key="concept:name" value="UNKNOWN"/></xes:global>
  <xes:global scope="event"><xes:string key="concept:name" value="UNKNOWN"/></xes:global>
  <xes:classifier name="Activity" scope="event" keys="concept:name lifecycle:transition"/>
  <xes:string key="concept:name" value="the log itself"/>
  <xes:trace>
    <xes:string key="concept:name" value="7"/>
    <xes:string key="priority" value="p2"><xes:string key="concept:name" value="of an attribute"/></xes:string>
    <xes:event>
      <xes:string key="concept:name" value="Handle"/>
      <xes:string key="lifecycle:transition" value="start"/>
      <xes:date key="time:timestamp" value="2026-03-02T09:00:00.250+01:00"/>
      <xes:list key="notes"><xes:values><xes:string key="concept:name" value="in a list"/></xes:values></xes:list>
    </xes:event>
    <xes:event>
      <xes:string key="concept:name" value="Handle">
        <xes:string key="lifecycle:transition" value="nested"/>
      </xes:string>
      <xes:string key="lifecycle:transition" value="complete"/>
      <xes:date key="time:timestamp" value="2026-03-02T10:00:00+01:00"/>
      <xes:boolean key="production_down" value="true"/>
    </xes:event>
  </xes:trace>
</xes:log>
"""

STATES = {
    "handle / start": Meaning("status", "", "in_progress"),
    "handle / complete": Meaning("status", "", "resolved"),
}
MAPPING = Mapping(
    "m",
    "entry",
    ("id",),
    at=TimeColumn("at"),
    values=(
        ValueColumn("status", "", ("concept:name", "lifecycle:transition"), read=STATES),
        ValueColumn("level", "priority", ("case:priority",)),
        ValueColumn("fact", "production_down", ("production_down",)),
    ),
)


def xes(folder: Path, text: str) -> Path:
    path = folder / "log.xes"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_log_after_the_standard(tmp_path: Path) -> None:
    assert tickets_in(log_of(xes(tmp_path, STANDARD), MAPPING)) == [
        {
            "id": "7",
            "created": "2026-03-02T08:00:00.250000+00:00",
            "priority": "p2",
            "events": [
                {"at": "2026-03-02T08:00:00.250000+00:00", "status": "in_progress"},
                {"at": "2026-03-02T09:00:00+00:00", "status": "resolved", "facts": {"production_down": True}},
            ],
        }
    ]


def test_an_event_without_a_trace_names_no_ticket(tmp_path: Path) -> None:
    event = '<event><date key="time:timestamp" value="2026-03-02T09:00:00Z"/></event>'
    trace = f'<trace><string key="concept:name" value="7"/>{event}</trace>'
    log = log_of(xes(tmp_path, f"<log>{event}{trace}</log>"))
    assert listed(log) == [(1, None, "it names no ticket")]


def test_a_trace_without_events_is_a_row(tmp_path: Path) -> None:
    event = '<event><date key="time:timestamp" value="2026-03-02T09:00:00Z"/></event>'
    empty = '<trace><string key="concept:name" value="8"/></trace>'
    trace = f'<trace><string key="concept:name" value="7"/>{event}</trace>'
    assert listed(log_of(xes(tmp_path, f"<log>{empty}{trace}</log>"))) == [(1, "8", "it has no time")]


def test_a_key_that_no_event_has(tmp_path: Path) -> None:
    mapping = Mapping("m", "entry", ("id",), at=TimeColumn("at"), keep=("time:timestmp",))
    with pytest.raises(NoSuchColumn, match="did you mean `time:timestamp`"):
        tickets_in(log_of(xes(tmp_path, STANDARD), mapping))


BOMB = '<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><log><id value="&b;"/></log>'
OUTSIDE = '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/hostname">]><log>&a;</log>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_entities_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableLog, match="declares entities of its own"):
        log_of(xes(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<html><body/></html>", "line 1: it is no XES: it begins with `html` and not with `log`"),
        (STANDARD[:1500], "no element found|unclosed token"),
        ("<log><trace></log>", "line 1, column 15: mismatched tag"),
        ("", "no element found"),
        (f"<log>{'<list>' * 200}", "more than 100 deep"),
    ],
)
def test_what_is_no_xes_is_told_with_its_line(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(UnreadableLog, match=why):
        tickets_in(log_of(xes(tmp_path, text)))


def test_memory_does_not_grow_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loose_rows, "_ROWS", 300)
    name = '<string key="concept:name" value="reported"/>'
    event = f'<event>{name}<date key="time:timestamp" value="2026-03-02T09:00:00Z"/></event>'

    def peak(traces: int) -> int:
        with (tmp_path / "log.xes").open("w") as file:
            file.write("<log>")
            for number in range(traces):
                file.write(f'<trace><string key="concept:name" value="{number}"/>{event * 10}</trace>')
            file.write("</log>")
        log = log_of(tmp_path / "log.xes", grouped=True, rows=300)
        tracemalloc.start()
        assert sum(len(chunk) for chunk in log) == traces
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few = peak(200)
    assert peak(800) < 2 * few
