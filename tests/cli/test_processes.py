"""The command as a process: streams, locale, colours, pipes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import CLOUDCTI, HARBOUR, ROOT, process

POLICY = HARBOUR / "harbour.sla"


def test_output_does_not_depend_on_locale_zone_or_hash_seed() -> None:
    plain = process("show", POLICY, LC_ALL="C.UTF-8", TZ="UTC", PYTHONHASHSEED="1")
    other = process("show", POLICY, LC_ALL="POSIX", PYTHONIOENCODING="latin-1", TZ="Asia/Tokyo", PYTHONHASHSEED="2")
    assert plain.returncode == other.returncode == 0
    assert plain.stdout == other.stdout
    assert "Reykjavík" in plain.stdout.decode("utf-8")


def test_no_colours_where_nobody_looks(tmp_path: Path) -> None:
    bad = tmp_path / "bad.sla"
    bad.write_text("language 1\n", encoding="utf-8")
    for done in (process("check", bad), process("show", POLICY, FORCE_COLOR="1", COLUMNS="40")):
        assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pseudo terminals are a thing of Unix")
@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_at_a_terminal(tmp_path: Path, variables: dict[str, str], coloured: bool) -> None:
    import pty

    bad = tmp_path / "bad.sla"
    bad.write_text("language 1\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"}
    command = [sys.executable, "-m", "sla_dsl", "check", bad]
    done = subprocess.run(command, cwd=ROOT, stdout=theirs, env=environment | variables, timeout=60, check=False)
    os.close(theirs)
    seen = os.read(ours, 100_000)
    os.close(ours)
    assert done.returncode == 1
    assert (b"\x1b[" in seen) is coloured


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise on Windows")
def test_a_broken_pipe_ends_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "sla_dsl", "show", "cloudcti", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(os.name == "nt", reason="signals are a thing of Unix")
def test_ctrl_c_ends_quietly() -> None:
    command = [sys.executable, "-m", "sla_dsl", "show", "-"]
    running = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdin is not None
    # It waits for the rest of standard input as soon as it has read this much.
    running.stdin.write(b"language 1\n")
    running.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(timeout=2)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=30)
    assert running.returncode == 130
    assert errors == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "sla_dsl", "show", "cloudcti"]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: the answer cannot be written: ")


def test_closed_standard_input_is_said() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.stdin = None; from sla_dsl.cli import main; main(['show', '-'])"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == b"Error: <standard input> is closed.\n"


def test_closed_standard_output_is_said() -> None:
    complaint = b"Error: the answer cannot be written: standard output is closed\n"
    for closed, said in (("stdout", complaint), ("stderr", b"")):
        code = f"import sys; sys.{closed} = None; from sla_dsl.cli import main; main(['show', 'no.sla'])"
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (2, b"", said)


def test_findings_without_standard_error(tmp_path: Path) -> None:
    bad = tmp_path / "bad.sla"
    bad.write_text("language 1\n", encoding="utf-8")
    code = f"import sys; sys.stderr = None; from sla_dsl.cli import main; main(['show', {str(bad)!r}])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_arguments_that_are_not_text() -> None:
    if os.name == "nt":
        return
    command = [os.fsencode(sys.executable), b"-m", b"sla_dsl", b"priority", b"cloudcti", b"caf\xe9=yes"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


ASK = """
import sla_dsl
policy = sla_dsl.shipped("cloudcti").set(holidays=[])
policy.due("response", priority="p1", created="2026-03-06T15:00+01:00").to_dict()
policy.priority(question=True).to_dict()
"""
LOADED = "import sys\n{code}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import sla_dsl", {"lark", "numpy", "rich", "click", "holidays", "msgspec"}),
        (ASK, {"lark", "numpy", "rich", "click", "holidays"}),
        ("from sla_dsl.cli import main", {"lark", "numpy", "holidays", "msgspec"}),
    ],
    ids=["import", "ask", "command"],
)
def test_what_is_not_loaded(code: str, absent: set[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(code=code)], cwd=ROOT, capture_output=True, timeout=60, check=True
    )
    loaded = set(done.stdout.decode().split())
    assert "sla_dsl" in loaded
    assert loaded.isdisjoint(absent)


def test_two_processes_compile_the_same_bytes() -> None:
    one = process("compile", CLOUDCTI, PYTHONHASHSEED="1", TZ="America/New_York")
    other = process("compile", CLOUDCTI, PYTHONHASHSEED="2", LC_ALL="C")
    assert one.returncode == 0
    assert one.stdout == other.stdout
    assert json.loads(one.stdout)["id"] == "cloudcti"
