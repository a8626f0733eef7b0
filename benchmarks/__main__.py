"""All measurements: `python -m benchmarks`. Exit 1 where a promise is not kept."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main() -> int:
    codes: list[int] = []
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        print(f"\n{path.stem}\n{'─' * len(path.stem)}")
        code: int = import_module(f"benchmarks.{path.stem}").main()
        codes.append(code)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
