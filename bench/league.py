"""Figures of the ranking: of a hundred thousand stores, on a terminal, and of the large sample network itself."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

from bench.measure import Effort, Figure, in_turn, processor_time, repeated
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.page import plain
from greenstar.reports.text.ranking import ranking_page
from greenstar.reports.views.ranking import ranking_view
from greenstar.services.demo.network import STORES, make_demo
from greenstar.services.results.ranking import Wanted, league
from greenstar.services.workspace import Workspace
from greenstar.storage.sqlite.connection import Database

_MANY, _FEW, _TOP = 100_000, 1_000, 20
_PLAIN = Wanted(reasons=False, moved=False, left_out=False)
_FIRST = Wanted(reasons=False, moved=False, left_out=False, first=_TOP)
_TIMES = 100  # the first few are looked up, as once is too quick to time
_COLUMNS = """
    visit.assessment, visit.store, visit.store_name, visit.region, visit.scheme, visit.status, scorecard.total,
    scorecard.available, scorecard.level, scorecard.stars, scorecard.candidate, scorecard.reasons,
    scorecard.first_reason, scorecard.not_applicable_points, scorecard.excused_points, scorecard.keys,
    scorecard.key_1, scorecard.key_2, scorecard.key_3, scorecard.key_4, scorecard.key_5, scorecard.key_6
"""
_OF_CYCLE = (
    "FROM visit JOIN scorecard ON scorecard.assessment = visit.assessment WHERE visit.counts AND visit.cycle = '2026'"
)
_ORDERED = """
    SELECT * FROM league
    ORDER BY key_1 DESC, key_2 DESC, key_3 DESC, key_4 DESC, key_5 DESC, key_6 DESC, keys, store
"""
# What `greenstar rank` prints of each store, but for how far it moved.
_PRINTED = """
    SELECT now.rank, now.store, now.name, now.region, now.total, now.level, now.candidate,
        json_extract(scorecard.first_reason, '$.en'), scorecard.reasons
    FROM ranking AS now JOIN scorecard ON scorecard.assessment = now.assessment
    WHERE now.cycle = '2026' ORDER BY now.rank, now.store
"""
_TABLES = ("scheme", "store", "event", "assessment", "scorecard", "score")
_BARE_TABLE = """
import sys
from rich.console import Console
from rich.table import Table
from rich.text import Text
from greenstar.cli import main
from greenstar.cli.commands import rank
from greenstar.reports.text import console
from greenstar.storage.sqlite import cycles, schemes, standings, stores
table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
rows = [line.split("\\t") for line in open(sys.argv[1], encoding="utf-8").read().splitlines()]
for head in rows[0]:
    table.add_column(Text(head), overflow="fold")
for row in rows[1:]:
    table.add_row(*(Text(cell, overflow="fold") for cell in row))
Console(markup=False, emoji=False, highlight=False).print(table)
"""


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    with TemporaryDirectory() as folder:
        yield _making(Path(folder), effort)
        many = Path(folder) / "many" / "greenstar.db"
        few = make_demo(Path(folder) / "few", stores=effort.of(_FEW), in_full=False).path
        yield _in_memory(many, effort)
        yield _first_few(many, few, effort)
        yield _into_a_pipe(many, effort)
    with TemporaryDirectory() as folder:
        yield _on_a_terminal(make_demo(Path(folder), stores=effort.of(STORES)).path, effort)


def _making(folder: Path, effort: Effort) -> Figure:
    """Once: it takes a minute."""
    ours = processor_time(lambda: make_demo(folder / "many", stores=effort.of(_MANY), in_full=False))()
    with closing(sqlite3.connect(folder / "many" / "greenstar.db")) as made:
        rows = {name: made.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}
    bare = processor_time(lambda: _insert(folder / "bare.db", rows))()
    return Figure("demo --stores 100000", "its rows by bare executemany", ours, bare, 4)


def _insert(path: Path, rows: dict[str, list[tuple[object, ...]]]) -> None:
    database = Database.open(path, durable=False)
    connection = database.tables.conn
    connection.execute("BEGIN")
    for name, of_table in rows.items():
        signs = ", ".join("?" * len(of_table[0]))
        connection.executemany(f"INSERT INTO {name} VALUES ({signs})", of_table)
    connection.execute("COMMIT")
    database.settle()
    database.close()
    path.unlink()


def _in_memory(path: Path, effort: Effort) -> Figure:
    with Workspace.open(path, write=False) as workspace, closing(sqlite3.connect(":memory:")) as bare:
        with closing(sqlite3.connect(path)) as source:
            rows = source.execute(f"SELECT {_COLUMNS} {_OF_CYCLE}").fetchall()
        names = [column.split(".")[-1].strip() for column in _COLUMNS.split(",")]
        bare.execute(f"CREATE TABLE league ({', '.join(names)})")
        bare.executemany(f"INSERT INTO league VALUES ({', '.join('?' * len(names))})", rows)
        ours, least = in_turn(
            processor_time(lambda: league(workspace, wanted=_PLAIN)),
            processor_time(lambda: bare.execute(_ORDERED).fetchall()),
            effort.most_rounds(5),
        )
    return Figure("league of 100,000 stores, from the database", "ORDER BY of its columns in memory", ours, least, 3)


def _first_few(many: Path, few: Path, effort: Effort) -> Figure:
    times = effort.of(_TIMES)
    with Workspace.open(many, write=False) as large, Workspace.open(few, write=False) as small:
        ours, least = in_turn(
            repeated(lambda: league(large, wanted=_FIRST), times),
            repeated(lambda: league(small, wanted=_FIRST), times),
            effort,
        )
    return Figure("the first 20 of 100,000 stores", "of 1,000", ours, least, 2)


def _into_a_pipe(path: Path, effort: Effort) -> Figure:
    """The `sqlite3` program; where there is none, Python's module does the same."""
    ours = _processor_time_of(sys.executable, "-m", "greenstar", "--lang", "en", "--db", str(path), "rank")
    program = shutil.which("sqlite3")
    script = "import sqlite3, sys; [print(*row, sep='|') for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])]"
    command = [program] if program else [sys.executable, "-c", script]
    taken = in_turn(ours, _processor_time_of(*command, str(path), _PRINTED), effort.most_rounds(3))
    return Figure("greenstar rank of 100,000 stores into a pipe", "sqlite3, the same query", *taken, 4)


def _processor_time_of(*command: str) -> Callable[[], float]:
    """The seconds of the processor that a whole process takes, writing into a pipe."""

    def run() -> float:
        before = _taken_by_children()
        subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return _taken_by_children() - before

    return run


def _taken_by_children() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _on_a_terminal(path: Path, effort: Effort) -> Figure:
    with Workspace.open(path, write=False) as workspace:
        page = list(plain(ranking_page(ranking_view(league(workspace)), Catalogue("en"))))
    cells = path.with_name("cells.txt")
    table = [line for line in page[3:] if line.strip()]
    cells.write_text("\n".join("\t".join(line.split(maxsplit=7)) for line in table), encoding="utf-8")
    ours = _on_terminal(sys.executable, "-m", "greenstar", "--db", str(path), "rank")
    bare = _on_terminal(sys.executable, "-c", _BARE_TABLE, str(cells))
    taken = in_turn(ours, bare, effort)
    return Figure("greenstar rank on a terminal, 120 stores", "its imports and a bare table", *taken, 1.2)


def _on_terminal(*command: str) -> Callable[[], float]:
    """The seconds of the processor that a whole process takes whose output is a terminal of 80 columns."""

    def run() -> float:
        ours, theirs = os.openpty()
        reader = threading.Thread(target=_read_all, args=(ours,))
        reader.start()
        before = _taken_by_children()
        narrow = {**os.environ, "COLUMNS": "80"}
        subprocess.run(command, check=True, stdout=theirs, stderr=subprocess.DEVNULL, env=narrow)
        taken = _taken_by_children() - before
        os.close(theirs)
        reader.join()
        os.close(ours)
        return taken

    return run


def _read_all(terminal: int) -> None:
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:
        pass  # its other end was closed
