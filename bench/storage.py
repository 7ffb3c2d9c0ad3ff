"""Figures of the database and of a whole command."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Effort, Figure, in_turn, process, repeated
from greenstar.assessment.model import Store
from greenstar.services.demo.network import STORES, make_demo
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace

_TIMES = 25


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    with TemporaryDirectory() as folder:
        yield _rank(Path(folder) / "demo", effort)
        yield _answer(Path(folder) / "one.db", effort)


def _rank(folder: Path, effort: Effort) -> Figure:
    database = make_demo(folder, stores=effort.of(STORES)).path
    bare = process("-c", "import sqlite_utils, rich.table, click, pydantic")
    ours, least = in_turn(process("-m", "greenstar", "--db", str(database), "rank"), bare, effort)
    return Figure("greenstar rank, whole process, 120 stores", "importing the libraries", ours, least, 1.5)


def _answer(path: Path, effort: Effort) -> Figure:
    with Workspace.open(path, cycle="2026", assessor="bench") as workspace:
        add_store(workspace, Store("S-1", "Store"))
        with open_visit(workspace, "S-1") as visit:
            bare = _Bare(path.with_name("bare.db"), path)
            times = effort.of(_TIMES)
            ours, least = in_turn(repeated(_recording(visit), times), repeated(bare.record, times), effort)
            bare.connection.close()
    return Figure("one recorded answer with its event, committed", "the same by bare sqlite3", ours, least, 6)


def _recording(visit: OpenVisit) -> Callable[[], None]:
    values = iter(range(1, 1_000_000))

    def record() -> None:
        visit.answer("grid_kwh", Fraction(next(values)))

    return record


class _Bare:
    """The statements of one recorded answer on a bare connection, with the same tables and pragmas."""

    def __init__(self, path: Path, model: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        source = sqlite3.connect(model)
        source.backup(self.connection)
        source.close()
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.values = iter(range(1, 1_000_000))

    def record(self) -> None:
        execute, value, at = self.connection.execute, json.dumps(str(next(self.values))), "2026-05-12T09:30:00.000Z"
        execute("BEGIN IMMEDIATE")
        execute("UPDATE assessment SET changed_at = ? WHERE id = 1 AND status = 'draft'", (at,))
        was = execute("SELECT value FROM answer WHERE assessment = 1 AND question = 'grid_kwh'").fetchone()
        execute(
            "INSERT INTO answer (assessment, question, value, at, by) VALUES (1, 'grid_kwh', ?, ?, 'bench') ON CONFLICT"
            " (assessment, question) DO UPDATE SET value = excluded.value, at = excluded.at, by = excluded.by",
            (value, at),
        )
        number, previous = execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
        event = (number + 1, "S-1", 1, at, "bench", "answer", "grid_kwh", was and was[0], value, previous)
        digest = hashlib.sha256(json.dumps(event).encode()).hexdigest()
        execute(
            "INSERT INTO event (id, store, assessment, at, by, kind, subject, was, became, previous, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*event, digest),
        )
        execute("COMMIT")
