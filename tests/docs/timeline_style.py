"""What the parts of a timeline look like, on light and on dark ground: as the style sheet of the pages says."""

from __future__ import annotations

import re

from tests.docs.pages import DOCS

_SHEET = (DOCS / "_static" / "timelines.css").read_text(encoding="utf-8")
_VARIABLE = re.compile(r"--tl-([\w-]+): ([^;]+);")


def _colours(selector: str) -> dict[str, str]:
    """The colours that the sheet gives to pictures under a selector."""
    return dict(_VARIABLE.findall(re.findall(rf"^{re.escape(selector)} \{{(.+)\}}$", _SHEET, re.MULTILINE)[0]))


LIGHT = _colours(".timeline")
DARK = _colours('body[data-theme="dark"] .timeline')
BY_SYSTEM = _colours('body:not([data-theme="light"]) .timeline')


def rules() -> str:
    """What the classes of a picture look like, in colours that are variables."""
    return _SHEET.partition("\n}\n")[2]


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--tl-{name}: {colour};" for name, colour in colours.items())


STYLE = (
    f"<style>\n.timeline {{ {_variables(LIGHT)} background: var(--tl-ground); }}\n"
    f"@media (prefers-color-scheme: dark) {{ .timeline {{ {_variables(DARK)} }} }}\n{rules()}</style>"
)
"""A picture that stands alone goes by the colours of the reader's system."""
