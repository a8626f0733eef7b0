"""Arrays of instants and lengths give row by row what single ones give; and what is not an instant is refused."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

from sla_dsl.errors import MissingExtra
from sla_dsl.worktime import Calendar, WholeDays, timetable
from sla_dsl.worktime.arrays import add_many, between_many, groups, is_open_many, next_open_many
from sla_dsl.worktime.columns import CHUNK
from sla_dsl.worktime.errors import BadArray, NaiveDatetime, NoOpenTime, OutsideYears
from tests.reference.specs import random_case
from tests.reference.table import NotTabulated, Table
from tests.worktime.against import Duel, recipe_of
from tests.worktime.desk import HOUR, OFFICE, at, leaf
from tests.worktime.many import compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Ask = Callable[..., object]

WEEK = ["mon", "tue", "wed", "thu", "fri"]
DESK = Calendar.of(OFFICE)  # Amsterdam, 2020 to 2030
OPENED = np.array(["2026-03-06T14:00", "2026-03-07T11:00", "2026-03-08T22:00"], "M8[us]")
FIVE_HOURS = np.timedelta64(5 * HOUR, "us")
WANTED = "give `datetime64[us]` in UTC"
DUE = np.array(["2026-03-09T10:30", "2026-03-09T12:30", "2026-03-09T12:30"], "M8[us]")
NAT = np.datetime64("NaT")


def instants(*micros: int) -> NDArray[np.datetime64]:
    return np.array(micros, np.int64).view("M8[us]")


def lengths(*micros: int) -> NDArray[np.timedelta64]:
    return np.array(micros, np.int64).view("m8[us]")


# ------------------------------------------------------------------------------------- single and many


@pytest.mark.parametrize("chunk", range(4))
def test_many_rows_and_single_ones_agree_on_random_calendars(chunk: int) -> None:
    compared = refused = 0
    for seed in range(chunk * 15, chunk * 15 + 15):
        calendar = timetable(recipe_of(random_case(Random(seed)).spec))
        try:
            refused += compare(calendar, seed, 400)
        except NoOpenTime:
            continue
        compared += 1
    assert compared >= 12
    assert refused >= 10


EVERY_OTHER_MINUTE = " ".join(f"{m // 60:02}:{m % 60:02}-{m // 60:02}:{m % 60 + 1:02}" for m in range(0, 1440, 2))
ODD = {
    "round the clock": leaf({"mon-sun": "00:00-24:00"}),
    "one stretch": leaf({}, hours_on={"2026-03-06": "08:00-09:00"}),
    "a minute a day": leaf({"mon-sun": "12:00-12:01"}),
    "overnight, holidays on either side": leaf({"mon-sun": "22:00-06:00"}, holidays=["2026-12-25", "2026-12-27"]),
    "a day a week": leaf({"wed": "09:00-10:00"}),
    "part of a holiday": leaf({"mon-fri": "08:30-17:00"}, holidays=["2026-12-24"], holiday_hours="09:00-12:00"),
    "half an hour's shift": leaf({"mon-sun": "01:30-02:30"}, zone="Australia/Lord_Howe"),
    "a gap at midnight": leaf({"mon-sun": "00:00-00:30 23:30-24:00"}, zone="America/Havana"),
    "a skipped date": leaf({"mon-sun": "10:00-18:00"}, zone="Pacific/Apia", years=(2011, 2012)),
    "whole days": WholeDays(OFFICE, "America/New_York"),
    "every other minute": leaf({"mon-sun": EVERY_OTHER_MINUTE}, years=(2026, 2026)),
}


@pytest.mark.parametrize("name", ODD)
def test_many_rows_and_single_ones_agree_on_odd_calendars(name: str) -> None:
    compare(timetable(ODD[name]), 1, 1_500)


MANY: dict[str, Ask] = {
    "add": add_many,
    "between": between_many,
    "is_open": is_open_many,
    "next_open": next_open_many,
}


@pytest.mark.parametrize("seed", range(12))
def test_many_rows_and_the_reference_agree(seed: int) -> None:
    duel = Duel(Random(seed))
    table, calendar = Table(duel.case), timetable(recipe_of(duel.case.spec))
    if not any(table.open[cell] for cell in table.inner):
        pytest.skip("this random calendar is never open near its date")
    answered = 0
    rows = [duel._instant(table) for _ in range(100)]
    asked: list[tuple[str, tuple[int, ...]]] = [("add", (t, duel._length(table, t))) for t in rows]
    asked += [("between", (t, duel._instant(table))) for t in rows]
    asked += [(name, (t,)) for t in rows for name in ("is_open", "next_open")]
    wanted: dict[str, list[tuple[tuple[int, ...], int]]] = {"add": [], "between": [], "is_open": [], "next_open": []}
    for name, values in asked:
        try:
            wanted[name].append((values, int(getattr(table, name)(*values))))
        except NotTabulated:
            continue
        answered += 1
    assert answered >= 200
    for name, many in (
        ("add", add_many),
        ("between", between_many),
        ("is_open", is_open_many),
        ("next_open", next_open_many),
    ):
        columns = [np.array(column, np.int64) for column in zip(*(values for values, _ in wanted[name]), strict=True)]
        given = [column.view("m8[us]" if name == "add" and i else "M8[us]") for i, column in enumerate(columns)]
        got = np.asarray(many(calendar, *given)).astype(np.int64).tolist()
        assert got == [answer for _, answer in wanted[name]], f"{name}\n{duel.case}"


# --------------------------------------------------------------------------------------------- columns


def test_a_calendar_offers_them() -> None:
    assert DESK.add_many(OPENED, FIVE_HOURS).tolist() == DUE.tolist()
    assert DESK.between_many(OPENED, DUE).tolist() == [timedelta(hours=5)] * 3
    assert DESK.is_open_many(OPENED).tolist() == [True, False, False]
    assert DESK.next_open_many(OPENED).tolist() == [datetime(2026, 3, 6, 14), *[datetime(2026, 3, 9, 7, 30)] * 2]


def test_answers_are_microseconds_of_numpy() -> None:
    assert DESK.add_many(OPENED, FIVE_HOURS).dtype == "M8[us]"
    assert DESK.next_open_many(OPENED).dtype == "M8[us]"
    assert DESK.between_many(OPENED, DUE).dtype == "m8[us]"
    assert DESK.is_open_many(OPENED).dtype == np.bool


def test_what_is_missing_stays_missing() -> None:
    opened = np.array([OPENED[0], NAT, OPENED[2], OPENED[0]], "M8[us]")
    budgets = np.array([FIVE_HOURS, FIVE_HOURS, np.timedelta64("NaT"), -FIVE_HOURS], "m8[us]")
    assert DESK.add_many(opened, budgets).tolist() == [DUE[0].item(), None, None, datetime(2026, 3, 6, 9)]
    assert DESK.add_many(opened, FIVE_HOURS).tolist()[1] is None
    assert DESK.between_many(opened, opened[::-1]).tolist()[1:3] == [None, None]
    assert DESK.next_open_many(opened).tolist()[1] is None
    answers = DESK.is_open_many(opened)
    assert answers.tolist() == [True, None, False, True]
    assert not answers.data[1]


def test_a_column_of_nothing_but_nat_or_of_no_rows() -> None:
    for column in (np.array(["NaT"] * 3, "M8[us]"), np.array([], "M8[us]")):
        wanted = [None] * len(column)
        assert DESK.add_many(column, FIVE_HOURS).tolist() == wanted
        assert DESK.between_many(column, OPENED[0]).tolist() == wanted
        assert DESK.is_open_many(column).tolist() == wanted
        assert DESK.next_open_many(column).tolist() == wanted
    assert DESK.add_many(OPENED, np.timedelta64("NaT", "us")).tolist() == [None] * 3


def test_a_single_value_stands_for_all_rows() -> None:
    assert DESK.add_many(OPENED[0], lengths(HOUR, 0)).tolist() == [datetime(2026, 3, 6, 15), datetime(2026, 3, 6, 14)]
    assert DESK.between_many(OPENED[0], DUE).tolist() == DESK.between_many(np.full(3, OPENED[0]), DUE).tolist()
    assert DESK.add_many(OPENED[0], FIVE_HOURS).item() == DUE[0].item()
    assert DESK.add_many(datetime(2026, 3, 6, 14, tzinfo=UTC), timedelta(hours=5)).item() == DUE[0].item()


def test_any_layout_of_memory() -> None:
    wide = np.repeat(OPENED, 2)
    read_only = OPENED.copy()
    read_only.setflags(write=False)
    table = np.stack([OPENED, OPENED]).T
    for column in (wide[::2], wide[::-2][::-1], read_only, OPENED.astype(">M8[us]"), np.ma.MaskedArray(OPENED)):
        assert DESK.add_many(column, FIVE_HOURS).tolist() == DUE.tolist()
    assert DESK.add_many(table, FIVE_HOURS).tolist() == np.stack([DUE, DUE]).T.tolist()
    assert DESK.is_open_many(table).tolist() == [[True, True], [False, False], [False, False]]
    assert OPENED.tolist() == wide[::2].tolist()


def test_what_a_mask_hides_is_missing() -> None:
    hidden = np.ma.MaskedArray(instants(0, 0, 0), [True, True, False])
    hidden[2] = OPENED[0]
    assert DESK.add_many(hidden, FIVE_HOURS).tolist() == [None, None, DUE[0].item()]


@pytest.mark.parametrize("unit", ["m", "s", "ms", "us", "ns", "25s", "1500ns"])
def test_other_units_that_are_whole_microseconds(unit: str) -> None:
    column = np.append(OPENED, NAT).astype(f"M8[{unit}]")
    assert DESK.add_many(column, np.timedelta64(300, "m")).tolist() == [*DUE.tolist(), None]
    assert DESK.add_many(OPENED, np.array([5, 5, 5], "m8[h]")).tolist() == DUE.tolist()


def test_a_day_of_length_is_24_hours_as_that_of_a_timedelta() -> None:
    assert DESK.add_many(OPENED, np.timedelta64(1, "D")).tolist() == DESK.add_many(OPENED, timedelta(1)).tolist()


def test_more_rows_than_a_chunk() -> None:
    rows = 2 * CHUNK + 5
    opened = at("2026-03-02 00:00") + np.arange(rows, dtype=np.int64) * 977_000_000
    due = DESK.add_many(opened.view("M8[us]"), FIVE_HOURS).view(np.int64)
    for row in (0, CHUNK - 1, CHUNK, 2 * CHUNK - 1, 2 * CHUNK, rows - 1):
        assert due[row] == DESK.timetable.add(int(opened[row]), 5 * HOUR)
    opened[CHUNK + 3] = np.iinfo(np.int64).min
    missing = np.isnat(DESK.add_many(opened.view("M8[us]"), FIVE_HOURS))
    assert np.flatnonzero(missing).tolist() == [CHUNK + 3]
    assert np.flatnonzero(DESK.is_open_many(opened.view("M8[us]")).mask).tolist() == [CHUNK + 3]


def test_threads_share_a_calendar() -> None:
    opened = (at("2026-03-02 00:00") + np.arange(50_000, dtype=np.int64) * 977_000_000).view("M8[us]")
    wanted = DESK.add_many(opened, FIVE_HOURS)
    fresh = Calendar(
        timezone="Europe/Amsterdam", weekly={day: [("08:30", "17:00")] for day in WEEK}, years=(2020, 2030)
    )
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: fresh.add_many(opened, FIVE_HOURS), range(8)))
    assert all(np.array_equal(answer, wanted) for answer in answers)


# ----------------------------------------------------------------------------------------------- arrow


def test_columns_of_arrow() -> None:
    opened = pa.chunked_array([pa.array(OPENED[:1]), pa.array([None], pa.timestamp("us")), pa.array(OPENED[1:])])
    wanted = [DUE[0].item(), None, *DUE[1:].tolist()]
    assert DESK.add_many(opened, FIVE_HOURS).tolist() == wanted
    budgets = pa.array([timedelta(hours=5)] * 4, pa.duration("ms"))
    assert DESK.add_many(opened, budgets).tolist() == wanted
    assert DESK.is_open_many(opened).tolist() == [True, None, False, False]


def test_a_zone_of_a_column_of_arrow_changes_no_instant() -> None:
    opened = pa.array(OPENED).cast(pa.timestamp("us", "Asia/Tokyo"))
    assert DESK.add_many(opened, FIVE_HOURS).tolist() == DUE.tolist()


def test_answers_go_back_to_arrow_with_what_is_missing() -> None:
    column = np.append(OPENED, NAT)
    assert pa.array(DESK.is_open_many(column)).to_pylist() == [True, False, False, None]
    assert pa.array(DESK.next_open_many(column)).null_count == 1


# ---------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (["2026-03-06"], "`t` is a `list`: give a numpy array of `datetime64[us]` in UTC, or a column of Arrow"),
        (np.array([1, 2]), "`t` is an array of `int64`: give one of `datetime64[us]` in UTC"),
        (np.array(["2026-03-06"]), "`t` is an array of `<U10`: give one of `datetime64[us]` in UTC"),
        (lengths(1), "`t` is an array of `timedelta64[us]`: give one of `datetime64[us]` in UTC"),
        (np.array([datetime(2026, 3, 6)], object), "`t` is an array of `object`: give one of `datetime64[us]` in UTC"),
        (OPENED.astype("M8[D]"),
         "`t` is an array of `datetime64[D]`, which counts days: a date is no instant; give `datetime64[us]` in UTC"),
        (np.array(["NaT"], "M8"),
         "`t` is an array of `datetime64`, which counts no unit: its unit is no fixed length; "
         + WANTED),
        (OPENED.astype("M8[ns]") + np.array([0, 1, 0], "m8[ns]"),
         "`t` is finer than a microsecond in row 1: round it first, as you see fit"),
        (pa.array([1, 2]), "`t` is an Arrow column of `int64`: give one of timestamps or durations"),
        (pa.table({"t": OPENED}),
         "`t` is an Arrow column of `struct<t: timestamp[us]>`: give one of timestamps or durations"),
    ],
)  # fmt: skip
def test_what_is_no_column_of_instants_is_refused(column: object, message: str) -> None:
    with pytest.raises(BadArray) as caught:
        DESK.next_open_many(column)  # pyright: ignore[reportArgumentType]  # that is what is refused
    assert str(caught.value) == message


def test_what_is_no_length_is_refused() -> None:
    with pytest.raises(BadArray, match=r"`length` is an array of `datetime64\[us\]`"):
        DESK.add_many(OPENED, OPENED)
    with pytest.raises(BadArray, match="which counts months: its unit is no fixed length"):
        DESK.add_many(OPENED, np.timedelta64(1, "M"))
    with pytest.raises(BadArray, match="`length` is a `int`"):
        DESK.add_many(OPENED, 5)  # pyright: ignore[reportArgumentType]  # that is what is refused
    with pytest.raises(NaiveDatetime):
        DESK.is_open_many(datetime(2026, 3, 6))


class Timestamp(datetime):
    """Like that of pandas, which hides nanoseconds that a datetime cannot tell."""


def test_a_single_value_of_another_kind_is_refused() -> None:
    with pytest.raises(BadArray, match="`t` is a `Timestamp`"):
        DESK.is_open_many(Timestamp(2026, 3, 6, tzinfo=UTC))


def test_columns_of_unlike_length_are_refused() -> None:
    with pytest.raises(BadArray, match=r"`b` is of shape \(2,\) beside `a` of shape \(3,\): give both the same shape"):
        DESK.between_many(OPENED, DUE[:2])


FIRST, END = at("2020-01-01 00:00"), at("2031-01-01 00:00")


@pytest.mark.parametrize("outside", [FIRST - 1, END + 1, at("2042-01-01 00:00"), 2**62, -(2**62)])
def test_an_instant_outside_the_years_is_named_with_its_row(outside: int) -> None:
    column = instants(FIRST, outside, END - HOUR, outside)
    for ask in (DESK.is_open_many, DESK.next_open_many, lambda t: DESK.add_many(t, FIVE_HOURS)):
        with pytest.raises(OutsideYears, match=r"^row 1: .* outside the years this calendar covers \(2020 to 2030\)"):
            ask(column)
    for pair in ((column, column[0]), (column[0], column)):
        with pytest.raises(OutsideYears, match=r"^row 1: "):
            DESK.between_many(*pair)


def test_an_instant_of_another_unit_outside_the_years_does_not_wrap_around() -> None:
    far = np.array([1_800_000_000, 2**50]).view("M8[s]")
    with pytest.raises(OutsideYears, match="row 1: an instant after the year 9999 lies"):
        DESK.next_open_many(far)


def test_the_midnight_that_ends_the_last_year_is_an_end_but_no_question() -> None:
    always = Calendar.of(leaf({"mon-sun": "00:00-24:00"}))
    assert always.add_many(instants(END - HOUR, END), lengths(HOUR, -HOUR)).tolist() == [
        datetime(2030, 12, 31, 23),
        datetime(2030, 12, 31, 22),
    ]
    assert always.between_many(instants(END - HOUR), instants(END)).tolist() == [timedelta(hours=1)]
    assert always.add_many(instants(END), lengths(0)).view(np.int64).tolist() == [END]
    for ask in (always.is_open_many, always.next_open_many, lambda t: always.add_many(t, np.timedelta64(1, "us"))):
        with pytest.raises(OutsideYears, match="row 0: 2031-01-01T00:00:00\\+01:00 lies"):
            ask(instants(END))


def test_an_answer_outside_the_years_is_named_with_its_row() -> None:
    late = instants(FIRST, END - HOUR)
    with pytest.raises(OutsideYears, match="row 1: the answer lies"):
        DESK.add_many(late, np.timedelta64(HOUR, "us"))
    with pytest.raises(OutsideYears, match="row 0: the answer lies"):
        DESK.add_many(late, -np.timedelta64(HOUR, "us"))
    with pytest.raises(OutsideYears, match="row 1: the next opening lies"):
        DESK.next_open_many(late)
    for length in (2**62, -(2**62)):
        with pytest.raises(OutsideYears, match="row 0: the answer lies"):
            DESK.add_many(OPENED, lengths(length)[0])


def test_without_numpy_or_pyarrow_an_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"needs `pyarrow`.* run `pip install 'sla-dsl\[batch\]'`"):
        DESK.add_many(pa.array(OPENED), FIVE_HOURS)
    code = """
import sys
sys.modules["numpy"] = None
from sla_dsl import Calendar, SlaError
try:
    Calendar(timezone="UTC", weekly={"mon": [("08:30", "17:00")]}).is_open_many([])
except SlaError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "this needs `numpy`, which is not installed; run `pip install 'sla-dsl[batch]'`\n"


def test_the_core_imports_neither_numpy_nor_pyarrow() -> None:
    code = """
import sys
from datetime import UTC, datetime, timedelta
from sla_dsl import Calendar
desk = Calendar(timezone="UTC", weekly={"mon": [("08:30", "17:00")]})
desk.add(datetime(2026, 3, 6, tzinfo=UTC), timedelta(hours=2))
print([name for name in ("numpy", "pyarrow") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


# ------------------------------------------------------------------------------------ several calendars


def test_rows_of_several_calendars_are_asked_in_groups() -> None:
    night = Calendar.of(leaf({"mon-sun": "22:00-06:00"}))
    calendars = {"desk": DESK, "night": night}
    which = np.array(["night", "desk", "night"])
    due = np.empty(3, "M8[us]")
    for name, rows in groups(which):
        due[rows] = calendars[str(name)].add_many(OPENED[rows], FIVE_HOURS)
    assert due.tolist() == [
        night.add_many(OPENED[0], FIVE_HOURS).item(),
        DUE[1].item(),
        night.add_many(OPENED[2], FIVE_HOURS).item(),
    ]
    assert list(groups(np.array([], "U4"))) == []
