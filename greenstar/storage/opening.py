"""Opening a storage: the one place that says which engine keeps everything."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from greenstar.storage.folders import RESTORING
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.storage import SqliteStorage

if TYPE_CHECKING:
    from greenstar.storage.protocols.examination import Examined
    from greenstar.storage.protocols.storage import Storage


def open_storage(path: Path, *, write: bool = True) -> "Storage":
    """The storage at `path`. With `write` it is made where there is none, and brought up to date.

    Without, nothing is made or changed: BadInput where there is none. StorageError: it cannot be used.
    """
    return SqliteStorage(Database.open(path, write=write))


@contextmanager
def passing_storage() -> "Iterator[Storage]":
    """A storage that is gone when it ends. Of evidence it keeps which files there were, and not their bytes."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - only where something is looked at in passing

    from greenstar.storage.files.evidence_seen import EvidenceSeen  # noqa: PLC0415

    with TemporaryDirectory(prefix="greenstar-") as folder:
        path = Path(folder) / "passing.db"
        with closing(SqliteStorage(Database.open(path, durable=False))) as storage:
            storage.evidence = EvidenceSeen(path)
            yield storage


def replace_storage(
    path: Path, first_event: str, made_by: Sequence[str] | None = None
) -> "AbstractContextManager[Storage]":
    """A new storage to be filled, which afterwards stands at `path`.

    BadInput: there is one at `path` whose first event is not of the kind `first_event`, or, with `made_by`, in which
    anybody else recorded something. StorageError: it is in use.
    """
    from greenstar.storage.sqlite.replacement import replacement  # noqa: PLC0415 - only the sample network is made so

    return replacement(path, first_event, made_by)


def was_interrupted(path: Path) -> bool:
    """Whether somebody began to restore a backup over the storage at `path`, and was stopped: it is what it was."""
    if not os.path.lexists(f"{os.path.realpath(path)}{RESTORING}"):
        return False
    from greenstar.storage.backup.restoring import interrupted  # noqa: PLC0415 - hardly ever needed

    return interrupted(Path(os.path.realpath(path)))


def examine_storage(path: Path, *, full: bool, progress: Callable[[int, int], object]) -> "Examined | None":
    """How the storage at `path` is, without changing it; None: there is none. As `examination.examine`."""
    from greenstar.storage.sqlite.examination import examine  # noqa: PLC0415 - only where somebody asks

    return examine(path, full=full, progress=progress)
