"""`sla report`: what it prints and writes, what it refuses, and how it ends."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pyarrow.ipc
import pyarrow.parquet
import pytest

import sla_dsl
from sla_dsl.batch.inputs.log import Log
from sla_dsl.files import UnwritableFile
from sla_dsl.policy.schemas import comparison_schema, summary_schema
from tests.cli.running import ROOT, process, sla

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = "2026-03-09T12:00+01:00"
HEAD = "id,created,at,priority,event,team\n"
LINES = [
    "71,2026-03-06T15:00:00+01:00,2026-03-06T15:00:00+01:00,p1,,north",
    "71,2026-03-06T15:00:00+01:00,2026-03-09T11:00:00+01:00,,responded,north",
    "72,2026-03-06T16:00:00+01:00,2026-03-06T16:00:00+01:00,p2,,south",
    "72,2026-03-06T16:00:00+01:00,2026-03-09T09:10:00+01:00,,responded,south",
    "74,2026-03-10T16:00:00+01:00,2026-03-10T16:00:00+01:00,p2,,south",
]
ASKED = ("--set", "holidays=none", "--at", AT)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(HEAD + "\n".join(LINES[:4]) + "\n", encoding="utf-8")
    return path


def summary(*arguments: str | Path, code: int = 0) -> dict[str, Any]:
    found = sla("report", "cloudcti", *arguments, "--format", "json")
    assert found.exit_code == code, found.output
    data = json.loads(found.stdout)
    jsonschema.validate(data, comparison_schema() if "before" in data else summary_schema())
    return data


def group(data: dict[str, Any], clock: str, **by: str | None) -> dict[str, Any]:
    return next(one for one in data["groups"] if one["clock"] == clock and one["by"] == by)


# --------------------------------------------------------------------------------------------- a summary


def test_what_a_log_comes_to(log: Path):
    data = summary(log, *ASKED, "--by", "team")
    assert data["at"] == "2026-03-09T12:00:00+01:00"
    assert data["rows"] == {"read": 4, "used": 4, "listed": 0, "reasons": {}}
    assert (data["tickets"], data["cycles"], data["files"]) == (2, 6, [str(log)])
    assert group(data, "response")["share"] == 50
    assert group(data, "response", team="north")["verdicts"]["missed"] == 1
    assert group(data, "response", priority="p2", month="2026-03")["used"]["percentiles"]["50"] == 6000
    assert [(one["ticket"], one["clock"], one["over_seconds"]) for one in data["worst"]] == [
        ("71", "response", 1800),
        ("71", "update", 5400),
    ]
    policy = sla_dsl.shipped("cloudcti").set(holidays=[])
    assert data["asked"]["digest"] == policy.digest


def test_the_objectives_are_those_of_single_tickets(log: Path, tmp_path: Path):
    tickets = tmp_path / "tickets.jsonl"
    rows = [dict(zip(HEAD.strip().split(","), line.split(","), strict=True)) for line in LINES[:4]]
    for first, second in (rows[:2], rows[2:]):
        ticket = {name: first[name] for name in ("id", "created", "priority")}
        with tickets.open("a", encoding="utf-8") as file:
            print(json.dumps({**ticket, "events": [{"at": second["at"], "event": "responded"}]}), file=file)
    single = sla("evaluate", "cloudcti", tickets, *ASKED, "--objectives", "--format", "json")
    assert summary(log, *ASKED)["objectives"] == json.loads(single.stdout.splitlines()[-1])["objectives"]


def test_the_latest_instant_is_asked_about(log: Path):
    assert summary(log, "--set", "holidays=none")["at"] == "2026-03-09T11:00:00+01:00"


def test_text_says_the_same(log: Path):
    found = sla("report", "cloudcti", log, *ASKED)
    assert found.exit_code == 0
    for words in ("4 rows read, 4 used, 0 listed", "50.0 %", "71: response, p1, 30 min late", "In time"):
        assert words in found.output


def test_rows_that_cannot_be_used_are_listed(log: Path, tmp_path: Path):
    with log.open("a", encoding="utf-8") as file:
        print("73,2026-03-09T09:00:00+01:00,yesterday,p2,responded,south", LINES[4], sep="\n", file=file)
    listed = tmp_path / "listed.csv"
    data = summary(log, *ASKED, "--listed", listed, code=1)
    assert (data["rows"]["read"], data["rows"]["used"], data["rows"]["listed"]) == (6, 4, 2)
    assert sum(data["rows"]["reasons"].values()) == 2
    with listed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["ticket"], row["rows"]) for row in rows] == [("5", "73", "1"), ("", "74", "1")]
    assert "yesterday" in rows[0]["reason"]
    assert rows[1]["reason"] == "created after the instant asked for"


def test_tickets_that_are_created_later_have_one_reason(log: Path):
    data = summary(log, "--set", "holidays=none", "--at", "2026-03-06T14:00+01:00", code=1)
    assert data["rows"]["reasons"] == {"created after the instant asked for": 4}
    assert (data["tickets"], data["one_by_one"]["tickets"]) == (0, 0)


@pytest.mark.parametrize("form", ["parquet", "csv", "arrow"])
def test_every_answer_is_written(log: Path, tmp_path: Path, form: str):
    path = tmp_path / f"answers.{form}"
    summary(log, *ASKED, "-o", path)
    match form:
        case "parquet":
            rows = pyarrow.parquet.read_table(path).to_pylist()
        case "arrow":
            rows = pyarrow.ipc.open_file(path).read_all().to_pylist()
        case _:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
    assert [(row["ticket"], row["clock"], row["verdict"], row["team"]) for row in rows][:2] == [
        ("71", "response", "missed", "north"),
        ("71", "update", "missed", "north"),
    ]
    assert len(rows) == 6


# ------------------------------------------------------------------------------------------ a comparison


def test_one_policy_under_other_values(log: Path, tmp_path: Path):
    flips = tmp_path / "flips.csv"
    data = summary(log, *ASKED, "--against-set", "holidays=2026-03-09", "--flips", flips)
    assert data["before"]["values"] == {"holidays": "none"}
    assert data["after"]["values"] == {"holidays": "2026-03-09"}
    assert (data["compared"], data["flipped_tickets"], data["flipped_cycles"]) == (2, 1, 2)
    change = next(one for one in data["changes"] if one["clock"] == "response" and not one["by_priority"])
    assert (change["share_before"], change["share_after"]) == (50, 100)
    assert {"before": "missed", "after": "met", "cycles": 1} in change["cells"]
    flip = data["flips"][0]
    assert (flip["ticket"], flip["due_later_seconds"], flip["remaining_more_seconds"]) == ("71", 86400, 9000)
    with flips.open(encoding="utf-8", newline="") as file:
        assert [(row["ticket"], row["clock"], row["verdict_after"]) for row in csv.DictReader(file)] == [
            ("71", "response", "met"),
            ("71", "update", "open"),
        ]


def test_another_policy(log: Path):
    same = summary(log, *ASKED, "--against", ROOT / "policies/cloudcti/cloudcti.sla", "--against-set", "holidays=none")
    assert same["flipped_cycles"] == 0
    assert same["before"]["digest"] == same["after"]["digest"]


def test_another_reading(log: Path):
    data = summary(log, *ASKED, "--against-reading", "aims_or_duties=duties")
    change = next(one for one in data["changes"] if one["clock"] == "response" and not one["by_priority"])
    assert {(cell["before"], cell["after"]) for cell in change["cells"]} == {("met", "met"), ("missed", "breached")}


def test_a_comparison_as_text(log: Path):
    found = sla("report", "cloudcti", log, *ASKED, "--against-unset", "holidays")
    assert found.exit_code == 0
    assert "71: response, p1: missed → undetermined" in found.output


# ------------------------------------------------------------------------------------------------ a page


class Page(HTMLParser):
    """Reads a page: every element is closed, and nothing comes from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    assert page.open == []
    return page


@pytest.mark.parametrize("more", [(), ("--against-set", "holidays=2026-03-09")])
def test_a_page_needs_nothing_else(log: Path, tmp_path: Path, more: tuple[str, ...]):
    path = tmp_path / "report.html"
    summary(log, *ASKED, *more, "--html", path)
    text = path.read_text(encoding="utf-8")
    page = read(text)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.seen}
    assert not re.search(r"https?://|url\((?!#)|@import", text)
    assert not any(name in {"src", "href", "xlink:href"} for _, attributes in page.seen for name in attributes)
    ids = [attributes["id"] for _, attributes in page.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    pictures = [attributes for tag, attributes in page.seen if tag == "svg" and attributes.get("role") == "img"]
    assert pictures
    for attributes in pictures:
        assert set((attributes["aria-labelledby"] or "").split()) <= set(ids)


def test_nothing_in_a_log_becomes_markup(log: Path, tmp_path: Path):
    text = log.read_text(encoding="utf-8").replace("71,", '"<script>alert(1)</script>",').replace("north", "<b>&\u202e")
    log.write_text(text, encoding="utf-8")
    path = tmp_path / "report.html"
    summary(log, *ASKED, "--by", "team", "--html", path)
    page = read(path.read_text(encoding="utf-8"))
    assert not {"script", "b"} & {tag for tag, _ in page.seen}
    assert "\u202e" not in path.read_text(encoding="utf-8")


# -------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("missing.csv",), "missing.csv cannot be read: "),
        (("log.csv", "--at", "noon"), "noon"),
        (("log.csv", "--at", "2026-03-09T12:00"), "2026-03-09T12:00"),
        (("log.csv", "--flips", "flips.csv"), "--flips needs something to compare with"),
        (("log.csv", "-o", "answers.xlsx"), "must end in .parquet, .csv, .arrow"),
        (("log.csv", "-o", "nowhere/answers.csv"), "nowhere/answers.csv cannot be written: No such file or directory"),
        (("log.csv", "--html", "nowhere/page.html"), "nowhere/page.html cannot be written: No such file or directory"),
        (("log.csv", "--listed", "nowhere/rows.csv"), "nowhere/rows.csv cannot be written: No such file or directory"),
        (("log.csv", "-o", "a.csv", "--html", "nowhere/page.html"), "nowhere/page.html cannot be written"),
        (("log.csv", "-o", "log.csv"), "log.csv would be overwritten"),
        (("log.csv", "-o", "a.csv", "--listed", "a.csv"), "two of the files to write are the same"),
        (("log.csv", "--by", "tean"), "tean"),
        (("log.csv", "--by", "team", "--against-unset", "zone"), "--by cannot be combined"),
        (("-",), "a log cannot come from standard input"),
        (("log.csv", "--map", "log.csv"), "log.csv"),
        (("log.csv", "--worst", "101"), "101"),
        (("log.csv", "--worst", "5", "--against-unset", "zone"), "--worst cannot be combined"),
    ],
)
def test_wrong_usage(log: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str):
    monkeypatch.chdir(log.parent)
    found = sla("report", "cloudcti", *arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert words in found.stderr
    assert [one.name for one in log.parent.iterdir()] == ["log.csv"]


@pytest.mark.parametrize("option", ["--html", "--listed", "-o", "--flips"])
def test_places_are_tried_before_the_log_is_read(log: Path, monkeypatch: pytest.MonkeyPatch, option: str):
    monkeypatch.chdir(log.parent)
    monkeypatch.setattr(Log, "_rows_of", lambda *_: pytest.fail("it was read"))
    found = sla("report", "cloudcti", "log.csv", "--against-set", "holidays=none", option, "nowhere/a.csv")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "nowhere/a.csv cannot be written: No such file or directory" in found.stderr


def test_the_summary_is_printed_though_the_disk_is_full(log: Path, tmp_path: Path, monkeypatch: Any):
    def full(path: Path, _content: str) -> None:
        raise UnwritableFile(f"{path} cannot be written: no space left")

    monkeypatch.setattr("sla_dsl.files.write_whole", full)
    found = sla("report", "cloudcti", log, *ASKED, "--html", tmp_path / "page.html")
    assert found.exit_code == 2
    assert "4 rows read, 4 used, 0 listed" in found.stdout
    assert "no space left" in found.stderr


EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture
def brightwater(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a policy, its annex, their sources, a log and its mapping; and a second policy in its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new").mkdir()
    for path in EXAMPLES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
        if path.stem in {"brightwater", "northern"}:
            (tmp_path / "new" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "link.csv").symlink_to("brightwater_log.csv")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("bright*_log.csv", "-o", "brightwater_log.csv"),
        ("bright*_log.csv", "-o", "link.csv"),
        ("brightwater_log.csv", "--listed", "link.csv"),
        ("brightwater_log.csv", "--html", "brightwater.sla"),
        ("brightwater_log.csv", "--html", "brightwater.txt"),
        ("brightwater_log.csv", "--annex", "northern.sla", "--html", "northern.sla"),
        ("brightwater_log.csv", "--annex", "northern.sla", "--html", "northern.txt"),
        ("brightwater_log.csv", "--against", "new/brightwater.sla", "--html", "new/brightwater.sla"),
        ("brightwater_log.csv", "--against", "new/brightwater.sla", "--html", "new/brightwater.txt"),
        ("brightwater_log.csv", "--against-annex", "new/northern.sla", "--html", "new/northern.sla"),
        ("brightwater_log.csv", "--against-annex", "new/northern.sla", "--html", "new/northern.txt"),
        ("brightwater_log.csv", "--html", "brightwater_log.sla"),
    ],
)
def test_nothing_that_is_read_is_overwritten(brightwater: Path, arguments: tuple[str, ...]):
    before = {path: path.read_bytes() for path in brightwater.rglob("*") if path.is_file()}
    found = sla("report", "brightwater.sla", *arguments, "--map", "brightwater_log.sla")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "would be overwritten: it is what the report is made from" in found.stderr
    assert {path: path.read_bytes() for path in brightwater.rglob("*") if path.is_file()} == before


def test_the_policy_of_an_annex_is_not_overwritten(brightwater: Path):
    before = (brightwater / "brightwater.sla").read_bytes()
    arguments = ("brightwater_log.csv", "--map", "brightwater_log.sla", "--html", "brightwater.sla")
    found = sla("report", "northern.sla", *arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert (brightwater / "brightwater.sla").read_bytes() == before


def test_a_policy_with_mistakes(log: Path, tmp_path: Path):
    bad = tmp_path / "bad.sla"
    bad.write_text("language 1\n\npolicy bad {\n  clock response {\n", encoding="utf-8")
    found = sla("report", bad, log)
    assert found.exit_code == 1
    assert "SLA" in found.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux that is always full")
def test_a_full_disk(log: Path, tmp_path: Path):
    full = tmp_path / "answers.parquet"
    full.symlink_to("/dev/full")
    found = sla("report", "cloudcti", log, *ASKED, "-o", full)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "answers.parquet cannot be written: No space left on device" in found.stderr


# --------------------------------------------------------------------------------------------- how it ends


def test_help_needs_no_arrays():
    code = "import sys; from sla_dsl.cli.report import command; assert not {'numpy', 'pyarrow'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_nothing_is_said_aside_where_nobody_looks(log: Path):
    found = process("report", "cloudcti", log, "--set", "holidays=none", "--at", AT)
    assert (found.returncode, found.stderr) == (0, b"")


@pytest.fixture
def long_log(tmp_path: Path) -> Path:
    """A log that takes some seconds."""
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,created,at,priority,event\n")
        for number in range(150_000):
            file.write(f"{number},2026-03-06T15:00:00Z,2026-03-06T15:00:00Z,p1,\n")
    return path


def follow(stream: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(stream, 4096)
        except OSError:
            return
        if not part:
            return
        yield part


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_progress_at_a_terminal_and_a_quiet_end(long_log: Path):
    import pty

    ours, theirs = pty.openpty()
    answers = long_log.with_name("answers.parquet")
    seen = b""
    with subprocess.Popen(
        [sys.executable, "-m", "sla_dsl", "report", "cloudcti", long_log, "-o", answers, "--set", "holidays=none"],
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as running:
        os.close(theirs)
        deadline = time.monotonic() + 60
        for part in follow(ours):
            seen += part
            if re.search(rb"[1-9][0-9,]* of 150,000 rows", seen) or time.monotonic() > deadline:
                running.send_signal(signal.SIGINT)
                break
        seen += b"".join(follow(ours))
        assert running.communicate()[0] == b""
    os.close(ours)
    assert running.returncode == 130
    assert b"rows" in seen
    assert b"Traceback" not in seen
    assert [one.name for one in long_log.parent.iterdir()] == ["long.csv"]


@pytest.mark.parametrize("package", ["numpy", "pyarrow"])
@pytest.mark.parametrize("more", [(), ("--guess",)], ids=["report", "guess"])
def test_without_the_extra_it_says_what_to_install(package: str, more: tuple[str, ...], log: Path) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; from sla_dsl.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "report", "cloudcti", str(log), *more], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert f"this needs `{package}`, which is not installed; run `pip install 'sla-dsl[batch]'`" in done.stderr
    assert "Traceback" not in done.stderr
