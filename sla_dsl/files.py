"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

from sla_dsl.errors import SlaError

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
        target = path.resolve()
        mode = target.stat().st_mode if target.exists() else None
        if mode is None or stat.S_ISREG(mode):
            _replace(target, raw, mode)
        else:
            target.write_bytes(raw)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnwritableFile(f"{path} cannot be written: {reason}") from error


def _replace(target: Path, raw: bytes, mode: int | None) -> None:
    """Writes beside the target and moves the result into its place. The user's own mask applies to a new file."""
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(beside, _NEW_FILE, 0o666), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
