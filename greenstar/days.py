"""Days as people type them: 2026-12-20, 2026/12/20, 2026年12月20日, 12月20号, 20 Dec, and in digits of full width."""

import re
import unicodedata
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = f"(?P<name>{'|'.join(_MONTHS)})[a-z]*\\.?"
_DAY = r"(?P<day>\d{1,2})"
_WRITTEN = [
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"(?P<year>\d{{4}})\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*{_DAY}\s*[日号]?",
        rf"(?P<month>\d{{1,2}})\s*月\s*{_DAY}\s*[日号]?",
        rf"{_DAY}\.?\s*{_MONTH}(?:,?\s*(?P<year>\d{{4}}))?",
        rf"{_MONTH}\s*{_DAY}(?:,?\s+(?P<year>\d{{4}}))?",
    )
]
_LEAP = 8  # years at most until there is a 29 February again


def read_day(text: str, today: date | None, *, ahead: bool | None = None) -> date | None:
    """The day that a text names; None: it names none.

    Without a year it is the next such day from today on (`ahead`), the last until today (not `ahead`), else the
    nearest; where no `today` is given it is none.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    match = next((match for pattern in _WRITTEN if (match := pattern.fullmatch(plain))), None)
    if match is None:
        return None
    parts = match.groupdict()
    name = parts.get("name")
    month = int(parts["month"]) if name is None else _MONTHS.index(name.lower()) + 1
    day, year = int(parts["day"]), parts.get("year")
    if year is not None:
        return _day_of(int(year), month, day)
    if today is None:
        return None
    years = range(today.year - _LEAP, today.year + _LEAP + 1)
    days = [candidate for number in years if (candidate := _day_of(number, month, day))]
    if ahead is not None:
        days = [candidate for candidate in days if (candidate >= today if ahead else candidate <= today)]
    return min(days, key=lambda candidate: abs(candidate - today), default=None)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
