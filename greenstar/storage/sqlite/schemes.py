"""Schemes as rows."""
# ruff: noqa: D102 - the protocol says it; `override` would load typing_extensions, and a ranking waits for this module

from greenstar.storage.protocols.schemes import SchemeRow, Schemes, VisitCount
from greenstar.storage.sqlite.connection import Database

_SELECT = "SELECT sha256, name, version, summary, added_at, rules, edition FROM scheme"


class SchemeTable(Schemes):
    """The table of schemes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, scheme: SchemeRow, canonical: str) -> None:
        self._database.execute(
            "INSERT INTO scheme (sha256, name, version, summary, added_at, rules, edition, canonical) "
            "VALUES (:sha256, :name, :version, :summary, :added_at, :rules, :edition, :canonical) "
            "ON CONFLICT (sha256) DO NOTHING",
            {**vars(scheme), "canonical": canonical},
        )

    def canonical_of(self, sha256: str) -> str | None:
        return self._database.text("SELECT canonical FROM scheme WHERE sha256 = ?", (sha256,))

    def all(self) -> list[SchemeRow]:
        return [SchemeRow(**row) for row in self._database.rows(f"{_SELECT} ORDER BY added_at, rowid")]

    def get(self, sha256: str) -> SchemeRow | None:
        row = self._database.row(f"{_SELECT} WHERE sha256 = ?", (sha256,))
        return None if row is None else SchemeRow(**row)

    def visits(self) -> list[VisitCount]:
        sql = """
            SELECT scheme.rules, visit.cycle, visit.status, count(*) AS count
            FROM visit JOIN scheme ON scheme.sha256 = visit.scheme
            WHERE visit.newest_of_rules AND visit.kind = 'visit'
            GROUP BY scheme.rules, visit.cycle_key, visit.cycle, visit.status
            ORDER BY visit.cycle_key DESC, visit.cycle, visit.status
        """
        return [VisitCount(**row) for row in self._database.rows(sql)]
