"""A database made anew in the place of an earlier one: under another name first, and put in place once it is filled."""

import json
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from greenstar.errors import BadInput, StorageError, reason_of
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.folders import MADE_ANEW, make_private_folder
from greenstar.storage.sqlite.companions import beside, log_of
from greenstar.storage.sqlite.connecting import peek
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.storage import SqliteStorage


@contextmanager
def replacement(path: Path, first_event: str, made_by: Sequence[str] | None) -> Iterator[SqliteStorage]:
    """A new database to be filled, which afterwards lies at `path`.

    BadInput: there is one at `path` whose first event is not of the kind `first_event`, or, with `made_by`, in which
    anybody else recorded something. StorageError: it is in use.
    """
    new = path.with_name(f"{path.name}{MADE_ANEW}")
    try:
        make_private_folder(path.parent)
        _check_replaceable(path, first_event, made_by)
        for leftover in (new, *beside(new)):  # of one that was stopped
            leftover.unlink(missing_ok=True)
    except OSError as error:
        technical = reason_of(error)
        raise StorageError("storage.no_home", folder=str(path.parent), technical=technical) from error
    database = Database.open(new, durable=False)
    try:
        storage = SqliteStorage(database)
        storage.evidence = EvidenceStore(path)  # at its final place from the start: files are known by what they hold
        yield storage
        database.settle()
    finally:
        database.close()
    try:
        if path.exists():
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)
    except OSError as error:
        raise StorageError("storage.locked", file=str(path)) from error


def _check_replaceable(path: Path, first_event: str, made_by: Sequence[str] | None) -> None:
    """Whether what lies there is such a database, and nobody works in it."""
    if not path.exists():
        return
    if peek(path, "SELECT kind FROM event WHERE id = 1") != first_event:
        raise BadInput("storage.not_a_demo", file=str(path))
    if log_of(path).exists():  # who closes it last empties its log: somebody has it open
        raise StorageError("storage.locked", file=str(path))
    if made_by is None:
        return
    others = "SELECT count(*) FROM event WHERE by NOT IN (SELECT value FROM json_each(?))"
    count = peek(path, others, json.dumps(made_by))
    if count:
        raise BadInput("storage.demo_used", file=str(path), count=count)
