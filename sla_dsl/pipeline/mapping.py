"""The mapping of a log, from its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sla_dsl.pipeline.errors import NotAMapping, PolicyError
from sla_dsl.pipeline.phases import check, is_compiled
from sla_dsl.policy.logs.naming import of_policy
from sla_dsl.source import Source

if TYPE_CHECKING:
    from sla_dsl.pipeline.policy import Policy
    from sla_dsl.policy.logs.mapping import Mapping


def load_mapping(path: str | Path | Source, policy: Policy | None = None) -> Mapping:
    """The mapping of a log in a `.sla` file, with the names of a policy: its ids and types.

    Without a `policy` it is checked against the one that it names after `for`, if it names one.

    Raises:
        PolicyError: the text has mistakes, or names what the policy does not have; `.findings` holds them all.
        NotAMapping: the file holds a policy or an annex.
        SlaError: the file cannot be read.

    Example: `load_mapping("incidents.sla", load("helpdesk.sla"))`.
    """
    source = path if isinstance(path, Source) else Source.read(Path(path))
    if is_compiled(source):
        raise NotAMapping(source.name)
    found = check(source, Path(source.name).parent, base=policy)
    if found.is_log and found.mapping is None:
        raise PolicyError(found.findings)
    if found.mapping is None:
        raise NotAMapping(source.name)
    return found.mapping


def mapping_for(mapping: Mapping | str | Path, policy: Policy) -> Mapping:
    """A mapping as a policy understands it: read from a file, or made in Python. Ask it before any row is read.

    Raises what `load_mapping` does, and `NotInPolicy` where a mapping made in Python does not fit the policy.

    Example: `mapping_for("incidents.sla", old)` and `mapping_for("incidents.sla", new)`.
    """
    return load_mapping(mapping, policy) if isinstance(mapping, (str, Path)) else of_policy(mapping, policy.terms)
