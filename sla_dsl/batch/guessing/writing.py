"""The text of a guessed mapping: what was found, and as comments what nobody but its reader can decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field

from sla_dsl.batch.guessing.likeness import SURE
from sla_dsl.batch.guessing.meanings import Found, Read, Word, moment_of
from sla_dsl.batch.guessing.rows import Layout
from sla_dsl.batch.guessing.sample import Sample, can_be_written
from sla_dsl.batch.guessing.times import USUAL, Written
from sla_dsl.policy.logs.mapping import FileForm
from sla_dsl.policy.names import folded
from sla_dsl.policy.vocabulary import Terms
from sla_dsl.syntax.language import language_vocabulary

_WIDTH = 100
_MOST_KEPT = 12
_HEADS = {"status": "status", "event": "event", "channel": "channel", "caller": "caller"}
_NATURAL = {"yes": {"yes", "true"}, "no": {"no", "false"}}


def quoted(text: str) -> str:
    """A text between quotation marks."""
    return '"{}"'.format(text.replace('"', '""'))


def called(name: str) -> str:
    """A name of the policy as it is referred to: in quotation marks where it is a word of the language."""
    taken = name in language_vocabulary().inner_words
    return quoted(name) if taken or not (name.isascii() and name.isidentifier() and name[0].isalpha()) else name


@define
class Writer:
    """Writes the lines of a mapping one after the other."""

    sample: Sample
    terms: Terms
    times: dict[str, Written]
    found: Layout
    columns: tuple[Found, ...]
    lines: list[str] = field(factory=list[str])
    _used: set[str] = field(factory=set[str])

    def text(self, name: str, file: FileForm, zone: str | None) -> str:
        """The whole file."""
        self._say(0, "language 1", "")
        self._note(
            0, f"Guessed from the first {self.sample.rows} rows. Read it through; what needs a decision says so."
        )
        self._say(0, f"log {_identifier(name)} for {self.terms.document.id} {{")
        self._file(file)
        self._say(1, f"one row per {self.found.rows}")
        self._times(zone)
        if self.sample.missing:
            self._several("missing", self.sample.missing)
        self._say(0, "")
        self._ticket()
        for column in self.columns:
            self._column(column)
        self._moments()
        self._rest()
        self._say(0, "}")
        return "".join(f"{line}\n" for line in self.lines)

    # ------------------------------------------------------------------------------------------- lines

    def _say(self, indent: int, *lines: str) -> None:
        self.lines += [f"{'  ' * indent}{line}".rstrip() for line in lines]

    def _note(self, indent: int, text: str) -> None:
        line = ""
        for word in text.split():
            if line and len(line) + len(word) > _WIDTH:
                self._say(indent, f"# {line}")
                line = ""
            line = f"{line} {word}".strip()
        self._say(indent, f"# {line}")

    def _several(self, head: str, texts: Iterable[str], tail: str = "", indent: int = 1) -> None:
        """A statement with a list of texts, several of them where they do not fit on a line."""
        row: list[str] = []
        for text in texts:
            if row and len(head) + len(tail) + sum(map(len, row)) + 2 * len(row) + len(text) > _WIDTH - 10:
                self._say(indent, f"{head} {', '.join(row)}{tail}")
                row = []
            row.append(quoted(text))
        if row:
            self._say(indent, f"{head} {', '.join(row)}{tail}")

    # -------------------------------------------------------------------------------- file, rows, times

    def _file(self, file: FileForm) -> None:
        if file == FileForm():
            return
        line = f"file {file.format or 'csv'}"
        if file.delimiter:
            line += f" delimited by {'tab' if file.delimiter == '	' else quoted(file.delimiter)}"
        if file.encoding:
            line += f" encoded in {quoted(file.encoding)}"
        self._say(1, line)

    @property
    def _usual(self) -> tuple[str, ...]:
        """The patterns that most columns with times have."""
        forms = [one.patterns for one in self.times.values()]
        return max(forms, key=forms.count, default=(USUAL,))

    def _times(self, zone: str | None) -> None:
        patterns = [pattern for pattern in self._usual if pattern != USUAL]
        if any(one.unsure for one in self.times.values()):
            self._note(1, "Decide: no value tells the day from the month. The day is read first.")
        unread = sum(one.unread for one in self.times.values())
        if unread:
            self._note(1, f"{unread} of the values tried are written in another way; their rows would be listed.")
        needs_zone = any(one.needs_zone for one in self.times.values()) or not self.times
        if needs_zone:
            whose = "It is that of the policy" if zone else "UTC is only a guess"
            self._note(1, f"Decide: in which zone are times that do not say theirs? {whose}.")
        line = f" as {', '.join(map(quoted, patterns))}" * bool(patterns) + f" in {zone or 'UTC'}" * needs_zone
        if line:
            self._say(1, f"times{line}")

    def _written(self, name: str) -> str:
        """How a column writes its times, where that is another way than that of most."""
        written = self.times[name]
        patterns = [pattern or written.spelled_out for pattern in written.patterns]
        other = written.patterns != self._usual and USUAL not in patterns
        return f" as {', '.join(map(quoted, patterns))}" if other else ""

    def _ticket(self) -> None:
        found = self.found
        if found.ticket is None:
            self._note(1, "Decide: which column tells the tickets apart? None looks like it.")
            first = next((name for name in self.sample.names if name not in self.times), "ticket")
            self._say(1, f"ticket from {quoted(first)}")
        else:
            self._time("ticket", found.ticket)
        if found.created:
            self._time("created", found.created)
        elif found.rows == "ticket":
            self._note(1, "Decide: which column holds the time at which a ticket was created? None looks like it.")
            self._say(1, 'created from "created"')
        if found.rows == "entry" and found.at:
            self._time("at", found.at)
        elif found.rows == "entry":
            self._note(1, "Decide: which column holds the time of each entry? None looks like it.")
            self._say(1, 'at from "at"')

    def _time(self, head: str, name: str) -> None:
        self._used.add(name)
        self._say(1, f"{head} from {quoted(name)}{self._written(name) if name in self.times else ''}")

    # ------------------------------------------------------------------------------------------ columns

    def _column(self, found: Found) -> None:
        self._used.add(found.column)
        target = found.target
        head = _HEADS.get(target.kind) or f"{target.kind} {called(target.name)}"
        if any(read.by_rank for read in found.reads):
            self._note(1, "Decide: the values are taken for the levels by their rank.")
        elif target.is_called(found.column) < SURE:
            self._note(1, "Decide: taken for this because of its values.")
        columns = " and ".join(map(quoted, self.sample.names_of(found.column)))
        known = [read for read in found.reads if read.word]
        if not any(self._needs_line(found, read) for read in known) and len(known) == len(found.reads):
            self._say(1, f"{head} from {columns}")
            return
        self._say(1, f"{head} from {columns} {{")
        for word in (word for word in target.words if word in {read.word for read in known}):
            values = [read.value for read in known if read.word == word and can_be_written(read.value)]
            other = f"{word.kind} " if word.kind != target.kind else ""
            self._several("read", values, f" as {other}{called(word.id)}", 2)
        self._unknown(found)
        self._say(1, "}")

    def _needs_line(self, found: Found, read: Read) -> bool:
        """Whether a value is not already what the policy calls the thing."""
        word = read.word
        if word is None or word.kind != found.target.kind:
            return True
        names = _NATURAL.get(word.id, set()) if word.kind == "fact" and word.id in _NATURAL else word.names
        return folded(read.value) not in map(folded, names)

    def _unknown(self, found: Found) -> None:
        """The values that mean nothing to the policy as it seems, as comments with the nearest name."""
        unknown = [read for read in found.reads if read.word is None]
        if unknown:
            self._note(2, "Decide, or their rows will be listed (`ignore` says that a value means nothing):")
        for read in unknown:
            if can_be_written(read.value):
                self._say(2, f"# read {quoted(read.value)} as {_spoken(read.near, found.target.kind)}")

    def _moments(self) -> None:
        """Columns with the time of something: where a row is a ticket they are what happened."""
        if self.found.rows == "entry" and self.found.others:
            self._note(1, "Further times, the same in all rows of a ticket. Decide: do the rows tell them anyway?")
        for name in self.found.others:
            self._used.add(name)
            word = moment_of(name, self.terms)
            shown = f"{word.kind} {called(word.id)}" if word else "event ?"
            line = f"{shown} from {quoted(name)}{self._written(name)}"
            self._say(1, line if word and self.found.rows == "ticket" else f"# {line}")

    def _rest(self) -> None:
        """Columns to count by, and those that are left."""
        left = [name for name in self.sample.names if name not in self._used]
        counts = {name: len(self.sample.counted(name)) for name in left}
        most = min(100, max(12, self.sample.rows // 50))
        rows = self.sample.rows
        some = [n for n in left if 1 < counts[n] <= most and self.sample.texts(n).count(None) <= rows / 2]
        fewest = set(sorted(some, key=counts.__getitem__)[:_MOST_KEPT])
        kept = [name for name in left if name in fewest]
        if kept:
            self._say(0, "")
            self._note(1, "Columns by which a report can count.")
            self._several("keep", kept)
        rest = [quoted(name) for name in left if name not in kept]
        if rest:
            self._note(1, f"Not used: {', '.join(rest)}.")


def _spoken(near: Word | None, kind: str) -> str:
    if near is None:
        return "?"
    return f"{near.kind} {called(near.id)} ?" if near.kind != kind else f"{called(near.id)} ?"


def _identifier(name: str) -> str:
    """A name for the mapping, of plain letters, digits and `_`."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name).strip("_")
    while "__" in plain:
        plain = plain.replace("__", "_")
    taken = plain in language_vocabulary().inner_words or not plain[:1].isalpha()
    return f"log_{plain}".rstrip("_") if taken else plain


def accepting(text: str, why: str) -> Iterator[str]:
    """The lines of a mapping that accepts SLA912, as a comment says to decide."""
    for line in text.splitlines():
        if line == "}":
            yield "  # Decide: can the log really not give these? `sla check` names them without the next line."
            yield f"  accept SLA912 because {quoted(why)}"
        yield line
