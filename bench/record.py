"""Figures of the record: events beside answers, replaying beside reading, verifying beside scoring and hashing."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import packing
from bench.measure import Effort, Figure, in_turn, repeated
from bench.packing import memory
from greenstar.assessment.model import Store
from greenstar.record.canonical import canonical_of_plain
from greenstar.record.event import Event, event_from
from greenstar.record.journal import in_order
from greenstar.record.plain import visit_from
from greenstar.record.replay import replay
from greenstar.scoring.score import score
from greenstar.services.demo.network import STORES, make_demo
from greenstar.services.schemes.registry import stored
from greenstar.services.spread import in_this_process, second_process
from greenstar.services.stores.stores import add_store
from greenstar.services.trust.trust import Trust
from greenstar.services.verification.verify import verify
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.opening import open_storage

_TIMES = 25
_VISITS, _STORES = 1_000, 24
_LARGE = 20_000  # stores, as many as show whether memory grows with them
_Line = tuple[str, str]  # an event as JSON, and its hash


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    with TemporaryDirectory() as folder:
        yield _answer(Path(folder) / "one.db", effort)
        yield _replay(Path(folder) / "demo", effort)
        network = make_demo(Path(folder) / "network", stores=effort.of(STORES)).path
        yield _verify(network, effort)
        yield memory("verify of the sample network", effort, "--db", str(network), "verify")
        large = make_demo(Path(folder) / "large", stores=effort.of(_LARGE), in_full=False).path
        yield memory(f"verify of {effort.of(_LARGE):,} stores", effort, "--db", str(large), "verify")
    yield from packing.figures(effort)


def _answer(path: Path, effort: Effort) -> Figure:
    with Workspace.open(path, cycle="2026", assessor="bench") as workspace:
        add_store(workspace, Store("S-1", "Store"))
        with open_visit(workspace, "S-1") as visit:
            bare = _Bare(path.with_name("bare.db"), path)
            times = effort.of(_TIMES)
            ours, least = in_turn(repeated(_recording(visit), times), repeated(bare.record, times), effort)
            bare.connection.close()
    return Figure("one recorded answer with its event, chain and commit", "the bare inserts", ours, least, 4)


def _recording(visit: OpenVisit) -> Callable[[], None]:
    values = iter(range(1, 1_000_000))

    def record() -> None:
        visit.answer("grid_kwh", Fraction(next(values)))

    return record


class _Bare:
    """The rows of one recorded answer on a bare connection, with the same tables and pragmas: nothing is hashed."""

    def __init__(self, path: Path, model: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        source = sqlite3.connect(model)
        source.backup(self.connection)
        source.close()
        for (name,) in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            self.connection.execute(f"DROP TRIGGER {name}")
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.values = iter(range(10, 1_000_000))

    def record(self) -> None:
        execute, number, at = self.connection.execute, next(self.values), "2026-05-12T09:30:00.000Z"
        value = json.dumps(str(number))
        execute("BEGIN IMMEDIATE")
        execute(
            "INSERT INTO answer (assessment, question, value, at, by) VALUES (1, 'grid_kwh', ?, ?, 'bench') ON CONFLICT"
            " (assessment, question) DO UPDATE SET value = excluded.value, at = excluded.at, by = excluded.by",
            (value, at),
        )
        execute(
            "INSERT INTO event (store, assessment, at, by, kind, subject, was, became, previous, hash, ulid, chain,"
            " place) VALUES ('S-1', 1, ?, 'bench', 'answer', 'grid_kwh', ?, ?, ?, ?, ?, 'visit', ?)",
            (at, value, value, '["' + "0" * 64 + '"]', f"{number:064}", f"{number:026}", number),
        )
        execute("COMMIT")


def _replay(folder: Path, effort: Effort) -> Figure:
    """From the lines in which events go from one database to another."""
    with Workspace.open(make_demo(folder, stores=effort.of(_STORES)).path, write=False) as workspace:
        events = workspace.storage.events
        chains = [events.of_chain(chain) for chain in events.chains() if chain.startswith("visit:")]
    known = [[(canonical_of_plain(event.document()), event.hash) for event in chain] for chain in chains]
    visits = list(islice(cycle(known), effort.of(_VISITS)))
    ours, least = in_turn(
        lambda: [replay(in_order(map(_read, lines))) for lines in visits],
        lambda: [[json.loads(text) for text, _ in lines] for lines in visits],
        effort,
    )
    return Figure("replay of 1,000 visits, read from lines", "json.loads of their events", ours, least, 3)


def _read(line: _Line) -> Event:
    return event_from(json.loads(line[0]), line[1])


def _verify(network: Path, effort: Effort) -> Figure:
    """All that is verified, beside reading and scoring each sealed document once, and hashing what has a hash."""
    with closing(open_storage(network, write=False)) as storage:
        rows = [row for store in storage.stores.codes() for row in storage.assessments.every_of_store(store)]
        sealed = [storage.assessments.sealed(row.id) or "" for row in rows if row.seal is not None]
        hashed = [text.encode() for text in (*sealed, *(event.text() for event in storage.events.all()))]
        schemes = {row.scheme: stored(storage, row.scheme) for row in rows}

    def bare() -> None:
        for text in sealed:
            document = json.loads(text)
            scheme = schemes[document["scheme"]["sha256"]]
            score(scheme, visit_from(document, scheme))
        for content in hashed:
            hashlib.sha256(content).hexdigest()

    ours, least = in_turn(lambda: _all_verified(network), bare, effort)
    with second_process() as spread:
        alone = ", in one process" if spread is in_this_process else ""
    what = f"verify of the sample network, {len(sealed)} seals{alone}"
    megabytes = sum(map(len, hashed)) >> 20
    return Figure(what, f"scoring all, SHA-256 of {megabytes} MB of events and seals", ours, least, 2)


def _all_verified(network: Path) -> None:
    with second_process() as spread, closing(open_storage(network, write=False)) as storage:
        assert verify(storage, trust=Trust(), spread=spread).holds
