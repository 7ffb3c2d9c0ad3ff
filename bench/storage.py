"""A figure of a whole command that reads the database."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Effort, Figure, command, in_turn, process
from greenstar.services.demo.network import STORES, make_demo


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    with TemporaryDirectory() as folder:
        yield _rank(Path(folder) / "demo", effort)


def _rank(folder: Path, effort: Effort) -> Figure:
    database = make_demo(folder, stores=effort.of(STORES)).path
    bare = process("-c", "import greenstar.storage.sqlite.tables, rich.table, click, pydantic")
    ours, least = in_turn(command(effort, "--db", str(database), "rank"), bare, effort)
    return Figure("greenstar rank, whole process, 120 stores", "importing the libraries", ours, least, 1.5)
