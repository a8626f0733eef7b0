"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sla_dsl.errors import SlaError

if TYPE_CHECKING:
    from collections.abc import Generator

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class UnwritableFile(SlaError):
    """A file could not be written; the message says which and why. What was there before is still there."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file in one step: whoever reads it sees the old content or the new, never a part.

    Text is written as UTF-8 with bare line feeds. A link is followed and stays a link; the permissions of a file that
    was there stay as they were. A device or pipe (`/dev/stdout`) is written to directly.

    Raises:
        UnwritableFile: the folder is missing, full or closed to this user, or the path is a folder.

    Example: `write_whole(Path("harbour.sla"), "language 1")`.
    """
    try:
        raw = content.encode() if isinstance(content, str) else content
    except ValueError as error:
        raise UnwritableFile(f"{path} cannot be written: {error}") from error
    with whole_file(path) as file, written(path):
        file.write(raw)


@contextlib.contextmanager
def whole_file(path: Path) -> Generator[BinaryIO]:
    """A file to write to bit by bit, which takes its place only when everything has been written.

    It is written beside the place where it is to be; whatever ends the writing early, Ctrl-C too, leaves what was there
    before. Else as `write_whole`. What is written inside is to stand in `written(path)`.

    Example: `with whole_file(path) as file, written(path): file.write(part)`.
    """
    with written(path):
        target, mode = _place(path)
        regular = mode is None or stat.S_ISREG(mode)
        beside = _beside(target) if regular else target
        # The user's own mask applies to a new file.
        file = os.fdopen(os.open(beside, _NEW_FILE, 0o666), "wb") if regular else target.open("wb")
    try:
        yield file
        with written(path):
            file.flush()
            if regular:
                os.fsync(file.fileno())
            file.close()
            if regular and mode is not None:
                beside.chmod(stat.S_IMODE(mode))
            if regular:
                beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            file.close()
        if regular:
            with contextlib.suppress(OSError):
                beside.unlink()
        raise


def identity(path: Path) -> tuple[int, int] | Path:
    """Return what two names of one file have in common: also through links, and where case does not count."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # there is no such file yet, or none can be
        return path.absolute()
    return (found.st_dev, found.st_ino) if found.st_ino else path.resolve()


def check_place(path: Path) -> None:
    """Tries whether a file can be written to a place, before long work is done for it; nothing is left there.

    A device or pipe is not tried. Raises `UnwritableFile`.

    Example: `check_place(Path("report.html"))`.
    """
    with written(path):
        target, mode = _place(path)
        if mode is None or stat.S_ISREG(mode):
            beside = _beside(target)
            os.close(os.open(beside, _NEW_FILE, 0o666))
            beside.unlink()


def _place(path: Path) -> tuple[Path, int | None]:
    """Return where a path leads, and the mode of what is there. Raises OSError for what cannot be written over."""
    target = path.resolve()
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if mode is not None and stat.S_ISREG(mode) and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return target, mode


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}")


@contextlib.contextmanager
def written(path: Path) -> Generator[None]:
    """What goes wrong inside went wrong with writing this file: raises `UnwritableFile`."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnwritableFile(f"{path} cannot be written: {reason}") from error
