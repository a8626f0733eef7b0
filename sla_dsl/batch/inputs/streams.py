"""Files as streams of bytes, decompressed; what the machine says of them in plain words."""

from __future__ import annotations

import bz2
import gzip
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from sla_dsl.batch.inputs.errors import UnreadableLog

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path
    from typing import BinaryIO

COMPRESSED = frozenset({".gz", ".bz2"})
"""Endings of compressed files."""

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def bare_suffix(path: Path) -> str:
    """Return the ending of a file's name, without that of its compression.

    >>> from pathlib import Path
    >>> bare_suffix(Path("log.CSV.gz"))
    '.csv'
    """
    name = path.name.casefold()
    for ending in COMPRESSED:
        name = name.removesuffix(ending)
    _, dot, ending = name.rpartition(".")
    return dot + ending


def is_compressed(path: Path) -> bool:
    """Return whether the name of a file says that it is compressed."""
    return path.suffix.casefold() in COMPRESSED


def opened(path: Path) -> BinaryIO:
    """Return a file to be read, decompressed where its name ends so or it begins so. Raises `OSError`."""
    match path.suffix.casefold() if is_compressed(path) else _compression(path):
        case ".gz":
            return cast("BinaryIO", gzip.open(path))
        case ".bz2":
            return cast("BinaryIO", bz2.open(path))
        case _:
            return path.open("rb")


def _compression(path: Path) -> str:
    """Return the ending that a file should have by its first bytes, empty for one that is not compressed."""
    with path.open("rb") as file:
        start = file.read(10)
    if start.startswith(b"\x1f\x8b\x08"):
        return ".gz"
    return ".bz2" if start.startswith(b"BZh") and start.endswith(b"1AY&SY") else ""


@contextmanager
def readable(name: str) -> Generator[None]:
    """Say in plain words what the machine says of a file: raises `UnreadableLog` for what it raises."""
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, PermissionError, EOFError, zlib.error) as error:
        raise UnreadableLog(name, *_plain(error)) from error
    except OSError as error:
        raise UnreadableLog(name, *_plain_os(error)) from error


def _plain(error: Exception) -> tuple[str, str]:
    match error:
        case FileNotFoundError():
            return "there is no such file", ""
        case IsADirectoryError():
            return "it is a folder", "Name the files in it, for example with `*.csv`"
        case PermissionError():
            return "this user may not read it", ""
        case EOFError():
            return "the compressed file ends too early", "It is a part of a file; fetch it again"
        case _:
            return f"the compressed file is damaged ({error})", "Fetch it again"


def _plain_os(error: OSError) -> tuple[str, str]:
    if isinstance(error, gzip.BadGzipFile):
        return "it is no gzip file, or damaged", "Fetch it again, or take `.gz` from its name"
    return error.strerror or str(error), ""
