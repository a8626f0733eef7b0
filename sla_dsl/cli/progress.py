"""How far long work has come: a line on standard error, for a person at a terminal and nobody else."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from rich.console import RenderableType
    from rich.progress import Progress, Task

_A_SECOND = 4


@contextmanager
def shown_reading(what: str, rows: Callable[[], tuple[int, int | None]]) -> Generator[None]:
    """Shows while something is read how many rows have been, how fast, and how long the rest takes if that is known.

    `rows` says how many have been read, of how many. The line goes away at the end. Nothing is shown where standard
    error is no terminal, or a dumb one.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    with _progress(what, rows):
        yield


def _progress(what: str, rows: Callable[[], tuple[int, int | None]]) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Rows so far, of how many, and rows in a second."""

        def render(self, task: Task) -> Text:
            done, total = f"{task.completed:,.0f}", "" if task.total is None else f" of {task.total:,.0f}"
            rate = "" if task.speed is None else f", {task.speed:,.0f} a second"
            return Text(f"{done}{total} rows{rate}")

    class Reading(Progress):
        """A progress that looks by itself how far the reading is."""

        def get_renderables(self) -> Iterable[RenderableType]:
            if self.tasks:
                done, total = rows()
                if done < self.tasks[0].completed:
                    self.reset(self.tasks[0].id, total=total)
                self.update(self.tasks[0].id, completed=done, total=total)
            yield from super().get_renderables()

    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    columns = (TextColumn("{task.description}"), BarColumn(), Rate(), TimeRemainingColumn(compact=True))
    made = Reading(*columns, console=console, transient=True, refresh_per_second=_A_SECOND)
    made.add_task(what, total=None)
    return made
