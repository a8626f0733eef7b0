"""Which numbers a text names."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_dsl.evidence import names_date, names_number, names_time, numbers_in
from tests.evidence.documents import texts


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4 Support hours", 4, "hours"),
        ("4 Support hours", 4, None),
        ("4h", 4, "hour"),
        ("a 24-hour response time", 24, "hours"),
        ("2 Business Days or Less", 2, "days"),
        ("2 working days", 2, "days"),
        ("≻ 90%", 90, "percent"),
        ("95 %", 95, "percent"),
        ("ninety-five per cent", 95, "percent"),
        ("99.5%", Decimal("99.5"), "percent"),
        ("1,000 users", 1000, None),
        ("1.000 users", 1000, None),
        ("1,5 hours", Fraction(3, 2), "hours"),
        ("thirty (30) days", 30, "days"),
        ("within two weeks", 14, "days"),
        ("within two weeks", 2, "weeks"),
        ("90 days", 90, "days"),
        ("twenty-four hours a day", 24, "hours"),
        ("seven days a week", 7, "days"),
        ("24x7", 24, "hours"),
        ("24/7", 7, "days"),
        ("half an hour", 30, "minutes"),
        ("half a day", Fraction(1, 2), "days"),
        ("an hour and a half", 90, "minutes"),
        ("one and a half hours", 90, "minutes"),
        ("1½ hours", 90, "minutes"),
        ("2 1/2 days", Fraction(5, 2), "days"),
        ("a quarter of an hour", 15, "minutes"),
        ("1 hour and 30 minutes", 90, "minutes"),
        ("1 hour 30 min", Fraction(3, 2), "hours"),
        ("within an hour", 1, "hours"),
        ("within a business day", 1, "days"),
        ("on the next working day", 1, "days"),
        ("2 | 4 hours | Next business day", 1, "days"),
        ("one to three business days", 1, "days"),
        ("one to three business days", 3, "days"),
        ("1-3 days", 1, "days"),
        ("on the third business day", 3, "days"),
        ("the 3<sup>rd</sup> business day", 3, "days"),
        ("one hundred and twenty minutes", 2, "hours"),
        ("three follow-ups", 3, None),
        ("more than 7 days, whichever is earlier", 7, "days"),
        ("twice", 2, None),
        ("a dozen", 12, None),
        ("\uff11\uff15 days", 15, "days"),
        ("15\u00a0days", 15, "days"),
        ("15 <b>days</b>", 15, "days"),
        ("one year", 12, "months"),
        ("<10 times a day", 10, None),
        ("4 levels", 4, "hours"),
    ],
)
def test_a_text_names_a_number(text: str, value: int | Fraction | Decimal, unit: str | None) -> None:
    assert names_number(text, value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4 days", 4, "hours"),
        ("24 hours", 4, "hours"),
        ("24 hours", 1, "days"),
        ("30 days", 1, "months"),
        ("1.5 hours", 5, "hours"),
        ("P1", 1, None),
        ("Click2Dial", 2, None),
        ("within a few hours", 1, "hours"),
        ("a couple of hours", 2, "hours"),
        ("no one answers", 1, None),
        ("one another", 1, None),
        ("24 hours a day", 1, "days"),
        ("as fast as possible", 1, None),
        ("4<sup>1</sup> hours", 41, "hours"),
        ("version 1.2.3", 123, None),
        ("09:30", 9, None),
        ("90%", 90, "days"),
        ("", 0, None),
    ],
)
def test_a_text_does_not_name_a_number(text: str, value: int, unit: str | None) -> None:
    assert not names_number(text, value, unit)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("Working days 08:30 – 17:00", "08:30"),
        ("Working days 08:30 – 17:00", "17:00"),
        ("8:00 a.m. - 5:30 p.m. EST", "08:00"),
        ("8:00 a.m. - 5:30 p.m. EST", "17:30"),
        ("from 8am to 5:30pm", "08:00"),
        ("from 8am to 5:30pm", "17:30"),
        ("by 5 p.m.", "17:00"),
        ("5pm", "17:00"),
        ("12 a.m.", "00:00"),
        ("12pm", "12:00"),
        ("noon", "12:00"),
        ("midnight", "24:00"),
        ("8–15.30", "15:30"),
        ("8–15.30", "08:00"),
        ("22–2", "02:00"),
        ("until three o'clock", "15:00"),
        ("until three o'clock", "03:00"),
        ("at 9", "09:00"),
        ("17h30", "17:30"),
        ("1700 hours", "17:00"),
        ("24x7", "00:00"),
        ("24x7", "24:00"),
        ("24 hours, Monday through Friday", "24:00"),
        ("around the clock", "00:00"),
    ],
)
def test_a_text_names_a_clock_time(text: str, clock: str) -> None:
    hour, minute = map(int, clock.split(":"))
    assert names_time(text, hour * 60 + minute)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("8:00 - 5:00", 17 * 60),
        ("17 hours", 17 * 60),
        ("5pm", 5 * 60),
        ("8 users", 480),
        ("7 days", 0),
        ("13 p.m.", 780),
    ],
)
def test_a_text_does_not_name_a_clock_time(text: str, minute: int) -> None:
    assert not names_time(text, minute)


def test_a_time_is_asked_for_like_a_number() -> None:
    assert names_number("5:30 p.m.", time(17, 30))
    assert not names_number("5:30 a.m.", time(17, 30))


@pytest.mark.parametrize(
    "text",
    ["2026-12-25", "25.12.2026", "12/25/2026", "December 25th, 2026", "25 December", "the 25th of Dec. 2026", "dec 25"],
)
def test_a_text_names_a_date(text: str) -> None:
    assert names_date(text, date(2026, 12, 25))
    assert not names_date(text, date(2026, 12, 24))
    assert not names_date(text, date(2026, 11, 25))


def test_a_date_of_another_year_is_another_date() -> None:
    assert not names_date("25 December 2025, 2025-12-25", date(2026, 12, 25))


def test_numbers_stand_where_they_are_written() -> None:
    text = "Within <b>thirty</b> (30)  days or <i>1</i> hour, not P1, not first-line."
    found = [(number.text, text[number.span.start : number.span.end], number.unit) for number in numbers_in(text)]
    assert found == [
        ("thirty", "thirty", "days"),
        ("30", "30", "days"),
        ("1", "1", "hours"),
        ("first", "first", None),
    ]


def test_what_can_be_read_in_two_ways_keeps_both() -> None:
    (number,) = numbers_in("15.30")
    assert (number.values, number.clocks) == ((Fraction(153, 10),), (930,))


def test_a_number_of_thousands_of_digits_is_no_value() -> None:
    (number,) = numbers_in("9" * 5000)
    assert number.values == ()


_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_ONES += ["sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{_ONES[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    return f"{in_words(number // 1000)} thousand" + (f" {in_words(number % 1000)}" if number % 1000 else "")


@given(st.integers(0, 999_999))
def test_every_number_is_named_by_its_digits_and_its_words(number: int) -> None:
    for written in (str(number), f"{number:,}", in_words(number), in_words(number).title()):
        assert names_number(f"within {written} hours", number, "hours")
        assert not names_number(f"within {written} hours", number + 1, "hours")


@given(st.times())
def test_every_time_is_named_by_both_clocks(moment: time) -> None:
    half = f"{moment.hour % 12 or 12}:{moment.minute:02} {'am' if moment.hour < 12 else 'p.m.'}"
    minute = moment.hour * 60 + moment.minute
    for written in (half, f"{moment:%H:%M}", f"{moment:%H.%M}"):
        assert names_time(f"open until {written}", minute)
        assert not names_time(f"open until {written}", (minute + 721) % 1440)


@given(st.one_of(texts(), st.text()))
def test_numbers_of_any_text_stand_in_order_and_apart(text: str) -> None:
    numbers = numbers_in(text)
    ends = [0, *(number.span.end for number in numbers)]
    for end, number in zip(ends, numbers, strict=False):
        assert end <= number.span.start < number.span.end <= len(text)
