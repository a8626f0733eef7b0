"""What the parts of a timeline look like, on light and on dark ground."""

from __future__ import annotations

LIGHT = {
    "ink": "#1f2328", "faint": "#66707b", "line": "#c9ced6", "shade": "#8a94a322", "counted": "#1f7a6d",
    "on-bar": "#ffffff", "paused": "#a86a00", "late": "#c4322b", "mark": "#3b5bb5", "ground": "#ffffff",
}  # fmt: skip
DARK = {
    "ink": "#e3e6ea", "faint": "#9aa4af", "line": "#4a515b", "shade": "#aab4c31f", "counted": "#2f9e8c",
    "on-bar": "#0b1512", "paused": "#e0a33a", "late": "#f0736a", "mark": "#8fa9f0", "ground": "#14181d",
}  # fmt: skip


def rules() -> str:
    """What the classes of a picture look like, in colours that are variables."""
    return """\
.timeline text { font: 11.5px system-ui, "Helvetica Neue", Arial, sans-serif; fill: var(--tl-ink); }
.timeline .hour, .timeline .on-bar { font-size: 10px; }
.timeline .hour, .timeline .faint, .timeline .name, .timeline .was-text { fill: var(--tl-faint); }
.timeline .day, .timeline .due-text, .timeline .bound-text { font-weight: 600; }
.timeline .due-text, .timeline .bound-text, .timeline .was-text, .timeline .text, .timeline .late-text {
  paint-order: stroke; stroke: var(--tl-ground); stroke-width: 3px; stroke-linejoin: round;
}
.timeline .clock { font: 600 12px ui-monospace, Menlo, Consolas, monospace; }
.timeline .on-bar { fill: var(--tl-on-bar); }
.timeline .late-text, .timeline text.listed { fill: var(--tl-late); }
.timeline .paused-text, .timeline .warning-text { fill: var(--tl-paused); }
.timeline .shade { fill: var(--tl-shade); }
.timeline .tick, .timeline .border { stroke: var(--tl-line); }
.timeline .entry { stroke: var(--tl-mark); stroke-opacity: 0.35; }
.timeline .asked { stroke: var(--tl-faint); stroke-dasharray: 2 3; }
.timeline .mark { fill: var(--tl-mark); }
.timeline circle.listed { fill: var(--tl-ground); stroke: var(--tl-late); stroke-width: 1.5; }
.timeline .stay { fill: var(--tl-shade); stroke: var(--tl-line); }
.timeline .counted { fill: var(--tl-counted); }
.timeline .late { fill: var(--tl-late); }
.timeline .striped { stroke: var(--tl-paused); }
.timeline .paused-ground { fill: var(--tl-ground); }
.timeline .paused, .timeline .warning { fill: var(--tl-paused); }
.timeline .idle { stroke: var(--tl-faint); stroke-width: 1.5; }
.timeline .after { stroke: var(--tl-faint); stroke-width: 1.5; stroke-dasharray: 1 4; }
.timeline .start { fill: var(--tl-ground); stroke: var(--tl-ink); stroke-width: 2; }
.timeline .stop { fill: var(--tl-ink); stroke: var(--tl-ground); }
.timeline .due, .timeline .bound { stroke: var(--tl-ink); stroke-width: 2; }
.timeline .bound { stroke-dasharray: 3 2; }
.timeline .was { stroke: var(--tl-faint); stroke-width: 1.5; stroke-dasharray: 3 2; }
"""


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--tl-{name}: {colour};" for name, colour in colours.items())


STYLE = (
    f"<style>\n.timeline {{ {_variables(LIGHT)} background: var(--tl-ground); }}\n"
    f"@media (prefers-color-scheme: dark) {{ .timeline {{ {_variables(DARK)} }} }}\n{rules()}</style>"
)
"""A picture that stands alone goes by the colours of the reader's system."""


def style_sheet() -> str:
    """The style of the pictures in the pages, which go by the theme that the reader has chosen there."""
    return (
        "/* Written by `python -m tests.docs.timelines`. */\n"
        f".timeline {{ {_variables(LIGHT)} }}\n"
        f'body[data-theme="dark"] .timeline {{ {_variables(DARK)} }}\n'
        "@media (prefers-color-scheme: dark) {\n"
        f'body:not([data-theme="light"]) .timeline {{ {_variables(DARK)} }}\n'
        "}\n"
        f"{rules()}"
    )
