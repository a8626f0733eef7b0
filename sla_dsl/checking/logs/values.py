"""What single values of a column say: `read "New" as new`, `ignore "-100"`, `ignore the rest`."""

from __future__ import annotations

import re

from attrs import define, field

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.values import value_of
from sla_dsl.checking.words import unquoted
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.logs.mapping import Kind, Meaning
from sla_dsl.policy.names import folded
from sla_dsl.policy.terms import Fact, NumberValue, TextValue
from sla_dsl.policy.vocabulary import Terms
from sla_dsl.syntax import Node, Statement, Token

_OFFSET = re.compile(r"[+-][0-9]{2}:[0-9]{2}$")
_HAPPENING: dict[str, Kind] = {"event": "event", "status": "status"}
_NAMES = frozenset({"WORD", "STRING", "NUMBER"})
_ENTRY_OF = {"event": "event", "status": "status", "channel": "channel", "caller": "party", "level": "level"}


@define
class ValueReader:
    """Reads the block of one column that says something of a `kind`: of the scale or fact `name`.

    `missing` are the texts that stand for nothing, folded.
    """

    ctx: Context
    terms: Terms | None
    kind: Kind
    name: str
    fact: Fact | None
    missing: frozenset[str]
    _seen: dict[str, Token] = field(factory=dict[str, Token])

    def read(self, column: Statement) -> tuple[dict[str, Meaning | None], bool]:
        """What values mean, by the value folded, and whether the rest is ignored; what is wrong is reported."""
        read: dict[str, Meaning | None] = {}
        for statement in column.body:
            if statement.kind == "read":
                meaning = self._meaning(statement.line)
                read.update({text: meaning for text in self._texts(statement) if meaning})
            elif statement.kind == "ignore":
                read.update(dict.fromkeys(self._texts(statement)))
        return read, any(statement.kind == "ignore_rest" for statement in column.body)

    def _texts(self, statement: Statement) -> list[str]:
        """The values of a line that are named for the first time, folded."""
        new: list[str] = []
        for token in statement.line.nodes("texts")[0].tokens("STRING"):
            text = folded(unquoted(token))
            if text in self._seen:
                first = [(self.ctx.place(self._seen[text]), "named here first")]
                self.ctx.report(catalogue.NAMED_TWICE, token, value=unquoted(token), where="", related=first)
            elif text in self.missing:
                self.ctx.report(catalogue.NAMED_TWICE, token, value=unquoted(token), where=", once as missing")
            else:
                new.append(text)
            self._seen.setdefault(text, token)
        return new

    def _meaning(self, line: Node) -> Meaning | None:
        kind, value = self._kind(line), line.nodes("value", "duration")[0]
        if kind is None:
            return None
        given = self._fact(line, value) if kind == "fact" else self._named(kind, value)
        return None if given is None else Meaning(kind, self.name if kind == self.kind else "", given)

    def _kind(self, line: Node) -> Kind | None:
        """What the line says a value of: `as status resolved` in a column of events, else what the column is of."""
        said = line.token("WORD")
        if said is None:
            return self.kind
        if said.text in _HAPPENING and self.kind in _HAPPENING:
            return _HAPPENING[said.text]
        self.ctx.report(catalogue.BAD_MEANING, said, found=f"{said.text} …")
        return None

    def _named(self, kind: Kind, value: Node) -> str | None:
        """The id that a value names, as it is written where names are not known; none (reported) if it is no name."""
        tokens = value.tokens()
        if len(tokens) != 1 or value.nodes() or tokens[0].kind not in _NAMES:
            self.ctx.report(catalogue.BAD_MEANING, value, found=self.ctx.words(value))
            return None
        token = tokens[0]
        if self.terms is None:
            return unquoted(token) if token.kind == "STRING" else token.text
        owner = self.name if kind == "level" else None
        if kind == "level" and owner not in self.ctx.scales:
            return token.text  # the scale is reported
        entry = self.ctx.named(token, _ENTRY_OF[kind], owner=owner)
        return entry.id if entry else None

    def _fact(self, line: Node, value: Node) -> str | float | bool | None:
        """The value of a fact; as it is written where its type is not known."""
        if self.fact is None:
            token = next((part for part in value.walk() if isinstance(part, Token)), None)
            return None if token is None else unquoted(token) if token.kind == "STRING" else token.text
        found = value_of(self.ctx, line, self.fact.type)
        match found:
            case NumberValue(number=number):
                return int(number) if number.is_integer() else number
            case TextValue(text=text) if self.fact.type.name == "yes or no":
                return text == "yes"
            case TextValue(text=text) if self.fact.type.name == "instant" and not _OFFSET.search(text):
                self.ctx.report(catalogue.BAD_MEANING, value, found=self.ctx.words(value))
                return None
            case TextValue(text=text):
                return text
            case _:
                return None
