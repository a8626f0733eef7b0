"""What a name means: by id, then by label; in a block, then around it; and what could have been meant."""

from __future__ import annotations

import pytest

from sla_dsl.checking.names import Entry, Ledger, Names, unknown_names
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source, Span

TEXT = Source.of("x" * 100, name="names.sla")


def at(offset: int) -> Place:
    return Place(TEXT, Span(offset, offset + 1))


def names(*entries: Entry) -> Names:
    declared = Names(Ledger())
    for entry in entries:
        assert declared.declare(entry) is None
    return declared


PHONE = Entry("channel", "phone", ("Telephone",), at(0))
DESK = Entry("calendar", "desk", ("Office  Hours",), at(1))
HIGH = Entry("level", "high", ("High",), at(2), "severity")
HIGH_TOO = Entry("level", "high", ("Wide",), at(3), "impact")


def test_an_id_is_found_as_it_is_written():
    assert names(PHONE).find("phone", "channel") == PHONE
    assert names(PHONE).find("Phone", "channel") is None


def test_a_label_is_found_whatever_its_case_and_spacing():
    assert names(DESK).find("office hours", "calendar") == DESK


def test_another_kind_is_not_found():
    assert names(PHONE).find("phone", "calendar") is None


def test_an_id_goes_before_the_label_of_something_else():
    other = Entry("channel", "mobile", ("phone",), at(5))
    assert names(other, PHONE).find("phone", "channel") == PHONE


def test_a_label_of_two_things_means_neither():
    fact, event = Entry("fact", "a", ("Call",), at(0)), Entry("event", "b", ("call",), at(1))
    assert names(fact, event).find("call", "fact", "event") is None
    assert names(fact, event).find("call", "event") == event


def test_levels_belong_to_scales():
    both = names(HIGH, HIGH_TOO)
    assert both.find("high", "level", owner="impact") == HIGH_TOO
    assert both.find("wide", "level", owner="severity") is None
    assert both.owners("high", "level") == ("severity", "impact")


def test_an_inner_block_sees_what_is_around_it_and_goes_before_it():
    inner = names(PHONE, DESK).inner()
    again = Entry("channel", "phone", ("Mobile",), at(9))
    assert inner.declare(again) is None
    assert inner.find("phone", "channel") == again
    assert inner.find("telephone", "channel") is None
    assert inner.find("desk", "calendar") == DESK
    assert inner.entries("channel") == (again,)


@pytest.mark.parametrize(
    ("second", "kind"),
    [
        (Entry("channel", "phone", (), at(9)), catalogue.DUPLICATE),
        (Entry("channel", "mobile", ("telephone",), at(9)), catalogue.SAME_LABEL),
    ],
)
def test_a_second_thing_of_one_name_is_reported_beside_the_first(second: Entry, kind: object):
    finding = names(PHONE).declare(second)
    assert isinstance(finding, Finding)
    assert (finding.kind, finding.place, finding.related[0][0]) == (kind, at(9), at(0))


def test_an_annex_may_declare_anew_what_its_policy_has():
    assert names(Entry("channel", "phone", ("Telephone",), None)).declare(PHONE) is None


def test_what_is_found_counts_as_used():
    some = names(PHONE, HIGH)
    some.find("telephone", "channel")
    some.find("high", "level")
    assert some.ledger.used == {("channel", "phone"), ("level", "high"), ("scale", "severity")}


def missed(*texts: str) -> list[Finding]:
    some = names(PHONE, Entry("channel", "portal", ("Web portal",), at(1)))
    for offset, text in enumerate(texts, 10):
        some.missed(text, at(offset), "channel")
    return list(unknown_names(some.ledger))


def test_an_unknown_name_is_one_finding_with_all_its_places():
    (finding,) = missed("fax", "fax", "fax")
    assert finding.message == "there is no channel called `fax`"
    assert finding.place == at(10)
    assert [place for place, _ in finding.related] == [at(11), at(12)]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("fone", "Did you mean `phone`?"),
        ("web prtal", "Did you mean `portal`?"),
        ("qqq", "Known: phone, portal."),
    ],
)
def test_advice_names_what_could_have_been_meant(text: str, advice: str):
    assert missed(text)[0].help == advice


def test_advice_for_the_first_of_its_kind_is_to_declare_it():
    none = Names(Ledger())
    none.missed("fax", at(0), "support_line")
    assert [finding.help for finding in unknown_names(none.ledger)] == ["Declare it: `support line fax …`."]
