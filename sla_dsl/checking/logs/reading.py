"""The statements of a `log` block, each to its part of the mapping."""

from __future__ import annotations

import codecs
from typing import Literal, get_args

from attrs import define, field

from sla_dsl.checking.context import Context
from sla_dsl.checking.logs.values import ValueReader
from sla_dsl.checking.read.values import spoken_type, zone_known
from sla_dsl.checking.words import label_of, name_of, token_after, unquoted, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.logs.mapping import (
    ChangeColumn,
    FileForm,
    Format,
    Kind,
    Mapping,
    MomentColumn,
    TimeColumn,
    Times,
    ValueColumn,
)
from sla_dsl.policy.logs.patterns import BadPattern, Pattern
from sla_dsl.policy.names import folded
from sla_dsl.policy.terms import Clock, Fact
from sla_dsl.policy.vocabulary import PRIORITY, Terms
from sla_dsl.syntax import Node, Statement, Token

_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " "}
_NAMED: dict[str, Kind] = {
    "status_from": "status",
    "event_from": "event",
    "channel_from": "channel",
    "caller_from": "caller",
}
_IN_TIME = frozenset({"date", "instant"})


@define
class LogReader:
    """Reads the block of a `log` statement. Without `terms` names are taken as they are written."""

    ctx: Context
    terms: Terms | None
    head: Statement
    times: Times = field(factory=Times)
    missing: tuple[str, ...] = ()

    def mapping(self) -> Mapping:
        """What the block says; what is wrong with it is reported."""
        names = self.head.line.nodes("name")
        self.times = self._of_log()
        self.missing = self._texts("missing")
        rows = next((s.line.tokens("WORD")[0].text for s in self.head.body if s.kind == "rows"), "entry")
        ticket = self._first("ticket_from")
        return Mapping(
            id=name_of(self.head.line),
            label=label_of(self.head.line),
            policy=names[1].tokens("WORD")[0].text if len(names) > 1 else None,
            rows="ticket" if rows == "ticket" else "entry",
            file=self._file(),
            missing=self.missing,
            ticket=self._columns(ticket) if ticket else (),
            created=self._time_column("created_from"),
            at=self._time_column("at_from"),
            due=self._due(),
            values=tuple(one for s in self.head.body if (one := self._values(s))),
            moments=tuple(one for s in self.head.body if (one := self._moment(s))),
            changes=tuple(self._change(s) for s in self.head.body if s.kind == "event_on_change"),
            keep=self._texts("keep"),
        )

    def _first(self, kind: str) -> Statement | None:
        return next((s for s in self.head.body if s.kind == kind), None)

    # ----------------------------------------------------------------------------------- file and times

    def _file(self) -> FileForm:
        said = self._first("file_form")
        if said is None:
            return FileForm()
        line = said.line
        word = line.tokens("WORD")[0]
        if word.text not in get_args(Format):
            self.ctx.report(catalogue.BAD_FILE, word, problem=f"`{word.text}` is not a form in which logs are read")
        form = next((known for known in get_args(Format) if known == word.text), None)
        return FileForm(form, self._delimiter(token_after(line, "DELIMITED_BY")), self._encoding(line))

    def _delimiter(self, token: Token | None) -> str | None:
        if token is None:
            return None
        text = unquoted(token) if token.kind == "STRING" else _SIGNS.get(token.text, "")
        if len(text) != 1 or text in '"\r\n' or not text.isascii():
            problem = f"`{token.text}` is not one sign that stands between values"
            self.ctx.report(catalogue.BAD_FILE, token, problem=problem)
        return text

    def _encoding(self, line: Node) -> str | None:
        token = token_after(line, "ENCODED_IN")
        if token is None:
            return None
        try:
            return codecs.lookup(unquoted(token)).name
        except (LookupError, ValueError):
            self.ctx.report(catalogue.BAD_FILE, token, problem=f"there is no encoding `{unquoted(token)}`")
            return None

    def _of_log(self) -> Times:
        said = self._first("times")
        if said is None:
            return Times()
        node = said.line.node("zone")
        token = node.tokens()[0] if node else None
        zone = token.text if token and zone_known(self.ctx, token) else None
        times = Times(self._patterns(said.line), zone or ("UTC" if token else None))
        self._zoned(said.line, times)
        return times

    def _patterns(self, line: Node, *, time: bool = True) -> tuple[str, ...]:
        """The patterns behind `as`; one that cannot be is reported and left out."""
        node = line.node("pattern")
        good: list[str] = []
        for token in _texts_of(node) if node else ():
            try:
                Pattern.of(unquoted(token)).check_whole(time=time)
            except BadPattern as error:
                self.ctx.report(catalogue.BAD_PATTERN, token, problem=str(error))
            else:
                good.append(unquoted(token))
        return tuple(good)

    def _zoned(self, line: Node, times: Times) -> None:
        """Reports patterns whose times say no zone, where the log says none."""
        node = line.node("pattern")
        bare = [pattern for pattern in times.patterns if not Pattern.of(pattern).has_offset]
        if node and bare and times.zone is None:
            self.ctx.report(catalogue.LOG_ZONE, node, pattern=bare[0])

    def _times(self, line: Node) -> Times:
        if not line.has("pattern"):
            return self.times
        times = Times(self._patterns(line), self.times.zone)
        self._zoned(line, times)
        return times

    def _time_column(self, kind: str) -> TimeColumn | None:
        said = self._first(kind)
        return TimeColumn(unquoted(said.line.tokens("STRING")[0]), self._times(said.line)) if said else None

    def _due(self) -> TimeColumn | None:
        said = self._first("due_from")
        if said and self.terms and not any(clock.agreed for clock in self.terms.all(Clock)):
            self.ctx.report(catalogue.NOTHING_AGREED, said.line, policy=self.terms.document.id)
        return self._time_column("due_from")

    # ------------------------------------------------------------------------------------------ columns

    def _texts(self, kind: str) -> tuple[str, ...]:
        """The texts of all statements of a kind, each once."""
        seen: dict[str, Token] = {}
        for statement in self.head.body:
            for token in _texts_of(statement.line) if statement.kind == kind else ():
                self._once(seen, token, unquoted(token))
        return tuple(seen)

    def _columns(self, statement: Statement) -> tuple[str, ...]:
        node = statement.line.nodes("columns")[0]
        seen: dict[str, Token] = {}
        for token in node.tokens("STRING"):
            self._once(seen, token, unquoted(token))
        return tuple(seen)

    def _once(self, seen: dict[str, Token], token: Token, text: str) -> None:
        if text in seen:
            first = [(self.ctx.place(seen[text]), "named here first")]
            self.ctx.report(catalogue.NAMED_TWICE, token, value=text, where="", related=first)
        seen.setdefault(text, token)

    def _name(self, ref: Node, kind: Literal["event", "status", "fact"]) -> str:
        return written(ref) if self.terms is None else self.ctx.resolve(ref, kind)

    def _moment(self, statement: Statement) -> MomentColumn | None:
        if statement.kind not in {"status_at", "event_at"}:
            return None
        line = statement.line
        kind = "status" if statement.kind == "status_at" else "event"
        name = self._name(line.nodes("ref")[0], kind)
        return MomentColumn(kind, name, unquoted(line.tokens("STRING")[0]), self._times(line))

    def _change(self, statement: Statement) -> ChangeColumn:
        line = statement.line
        return ChangeColumn(self._name(line.nodes("ref")[0], "event"), unquoted(line.tokens("STRING")[0]))

    def _values(self, statement: Statement) -> ValueColumn | None:
        kind, name, fact = self._says(statement)
        if kind is None:
            return None
        columns = self._columns(statement)
        times = self._fact_times(statement.line, name, fact) if kind == "fact" else Times()
        values = ValueReader(self.ctx, self.terms, kind, name, fact, frozenset(map(folded, ("", *self.missing))))
        read, ignore_rest = values.read(statement)
        return ValueColumn(kind, name, columns, read, ignore_rest, times)

    def _says(self, statement: Statement) -> tuple[Kind | None, str, Fact | None]:
        """What a column of values says: a kind, the scale or fact, and the fact itself where it is known."""
        if statement.kind in _NAMED:
            return _NAMED[statement.kind], "", None
        if statement.kind == "level_from":
            return "level", self._scale(statement.line.nodes("ref")[0]), None
        if statement.kind == "fact_from":
            name = self._name(statement.line.nodes("ref")[0], "fact")
            return "fact", name, self.ctx.facts.get(name)
        return None, "", None

    def _scale(self, ref: Node) -> str:
        """The scale that a column gives a level of; `priority` is the one that carries the targets (R1)."""
        if self.terms is None:
            return written(ref)
        if folded(written(ref)) == PRIORITY and self.ctx.targets_scale in self.ctx.scales:
            return self.ctx.targets_scale
        return self.ctx.resolve(ref, "scale")

    def _fact_times(self, line: Node, name: str, fact: Fact | None) -> Times:
        """How a fact that is a date or an instant is written."""
        if not line.has("pattern"):
            return self.times
        if fact is not None and fact.type.name not in _IN_TIME:
            self.ctx.report(catalogue.NOT_A_DATE, line.nodes("pattern")[0], name=name, type=spoken_type(fact.type))
            return self.times
        is_instant = fact is not None and fact.type.name == "instant"
        times = Times(self._patterns(line, time=is_instant), self.times.zone)
        if is_instant:
            self._zoned(line, times)
        return times


def _texts_of(node: Node) -> tuple[Token, ...]:
    return node.nodes("texts")[0].tokens("STRING")
