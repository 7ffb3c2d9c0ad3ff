"""Half-typed text as rows: of a visit's fields, or (assessment None) of a store's facts."""

from greenstar.database.connection import Database

_WHERE = "store = ? AND assessment IS ? AND field = ?"


def put(database: Database, store: str, assessment: int | None, field: str, text: str | None, *, at: str) -> None:
    """Keep what is typed in a field; None forgets it."""
    with database.transaction():
        database.execute(f"DELETE FROM draft WHERE {_WHERE}", (store, assessment, field))  # noqa: S608 - a constant
        if text is not None:
            database.execute(
                "INSERT INTO draft (store, assessment, field, text, at) VALUES (?, ?, ?, ?, ?)",
                (store, assessment, field, text, at),
            )


def texts(database: Database, store: str, assessment: int | None) -> dict[str, str]:
    """All half-typed texts of a visit, or of a store's facts, by field."""
    rows = database.rows("SELECT field, text FROM draft WHERE store = ? AND assessment IS ?", (store, assessment))
    return {row["field"]: row["text"] for row in rows}
