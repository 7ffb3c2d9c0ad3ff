"""Bringing a database's tables up to date: each numbered file of `db/migrations` once, in order, whole or not at all.

sqlite-utils' migrations record which ones were applied; the version of a database is how many. Their own transaction
begins as a reader; here one writer's transaction is held around all of them, so that two programs starting together do
not run the same file twice.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from greenstar.storage.sqlite.tables import Migrations, Tables

SET = "greenstar"
APPLICATION_ID = 1196651634  # "GStr"; in the file's header, so that nobody else's database is taken for ours


def migration_files(folder: Path) -> list[Path]:
    """The migrations, in the order in which they apply."""
    files = {file.name: file for file in folder.iterdir()}
    return [files[name] for name in sorted(files) if name[0].isdigit() and name.endswith(".sql")]


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one at a time; a trigger with its inner statements is one."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    assert not pending.strip(), "the last statement of a migration has no end"


def version_of(tables: Tables) -> int:
    """How many migrations made this database; 0 for an empty one."""
    (recorded,) = tables.execute(
        "SELECT count(*) FROM sqlite_master WHERE name = ?", (Migrations.migrations_table,)
    ).fetchone()
    if not recorded:
        return 0
    sql = f"SELECT count(*) FROM {Migrations.migrations_table} WHERE migration_set = ?"  # noqa: S608 - the library's
    (version,) = tables.execute(sql, (SET,)).fetchone()
    return int(version)


def migrate(tables: Tables, files: list[Path], put_aside: Callable[[int], Path | None] = lambda _: None) -> None:
    """Apply what is still to be applied, in one transaction with its record. Foreign keys must be off.

    `put_aside` keeps a copy of a database of the version that it is given, before anything is changed; where the
    migration fails, the copy is removed, as everything is what it was.
    """
    from greenstar.storage.sqlite.functions import register  # noqa: PLC0415 - reads schemes: slow to import, seldom needed

    register(tables.conn)
    migrations = Migrations(SET)
    for file in files:
        migrations(name=file.stem)(_Script(file))
    copy: Path | None = None
    tables.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(tables)  # read in the writer's place: whoever had it before may have done all this
        if 0 < version < len(files):
            copy = put_aside(version)
        migrations.apply(tables)
        # Never read here: by it programs up to 0.2 know that a database is newer than they are.
        tables.execute(f"PRAGMA user_version = {len(files)}")
        tables.execute("COMMIT")
    except BaseException:
        tables.rollback()
        if copy is not None:
            with suppress(OSError):
                copy.unlink()
        raise


class _Script:
    """One file as the function that sqlite-utils' migrations call."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.__name__ = file.stem

    def __call__(self, tables: Tables, /) -> None:
        # executescript would commit by itself and could leave half a migration behind.
        for statement in statements(self.file.read_text(encoding="utf-8")):
            tables.execute(statement)
