"""No file is overwritten from which the answer is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sla_dsl.cli.texts import STANDARD_INPUT, is_file_name
from sla_dsl.files import identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.pipeline import Policy


def refuse_overwriting(written: Iterable[Path], read: Iterable[Path]) -> None:
    """Raises `UsageError` where a file that is to be written is one that is read, under whatever name."""
    given = {identity(path) for path in read}
    for path in written:
        if identity(path) in given:
            raise click.UsageError(f"{path.name} would be overwritten: it is what the report is made from.")


def beside(name: str, policy: Policy) -> Iterator[Path]:
    """The files that a policy or annex called so may be read with: its sources, and the policy that it amends."""
    if name != STANDARD_INPUT and not is_file_name(name):
        return
    folder, base = Path() if name == STANDARD_INPUT else Path(name).parent, policy.document.id
    for document in (policy.document, *policy.annexes):
        yield from (folder / source.name for source in document.sources)
    for place in (folder, folder.parent / base):
        yield from (place / f"{base}.{form}" for form in ("sla", "json"))
        yield from (place / source.name for source in policy.document.sources)
