"""Certificates: their numbers, and their last days."""

import calendar
from datetime import date, timedelta

from greenstar.scheme.model import Scheme
from greenstar.storage.protocols.storage import Storage

_LEAST_SIGNS = 8


def certificate_number(storage: Storage, year: str, seal: str) -> str:
    """The number of a certificate of a year for what was sealed, such as GS-2026-3fa9c1d2: so begins its seal.

    No two seals are alike; where two begin alike, the later number has more of it.
    """
    numbers = (f"GS-{year}-{seal[:signs]}" for signs in range(_LEAST_SIGNS, len(seal) + 1))
    return next(number for number in numbers if not storage.assessments.has_certificate(number))


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
