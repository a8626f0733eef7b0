"""Numbers, times and dates stand in what is cited for them, or are explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking.small import checked, codes, found

CALENDAR = 'calendar c "C" {{\ntimezone Europe/Amsterdam\nyears 2020 to 2030\nopen mon to fri {hours}\n{evidence}\n}}'
QUOTED = 'cite "Monday to Friday from 08:00 to 18:00"'


def calendar(hours: str, evidence: str) -> str:
    return CALENDAR.format(hours=hours, evidence=evidence)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (calendar("08:00 to 18:00", QUOTED), []),
        (calendar("08:00 to 17:00", QUOTED), ["SLA509"]),
        (calendar("08:30 to 17:00", QUOTED), ["SLA509", "SLA509"]),
        (calendar("08:30 to 17:00", f'{QUOTED}\nassume "So we were told."'), []),
        (calendar("00:00 to 24:00", QUOTED), []),
        (calendar("08:00 to 17:00", ""), ["SLA508"]),
        (calendar('08:00 to 18:00 {\ncite "from 08:00 to 18:00"\n}', ""), []),
        (calendar("08:00 to 18:00\nclosed on 2026-12-24", QUOTED), ["SLA509"]),
        ('service s "S" {\navailable always\ncite "The desk"\n}', []),
        ('service s "S" {\navailable always\n}', ["SLA508"]),
        ('service s "S" {\navailable always {\ncite "The desk"\n}\n}', []),
        ('service s "S" {\navailable always {\ncite "The dask"\n}\n}', ["SLA506"]),
        ('channel phone "Phone"', []),
        ('channel phone "Phone" at "123"', ["SLA508"]),
        ('fact f "F" is a number {\ndefault 4\ncite "4 hours"\n}', []),
        ('fact f "F" is a number {\ndefault 5\ncite "4 hours"\n}', ["SLA509"]),
        ("timezone Europe/Amsterdam", ["SLA508"]),
        ('timezone Europe/Amsterdam {\nassume "So we were told."\n}', []),
    ],
)
def test_a_value_rests_on_words_that_name_it(statement: str, expected: list[str], tmp_path: Path):
    assert codes(statement, tmp_path) == expected


def test_the_underlined_text_is_the_number(tmp_path: Path):
    (finding,) = found(calendar("08:00 to 17:00", QUOTED), tmp_path)
    assert finding.place.source.slice(finding.place.span) == "17:00"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("closed on 2026-12-24", []),
        ("closed on 12-24", []),
        ("closed on 12-25", ["SLA509"]),
    ],
)
def test_dates_are_named_too(date: str, expected: list[str], tmp_path: Path):
    document = "The desk is open Monday to Friday from 08:00 to 18:00, but not on 24 December."
    (tmp_path / "terms.txt").write_text(document, encoding="utf-8")
    quoted = f'cite "{document}"'
    assert codes(calendar(f"08:00 to 18:00\n{date}", quoted), tmp_path) == expected


def test_a_citation_is_kept_with_its_line(tmp_path: Path):
    (tmp_path / "terms.txt").write_text("One.\nTwo.\nThree.", encoding="utf-8")
    model = checked('service s "S" {\navailable always\ncite "Two."\n}', tmp_path).value
    assert model is not None
    (cite,) = model.document.declarations[0].cites
    assert (cite.source, cite.line, cite.quote) == ("terms.txt", 2, "Two.")


def test_an_attribute_is_called_what_it_is(tmp_path: Path):
    levels = 'level gold "Gold"\nlevel basic "Basic"'
    messages = [finding.message for finding in found(f"attribute plan of customer {{\n{levels}\n}}", tmp_path)]
    assert messages == ["`attribute plan` rests on no sentence of a source"]
