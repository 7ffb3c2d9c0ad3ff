"""How a database is: all that can be said of its file, without changing anything in it."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from greenstar.errors import GreenStarError
from greenstar.resources import MIGRATIONS
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.protocols.evidence import Keeping
from greenstar.storage.protocols.examination import EvidenceExamined, Examined
from greenstar.storage.sqlite.companions import log_of
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.copying import Named, named_in, reading_any_version
from greenstar.storage.sqlite.events import EventTable
from greenstar.storage.sqlite.migrations import migration_files, version_of
from greenstar.text import clean_line

_SMALL = 64 << 20  # bytes of a database whose indices are looked at in a fraction of a second
_MOST_PROBLEMS = 5  # of a damaged file that are told


def examine(path: Path, *, full: bool, progress: Callable[[int, int], object]) -> Examined | None:
    """The database at `path`, with its evidence; None: there is none.

    `full`: all bytes of it all. `progress` is told how many bytes of evidence of how many are read.
    """
    if not path.exists():
        return None
    log = log_of(path)
    examined = Examined(path.stat().st_size, log.stat().st_size if log.exists() else 0)
    try:
        with reading_any_version(path) as (tables, is_copy_in_use):
            examined.is_copy_in_use = is_copy_in_use
            examined.versions = (version_of(tables), len(migration_files(MIGRATIONS)))
            examined.with_indices = full or examined.size <= _SMALL
            examined.problems = _problems(tables.conn, full=examined.with_indices)
            examined.dangling = len(tables.execute("PRAGMA foreign_key_check").fetchall())
            named = list(named_in(tables.conn))
        examined.evidence = _evidence(EvidenceStore(path), named, full=full, progress=progress)
        if examined.versions[0] == examined.versions[1] and not examined.problems:
            _read_journal(path, examined)
    except GreenStarError as error:
        examined.trouble = error.message
    except sqlite3.Error as error:
        examined.problems = [*(examined.problems or []), str(error)]
    return examined


def _problems(connection: sqlite3.Connection, *, full: bool) -> list[str]:
    check = "integrity_check" if full else "quick_check"
    try:
        rows = connection.execute(f"PRAGMA {check}({_MOST_PROBLEMS})").fetchall()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [line for (text,) in rows for line in str(text).splitlines() if text != "ok"][:_MOST_PROBLEMS]


def _read_journal(path: Path, examined: Examined) -> None:
    database = Database.open(path, write=False)
    try:
        examined.newest = database.text("SELECT max(at) FROM event") or ""
        number = EventTable(database).first_broken()
        examined.journal = number is None
        examined.broken = "" if number is None else str(number)
    finally:
        database.close()


def _evidence(
    store: EvidenceStore, named: Sequence[Named], *, full: bool, progress: Callable[[int, int], object]
) -> EvidenceExamined:
    missing, damaged, done, size = [], [], 0, sum(each.bytes for each in named)
    for each in named:
        keeping = store.keeping(each.sha256, each.bytes)
        if keeping is Keeping.GONE:
            missing.append(clean_line(each.name))
        elif keeping is Keeping.DAMAGED or (full and not store.is_whole(each.sha256)):
            damaged.append(clean_line(each.name))
        done += each.bytes
        progress(done, size)
    unnamed = {sha256 for sha256, _ in store.kept()} - {each.sha256 for each in named}
    return EvidenceExamined(len(named), size, missing, damaged, len(unnamed))
