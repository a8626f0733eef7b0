"""One form for characters that are the same to a reader."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_QUOTES = {
    **dict.fromkeys("“”„‟«»″〝〞\uff02", '"'),
    **dict.fromkeys("‘’\u201a\u201b\u2032`\u00b4\u02bc\u2039\u203a\uff07", "'"),
    # Hyphens that only differ in whether a line may break after them.
    **dict.fromkeys("\u2010\u2011", "-"),
}

# Superscripts and fractions are not among them: `4¹` is not 41, nor `4½` 41/2.
_SAME_TO_A_READER = frozenset(
    "<compat> <noBreak> <wide> <narrow> <font> <initial> <medial> <final> <isolated> <small>".split()
)


@lru_cache(maxsize=4096)
def plain(character: str) -> str:
    """A character as folding writes it: perhaps another, several, or none.

    Quotation marks are straight, white space is a space or a line feed, ligatures and full-width forms are spelled
    out, and what has no width (soft hyphens, joiners, marks of direction) is nothing.

    Example: `plain("\u00a0")` is a space and `plain("…")` is three dots.
    """
    if character in _QUOTES:
        return _QUOTES[character]
    if character in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
        return "\n"
    if character < "\x7f" and character != "\x1f":
        return character
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f":
        return ""
    form, _, rest = unicodedata.decomposition(character).partition(" ")
    if form not in _SAME_TO_A_READER or rest.startswith("0020"):
        return character
    return unicodedata.normalize("NFKC", character)
