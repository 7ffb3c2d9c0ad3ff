"""A database that has something of everything, and holds: what tortures change, copy and send."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from greenstar.services.cycles.closing import close
from greenstar.services.laptops.packing import pack_into
from greenstar.services.progress import unwatched
from greenstar.services.trust.trust import Trust, load_trust
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.backup.writing import back_up
from tests.services.conftest import Clock
from tests.services.verification.forgeries import ANOTHER_DECIDES, make_whole
from tests.torture.workshop import a_folder

STORES = ("S-1", "S-2")


class Whole:
    """A database with a decided visit, a draft, evidence, a closed cycle, half-typed text; its backup and bundle."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path, self.bundle, self.backup = folder / "green.db", folder / "green.zip", folder / "green.backup"
        (folder / "small.yaml").write_text(ANOTHER_DECIDES, encoding="utf-8")
        make_whole(self.opened, folder, self.go_to)
        with self.opened(assessor="Bo") as workspace:
            draft = open_visit(workspace, "S-2")
            draft.set_fact("has_wash", value=True)
            draft.mark_not_applicable("E1", "the store has no lamps of its own")
            draft.flag("W1", on=True)
            draft.remember("W1", "used")
            workspace.storage.drafts.put("S-2", draft.assessment.id, "note:W1", "half a sent", at=workspace.now())
            close(workspace, "2026")
            pack_into(workspace, STORES, self.bundle, unwatched)
        back_up(self.path, self.backup, unwatched)
        self.trust: Trust = load_trust()
        (self.photo,) = [path for path in Path(f"{self.path}.evidence").rglob("*") if path.is_file()]

    def opened(self, **values: Any) -> Workspace:
        """The database, opened by somebody."""
        scheme = str(self.folder / "small.yaml")
        return Workspace.open(self.path, scheme=scheme, cycle="2026", clock=Clock(), **values)

    @staticmethod
    def go_to(home: str) -> None:
        Path(home).mkdir(exist_ok=True)
        os.environ["GREENSTAR_HOME"] = home


@contextmanager
def a_whole() -> Iterator[Whole]:
    """Such a database in a folder of its own; nobody's home is changed by it afterwards."""
    home = os.environ["GREENSTAR_HOME"]
    try:
        with a_folder() as folder:
            Whole.go_to(str(folder / "home"))
            yield Whole(folder)
    finally:
        os.environ["GREENSTAR_HOME"] = home


def held_in(path: Path) -> dict[tuple[str, str], list[Any]]:
    """What each column of all tables and views of a database holds, sorted. sqlite3.Error: it cannot be read."""
    held: dict[tuple[str, str], list[Any]] = {}
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        connection.text_factory = bytes  # what is no text is told by whoever compares
        for (name,) in names:
            cursor = connection.execute(f'SELECT * FROM "{name}"')
            rows = sorted(cursor.fetchall(), key=repr)
            held[name, ""] = [len(rows)]
            held |= {
                (name, column[0]): sorted((row[at] for row in rows), key=repr)
                for at, column in enumerate(cursor.description)
            }
    return held
