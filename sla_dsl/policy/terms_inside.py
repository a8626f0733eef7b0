"""Walking through terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sla_dsl.policy.terms import Term

if TYPE_CHECKING:
    from collections.abc import Iterator


def terms_inside(value: object) -> Iterator[Term]:
    """Yield a term and every term inside it, from the outside in.

    >>> from sla_dsl.policy.terms import Condition, Yes
    >>> [type(term).__name__ for term in terms_inside(Condition(text="asked", test=Yes(fact="asked")))]
    ['Condition', 'Yes']
    """
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Term):
            yield one
            waiting.extend(getattr(one, name) for name in reversed(one.__struct_fields__))
        elif isinstance(one, tuple):
            waiting.extend(reversed(cast("tuple[object, ...]", one)))
