"""JSON as text, read strictly: no key twice, no NaN, no nesting without end."""

from __future__ import annotations

from attrs import frozen

from sla_dsl.policy.form_errors import CompiledFormError, DuplicateKey, NotANumber, NotJson, TooDeep, TooLarge
from sla_dsl.policy.strict_json import (
    DEEPEST,
    BrokenJson,
    NoNumber,
    RepeatedKey,
    StrictlyWrong,
    after_space,
    read_value,
)

MOST_CHARACTERS = 50_000_000
"""The limit of a compiled policy (SEMANTICS B)."""


@frozen
class PlainJson:
    """A text of JSON and the plain value it has."""

    text: str
    value: object


def plain_json(text: str | bytes) -> PlainJson:
    """Return the value of a text of JSON. Raises `CompiledFormError`."""
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(len(text), MOST_CHARACTERS)
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise NotJson(f"byte {error.start + 1} is not UTF-8") from None
    text = text.removeprefix("\ufeff")
    try:
        read = read_value(text, after_space(text, 0))
    except BrokenJson as error:
        raise _broken(text, error.at, error.why) from None
    except StrictlyWrong as error:
        raise _wrong(error, _line(text, error.at)) from None
    if read.end < len(text):
        raise _broken(text, read.end, "extra data")
    return PlainJson(text, read.value)


def _broken(text: str, at: int, why: str) -> NotJson:
    column = at - text.rfind("\n", 0, at)
    return NotJson(f"line {_line(text, at)}, column {column}: {why}")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _wrong(error: StrictlyWrong, line: int) -> CompiledFormError:
    match error:
        case RepeatedKey(key=key):
            return DuplicateKey(key, line)
        case NoNumber(text=text):
            return NotANumber(text, line)
        case _:
            return TooDeep(line, DEEPEST)
