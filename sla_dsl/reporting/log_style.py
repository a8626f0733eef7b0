"""What a page about a log looks like: on light and dark ground, on a telephone, on paper."""

from __future__ import annotations

LIGHT = {
    "ground": "#fbfbf9", "paper": "#ffffff", "ink": "#1f2328", "faint": "#5b6570", "line": "#d5d9de",
    "shade": "#f0f2f3", "in-time": "#1f7a6d", "late": "#c0392f", "on-late": "#ffffff", "open": "#8b95a1",
    "paused": "#b07400", "closed": "#d9dde2", "mark": "#3b5bb5",
    "s0": "#3454a8", "s1": "#b4540a", "s2": "#1f7a6d", "s3": "#8a3f9e", "s4": "#5f6b2f", "s5": "#66707b",
}  # fmt: skip
DARK = {
    "ground": "#14181d", "paper": "#1b2026", "ink": "#e3e6ea", "faint": "#a0aab5", "line": "#3a424c",
    "shade": "#242a31", "in-time": "#38ab98", "late": "#ee7468", "on-late": "#1b2026", "open": "#77818d",
    "paused": "#e0a33a", "closed": "#404853", "mark": "#8fa9f0",
    "s0": "#8fa9f0", "s1": "#eca15c", "s2": "#45bba7", "s3": "#cf97df", "s4": "#b5c476", "s5": "#9aa4af",
}  # fmt: skip
"""Colours by what they stand for; `s0` to `s5` tell lines apart, together with the form of their marks."""

_RULES = """
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1140px; margin: 0 auto; padding: 28px 20px 56px; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 6px; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 44px 0 4px; padding-top: 14px; border-top: 1px solid var(--line); }
h3 { font-size: 0.95rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 4px 0 10px; max-width: 46rem; }
.faint, figcaption, .caption { color: var(--faint); }
.eyebrow { color: var(--faint); margin: 0 0 2px; overflow-wrap: anywhere; }
.cards, .figures { display: grid; gap: 14px; margin: 16px 0 8px; }
.cards { grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr)); }
.figures { grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); }
.card, figure, .ticket { background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
  padding: 14px 16px; margin: 0; break-inside: avoid; min-width: 0; }
.card .big { font-size: 2rem; line-height: 1.15; font-weight: 650; font-variant-numeric: tabular-nums; }
.card p { margin: 0; font-size: 0.87rem; }
.card svg { margin-top: 8px; height: 12px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
figure svg { max-width: 560px; margin: 8px auto 0; }
figcaption { font-size: 0.82rem; margin-top: 6px; }
svg text { font: 11px system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: var(--ink); }
svg .tick, svg .axis { fill: var(--faint); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .base { stroke: var(--faint); stroke-width: 1; }
svg .name { font-weight: 600; }
svg .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.in-time { fill: var(--in-time); }
.late { fill: var(--late); }
.striped { stroke: var(--on-late); stroke-width: 1.4; stroke-opacity: 0.55; }
.open { fill: var(--open); }
.none { fill: var(--shade); stroke: var(--line); }
.counted { fill: var(--in-time); } .counted.over { fill: var(--late); }
.paused { fill: var(--paused); }
.closed, .holiday { fill: var(--closed); }
.holiday { opacity: 0.6; }
.target { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; vector-effect: non-scaling-stroke; }
.stretches svg { height: 30px; margin-top: 8px; } .ticket .ends { display: flex; justify-content: space-between;
  gap: 12px; margin: 0; max-width: none; font-size: 0.8rem; color: var(--faint); }
.wanted { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 2 3; }
.line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
.few { fill: var(--paper); }
.scroll { overflow-x: auto; margin: 6px 0 12px; -webkit-overflow-scrolling: touch; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; min-width: 60%; }
.caption { font-size: 0.87rem; margin: 8px 0 0; }
th, td { padding: 5px 14px 5px 0; text-align: left; vertical-align: middle; white-space: nowrap;
  border-bottom: 1px solid var(--line); }
td.wide, th.wide { white-space: normal; min-width: 13rem; overflow-wrap: anywhere; }
th { font-weight: 600; } thead th { color: var(--faint); font-weight: 500; vertical-align: bottom; }
td.n, th.n { text-align: right; }
td.same { color: var(--faint); } tr.all th, tr.all td { font-weight: 600; border-bottom-color: var(--faint); }
td.bar { width: 170px; min-width: 120px; } td.bar svg { height: 14px; }
.key { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 6px 0 0; padding: 0; list-style: none;
  font-size: 0.85rem; color: var(--faint); }
.key svg { display: inline-block; width: 22px; height: 12px; vertical-align: -1px; margin-right: 5px; }
.tickets { display: grid; gap: 12px; margin-top: 14px; }
.ticket p { margin: 2px 0; font-size: 0.9rem; max-width: none; }
details { margin-top: 6px; font-size: 0.9rem; } summary { cursor: pointer; color: var(--mark); }
summary:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
.met { color: var(--in-time); } .missed { color: var(--late); } .met, .missed { font-weight: 600; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 4px 18px; margin: 12px 0;
  font-size: 0.9rem; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
code { font: 0.86em ui-monospace, Menlo, Consolas, monospace; }
@media (max-width: 560px) {
  main { padding: 18px 14px 40px; } h1 { font-size: 1.4rem; } dl { grid-template-columns: 1fr; gap: 0 0; }
  dd { margin-bottom: 8px; }
}
@media print {
  @page { margin: 16mm 14mm; }
  body { font-size: 10pt; background: #ffffff; } main { max-width: none; padding: 0; }
  h2, h2 + p, .key, .caption { break-after: avoid; } h2 { margin-top: 22px; }
  tr, .ticket, figure { break-inside: avoid; }
  .figures { grid-template-columns: repeat(2, 1fr); } .cards { grid-template-columns: repeat(3, 1fr); }
  .scroll { overflow: visible; } details:not([open]) { display: none; }
  svg, .card, figure { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


STYLE = (
    f":root {{ color-scheme: light dark; {_variables(LIGHT)} }}\n"
    f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_variables(DARK)} }} }}{_RULES}"
)
"""The style of the page. It goes by the colours of the reader's system, and on paper by the light ones."""
