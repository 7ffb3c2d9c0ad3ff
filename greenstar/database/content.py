"""What an assessment holds, as rows: answers, exemptions, notes, evidence, findings. Values are JSON texts."""
# ruff: noqa: S608 - names of tables and columns are those of this file

from collections.abc import Iterable
from typing import Any

from greenstar.database.connection import Database, Row

# Each of these tables holds one text for each key of an assessment.
_TEXTS = {
    "answer": ("question", "value"),
    "exemption": ("criterion", "reason"),
    "note": ("criterion", "text"),
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


_EVIDENCE = ("criterion", "file", "caption", "verified", "sha256", "bytes")
_FINDING = ("criterion", "severity", "text", "action", "due", "closed")


def evidence(database: Database, assessment: int) -> list[Row]:
    """The evidence of an assessment, in the order in which it was added."""
    return database.rows("SELECT * FROM evidence WHERE assessment = ? ORDER BY id", (assessment,))


def findings(database: Database, assessment: int) -> list[Row]:
    """The findings of an assessment, in the order in which they were added."""
    return database.rows("SELECT * FROM finding WHERE assessment = ? ORDER BY id", (assessment,))


def put_evidence(database: Database, assessment: int, rows: Iterable[Row], *, at: str, by: str) -> None:
    """Put these in the place of all evidence of an assessment."""
    database.execute("DELETE FROM evidence WHERE assessment = ?", (assessment,))
    database.write_many(
        "INSERT INTO evidence (assessment, criterion, file, caption, verified, sha256, bytes, at, by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(assessment, *_picked(row, _EVIDENCE), row.get("at", at), row.get("by", by)) for row in rows],
    )


def put_findings(database: Database, assessment: int, rows: Iterable[Row], *, at: str, by: str) -> None:
    """Put these in the place of all findings of an assessment."""
    database.execute("DELETE FROM finding WHERE assessment = ?", (assessment,))
    database.write_many(
        "INSERT INTO finding (assessment, criterion, severity, text, action, due, closed, found_at, by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(assessment, *_picked(row, _FINDING), row.get("found_at", at), row.get("by", by)) for row in rows],
    )


def _picked(row: Row, names: tuple[str, ...]) -> list[Any]:
    return [row[name] for name in names]
