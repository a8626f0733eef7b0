"""The language as the grammar says it: its words, its terminals and its parser tables, each made once."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import re
from pathlib import Path

from sla_dsl.resources import folder
from sla_dsl.syntax import table_cache
from sla_dsl.syntax.tables import Tables
from sla_dsl.syntax.vocabulary import Vocabulary, vocabulary

_FORM = 1
"""The form of saved tables; it changes with `Tables`."""


@functools.cache
def grammar_text() -> str:
    """The grammar as it is written in `grammars/sla.lark`."""
    return (folder("grammars") / "sla.lark").read_text(encoding="utf-8")


@functools.cache
def language_vocabulary() -> Vocabulary:
    """The keywords of the language."""
    return vocabulary(grammar_text())


@functools.cache
def tables() -> Tables:
    """The parser tables: those saved by an earlier run, else made from the grammar and saved for the next."""
    made_from = f"{_FORM} {_lark_version()} {grammar_text()}"
    key = hashlib.sha256(made_from.encode()).hexdigest()
    saved = table_cache.kept(key)
    if saved is not None:
        return Tables.from_bytes(saved)
    from sla_dsl.syntax.lark_tables import made_tables

    made = made_tables(grammar_text())
    table_cache.keep(key, made.to_bytes())
    return made


def _lark_version() -> str:
    """What tells one release of lark from another: the first module of the package, which names it.

    It is read, since importing lark or asking for its metadata takes almost as long as parsing a policy.
    """
    found = importlib.util.find_spec("lark")
    return Path(found.origin).read_text(encoding="utf-8") if found and found.origin else ""


@functools.cache
def scanner() -> re.Pattern[str]:
    """One expression for white space and a terminal after it, each a named group in the order of trying."""
    terminals = "|".join(f"(?P<{name}>{expression})" for name, expression in tables().terminals)
    return re.compile(rf"[^\S\n]*(?:{terminals})")
