"""Saved parser tables: used when they fit, made anew when anything is wrong with them."""

import hashlib
import os
import subprocess
import sys

import pytest

from sla_dsl.syntax import language, table_cache

POSIX = pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions as on POSIX systems")
NOBODY_IS_ROOT = pytest.mark.skipif(getattr(os, "getuid", lambda: 0)() == 0, reason="root may write everywhere")


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setattr(table_cache, "user_cache_path", lambda *_, **__: folder)
    return folder


def only_file(home):
    (file,) = home.iterdir()
    return file


def test_what_was_kept_is_found(home):
    assert table_cache.kept("a") is None
    table_cache.keep("a", b"tables")
    assert table_cache.kept("a") == b"tables"
    assert table_cache.kept("b") is None
    assert only_file(home).stat().st_size == len(b"tables") + hashlib.sha256().digest_size


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 40, b"x" * 100])
def test_a_damaged_file_is_not_used(home, damage):
    table_cache.keep("a", b"tables")
    only_file(home).write_bytes(damage)
    assert table_cache.kept("a") is None
    table_cache.keep("a", b"tables")
    assert table_cache.kept("a") == b"tables"


def test_a_folder_in_the_place_of_the_file_is_survived(home):
    table_cache.keep("a", b"tables")
    file = only_file(home)
    file.unlink()
    file.mkdir()
    table_cache.keep("a", b"tables")
    assert table_cache.kept("a") is None


def test_a_file_in_the_place_of_the_folder_is_survived(home):
    home.write_text("not a folder")
    table_cache.keep("a", b"tables")
    assert table_cache.kept("a") is None


@POSIX
def test_the_folder_is_private(home):
    table_cache.keep("a", b"tables")
    assert home.stat().st_mode & 0o077 == 0


@POSIX
def test_a_folder_that_others_can_write_to_is_not_trusted(home):
    table_cache.keep("a", b"tables")
    home.chmod(0o777)
    assert table_cache.kept("a") is None


@POSIX
@NOBODY_IS_ROOT
def test_a_folder_that_cannot_be_written_to_is_survived(home):
    home.mkdir(mode=0o500)
    table_cache.keep("a", b"tables")
    assert table_cache.kept("a") is None


def test_no_home_means_no_cache(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(table_cache, "user_cache_path", lambda *_, **__: tmp_path.relative_to(tmp_path) / "~")
    table_cache.keep("a", b"tables")
    assert table_cache.kept("a") is None
    assert list(tmp_path.iterdir()) == []


def test_tables_are_made_once_and_then_read(home, monkeypatch):
    language.tables.cache_clear()
    made = language.tables()
    assert only_file(home).is_file()
    language.tables.cache_clear()
    monkeypatch.setitem(sys.modules, "sla_dsl.syntax.lark_tables", None)
    assert language.tables() == made
    language.tables.cache_clear()


PROGRAM = """
import sys
from sla_dsl.source import Source
from sla_dsl.syntax import parse
print(parse(Source.of('language 1')))
print('lark' in sys.modules)
"""


def started(folder):
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder), "LOCALAPPDATA": str(folder), "HOME": str(folder)}
    return subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, text=True)


def test_several_processes_may_begin_at_once(tmp_path):
    running = [started(tmp_path) for _ in range(3)]
    trees = {process.communicate(timeout=60)[0].splitlines()[0] for process in running}
    assert len(trees) == 1
    assert {process.returncode for process in running} == {0}


def test_lark_is_not_needed_once_the_tables_are_saved(tmp_path):
    assert started(tmp_path).communicate(timeout=60)[0].splitlines()[1] == "True"
    assert started(tmp_path).communicate(timeout=60)[0].splitlines()[1] == "False"
