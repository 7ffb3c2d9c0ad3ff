"""Schemes as rows: by the hash of their canonical JSON."""

from typing_extensions import override

from greenstar.storage.protocols import Row
from greenstar.storage.protocols.schemes import Schemes
from greenstar.storage.sqlite.connection import Database


class SchemeTable(Schemes):
    """The table of schemes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def keep(self, row: Row) -> None:
        self._database.execute(
            "INSERT INTO scheme (sha256, name, version, summary, canonical, added_at) "
            "VALUES (:sha256, :name, :version, :summary, :canonical, :added_at) ON CONFLICT (sha256) DO NOTHING",
            row,
        )

    @override
    def canonical_of(self, sha256: str) -> str | None:
        return self._database.text("SELECT canonical FROM scheme WHERE sha256 = ?", (sha256,))

    @override
    def all(self) -> list[Row]:
        return self._database.rows(
            "SELECT sha256, name, version, summary, added_at FROM scheme ORDER BY added_at, rowid"
        )

    @override
    def get(self, sha256: str) -> Row | None:
        return self._database.row(
            "SELECT sha256, name, version, summary, added_at FROM scheme WHERE sha256 = ?", (sha256,)
        )
