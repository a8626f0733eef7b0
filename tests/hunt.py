"""Look for cases on which the package and its judges differ, for as long as told: `make hunt`.

    python -m tests.hunt [NAME ...] --seconds N [--seed S]

A hunt is a function from a seed to the number of cases it put; it raises AssertionError where an answer is wrong.
Its name and place stand in `HUNTS`.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HUNTS = {
    "arrays": "tests.worktime.many:hunt",
    "logs": "tests.batch.against:hunt",
    "syntax": "tests.syntax.hunting:hunt",
    "tickets": "tests.policy.tickets.against:hunt",
    "worktime": "tests.worktime.against:hunt",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named hunts, or all, in turn; return 0 if nothing was found, 1 if something was."""
    parser = argparse.ArgumentParser(prog="python -m tests.hunt", description="look for wrong answers")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(HUNTS))
    parser.add_argument("--seconds", type=float, default=60, help="how long to look (default: 60)")
    parser.add_argument("--seed", type=int, default=None, help="where to begin (default: anywhere)")
    wanted = parser.parse_args(arguments)
    names: list[str] = wanted.names or list(HUNTS)
    if unknown := [name for name in names if name not in HUNTS]:
        parser.error(f"no hunt called {', '.join(unknown)}; there are {', '.join(HUNTS)}")
    first: int = time.time_ns() // 1_000_000 if wanted.seed is None else wanted.seed
    return _hunt({name: _load(HUNTS[name]) for name in names}, wanted.seconds, first)


def _hunt(hunts: dict[str, Callable[[int], int]], seconds: float, first: int) -> int:
    end = time.monotonic() + seconds
    cases, found, seed = dict.fromkeys(hunts, 0), 0, first
    while time.monotonic() < end:
        for name, hunt in hunts.items():
            try:
                cases[name] += hunt(seed)
            except AssertionError as difference:
                found += 1
                print(f"{name}, --seed {seed}: {difference}", file=sys.stderr)  # noqa: T201  # this is a command
            except BaseException as error:
                error.add_note(f"in the hunt {name}, --seed {seed}")
                raise
        seed += 1
    for name, count in cases.items():
        print(f"{name}: {count} cases from {seed - first} seeds, from {first}")  # noqa: T201  # this is a command
    print("nothing found" if not found else f"{found} differences")  # noqa: T201  # this is a command
    return 1 if found else 0


def _load(place: str) -> Callable[[int], int]:
    module, _, function = place.partition(":")
    return cast("Callable[[int], int]", getattr(import_module(module), function))


if __name__ == "__main__":
    sys.exit(main())
