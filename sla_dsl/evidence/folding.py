"""The folded view of a text: what is left when white space, Unicode form, quotation marks and markup no longer matter.

Folding is the same for a document and for a quotation from it, so that either may be written in either way (SEMANTICS
H1). Case, dashes and every other character stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

from sla_dsl.evidence.characters import plain
from sla_dsl.evidence.markup import without_markup
from sla_dsl.evidence.views import Edit, View

_SPACE = re.compile(r"\s+")
_PLAIN = re.compile(r"[A-Za-z0-9(\"'%.,;:/)?!$+-]+(?: [A-Za-z0-9(\"'%.,;:/)?!$+-]+)*")
_RULED_OR_MARKED = re.compile(r"-{3}|[-+] ")


def fold(text: str, *, bullets: bool = False) -> View:
    """The folded view of a text.

    - White space of any kind and length, line ends too, is one space; none stands at either end.
    - Unicode is composed (NFC); ligatures, full-width forms and `…` are spelled out; what has no width is gone.
    - Quotation marks are straight.
    - HTML tags, entities, links, headings' `#`, emphasis, escapes and table rulers are read as a reader sees them.
    - The dash or bullet before a list item is left out, or kept with `bullets`.

    Example: `fold("“In\u00a0Progress”  <b>status</b>").text` is `"In Progress" status`.
    """
    if _PLAIN.fullmatch(text) and not _RULED_OR_MARKED.search(text):
        return View(text)
    view = _composed(_in_one_form(View(text)))
    view = without_markup(view, bullets=bullets)
    return _spaced(view)


def _in_one_form(view: View) -> View:
    unusual = {character: folded for character in set(view.text) if (folded := plain(character)) != character}
    if not unusual:
        return view
    same_length = {ord(character): folded for character, folded in unusual.items() if len(folded) == 1}
    view = View(view.text.translate(same_length))
    others = [character for character, folded in unusual.items() if len(folded) != 1]
    if not others:
        return view
    pattern = re.compile("[" + "".join(map(re.escape, others)) + "]")
    return view.rewritten(pattern, lambda match: unusual[match.group()])


def _composed(view: View) -> View:
    """The view in NFC, composed cluster by cluster, so that offsets are kept."""
    if unicodedata.is_normalized("NFC", view.text):
        return view
    edits: list[Edit] = []
    for run in re.finditer(r"[\x00-\x7f]?[^\x00-\x7f]+", view.text):
        if not unicodedata.is_normalized("NFC", run.group()):
            edits.extend(_clusters(run.group(), run.start()))
    return view.edited(edits)


def _clusters(run: str, offset: int) -> list[Edit]:
    edits: list[Edit] = []
    start = 0
    for at in range(1, len(run) + 1):
        if at < len(run) and _composes(run[start:at], run[at]):
            continue
        composed = unicodedata.normalize("NFC", run[start:at])
        if composed != run[start:at]:
            edits.append((offset + start, offset + at, composed))
        start = at
    return edits


# No script puts more marks on a character; a longer pile (they exist only to annoy) is cut, which keeps this linear.
_LONGEST_CLUSTER = 32


def _composes(cluster: str, character: str) -> bool:
    if len(cluster) >= _LONGEST_CLUSTER:
        return False
    if unicodedata.combining(character):
        return True
    together = unicodedata.normalize("NFC", cluster + character)
    return together != unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", character)


def _spaced(view: View) -> View:
    end = len(view.text)

    def space(match: re.Match[str]) -> str:
        return "" if match.start() == 0 or match.end() == end else " "

    return view.rewritten(_SPACE, space)
