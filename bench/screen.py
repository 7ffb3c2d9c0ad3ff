"""Figures of the screen's start: to its first paint, as a whole process."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Effort, Figure, all_in_turn, program
from greenstar.assessment.model import Store
from greenstar.scheme.question_types import is_yes_no
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    with TemporaryDirectory() as name:
        many, few = (_stores(Path(name) / f"{count}.db", count) for count in (effort.of(1000), 10))
        works = [
            program(effort, "bench.apps.ours", str(many)),
            program(effort, "bench.apps.bare", str(effort.of(1000))),
            program(effort, "bench.apps.ours", str(few)),
        ]
        ours, bare, least = all_in_turn(works, effort)
    what, against = "start to first paint, 1,000 stores and a visit half done", "a bare app with a table of 1,000 rows"
    yield Figure(what, against, ours, bare, 1.3)
    yield Figure("start to first paint with 1,000 stores", "the same with 10", ours, least, 1.2)


def _stores(path: Path, count: int) -> Path:
    """A database with so many stores, and half of a visit to the first."""
    with Workspace.open(path, assessor="bench") as workspace:
        with workspace.storage.transaction():
            for number in range(count):
                add_store(workspace, Store(f"S-{number:04}", f"Store {number}", "Wuxi", "East"))
        with open_visit(workspace, "S-0000") as visit:
            names = [name for name, question in visit.scheme.questions.items() if is_yes_no(question)]
            for name in names[: len(names) // 2]:
                visit.answer(name, True)
    return path
