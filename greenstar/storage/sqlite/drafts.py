"""Half-typed text as rows: of a visit's fields, or (assessment None) of a store's facts.

What the disk would not take waits in memory; it is read as if it were there.
"""

from greenstar.errors import StorageError
from greenstar.storage.sqlite.connection import Database

_WHERE = "store = ? AND assessment IS ? AND field = ?"


def put(database: Database, store: str, assessment: int | None, field: str, text: str | None, *, at: str) -> None:
    """Keep what is typed in a field; None forgets it."""
    place = (store, assessment, field)
    with database.transaction():
        database.execute(f"DELETE FROM draft WHERE {_WHERE}", place)  # noqa: S608 - a constant
        if text is not None:
            database.execute(
                "INSERT INTO draft (store, assessment, field, text, at) VALUES (?, ?, ?, ?, ?)", (*place, text, at)
            )
        database.afterwards(lambda: database.waiting.pop(place, None))


def put_or_wait(
    database: Database, store: str, assessment: int | None, field: str, text: str | None, *, at: str
) -> None:
    """Keep what is typed in a field, and all that waits. StorageError: the disk would not, and it waits as well."""
    place = (store, assessment, field)
    try:
        put(database, *place, text, at=at)
    except StorageError:
        database.waiting.pop(place, None)
        if text is not None:
            database.waiting[place] = text
        raise
    for other, waiting in list(database.waiting.items()):
        put(database, *other, waiting, at=at)


def texts(database: Database, store: str, assessment: int | None) -> dict[str, str]:
    """All half-typed texts of a visit, or of a store's facts, by field."""
    rows = database.rows("SELECT field, text FROM draft WHERE store = ? AND assessment IS ?", (store, assessment))
    waiting = {place[2]: text for place, text in database.waiting.items() if place[:2] == (store, assessment)}
    return {row["field"]: row["text"] for row in rows} | waiting
