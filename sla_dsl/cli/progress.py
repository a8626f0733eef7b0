"""How far long work has come: a line on standard error, for a person at a terminal and nobody else."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from rich.console import RenderableType
    from rich.progress import Progress, Task

    SoFar = Callable[[], tuple[str, int, int | None]]

_A_SECOND = 4


@contextmanager
def shown_progress(name: str, so_far: SoFar) -> Generator[None]:
    """Shows while something is worked on what is being done, how many rows, how fast, and how long the rest takes.

    `so_far` says what is being done, with how many rows it has been, and of how many if that is known. The line goes
    away at the end. Nothing is shown where standard error is no terminal, or a dumb one.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    with _progress(name, so_far):
        yield


def _progress(name: str, so_far: SoFar) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.table import Column
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
                what, done, total = so_far()
                task = self.tasks[0]
                if task.fields["what"] != what:
                    self.reset(task.id, total=total, what=what)
                self.update(task.id, completed=done, total=total)
            yield from super().get_renderables()

    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    words = TextColumn("{task.fields[what]} {task.description}", table_column=Column(no_wrap=True, max_width=40))
    rate, rest = (
        kind(table_column=Column(no_wrap=True)) for kind in (Rate, partial(TimeRemainingColumn, compact=True))
    )
    columns = (words, BarColumn(bar_width=20), rate, rest)
    made = Reading(*columns, console=console, transient=True, refresh_per_second=_A_SECOND)
    made.add_task(name, total=None, what="reading")
    return made
