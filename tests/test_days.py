"""Days as people type them."""

from datetime import date

from greenstar.days import read_day
from tests.rows import rows

TODAY = date(2026, 11, 28)
DECEMBER = date(2026, 12, 20)


WITH_ITS_YEAR = ["2026-12-20", "2026/12/20", "2026.12.20", "2026年12月20日", "2026年12月20号", "２０２６年１２月２０日"]
WITHOUT = ["12月20日", "12月20号", "１２月２０日", " 12月20 ", "20 Dec", "20. december", "Dec 20"]


@rows("text", [*WITH_ITS_YEAR, *WITHOUT, "２０２６－１２－２０", "20 Dec 2026", "December 20, 2026"])
def test_a_day_is_read_however_people_write_it(text: str) -> None:
    assert read_day(text, TODAY, ahead=True) == DECEMBER


@rows(
    ("text", "ahead", "day"),
    [
        ("12月20日", True, date(2026, 12, 20)),
        ("12月20日", False, date(2025, 12, 20)),
        ("12月20日", None, date(2026, 12, 20)),
        ("3 Jan", True, date(2027, 1, 3)),
        ("3 Jan", False, date(2026, 1, 3)),
        ("3 Jan", None, date(2027, 1, 3)),
        ("28 Nov", True, TODAY),
        ("28 Nov", False, TODAY),
        ("2月29日", True, date(2028, 2, 29)),
        ("2024年12月20日", True, date(2024, 12, 20)),
    ],
)
def test_a_day_without_a_year_lies_where_such_days_lie(text: str, ahead: bool | None, day: date) -> None:
    assert read_day(text, TODAY, ahead=ahead) == day


@rows("text", ["", "2026-02-30", "31 Feb", "20 Dez", "12/20", "20.12.2026", "12月", "13月1日", "0000-01-01"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text, TODAY) is None


def test_where_no_day_is_today_a_day_needs_its_year() -> None:
    assert read_day("12月20日", None) is None
    assert read_day("2026年12月20号", None) == DECEMBER
