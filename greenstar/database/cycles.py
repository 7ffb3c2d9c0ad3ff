"""The cycles: whatever visits were made in. A module of its own, as a ranking needs no more of visits than this."""

from greenstar.database.connection import Database


def latest(database: Database) -> str | None:
    """The latest cycle, or None before the first visit."""
    found: str | None = database.value("SELECT max(cycle) FROM assessment")
    return found
