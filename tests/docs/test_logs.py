"""The guide to logs shows what happens, as far as mappings go."""

from __future__ import annotations

from sla_dsl.pipeline import check
from sla_dsl.reporting import render_all
from sla_dsl.source import Source
from tests.batch.test_guess import GUESSED_WIDE
from tests.docs.fragments import EXAMPLES
from tests.docs.pages import DOCS, examples

PAGE = DOCS / "logs.md"
MAPPING = EXAMPLES / "brightwater_log.sla"


def shown(beginning: str) -> str:
    return next(one.text for one in examples(PAGE, "text") if one.text.lstrip().startswith(beginning))


def test_the_slip_of_the_pen_is_found_as_shown() -> None:
    text = MAPPING.read_text(encoding="utf-8").replace('"Awaiting vendor" as working', '"Awaiting vendor" as workin')
    found = check(Source.of(text, name=MAPPING.name), EXAMPLES).findings
    assert render_all(found).strip() == shown("error SLA201").strip()


def test_the_proposal_leaves_open_what_is_shown() -> None:
    assert shown("level plan") in GUESSED_WIDE


def test_the_reference_shows_the_mapping_of_the_guide() -> None:
    page = (DOCS / "language" / "logs.md").read_text(encoding="utf-8")
    assert MAPPING.read_text(encoding="utf-8") in page
