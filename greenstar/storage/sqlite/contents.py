"""What an assessment holds, as rows: answers, exemptions, notes, evidence, findings. Values are JSON texts."""
# ruff: noqa: S608 - names of tables and columns are those of this file

from collections.abc import Iterable

from typing_extensions import override

from greenstar.storage.protocols import Row
from greenstar.storage.protocols.contents import Contents
from greenstar.storage.sqlite.connection import Database

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


# Each of these tables holds a list of entries for each criterion, in the order in which they were added.
_ENTRIES = {
    "evidence": ("criterion", "file", "caption", "verified", "sha256", "bytes", "taken_at", "at", "by"),
    "finding": ("criterion", "severity", "text", "action", "due", "closed", "found_at", "by"),
}
_SINCE = {"evidence": "at", "finding": "found_at"}


class ContentTables(Contents):
    """The tables of answers, exemptions, notes, flags, evidence and findings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def get(self, table: str, assessment: int, key: str) -> str | None:
        return self._database.text(_GET[table], (assessment, key))

    @override
    def put(self, table: str, assessment: int, key: str, value: str | None, *, at: str, by: str) -> None:
        if value is None:
            self._database.execute(_DROP[table], (assessment, key))
        else:
            self._database.execute(_PUT[table], (assessment, key, value, at, by))

    @override
    def put_all(self, table: str, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
        self._database.write_many(_PUT[table], rows)

    @override
    def texts(self, table: str, assessment: int) -> dict[str, str]:
        return {row["key"]: row["value"] for row in self._database.rows(_ALL[table], (assessment,))}

    @override
    def full(self, table: str, assessment: int) -> list[Row]:
        return self._database.rows(_ALL[table], (assessment,))

    @override
    def entries(self, table: str, assessment: int, criterion: str | None = None) -> list[Row]:
        sql = f"SELECT {', '.join(_ENTRIES[table])} FROM {table} WHERE assessment = ?"
        if criterion is None:
            return self._database.rows(f"{sql} ORDER BY id", (assessment,))
        return self._database.rows(f"{sql} AND criterion = ? ORDER BY id", (assessment, criterion))

    @override
    def put_entries(
        self,
        table: str,
        assessment: int,
        rows: Iterable[Row],
        *,
        criterion: str | None = None,
        at: str,
        by: str,
    ) -> None:
        if criterion is None:
            self._database.execute(f"DELETE FROM {table} WHERE assessment = ?", (assessment,))
        else:
            self._database.execute(
                f"DELETE FROM {table} WHERE assessment = ? AND criterion = ?", (assessment, criterion)
            )
        columns, now = _ENTRIES[table], {_SINCE[table]: at, "by": by, "taken_at": ""}
        self._database.write_many(
            f"INSERT INTO {table} (assessment, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})",
            [(assessment, *({**now, **row}[name] for name in columns)) for row in rows],
        )
