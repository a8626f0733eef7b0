"""Dates on which a calendar closes by a rule: public holidays and recurrence rules (T7, T8)."""

from __future__ import annotations

import warnings
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.nearest import nearest
from sla_dsl.worktime.errors import UnknownHolidays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from holidays import HolidayBase

ENGLISH = "en_US"


@frozen
class Doubt:
    """Why the holidays of some years may be incomplete or wrong."""

    first_year: int
    last_year: int
    why: str


@frozen
class Holidays:
    """Holidays as dates with names, sorted, and what the data itself calls uncertain.

    `estimated` are dates, part of `dates`, that the data computes from the moon and that may move by a day.
    """

    dates: tuple[tuple[date, str], ...]
    estimated: tuple[date, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def holidays_version() -> str:
    """Return the release of the `holidays` package in use (T8)."""
    return version("holidays")


def holiday_dates(
    country: str,
    *,
    first_year: int,
    last_year: int,
    subdivision: str | None = None,
    categories: Iterable[str] | None = None,
) -> Holidays:
    """Return the holidays of a country (ISO 3166 code) from one year to another, both included (T7).

    `subdivision` adds those of a part of the country; `categories` chooses kinds of holidays, by default `public`.
    Names are English where the data has them, else in the country's language, whatever the machine's language (T9).
    Years that the data does not know, or warns about, are listed as `doubts`.
    Raises `UnknownHolidays`.

    >>> found = holiday_dates("NL", first_year=2026, last_year=2026)
    >>> found.dates[0]
    (datetime.date(2026, 1, 1), "New Year's Day")
    """
    kind = _entity(country)
    wanted = _checked_categories(kind, country, categories)
    if subdivision is not None:
        _check_subdivision(kind, country, subdivision)
    language = ENGLISH if ENGLISH in kind.supported_languages else kind.default_language
    found: dict[date, str] = {}
    doubts = list(_unknown_years(kind, first_year, last_year))
    for year in range(max(first_year, kind.start_year), min(last_year, kind.end_year) + 1):
        # Year by year, to know of which year a warning speaks.
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            year_dates = kind(years=year, subdiv=subdivision, categories=wanted, language=language)
        found.update({day: year_dates[day] for day in year_dates if day.year == year})
        doubts.extend(Doubt(year, year, str(warning.message)) for warning in caught)
    estimated = tuple(sorted(day for day, name in found.items() if "estimated" in name))
    return Holidays(tuple(sorted(found.items())), estimated, _joined(doubts))


def _entity(country: str) -> type[HolidayBase]:
    import holidays
    from holidays.registry import COUNTRIES

    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        by_name = {name.replace("_", " "): codes[1] for name, codes in COUNTRIES.items()}
        near = by_name.get(country.casefold()) or nearest(country, known)
        raise UnknownHolidays("country", country, near)
    return getattr(holidays, country)


def _check_subdivision(kind: type[HolidayBase], country: str, subdivision: str) -> None:
    known = (*kind.subdivisions, *kind.subdivisions_aliases)
    if subdivision not in known:
        raise UnknownHolidays("subdivision", subdivision, nearest(subdivision, known), country)


def _checked_categories(
    kind: type[HolidayBase], country: str, categories: Iterable[str] | None
) -> tuple[str, ...] | None:
    if categories is None:
        return None
    wanted = tuple(categories)
    for category in wanted:
        if category not in kind.supported_categories:
            near = nearest(category, kind.supported_categories)
            raise UnknownHolidays("category", category, near, country)
    return wanted


def _unknown_years(kind: type[HolidayBase], first_year: int, last_year: int) -> Iterator[Doubt]:
    why = f"the `holidays` package knows {kind.start_year} to {kind.end_year}"
    if first_year < kind.start_year:
        yield Doubt(first_year, min(last_year, kind.start_year - 1), why)
    if last_year > kind.end_year:
        yield Doubt(max(first_year, kind.end_year + 1), last_year, why)


def _joined(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Return the doubts with those about neighbouring years made one."""
    joined: list[Doubt] = []
    for doubt in sorted(doubts, key=lambda doubt: (doubt.why, doubt.first_year)):
        if joined and joined[-1].why == doubt.why and doubt.first_year <= joined[-1].last_year + 1:
            joined[-1] = Doubt(joined[-1].first_year, max(doubt.last_year, joined[-1].last_year), doubt.why)
        else:
            joined.append(doubt)
    return tuple(joined)
