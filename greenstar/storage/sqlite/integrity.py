"""Whether a database file is whole, and its tables, triggers and views are those that the migrations make."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from typing_extensions import override

from greenstar.assessment.cycles import cycle_key
from greenstar.resources import MIGRATIONS, SCHEMA
from greenstar.storage.protocols.integrity import Integrity
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.migrations import migration_files

_BUILT = """
    SELECT type || ' ' || name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND typeof(name) = 'text' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND tbl_name <> '_sqlite_migrations'
"""
_APPLIED = "SELECT name, applied_at FROM _sqlite_migrations"
# What the program reads of a table and no hash covers: a row means that it is otherwise than the events say.
_OTHERWISE = {
    "event": """
        SELECT 1 FROM event LEFT JOIN assessment ON assessment.id = event.assessment
        WHERE event.version <> 2 OR (event.chain LIKE 'visit:%' AND event.chain IS NOT
            'visit:' || coalesce(assessment.shared, assessment.ulid))
    """,
    "assessment": """
        SELECT 1 FROM assessment
        WHERE (
            (decided_at IS NOT NULL AND decided_at NOT IN (SELECT at FROM event WHERE kind = 'decided'))
            OR (withdrawn_at IS NOT NULL AND withdrawn_at NOT IN (SELECT at FROM event WHERE kind = 'withdrawn'))
        )
        AND EXISTS (SELECT 1 FROM event WHERE event.chain = 'visit:' || coalesce(assessment.shared, assessment.ulid))
    """,
    "identity": """
        SELECT 1 FROM identity
        WHERE EXISTS (SELECT 1 FROM head WHERE chain LIKE 'database:%')
        AND NOT EXISTS (SELECT 1 FROM event WHERE "database" = identity.ulid)
    """,
    "signature": """
        SELECT 1 FROM signature WHERE document NOT IN (SELECT sha256 FROM statement)
        AND document NOT IN (SELECT seal FROM assessment WHERE seal IS NOT NULL)
    """,
}
_CYCLES = "SELECT cycle, cycle_key FROM closing UNION SELECT cycle, cycle_key FROM assessment"


class FileIntegrity(Integrity):
    """Asks SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def damage(self) -> Iterator[str]:
        for (line,) in self._database.tuples("PRAGMA integrity_check(20)"):
            if line != "ok":
                yield line

    @override
    def strangers(self) -> Iterator[str]:
        wanted, built = _wanted(), dict(self._database.tuples(_BUILT))
        yield from sorted(name for name in {**wanted, **built} if wanted.get(name) != built.get(name))
        if [name for name, _ in self._database.tuples(_APPLIED)] != [file.stem for file in migration_files(MIGRATIONS)]:
            yield "table _sqlite_migrations"

    @override
    def loose_ends(self) -> Iterator[str]:
        rows = self._database.tuples("PRAGMA foreign_key_check")
        yield from sorted({table for table, *_ in rows})

    @override
    def without_events(self) -> Iterator[str]:
        for table, sql in _OTHERWISE.items():
            if self._database.value(f"{sql} LIMIT 1") is not None:
                yield table
        if any(cycle_key(cycle) != key for cycle, key in self._database.tuples(_CYCLES)):
            yield "cycle_key"


@cache
def _wanted() -> dict[str, str]:
    """What the migrations make, by kind and name."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(SCHEMA.read_text(encoding="utf-8"))
        return dict(fresh.execute(_BUILT).fetchall())
