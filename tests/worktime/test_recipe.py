"""T7 Calendars: seasons, holidays, single dates, and compositions."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

from sla_dsl.worktime import (
    ALL_DAY,
    Both,
    Dated,
    Either,
    Except,
    Leaf,
    Outside,
    Recipe,
    Season,
    WholeDays,
    Window,
    Yearly,
    timetable,
    week,
)
from sla_dsl.worktime.errors import (
    BadSeason,
    ClosedWithHours,
    NoCommonYears,
    NoOpenTime,
    OverlappingSeasons,
    RecipeError,
    UnknownZone,
    ZoneNeeded,
)
from sla_dsl.worktime.plan import leaf_plan
from tests.worktime.desk import HOUR, OFFICE, at, leaf, table, wall, windows

MORNINGS = week({day: windows("08:00-12:00") for day in range(7)})
NIGHTS = leaf({"fri": "22:00-06:00"})


def seasonal(*seasons: Season, **more: object) -> Leaf:
    return Leaf(
        zone="UTC",
        first_year=2025,
        last_year=2028,
        weekly=week({day: windows("09:00-17:00") for day in range(5)}),
        seasons=seasons,
        **more,  # pyright: ignore[reportArgumentType]  # passed on as they are
    )


# ---------------------------------------------------------------------------------------- hours of a date


def test_a_dated_season_has_its_own_hours_on_both_its_bounds() -> None:
    desk = timetable(seasonal(Season(Dated(date(2026, 7, 1), date(2026, 7, 5)), MORNINGS)))
    assert desk.is_open(at("2026-07-01 08:30", "UTC"))
    assert desk.is_open(at("2026-07-05 08:30", "UTC"))  # a Sunday
    assert not desk.is_open(at("2026-07-01 13:00", "UTC"))
    assert not desk.is_open(at("2026-06-30 08:30", "UTC"))
    assert not desk.is_open(at("2026-07-06 08:30", "UTC"))
    assert not desk.is_open(at("2027-07-01 08:30", "UTC"))


def test_a_yearly_season_comes_every_year_and_over_new_year() -> None:
    desk = timetable(seasonal(Season(Yearly((12, 27), (1, 3)), MORNINGS)))
    for day in ("2025-01-01", "2025-12-27", "2026-01-03", "2028-12-31"):
        assert desk.is_open(at(f"{day} 08:30", "UTC")), day
    for day in ("2025-01-06", "2025-12-26", "2026-01-05"):
        assert not desk.is_open(at(f"{day} 08:30", "UTC")), day


def test_29_february_ends_a_season_with_the_month_and_begins_one_in_march() -> None:
    until = timetable(seasonal(Season(Yearly((2, 1), (2, 29)), MORNINGS)))
    since = timetable(seasonal(Season(Yearly((2, 29), (3, 10)), MORNINGS)))
    assert until.is_open(at("2026-02-28 08:30", "UTC"))
    assert until.is_open(at("2028-02-29 08:30", "UTC"))
    assert not until.is_open(at("2027-03-01 08:30", "UTC"))
    assert not since.is_open(at("2026-02-28 08:30", "UTC"))
    assert since.is_open(at("2026-03-01 08:30", "UTC"))
    assert since.is_open(at("2028-02-29 08:30", "UTC"))


def test_an_empty_season_closes() -> None:
    desk = timetable(seasonal(Season(Dated(date(2026, 7, 1), date(2026, 7, 31)), week())))
    assert desk.open_dates(date(2026, 6, 30), date(2026, 8, 3)) == [date(2026, 6, 30), date(2026, 8, 3)]


def test_hours_on_a_date_replace_season_weekday_and_holiday_hours_alike() -> None:
    friday, sunday, monday = date(2026, 7, 3), date(2026, 7, 5), date(2026, 7, 6)
    desk = timetable(
        seasonal(
            Season(Dated(friday, sunday), MORNINGS),
            holidays={sunday: "feast"},
            holiday_hours=tuple(windows("10:00-11:00")),
            hours_on={friday: windows("20:00-21:00"), sunday: windows("21:00-22:00"), monday: ()},
        )
    )
    assert [wall(start, "UTC") for start, _ in desk.windows_on(friday)] == ["2026-07-03 20:00"]
    assert [wall(start, "UTC") for start, _ in desk.windows_on(sunday)] == ["2026-07-05 21:00"]
    assert desk.windows_on(monday) == []


def test_holidays_have_holiday_hours_and_explicitly_closed_dates_none() -> None:
    desk = table(
        {"mon-fri": "08:30-17:00"},
        holidays=["2026-12-25", "2026-12-26"],
        holiday_hours="10:00-12:00",
        closed=["2026-12-25"],
    )
    assert desk.windows_on(date(2026, 12, 25)) == []
    assert desk.windows_on(date(2026, 12, 26)) == [(at("2026-12-26 10:00"), at("2026-12-26 12:00"))]


def test_what_gives_a_date_its_hours() -> None:
    recipe = seasonal(
        Season(Dated(date(2026, 7, 1), date(2026, 7, 31)), MORNINGS),
        holidays={date(2026, 7, 14): "feast"},
        closed={date(2026, 7, 15): "stocktaking"},
        hours_on={date(2026, 7, 16): windows("20:00-21:00")},
    )
    days = (date(2026, month, day) for month, day in ((6, 1), (7, 1), (7, 14), (7, 15), (7, 16)))
    plans = [leaf_plan(recipe).of(day.toordinal()) for day in days]
    assert [(plan.kind, plan.name, plan.position) for plan in plans] == [
        ("weekday", None, None),
        ("season", None, 0),
        ("holiday", "feast", None),
        ("closed", "stocktaking", None),
        ("hours on date", None, None),
    ]


# ------------------------------------------------------------------------------------------ compositions


def test_and_or_except_outside() -> None:
    early, late = leaf({"mon": "08:00-12:00"}), leaf({"mon": "10:00-17:00"})
    start, end = at("2026-03-09 00:00"), at("2026-03-10 00:00")

    def spans(recipe: Recipe) -> list[tuple[str, str]]:
        found = timetable(recipe).windows_on(date(2026, 3, 9))
        return [(wall(a)[11:], wall(b)[11:]) for a, b in found]

    assert spans(Both(early, late)) == [("10:00", "12:00")]
    assert spans(Either(early, late)) == [("08:00", "17:00")]
    assert spans(Except(late, early)) == [("12:00", "17:00")]
    assert spans(Outside(early)) == [("00:00", "08:00"), ("12:00", "00:00")]
    assert timetable(Outside(early)).between(start, end) == 20 * HOUR


def test_pieces_of_a_composition_belong_to_their_own_dates() -> None:
    nights = timetable(Either(NIGHTS, NIGHTS))
    assert nights.open_dates(date(2026, 3, 6), date(2026, 3, 8)) == [date(2026, 3, 6), date(2026, 3, 7)]
    assert nights.date_of(at("2026-03-07 02:00")) == date(2026, 3, 7)
    assert wall(nights.close_of(date(2026, 3, 6))) == "2026-03-07 00:00"


def test_whole_days_are_those_of_the_dates_that_own_hours() -> None:
    days = timetable(WholeDays(NIGHTS))
    assert days.open_dates(date(2026, 3, 5), date(2026, 3, 8)) == [date(2026, 3, 6)]
    assert days.windows_on(date(2026, 3, 6)) == [(at("2026-03-06 00:00"), at("2026-03-07 00:00"))]


def test_whole_days_at_a_clock_change() -> None:
    days = timetable(WholeDays(leaf({"sun": "12:00-13:00"})))
    assert days.between(at("2026-03-28 00:00"), at("2026-03-31 00:00")) == 23 * HOUR
    assert days.between(at("2026-10-24 00:00"), at("2026-10-27 00:00")) == 25 * HOUR


def test_whole_days_in_another_zone_are_cut_at_its_midnight() -> None:
    kathmandu = timetable(WholeDays(leaf({"fri": "18:00-20:00"}, zone="UTC"), "Asia/Kathmandu"))
    # 18:00 to 20:00 in UTC is 23:45 to 01:45 in Kathmandu.
    assert kathmandu.open_dates(date(2026, 3, 5), date(2026, 3, 8)) == [date(2026, 3, 6), date(2026, 3, 7)]


def test_the_days_of_a_composition_count_in_its_zone() -> None:
    paris = Either(
        leaf({"mon": "20:00-22:00"}, zone="America/New_York"), leaf({"wed": "08:00-09:00"}, zone="UTC"), "Europe/Paris"
    )
    assert timetable(paris).open_dates(date(2026, 3, 2), date(2026, 3, 4)) == [date(2026, 3, 3), date(2026, 3, 4)]


def test_a_composition_over_several_zones_names_the_zone_of_its_days() -> None:
    with pytest.raises(ZoneNeeded) as caught:
        Both(OFFICE, leaf({"mon": "08:00-12:00"}, zone="UTC"))
    assert caught.value.zones == ("Europe/Amsterdam", "UTC")


def test_a_composition_covers_the_years_of_all_its_parts() -> None:
    both = Either(leaf({"mon": "08:00-12:00"}, years=(2020, 2026)), leaf({"tue": "08:00-12:00"}, years=(2024, 2030)))
    assert (both.first_year, both.last_year) == (2024, 2026)
    with pytest.raises(NoCommonYears, match="2020 to 2021 and 2024 to 2025"):
        Both(leaf({}, years=(2020, 2021)), leaf({}, years=(2024, 2025)))


def test_a_composition_without_open_time_is_an_error() -> None:
    with pytest.raises(NoOpenTime):
        timetable(Both(OFFICE, Outside(OFFICE))).prepare()
    with pytest.raises(NoOpenTime):
        timetable(Outside(leaf({"mon-sun": "00:00-24:00"}))).prepare()


def test_an_unknown_zone_is_refused_wherever_it_stands() -> None:
    for make in (
        lambda: leaf({}, zone="Nowhere"),
        lambda: Outside(OFFICE, "Nowhere"),
        lambda: Both(OFFICE, OFFICE, "x"),
    ):
        with pytest.raises(UnknownZone):
            make()


# ------------------------------------------------------------------------------------------------ checks


def test_a_date_that_is_closed_and_has_hours_is_refused() -> None:
    with pytest.raises(ClosedWithHours, match="2026-12-24") as caught:
        leaf({"mon": "08:00-12:00"}, closed=["2026-12-24", "2026-12-25"], hours_on={"2026-12-24": "08:00-11:00"})
    assert caught.value.dates == (date(2026, 12, 24),)


def test_seasons_that_share_a_date_are_refused() -> None:
    one, other = Season(Yearly((6, 1), (8, 31)), MORNINGS), Season(Dated(date(2026, 8, 31), date(2026, 9, 30)), week())
    with pytest.raises(OverlappingSeasons, match="seasons 1 and 2 both give hours to 2026-08-31") as caught:
        seasonal(one, other)
    assert (caught.value.first, caught.value.second, caught.value.day) == (0, 1, date(2026, 8, 31))


def test_a_season_ends_after_it_begins_on_days_that_exist() -> None:
    with pytest.raises(BadSeason, match="ends before it begins"):
        Dated(date(2026, 7, 2), date(2026, 7, 1))
    with pytest.raises(BadSeason, match="no day 31 in month 4"):
        Yearly((4, 31), (5, 1))
    with pytest.raises(BadSeason, match="no day 1 in month 13"):
        Yearly((4, 30), (13, 1))


def test_recipes_are_values() -> None:
    for recipe in (OFFICE, Both(OFFICE, NIGHTS), WholeDays(Except(OFFICE, NIGHTS), "UTC")):
        twin = pickle.loads(pickle.dumps(recipe))
        assert twin == recipe == copy.deepcopy(recipe)
        assert hash(twin) == hash(recipe)
        assert timetable(twin) is timetable(recipe)
    assert leaf({"mon": "08:00-12:00"}) != leaf({"mon": "08:00-12:01"})
    assert Both(OFFICE, NIGHTS) != Either(OFFICE, NIGHTS)
    assert Window.of("00:00", "24:00") == ALL_DAY


def test_every_error_of_a_recipe_is_one() -> None:
    assert all(issubclass(kind, RecipeError) for kind in (ClosedWithHours, NoOpenTime, ZoneNeeded, BadSeason))
