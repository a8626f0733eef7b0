"""All measurements: `python -m benchmarks`. Exit 1 where a promise is not kept.

`--short` leaves out what takes minutes, and only tells which promises are kept: for machines that do other things, too.
Answers that differ are an error all the same.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(*options: str) -> int:
    short = "--short" in options
    codes: list[int] = []
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        print(f"\n{path.stem}\n{'─' * len(path.stem)}", flush=True)
        code: int = import_module(f"benchmarks.{path.stem}").main(short=short)
        codes.append(code)
    return 0 if short else max(codes)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
