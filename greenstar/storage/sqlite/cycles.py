"""The cycles: whatever visits were made in. A module of its own, as a ranking needs no more of visits than this."""

from greenstar.storage.sqlite.connection import Database


def latest(database: Database) -> str | None:
    """The latest cycle, or None before the first visit."""
    found: str | None = database.value("SELECT max(cycle) FROM assessment")
    return found


def listed(database: Database) -> list[str]:
    """All of them, the latest first."""
    return [row["cycle"] for row in database.rows("SELECT DISTINCT cycle FROM assessment ORDER BY cycle DESC")]
