"""What people write in letters and in other languages, and how it is written here."""

from __future__ import annotations

import re
import unicodedata

_DAY = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?"
_DASH = "[-\u2010-\u2015\u2212]"
_UNIT = r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|months?|years?)"
_TIME = r"[0-9]{1,2}(?:[:.h][0-9]{2})?(?:am|pm)?"

_HABITS: tuple[tuple[str, str], ...] = (
    (rf"{_DAY}{_DASH}{_DAY}", "Write a span of days as `mon to fri`."),
    (rf"{_DAY}", "Days are written `mon tue wed thu fri sat sun`, in small letters."),
    (rf"[0-9]+{_DASH}[0-9]+", "Write `to` between the two ends of a span: `1 to 3`, `08:30 to 17:00`."),
    (rf"{_TIME}{_DASH}{_TIME}", "Write a span of hours as `08:30 to 17:00`."),
    (r"[0-9:.]+(?:am|pm)", "Write times on the 24-hour clock: `08:30`, `17:00`."),
    (r"[0-9]{1,2}[.h][0-9]{2}", "Write times with a colon: `08:30`."),
    (rf"[0-9.]+{_UNIT}", "Write number and unit apart: `1 hour`, `30 minutes`, `2 days`."),
    (r"[0-9]{1,2}", "Write times on the 24-hour clock, with minutes: `09:00`, `17:30`."),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.*", "Write a moment as `2026-03-06 15:00`, with a space."),
    (r"[0-9]{1,4}[/.][0-9]{1,2}[/.][0-9]{1,4}", "Write a date as year-month-day: `2026-03-06`."),
    (_DASH, "Write `to` between the two ends of a span."),
    (r"[“”„‟«»‘’\u201a'`].*", 'Write texts between straight quotation marks: `"…"`.'),
    (r"(?:>=|=>|≥).*", "Write `at least`."),
    (r"(?:<=|=<|≤).*", "Write `at most`."),
    (r">.*", "Write `more than`."),
    (r"<.*", "Write `fewer than` or `less than`."),
    (r"(?:!=|<>|≠).*", "Write `is not`."),
    (r"={1,3}", "Write `is`."),
    (r"(?:&&?|\+)", "Write `and`."),
    (r"(?:\|\||;).*", "Write `or`, or begin a new line."),
    (r"//.*|/\*.*|--.*", "A comment begins with `#`."),
    (r"\w+[;.!?]", "A statement ends with its line, without a sign."),
    (r"[A-Za-z][A-Za-z0-9_]*-[A-Za-z0-9_-]+", "A name has letters, digits and `_`, and no `-`."),
    (r"[0-9]+[A-Za-z_][A-Za-z0-9_]*", "A name begins with a letter."),
    (r"[^\W_]\w*", "A name has the letters a to z, digits and `_`. Write other words in quotation marks."),
)
_WORDS: tuple[tuple[str, str], ...] = (
    ("must will", "Write `shall`."),
    ("am pm", "Write times on the 24-hour clock: `08:30`, `17:00`."),
    ("min mins sec secs hr hrs", "Write units in full: `hours`, `minutes`, `seconds`."),
    ("business working opening", "Say of which calendar: `4 hours of CALENDAR`, `2 days of CALENDAR by close …`."),
    ("next", "Say how the day is counted: `within 1 day of CALENDAR by close after the start date`."),
    ("one two three four five six seven eight nine ten twelve", "Write numbers in digits."),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), advice) for pattern, advice in _HABITS)


def habit(text: str) -> str | None:
    """Help for a word that is written otherwise here; none if it is not known.

    Example: `habit("mon-fri") == "Write a span of days as `mon to fri`."`.
    """
    return next((advice for pattern, advice in _COMPILED if pattern.fullmatch(text)), None)


def contract_word(word: str) -> str | None:
    """Help for a word of contracts where the language has another; none if it is not known.

    Example: `contract_word("must") == "Write `shall`."`.
    """
    return next((advice for words, advice in _WORDS if word.lower() in words.split()), None)


# Letters of other scripts whose shape is a plain letter's; width and font variants are folded by Unicode itself.
_SHAPES = str.maketrans(
    "аеорсухіјѕһԁԛԝвкмнтАВЕКМНОРСТУХІЈЅαικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdqwbkmhtABEKMHOPCTYXIJSaiknoptuxABEZHIKMNOPTYX",
)


def lookalike(word: str) -> str | None:
    r"""The first letter in a name that only looks like a plain one, or none.

    Example: `lookalike("\u0440riority")` is its first letter, which is Cyrillic.
    """
    plain = unicodedata.normalize("NFKC", word).translate(_SHAPES)
    if word.isascii() or not plain.isascii() or not plain.isidentifier():
        return None
    return next(letter for letter in word if not letter.isascii())
