"""Whether a database file is whole, and its tables, triggers and views are those that the migrations make."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from typing_extensions import override

from greenstar.resources import SCHEMA
from greenstar.storage.protocols.integrity import Integrity
from greenstar.storage.sqlite.connection import Database

_BUILT = """
    SELECT type || ' ' || name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name <> '_sqlite_migrations'
"""


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

    @override
    def loose_ends(self) -> Iterator[str]:
        rows = self._database.tuples("PRAGMA foreign_key_check")
        yield from sorted({table for table, *_ in rows})


@cache
def _wanted() -> dict[str, str]:
    """What the migrations make, by kind and name."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(SCHEMA.read_text(encoding="utf-8"))
        return dict(fresh.execute(_BUILT).fetchall())
