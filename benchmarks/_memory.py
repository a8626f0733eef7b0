"""How much memory a process has taken, of its own: what Linux tells of a child begins with what its parent had."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")
MEBIBYTE = 1024 * 1024


def resident(key: str) -> int:
    """The bytes under a key of Linux's status of this process: `VmRSS` now, `VmHWM` at most so far."""
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{key}:"))


def most_megabytes() -> float:
    """The most memory that this process has had so far."""
    if STATUS.exists():
        return resident("VmHWM") / MEBIBYTE
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (MEBIBYTE if sys.platform == "darwin" else 1024)
