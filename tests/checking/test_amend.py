"""`amend` gives a whole declaration: what its block says in the place of the old, the rest as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_dsl.policy.terms import (
    AnyDeclaration,
    Calendar,
    Change,
    ChosenBy,
    Clock,
    Composed,
    Document,
    Duty,
    Fact,
    Hours,
    Matrix,
    NumberValue,
    Parameter,
    Scale,
    Service,
)
from tests.checking.small import checked

BASE = """
party vendor "Vendor"
party customer "Customer"
events opened, answered, repaired
created is opened
channel phone "Phone"
timezone Europe/Amsterdam {
  assume "x"
}
calendar desk "Desk" {
  years 2020 to 2030
  open mon to fri 08:00 to 18:00
  closed on 12-25
  season summer from 07-01 to 08-31 { open mon 08:00 to 12:00 }
  season winter from 12-01 to 12-24 { open tue 08:00 to 12:00 }
  cite "Monday to Friday from 08:00 to 18:00."
  assume "x"
}
calendar late "Late" is outside desk
scale region "Region" highest first {
  level north "North"
  level south "South"
  assume "x"
}
calendar by_region "By region" by region {
  | north | desk |
  | south | late |
}
scale priority "Priority" highest first {
  level p1 "P1"
  level p2 "P2"
  assume "x"
}
scale severity "Severity" highest first {
  chosen by vendor
  level major "Major"
  level minor "Minor"
  assume "x"
}
matrix severity by region gives priority {
  |       | north | south |
  | major | p1    | p1    |
  | minor | p2    | none  |
  assume "x"
}
clock response "Answer" {
  starts when opened
  stops when answered
  measured in by_region
  on change of priority, region rebase
  on reopening continue
  warn at 50 %
  assume "x"
}
target response: best effort {
  assume "x"
}
service office "Office" {
  reached through phone
  available during desk
  available outside late
  assume "x"
}
duty answer "Answer" {
  owed by vendor to customer when opened
  due shall
  fulfilled when answered
  assume "x"
}
fact calls "Calls" is a number {
  default 1
  assume "x"
}
parameter number "Number" is a number
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Document:
    model = checked(BASE, tmp_path_factory.mktemp("base")).value
    assert model is not None
    return model.document


def with_reading(amendment: str) -> str:
    """The policy with a doubt, under one of whose readings something is amended."""
    readings = f'reading a "A"\nreading b "B" {{\n{amendment}\n}}'
    return f'{BASE}\nambiguity d "D?" {{\ncite "The desk"\n{readings}\nchoose a because "x"\n}}'


def in_a_reading(amendment: str, folder: Path) -> tuple[AnyDeclaration, ...]:
    model = checked(with_reading(amendment), folder).value
    assert model is not None
    return model.document.ambiguities[0].readings[1].declarations


def in_an_annex(amendment: str, folder: Path, base: Document) -> tuple[AnyDeclaration, ...]:
    model = checked(amendment, folder, base=base).value
    assert model is not None
    return model.document.declarations


AMENDMENTS = [
    "amend calendar desk { open mon to sat 08:00 to 18:00 }",
    "amend calendar late { timezone Europe/Paris }",
    "amend calendar by_region {\n| south | desk |\n}",
    'amend scale severity { level minor "Small" }',
    "amend scale severity { chosen by customer }",
    "amend matrix priority {\n|  | south |\n| minor | p2 |\n}",
    "amend clock response { on change of priority restart }",
    "amend clock response {\nstarts when answered\nstarts when opened\n}",
    "amend service office { available always }",
    "amend duty answer { owed by customer }",
    "amend fact calls { default 4 }",
    "amend parameter number { default 4 }",
]


@pytest.mark.parametrize("amendment", AMENDMENTS)
def test_a_reading_and_an_annex_amend_alike(amendment: str, tmp_path: Path, base: Document):
    in_reading = in_a_reading(amendment, tmp_path)
    amended = in_an_annex(f'{amendment.removesuffix("}")}\ncite "within 4 hours"\n}}', tmp_path, base)
    assert [(term.kind, term.id, term.label) for term in in_reading] == [(t.kind, t.id, t.label) for t in amended]
    for one, other in zip(in_reading, amended, strict=True):
        assert _but_evidence(one) == _but_evidence(other)
        assert other.cites[0].quote == "within 4 hours"
        assert other.cites[1:] == one.cites


def _but_evidence(term: AnyDeclaration) -> dict[str, object]:
    fields = (name for name in term.__struct_fields__ if name not in {"cites", "assumes", "notes"})
    return {name: getattr(term, name) for name in fields}


def amended(amendment: str, folder: Path, base: Document) -> tuple[AnyDeclaration, AnyDeclaration]:
    """A declaration before and after."""
    (after,) = in_a_reading(amendment, folder)
    return next(term for term in base.declarations if term.key == after.key), after


def test_statements_of_a_kind_are_replaced_together(tmp_path: Path, base: Document):
    before, after = amended("amend service office { available always }", tmp_path, base)
    assert isinstance(before, Service)
    assert isinstance(after, Service)
    assert (len(before.availability), len(after.availability)) == (2, 1)
    assert after.channels == before.channels


def test_hours_keep_their_years_zone_and_closed_days(tmp_path: Path, base: Document):
    before, after = amended("amend calendar desk { open sat 08:00 to 12:00 }", tmp_path, base)
    assert isinstance(before, Calendar)
    assert isinstance(after, Calendar)
    assert isinstance(before.hours, Hours)
    assert isinstance(after.hours, Hours)
    assert after.hours.openings[0].days == (5,)
    assert after.hours.closed == before.hours.closed
    assert (after.hours.first_year, after.hours.last_year) == (2020, 2030)


def test_a_season_is_replaced_by_its_name(tmp_path: Path, base: Document):
    season = "season summer from 07-01 to 07-31 { open fri 08:00 to 12:00 }"
    _, after = amended(f"amend calendar desk {{\n{season}\n}}", tmp_path, base)
    assert isinstance(after, Calendar)
    assert isinstance(after.hours, Hours)
    assert [(one.id, one.span.spans[0].last) for one in after.hours.seasons] == [
        ("winter", "12-24"),
        ("summer", "07-31"),
    ]


def test_a_composition_gets_another_zone_and_a_choice_another_calendar(tmp_path: Path, base: Document):
    _, late = amended("amend calendar late { timezone Europe/Paris }", tmp_path, base)
    _, chosen = amended("amend calendar by_region {\n| south | desk |\n}", tmp_path, base)
    assert isinstance(late, Calendar)
    assert isinstance(late.hours, Composed)
    assert late.hours.zone is not None
    assert late.hours.zone.name == "Europe/Paris"
    assert isinstance(chosen, Calendar)
    assert isinstance(chosen.hours, ChosenBy)
    assert chosen.hours.calendars == {"north": "desk", "south": "desk"}


def test_a_level_is_replaced_in_its_place(tmp_path: Path, base: Document):
    _, after = amended('amend scale severity { level major "Big" }', tmp_path, base)
    assert isinstance(after, Scale)
    assert [(level.id, level.labels) for level in after.levels] == [("major", ("Big",)), ("minor", ("Minor",))]
    assert after.chosen_by == ("vendor",)


def test_a_cell_is_replaced_by_row_and_column(tmp_path: Path, base: Document):
    _, after = amended("amend matrix priority {\n|  | south |\n| minor | p2 |\n}", tmp_path, base)
    assert isinstance(after, Matrix)
    assert {(cell.row, cell.column): cell.gives for cell in after.cells} == {
        ("major", "north"): "p1",
        ("major", "south"): "p1",
        ("minor", "north"): "p2",
        ("minor", "south"): "p2",
    }


def test_a_change_is_replaced_for_what_changes(tmp_path: Path, base: Document):
    _, after = amended("amend clock response { on change of priority restart }", tmp_path, base)
    assert isinstance(after, Clock)
    assert after.changes == (Change(of="region", way="rebase"), Change(of="priority", way="restart"))
    assert after.warnings[0].share == 50.0


def test_a_duty_gets_another_debtor(tmp_path: Path, base: Document):
    _, after = amended("amend duty answer { owed by customer }", tmp_path, base)
    assert isinstance(after, Duty)
    assert (after.party, after.to, after.when) == (("customer",), (), None)
    assert after.fulfilled is not None


def test_defaults_are_of_the_type_that_was_declared(tmp_path: Path):
    facts = in_a_reading("amend fact calls { default 4 }\namend parameter number { default 4 }", tmp_path)
    assert [term.default for term in facts if isinstance(term, Fact | Parameter)] == [NumberValue(number=4.0)] * 2


def test_a_label_names_what_is_amended(tmp_path: Path):
    assert [term.id for term in in_a_reading('amend service "Office" { available always }', tmp_path)] == ["office"]


def test_several_are_amended_at_once(tmp_path: Path):
    both = in_a_reading("amend fact calls, calls { default 4 }", tmp_path)
    assert [term.id for term in both] == ["calls", "calls"]


def test_what_one_of_several_cannot_have_is_reported(tmp_path: Path):
    outcome = checked(with_reading("amend calendar desk, by_region { timezone Europe/Paris }"), tmp_path)
    assert "SLA416" in {finding.code for finding in outcome.findings}
