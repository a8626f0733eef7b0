"""Where parser tables wait for the next run: the user's own cache folder, never a shared one.

A file is found by what its tables were made from, and read only if its own digest holds. Whatever is wrong with folder
or file, the tables are made again.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from platformdirs import user_cache_path

from sla_dsl.files import UnwritableFile, write_whole

_DIGEST_BYTES = hashlib.sha256().digest_size
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def kept(key: str) -> bytes | None:
    """The tables that were kept under a key, or none."""
    folder = _private_folder()
    if folder is None:
        return None
    try:
        content = _file(folder, key).read_bytes()
    except OSError:
        return None
    digest, tables = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    return tables if hashlib.sha256(tables).digest() == digest else None


def keep(key: str, tables: bytes) -> None:
    """Keeps tables under a key, if this user has a folder for them."""
    folder = _private_folder()
    if folder is None:
        return
    try:
        write_whole(_file(folder, key), hashlib.sha256(tables).digest() + tables)
    except UnwritableFile:
        return


def _file(folder: Path, key: str) -> Path:
    return folder / f"tables-{hashlib.sha256(key.encode()).hexdigest()[:24]}"


def _private_folder() -> Path | None:
    """The cache folder, made if need be; none unless it belongs to this user and nobody else can write to it."""
    home = user_cache_path("sla_dsl", appauthor=False)
    if not home.is_absolute():
        return None
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = home.stat()
    except OSError:
        return None
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & _WRITABLE_BY_OTHERS):
        return None
    return home
