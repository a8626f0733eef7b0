"""Files are written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from sla_dsl.files import UnwritableFile, check_place, write_whole

LINKS = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


def test_text_is_written_as_it_is(tmp_path):
    file = tmp_path / "p.sla"
    write_whole(file, "Reykjavík\nline\n")
    assert file.read_bytes() == "Reykjavík\nline\n".encode()
    write_whole(file, b"\0bytes")
    assert file.read_bytes() == b"\0bytes"
    assert list(tmp_path.iterdir()) == [file]


def test_a_place_is_tried_and_left_as_it_was(tmp_path):
    file = tmp_path / "p.sla"
    check_place(file)
    assert list(tmp_path.iterdir()) == []
    file.write_text("old")
    check_place(file)
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_text() == "old"
    for wrong in (tmp_path, tmp_path / "no" / "p.sla", file / "p.sla"):
        with pytest.raises(UnwritableFile, match="cannot be written: "):
            check_place(wrong)


@LINKS
def test_permissions_stay(tmp_path):
    file = tmp_path / "p.sla"
    file.write_text("old")
    file.chmod(0o640)
    write_whole(file, "new")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@LINKS
def test_a_new_file_has_the_permissions_the_user_wants(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "p.sla", "new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "p.sla").stat().st_mode) == 0o640


@LINKS
def test_a_link_stays_a_link(tmp_path):
    file, link = tmp_path / "p.sla", tmp_path / "link.sla"
    file.write_text("old")
    link.symlink_to(file)
    write_whole(link, "new")
    assert link.is_symlink()
    assert file.read_text() == "new"


@LINKS
def test_a_link_in_a_circle_is_refused(tmp_path):
    link = tmp_path / "link.sla"
    link.symlink_to(link)
    with pytest.raises(UnwritableFile, match=r"link\.sla cannot be written"):
        write_whole(link, "new")


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="a device of POSIX systems")
def test_a_device_is_written_to():
    write_whole(Path("/dev/null"), "new")
    assert Path("/dev/null").is_char_device()


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UnwritableFile, match="cannot be written"):
        write_whole(tmp_path, "new")


def test_a_missing_folder_is_not_made(tmp_path):
    with pytest.raises(UnwritableFile, match="No such file"):
        write_whole(tmp_path / "nowhere" / "p.sla", "new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "content"), [("p.sla", "lone \ud800"), ("p\0.sla", "new")])
def test_what_cannot_be_written_leaves_nothing(tmp_path, name, content):
    with pytest.raises(UnwritableFile):
        write_whole(tmp_path / name, content)
    assert list(tmp_path.iterdir()) == []


def test_the_old_file_stays_when_the_disk_fails(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    file = tmp_path / "p.sla"
    file.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFile, match="No space left"):
        write_whole(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
