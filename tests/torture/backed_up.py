"""A database with evidence in two states, the earlier one backed up; and what must hold of it whatever happens."""

import hashlib
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from greenstar.record.event import Change
from greenstar.storage.backup.reading import open_backup
from greenstar.storage.backup.restoring import restore
from greenstar.storage.backup.writing import back_up
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.storage import SqliteStorage

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def nothing(_done: int, _of: int) -> None:
    """Nobody watches."""


def add_store(database: Database, code: str) -> None:
    """Record a store, with its event: what the events count is what there is."""
    with database.transaction():
        database.execute("INSERT INTO store (code, name, added_at) VALUES (?, ?, 'now')", (code, "x" * 400))
        SqliteStorage(database).events.append([Change("store", store=code)], "2026-05-12T09:30:00.000Z", "me")


def dump(path: Path) -> str:
    """All that a database holds but its identity, as one hash."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as connection:
        lines = (line for line in connection.iterdump() if not line.startswith('INSERT INTO "identity"'))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def evidence_of(path: Path) -> dict[str, int]:
    """The evidence files beside a database, each of which is whole."""
    store = EvidenceStore(path)
    kept = dict(store.kept())
    damaged = [sha256 for sha256 in kept if not store.is_whole(sha256)]
    assert not damaged, f"evidence is damaged: {damaged}"
    return kept


@dataclass
class State:
    """What a database and its evidence hold."""

    rows: str
    evidence: dict[str, int]

    @classmethod
    def of(cls, path: Path) -> "State":
        """As they are now."""
        return cls(dump(path), evidence_of(path))

    def is_at(self, path: Path, *, more_evidence: bool = False) -> bool:
        """Whether that is what lies there; `more_evidence`: with files of another state beside its own."""
        kept = evidence_of(path)
        same = self.evidence.items() <= kept.items() if more_evidence else self.evidence == kept
        return same and dump(path) == self.rows


class Scene:
    """The database at `folder/db/green.db`, later than its backup at `folder/usb/green.backup`."""

    def __init__(self, folder: Path, *, stores: int = 400, photos: int = 8, photo: int = 150_000) -> None:
        self.database = folder / "db" / "green.db"
        self.backup = folder / "usb" / "green.backup"
        self.chance = random.Random(13)
        for path in (self.database, self.backup):
            path.parent.mkdir(parents=True)
        with closing(Database.open(self.database)) as database:
            for number in range(stores):
                add_store(database, f"A-{number}")
        self._photos(folder, photos, photo)
        self.earlier = State.of(self.database)
        self.back_up()
        with closing(Database.open(self.database)) as database:
            for number in range(stores // 4):
                add_store(database, f"B-{number}")
        self._photos(folder, 2, photo)
        self.later = State.of(self.database)

    def _photos(self, folder: Path, count: int, size: int) -> None:
        file = folder / "photo.jpg"
        for _ in range(count):
            file.write_bytes(self.chance.randbytes(size))
            EvidenceStore(self.database).take(file)

    def back_up(self) -> None:
        """Write the backup."""
        back_up(self.database, self.backup, nothing)

    def restore(self) -> None:
        """Put the backup in place."""
        restore(self.backup, self.database, NOW, "Ada", nothing)

    def check_backup(self) -> None:
        """The backup is whole."""
        with open_backup(self.backup) as backup:
            backup.verify(lambda _: None)


def in_child(work: Callable[[], object]) -> int:
    """Start something in a process of its own; its number."""
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child
