"""The cycles: whatever visits were made in. A module of its own, as a ranking needs no more of visits than this."""
# ruff: noqa: D102 - the protocol says it; `override` would load typing_extensions, and a ranking waits for this module

from greenstar.assessment.cycles import cycle_key
from greenstar.storage.protocols.cycles import Cycles
from greenstar.storage.sqlite.connection import Database

# Where one cycle has two spellings, the first to be used comes first.
_ALL = "SELECT cycle FROM {} GROUP BY cycle_key, cycle ORDER BY cycle_key DESC, cycle"
# The first visit tells, mostly: there may be thousands in a cycle.
_CALLED = """
    SELECT coalesce((SELECT cycle FROM assessment WHERE cycle_key = ?1 AND cycle = ?2 LIMIT 1),
        (SELECT cycle FROM assessment WHERE cycle_key = ?1 ORDER BY id LIMIT 1))
"""


class CycleTable(Cycles):
    """The cycles, from the table of assessments."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self) -> str | None:
        return self._database.text(
            "SELECT cycle FROM assessment WHERE kind = 'visit' AND cycle_key = "
            "(SELECT max(cycle_key) FROM assessment WHERE kind = 'visit') ORDER BY id LIMIT 1"
        )

    def called(self, cycle: str, *, spelt: str) -> str | None:
        return self._database.text(_CALLED, (cycle_key(cycle), spelt))

    def all(self) -> list[str]:
        return self._cycles(_ALL.format("assessment WHERE kind = 'visit'"))

    def counting(self) -> list[str]:
        return self._cycles(_ALL.format("visit WHERE counts"))

    def _cycles(self, sql: str) -> list[str]:
        return [row["cycle"] for row in self._database.rows(sql)]
