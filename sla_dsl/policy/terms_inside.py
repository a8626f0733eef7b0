"""Walking through terms."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from sla_dsl.policy.terms import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVIDENCE = {"cites", "assumes", "notes", "timezone_cites", "timezone_assumes"}


def terms_inside(value: object) -> Iterator[Term]:
    """Yield a term and every term inside it but its evidence, from the outside in.

    >>> from sla_dsl.policy.terms import Condition, Yes
    >>> [type(term).__name__ for term in terms_inside(Condition(text="asked", test=Yes(fact="asked")))]
    ['Condition', 'Yes']
    """
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Term):
            yield one
            for name in _fields(type(one)):
                inside: object = getattr(one, name)
                # Most of what is inside are texts and numbers.
                if inside and isinstance(inside, Term | tuple):
                    waiting.append(cast("object", inside))
        elif isinstance(one, tuple):
            waiting.extend(reversed(cast("tuple[object, ...]", one)))


@cache
def _fields(kind: type[Term]) -> tuple[str, ...]:
    return tuple(name for name in reversed(kind.__struct_fields__) if name not in _EVIDENCE)
