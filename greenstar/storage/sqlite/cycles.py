"""The cycles: whatever visits were made in. A module of its own, as a ranking needs no more of visits than this."""
# ruff: noqa: D102 - the protocol says it; `override` would load typing_extensions, and a ranking waits for this module

from greenstar.storage.protocols.cycles import Cycles
from greenstar.storage.sqlite.connection import Database


class CycleTable(Cycles):
    """The cycles, from the table of assessments."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self) -> str | None:
        return self._database.text("SELECT max(cycle) FROM assessment")

    def all(self) -> list[str]:
        return self._cycles("SELECT DISTINCT cycle FROM assessment ORDER BY cycle DESC")

    def counting(self) -> list[str]:
        return self._cycles("SELECT DISTINCT cycle FROM visit WHERE counts ORDER BY cycle DESC")

    def _cycles(self, sql: str) -> list[str]:
        return [row["cycle"] for row in self._database.rows(sql)]
