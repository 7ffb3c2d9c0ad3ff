"""Certificates: the number of the next one, and its last day."""

import calendar
from datetime import date, timedelta

from greenstar.scheme.model import Scheme
from greenstar.storage.protocols.storage import Storage


def next_certificate(storage: Storage, year: str) -> str:
    """The number of the next certificate of a year, such as GS-2026-0042."""
    start = f"GS-{year}-"
    last = storage.assessments.last_certificate(start)
    number = int(last.removeprefix(start)) + 1 if last else 1
    return f"{start}{number:04}"


def last_day_of_certificate(scheme: Scheme, first: date) -> date | None:
    """The day before `first`, the scheme's `valid_months` later; None: it has no end.

    Where that month has no such day, its last day.
    """
    months = scheme.document.valid_months
    if months is None:
        return None
    later = months_later(first, months)
    return later if later.day != first.day else later - timedelta(days=1)


def months_later(first: date, months: int) -> date:
    """The same day so many months later; where that month has no such day, its last day."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    days = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, days))
