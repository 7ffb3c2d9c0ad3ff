"""Schemes as rows: by the hash of their canonical JSON."""

from greenstar.storage.sqlite.connection import Database, Row


def keep(database: Database, row: Row) -> None:
    """Keep a scheme; nothing happens where it is kept already."""
    database.execute(
        "INSERT INTO scheme (sha256, name, version, summary, canonical, added_at) "
        "VALUES (:sha256, :name, :version, :summary, :canonical, :added_at) ON CONFLICT (sha256) DO NOTHING",
        row,
    )


def canonical_of(database: Database, sha256: str) -> str | None:
    """The canonical JSON with that hash, or None."""
    found: str | None = database.value("SELECT canonical FROM scheme WHERE sha256 = ?", (sha256,))
    return found


def listed(database: Database) -> list[Row]:
    """Every scheme without its text, the oldest first."""
    return database.rows("SELECT sha256, name, version, summary, added_at FROM scheme ORDER BY added_at, rowid")


def one(database: Database, sha256: str) -> Row | None:
    """One scheme without its text."""
    return database.row("SELECT sha256, name, version, summary, added_at FROM scheme WHERE sha256 = ?", (sha256,))
