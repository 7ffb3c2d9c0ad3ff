"""Times as records keep them: UTC, `2026-05-12T09:30:00.000Z`; as texts they sort in their order. Days are local."""

from datetime import UTC, date, datetime


def written_time(at: datetime) -> str:
    """A time as text."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_time(text: str) -> datetime:
    """The time that `written_time` wrote. ValueError: the text is none."""
    return datetime.fromisoformat(text)


def is_time(text: str) -> bool:
    """Whether a text is a time as `written_time` writes it."""
    try:
        return written_time(read_time(text)) == text
    except (ValueError, OverflowError):
        return False


def read_day_kept(text: str | None) -> date | None:
    """A day that is kept as 2026-05-12; None: there is none."""
    return date.fromisoformat(text) if text else None


def local_day(text: str) -> date:
    """The day on which people here were at the time that `written_time` wrote."""
    return read_time(text).astimezone().date()


def local_minute(at: datetime) -> str:
    """A time as clocks show it here, to the minute: 2026-05-12 17:30."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
