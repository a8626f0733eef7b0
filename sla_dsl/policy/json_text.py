"""JSON as text, read strictly: no key twice, no NaN, no nesting without end."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn, cast

from attrs import frozen

from sla_dsl.policy.form_errors import DuplicateKey, NotANumber, NotJson, TooDeep, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CHARACTERS = 50_000_000
DEEPEST = 100
"""The limits of a compiled policy (SEMANTICS B)."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|-?Infinity|NaN|\n')


@frozen
class PlainJson:
    """A text of JSON and the plain value it has."""

    text: str
    value: object


class _Repeated(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class _Constant(Exception):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


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
        value: object = json.loads(text, object_pairs_hook=_table, parse_constant=_constant)
    except _Repeated as error:
        raise DuplicateKey(error.key, _line_of_repeated(text, error.key)) from None
    except _Constant as error:
        raise NotANumber(error.text, _line_of(text, error.text)) from None
    except RecursionError:
        raise TooDeep(_line_of_depth(text), DEEPEST) from None
    except ValueError as error:
        raise NotJson(_reason(error)) from None
    if _is_too_deep(value):
        raise TooDeep(_line_of_depth(text), DEEPEST)
    return PlainJson(text, value)


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Repeated(key)
            seen.add(key)
    return table


def _constant(text: str) -> NoReturn:
    raise _Constant(text)


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}"
    return str(error)


# ------------------------------------------------------------------------------------- where it is wrong


def _is_too_deep(value: object) -> bool:
    layer = [value]
    for _ in range(DEEPEST):
        layer = [inner for outer in layer for inner in _inside(outer) if isinstance(inner, dict | list)]
        if not layer:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value).values()
    return cast("list[object]", value) if isinstance(value, list) else ()


def _line_of_depth(text: str) -> int:
    depth, line = 0, 1
    for token in _TOKEN.findall(text):
        line += token == "\n"
        depth += (token in "[{") - (token in "]}")
        if depth > DEEPEST:
            break
    return line


def _line_of(text: str, wanted: str) -> int:
    line = 1
    for token in _TOKEN.findall(text):
        line += token == "\n"
        if token == wanted:
            break
    return line


def _line_of_repeated(text: str, key: str) -> int:
    """Return the line on which a key comes the second time in the first object that repeats it."""
    objects: list[set[str]] = []
    line, last = 1, ""
    for token in _TOKEN.findall(text):
        line += token == "\n"
        if token in "{[":
            objects.append(set())
        elif token in ("}", "]") and objects:
            objects.pop()
        elif token == ":" and objects and json.loads(last) == key:
            if key in objects[-1]:
                break
            objects[-1].add(key)
        if token != "\n":
            last = token
    return line
