"""Whether a database file is whole, and its tables, triggers and views are those that the migrations make."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import cache, partial
from pathlib import Path

from typing_extensions import override

from greenstar.assessment.cycles import cycle_key
from greenstar.resources import MIGRATIONS, SCHEMA
from greenstar.storage.protocols.integrity import Integrity
from greenstar.storage.sqlite.connecting import connect
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.error_messages import Translated
from greenstar.storage.sqlite.migrations import migration_files
from greenstar.text import folded

_BUILT = """
    SELECT type || ' ' || name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND typeof(type) = 'text' AND typeof(name) = 'text' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND tbl_name <> '_sqlite_migrations'
"""
_APPLIED = "SELECT name, applied_at FROM _sqlite_migrations"
# What the program reads of a table and no hash covers: a row means that it is otherwise than the events say.
_OTHERWISE = {
    "event": """
        SELECT 1 FROM event LEFT JOIN assessment ON assessment.id = event.assessment
        WHERE event.version <> 2 OR (event.chain LIKE 'visit:%' AND event.chain IS NOT
            'visit:' || coalesce(assessment.shared, assessment.ulid))
        OR (event.store <> assessment.store AND event.chain LIKE 'visit:%')
    """,
    "assessment": """
        SELECT 1 FROM assessment
        WHERE (
            (decided_at IS NOT NULL AND decided_at NOT IN (SELECT at FROM event WHERE kind = 'decided'))
            OR (withdrawn_at IS NOT NULL AND withdrawn_at NOT IN (SELECT at FROM event WHERE kind = 'withdrawn'))
            OR (status = 'decided' AND decided_at IS NULL)
            OR (status = 'withdrawn' AND withdrawn_at IS NULL)
            OR started_at NOT IN (
                SELECT at FROM event WHERE event.chain = 'visit:' || coalesce(assessment.shared, assessment.ulid)
            )
            OR (status <> 'draft' AND changed_at NOT IN (
                SELECT at FROM event WHERE event.chain = 'visit:' || coalesce(assessment.shared, assessment.ulid)
            ))
        )
        AND EXISTS (SELECT 1 FROM event WHERE event.chain = 'visit:' || coalesce(assessment.shared, assessment.ulid))
    """,
    "store": """
        SELECT 1 FROM store
        WHERE added_at NOT IN (SELECT at FROM event WHERE event.chain = 'store:' || store.code)
        AND EXISTS (SELECT 1 FROM head WHERE head.chain = 'store:' || store.code)
    """,
    "identity": """
        SELECT 1 FROM identity
        WHERE EXISTS (SELECT 1 FROM event)
        AND NOT EXISTS (SELECT 1 FROM head WHERE chain = 'database:' || identity.ulid)
    """,
    # When something came into this very file no event says; it is a time all the same.
    "scheme": "SELECT 1 FROM scheme WHERE added_at IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', added_at)",
    "scorecard": """
        SELECT 1 FROM scorecard JOIN assessment ON assessment.id = scorecard.assessment
        WHERE scorecard.cycle <> assessment.cycle OR scorecard.at IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', scorecard.at)
    """,
    "draft": "SELECT 1 FROM draft WHERE at IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', at)",
    "signature": """
        SELECT 1 FROM signature WHERE document NOT IN (SELECT sha256 FROM statement)
        AND document NOT IN (SELECT seal FROM assessment WHERE seal IS NOT NULL)
    """,
}
_CYCLES = "SELECT cycle, cycle_key FROM closing UNION SELECT cycle, cycle_key FROM assessment"


def _damage(connection: sqlite3.Connection, path: Path) -> list[str]:
    with Translated(path):
        return [line for (line,) in connection.execute("PRAGMA integrity_check(20)") if line != "ok"]


class FileIntegrity(Integrity):
    """Asks SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    @contextmanager
    def damage_sought(self) -> Iterator[Callable[[], Sequence[str]]]:
        """On a thread and a connection of its own: SQLite reads every page there without waiting for Python."""
        path = self._database.path
        with closing(connect(path, write=False, any_thread=True).conn) as connection, ThreadPoolExecutor(1) as thread:
            damage: Callable[[], Sequence[str]] = partial(_damage, connection, path)
            with suppress(RuntimeError):  # the system allows no further thread: it is sought when asked for, here
                damage = thread.submit(damage).result
            try:
                yield damage
            finally:
                connection.interrupt()  # whoever leaves early does not wait for it

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
        if any(folded(code) != key for code, key in self._database.tuples("SELECT code, folded FROM store")):
            yield "folded"


@cache
def _wanted() -> dict[str, str]:
    """What the migrations make, by kind and name."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(SCHEMA.read_text(encoding="utf-8"))
        return dict(fresh.execute(_BUILT).fetchall())
