"""What compiling adds to a checked policy: the dates it rests on, and the digest that seals it (SEMANTICS T8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sla_dsl.policy.codec import sealed
from sla_dsl.policy.pinning import pinned

if TYPE_CHECKING:
    from sla_dsl.model import Model
    from sla_dsl.policy.terms import Document


def compiled(model: Model, base: Document | None = None) -> Document:
    """The compiled form of a policy, or of an annex to the compiled policy `base`.

    Equal models give equal documents as long as the `holidays` and `tzdata` packages give the same dates; the digest
    covers the dates and not the versions.

    Example: `compiled(check(parse(source).value, folder=folder).value).digest`.
    """
    return sealed(replace(model.document, pinned=pinned(model.document, base)))
