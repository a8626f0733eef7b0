"""JSON read strictly, value by value: no key twice in an object, no NaN, no nesting without end."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn, cast

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

DEEPEST = 100
"""How deep values may lie in each other (SEMANTICS B)."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|-?Infinity|NaN|\n')
_SPACE = re.compile(r"[ \t\n\r]*")


class BrokenJson(Exception):
    """A text that is no JSON from some place on; `at` counts characters."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why, at)
        self.why = why
        self.at = at


class StrictlyWrong(Exception):
    """A value that is JSON for some and not read here; `end` is where the text goes on behind it."""

    def __init__(self, at: int, end: int) -> None:
        super().__init__(at, end)
        self.at = at
        self.end = end


class RepeatedKey(StrictlyWrong):
    """An object that has one key twice."""

    def __init__(self, key: str, at: int, end: int) -> None:
        super().__init__(at, end)
        self.key = key


class NoNumber(StrictlyWrong):
    """`NaN` or `Infinity`."""

    def __init__(self, text: str, at: int, end: int) -> None:
        super().__init__(at, end)
        self.text = text


class Nested(StrictlyWrong):
    """Values in each other, deeper than `DEEPEST`."""


@frozen
class Read:
    """A value, and where the text goes on behind it and the space after it."""

    value: object
    end: int


def after_space(text: str, at: int) -> int:
    """Return the place of the next character that is no space."""
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def read_value(text: str, at: int) -> Read:
    """Return the value that begins at a place. Raises `BrokenJson`, `StrictlyWrong`."""
    try:
        value, end = cast("tuple[object, int]", _DECODER.raw_decode(text, at))
    except _Repeated as error:
        raise RepeatedKey(error.key, _place_of_repeated(text, at, error.key), _end_of(text, at)) from None
    except _Constant as error:
        raise NoNumber(error.text, _place_of(text, at, error.text), _end_of(text, at)) from None
    except RecursionError:
        raise Nested(_place_of_depth(text, at), _end_of(text, at)) from None
    except json.JSONDecodeError as error:
        raise BrokenJson(_reason(error.msg), error.pos) from None
    except ValueError:
        raise BrokenJson("a number has more digits than are read", at) from None
    if _is_too_deep(value):
        raise Nested(_place_of_depth(text, at), _end_of(text, at))
    return Read(value, after_space(text, end))


def _reason(message: str) -> str:
    """Return what is wrong in the words of the decoder, which expects a place to follow."""
    return f"{message[:1].lower()}{message[1:]}".removesuffix(" at").removesuffix(" starting")


class _Repeated(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class _Constant(Exception):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


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


_DECODER = json.JSONDecoder(object_pairs_hook=_table, parse_constant=_constant)


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


def _end_of(text: str, at: int) -> int:
    """Return where the brackets that open at a place are closed again, and the space after them ends."""
    depth = 0
    for token in _TOKEN.finditer(text, at):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth <= 0 and token[0] != "\n":
            return after_space(text, token.end())
    return len(text)


def _place_of_depth(text: str, at: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(text, at):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth > DEEPEST:
            return token.start()
    return at


def _place_of(text: str, at: int, wanted: str) -> int:
    return next((token.start() for token in _TOKEN.finditer(text, at) if token[0] == wanted), at)


def _place_of_repeated(text: str, at: int, key: str) -> int:
    """Return where a key comes the second time in the first object that repeats it."""
    objects: list[set[str]] = []
    last, last_at = "", at
    for token in _TOKEN.finditer(text, at):
        found = token[0]
        if found in "{[":
            objects.append(set())
        elif found in ("}", "]") and objects:
            objects.pop()
        elif found == ":" and objects and json.loads(last) == key:
            if key in objects[-1]:
                return last_at
            objects[-1].add(key)
        if found != "\n":
            last, last_at = found, token.start()
    return at
