"""Reasons as sentences to be pasted into a letter: each with its quotations, and each said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.policy.answers import Explained, Reason
    from sla_dsl.policy.terms import Citation
    from sla_dsl.reporting.page import Page


@define
class Telling:
    """A page on which answers are told; where it `explains`, each is followed by its reasons.

    Example: `Due Monday 2026-03-09 10:30: within 4 hours. “within 4 hours” (harbour.txt, line 7) [target response]`.

    What stood on the page before is not said again: of a sentence only the clause is named, of a quotation the line.
    """

    page: Page
    explains: bool
    _said: set[Reason] = field(factory=set["Reason"], init=False)
    _quoted: set[tuple[str, int, str]] = field(factory=set[tuple[str, int, str]], init=False)

    def why(self, *answers: Explained) -> None:
        """The reasons of answers, if they are wanted; else they are not even made."""
        if self.explains:
            for text in self._sentences(reason for answer in answers for reason in answer.because):
                self.page.line(text, indent=6)

    def _sentences(self, because: Iterable[Reason]) -> Iterator[str]:
        again: list[str] = []
        for reason in because:
            if reason in self._said:
                again.append(reason.clause)
            else:
                self._said.add(reason)
                yield self._sentence(reason)
        if again:
            yield f"Also, as said above: {', '.join(dict.fromkeys(again))}."

    def _sentence(self, reason: Reason) -> str:
        """A reason with its quotations and lines, or with the assumption it rests on, and its clause."""
        assumed = () if reason.assume is None else (f"Assumed: {reason.assume}",)
        return " ".join((reason.text, *assumed, *map(self._quotation, reason.cites), f"[{reason.clause}]"))

    def _quotation(self, cite: Citation) -> str:
        place = f"{cite.source}, line {cite.line}"
        key = (cite.source, cite.line, cite.quote)
        if key in self._quoted:
            return f"({place}, as above)"
        self._quoted.add(key)
        return f"“{cite.quote}” ({place})"
