"""Builds the distributions once and installs the wheel where the checkout is out of reach."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Built(NamedTuple):
    """A source distribution and a wheel."""

    sdist: Path
    wheel: Path


class Environment(NamedTuple):
    """A virtual environment, and a folder from which its commands are run."""

    home: Path
    cwd: Path

    @property
    def python(self) -> Path:
        """The interpreter."""
        return self.home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def run(self, *command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command with nothing of the caller's Python environment."""
        inherited = {
            key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST", "VIRTUAL_ENV"))
        }
        return subprocess.run(
            command,
            cwd=self.cwd,
            env={**inherited, "PYTHONUTF8": "1", **variables},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def code(self, source: str, **variables: str) -> str:
        """What a piece of Python prints; it has to end well."""
        done = self.run(self.python, "-c", source, **variables)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sla(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the installed command."""
        return self.run(self.python.with_name("sla.exe" if os.name == "nt" else "sla"), *arguments)

    def install(self, *what: str | Path) -> None:
        """Install with the caller's pip, which asks no package index."""
        pip = [sys.executable, "-m", "pip", "--python", self.python, "--disable-pip-version-check", "install"]
        done = self.run(*pip, "--quiet", "--no-index", "--no-deps", "--no-build-isolation", *what)
        assert done.returncode == 0, done.stderr


def build(source: Path, into: Path, *kinds: str, **variables: str) -> Built:
    """Build with the hatchling that is installed here; without kinds the wheel is made from the sdist."""
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", into, source],
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [sdist], [wheel] = into.glob("*.tar.gz"), into.glob("*.whl")
    return Built(sdist, wheel)


def environment(folder: Path) -> Environment:
    """A new virtual environment without sla-dsl, but with its dependencies.

    Those come from the environment of the tests by a path file, so that no network is needed. An editable
    install of the checkout does not come along: Python reads no path files in folders added that way.
    """
    cwd = folder / "elsewhere"
    cwd.mkdir()
    made = Environment(folder / "venv", cwd)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made.home], check=True, timeout=120)
    site = Path(made.code("import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist of this checkout, and the wheel made from it."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The wheel in a virtual environment of its own."""
    made = environment(tmp_path_factory.mktemp("installed"))
    made.install(built.wheel)
    return made
