"""Each shipped policy: what it means, pinned to the document from which it was written.

After a change on purpose: `make snapshots`, and read the difference.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.amber import AmberSnapshotExtension

import sla_dsl
from sla_dsl.pipeline import check, coverage, run_examples
from sla_dsl.resources import shipped_policies
from sla_dsl.source import Source
from tests.policies.vendors import VENDORS
from tests.policies.worked import Vendor, changed, other_readings

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion
    from syrupy.location import PyTestLocation
    from syrupy.types import SnapshotIndex

of_each = pytest.mark.parametrize("vendor", VENDORS, ids=str)
OTHER_READINGS = [(vendor, *choice) for vendor in VENDORS for choice in other_readings(vendor.written())]


class FileOfVendor(AmberSnapshotExtension):
    """What is expected of each vendor stands in a file of its own."""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(Path(super().dirname(test_location=test_location)) / test_location.basename)

    @classmethod
    def get_file_basename(cls, *, test_location: PyTestLocation, index: SnapshotIndex) -> str:  # noqa: ARG003 - syrupy gives it
        _, _, parameters = test_location.testname.partition("[")
        return parameters.rstrip("]").partition("-")[0]

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        return cls.get_location(test_location=test_location, index=0) == snapshot_location


@pytest.fixture
def expected(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(FileOfVendor)


def test_all_that_is_shipped_is_asked() -> None:
    assert [vendor.name for vendor in VENDORS] == list(shipped_policies())


@of_each
def test_the_document(vendor: Vendor, expected: SnapshotAssertion) -> None:
    assert hashlib.sha256(vendor.file(".txt").read_bytes()).hexdigest() == expected


@of_each
def test_the_checked_model(vendor: Vendor, expected: SnapshotAssertion) -> None:
    shown = vendor.written().show()
    # What only depends on the packages of the day is in the compiled policy.
    for name in ("digest", "holidays_version", "tzdata_version"):
        del shown["policy"][name]
    lines = [f"{key}: {json.dumps(one, ensure_ascii=False)}" for key, some in shown.items() for one in entries(some)]
    assert lines == expected


def entries(some: object) -> list[object]:
    """The entries of a section; the heading is one."""
    return list(some) if isinstance(some, list) else [some]


@of_each
def test_worked_answers(vendor: Vendor, expected: SnapshotAssertion) -> None:
    policy = vendor.answered()
    assert [one.written(policy) for one in vendor.questions] == expected


@of_each
def test_worked_tickets(vendor: Vendor, expected: SnapshotAssertion) -> None:
    policy = vendor.answered()
    assert [line for one in vendor.tickets for line in one.conclusions(policy)] == expected


@of_each
def test_why_worked_tickets_stand_as_they_do(vendor: Vendor, expected: SnapshotAssertion) -> None:
    policy = vendor.answered()
    assert [line for one in vendor.tickets for line in one.written(policy)] == expected


@pytest.mark.parametrize(("vendor", "doubt", "reading"), OTHER_READINGS, ids=str)
def test_the_same_under_another_reading(vendor: Vendor, doubt: str, reading: str, expected: SnapshotAssertion) -> None:
    assert changed(vendor.answered(), vendor, doubt, reading) == expected


@of_each
def test_nothing_is_found_that_is_not_accepted(vendor: Vendor) -> None:
    findings = check(Source.read(vendor.file(".sla")), vendor.home).findings
    assert [one for one in findings if one.accepted_because is None] == []


@of_each
def test_every_sentence_is_accounted_for(vendor: Vendor) -> None:
    [source] = coverage(vendor.written(), [(Source.read(vendor.file(".sla")), vendor.home)])["sources"]
    assert source["covered"] == source["total"] == vendor.units


@of_each
def test_every_example_holds(vendor: Vendor) -> None:
    [(_, results)] = run_examples(vendor.written())
    assert len(results) >= 25
    assert len([result for result in results if result.example.happenings]) >= 10
    failed = [(result.example.title, one) for result in results for one in result.results if one.verdict != "passed"]
    assert failed == []


@of_each
def test_the_compiled_policy_is_the_written_one(vendor: Vendor) -> None:
    written, compiled = vendor.written(), sla_dsl.load(vendor.file(".json"))
    assert compiled == sla_dsl.shipped(vendor.name) == sla_dsl.from_json(written.to_json())
    # Other versions of the packages may stand in it; what it means is the same.
    assert compiled.digest == written.digest
    unlike = [str(one) for one in vendor.questions if one.ask(written).to_dict() != one.ask(compiled).to_dict()]
    assert unlike == []
