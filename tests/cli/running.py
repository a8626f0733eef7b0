"""The command `sla`, run inside the test and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from sla_dsl.cli import main

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).resolve().parents[2]
HARBOUR = ROOT / "tests" / "pipeline" / "harbour"
CLOUDCTI = ROOT / "policies" / "cloudcti" / "cloudcti.sla"


def sla(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    """Run the command; nothing but an exit may come out of it."""
    result = CliRunner().invoke(main, [str(one) for one in arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def process(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as users do."""
    return subprocess.run(
        [sys.executable, "-m", "sla_dsl", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        timeout=60,
        check=False,
    )
