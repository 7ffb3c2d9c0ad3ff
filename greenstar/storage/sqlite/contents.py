"""What an assessment holds, as rows: answers, exemptions, notes, evidence, findings. Values are JSON texts."""
# ruff: noqa: S608 - names of tables and columns are those of this file

from collections.abc import Iterable

from greenstar.storage.sqlite.connection import Database, Row

# Each of these tables holds one text for each key of an assessment.
_TEXTS = {
    "answer": ("question", "value"),
    "exemption": ("criterion", "reason"),
    "note": ("criterion", "text"),
    "flag": ("criterion", "text"),
}


def _sql(table: str) -> tuple[str, str, str, str]:
    key, value = _TEXTS[table]
    return (
        f"SELECT {value} FROM {table} WHERE assessment = ? AND {key} = ?",
        f"""
            INSERT INTO {table} (assessment, {key}, {value}, at, by) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (assessment, {key})
            DO UPDATE SET {value} = excluded.{value}, at = excluded.at, by = excluded.by
        """,
        f"DELETE FROM {table} WHERE assessment = ? AND {key} = ?",
        f"SELECT {key} AS key, {value} AS value, at, by FROM {table} WHERE assessment = ? ORDER BY {key}",
    )


_GET, _PUT, _DROP, _ALL = ({table: _sql(table)[index] for table in _TEXTS} for index in range(4))


def get(database: Database, table: str, assessment: int, key: str) -> str | None:
    """The text at a key, or None."""
    found: str | None = database.value(_GET[table], (assessment, key))
    return found


def put(database: Database, table: str, assessment: int, key: str, value: str | None, *, at: str, by: str) -> None:
    """Keep a text at a key; None removes it."""
    if value is None:
        database.execute(_DROP[table], (assessment, key))
    else:
        database.execute(_PUT[table], (assessment, key, value, at, by))


def put_all(database: Database, table: str, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
    """Keep many: (assessment, key, value, at, by) each."""
    database.write_many(_PUT[table], rows)


def texts(database: Database, table: str, assessment: int) -> dict[str, str]:
    """All texts of an assessment, by key."""
    return {row["key"]: row["value"] for row in database.rows(_ALL[table], (assessment,))}


def full(database: Database, table: str, assessment: int) -> list[Row]:
    """All rows of an assessment: `key, value, at, by`."""
    return database.rows(_ALL[table], (assessment,))


# Each of these tables holds a list of entries for each criterion, in the order in which they were added.
_ENTRIES = {
    "evidence": ("criterion", "file", "caption", "verified", "sha256", "bytes", "taken_at", "at", "by"),
    "finding": ("criterion", "severity", "text", "action", "due", "closed", "found_at", "by"),
}
_SINCE = {"evidence": "at", "finding": "found_at"}


def entries(database: Database, table: str, assessment: int, criterion: str | None = None) -> list[Row]:
    """The evidence or findings of an assessment, or of one criterion of it."""
    sql = f"SELECT {', '.join(_ENTRIES[table])} FROM {table} WHERE assessment = ?"
    if criterion is None:
        return database.rows(f"{sql} ORDER BY id", (assessment,))
    return database.rows(f"{sql} AND criterion = ? ORDER BY id", (assessment, criterion))


def put_entries(
    database: Database,
    table: str,
    assessment: int,
    rows: Iterable[Row],
    *,
    criterion: str | None = None,
    at: str,
    by: str,
) -> None:
    """Put these in the place of all evidence or findings of an assessment, or of one criterion of it.

    An entry that does not say when and by whom it was added is added now.
    """
    if criterion is None:
        database.execute(f"DELETE FROM {table} WHERE assessment = ?", (assessment,))
    else:
        database.execute(f"DELETE FROM {table} WHERE assessment = ? AND criterion = ?", (assessment, criterion))
    columns, now = _ENTRIES[table], {_SINCE[table]: at, "by": by, "taken_at": ""}
    database.write_many(
        f"INSERT INTO {table} (assessment, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})",
        [(assessment, *({**now, **row}[name] for name in columns)) for row in rows],
    )
