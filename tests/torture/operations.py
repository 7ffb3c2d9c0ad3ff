"""What can be interrupted: answering, submitting, packing and so on, each with what must hold whenever it is.

An operation works in a folder with a database. It yields each time that something is done and told to somebody
("acknowledged"): that must be there for ever. Its `state` reads what is there, all of it verified, and is the same
for the same content.
"""

import hashlib
import io
import json
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from greenstar.assessment.model import Store
from greenstar.cli.main import run
from greenstar.errors import Exit
from greenstar.record.replay import LISTS
from greenstar.resources import MIGRATIONS
from greenstar.services.evidence.evidence import attach
from greenstar.services.laptops.packing import pack_into
from greenstar.services.progress import unwatched
from greenstar.services.stores.stores import add_store
from greenstar.services.verification.problem import Wrong
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.backup.reading import open_backup
from greenstar.storage.backup.writing import back_up
from greenstar.storage.bundle.reading import open_bundle
from greenstar.storage.sqlite.migrations import migration_files, version_of
from greenstar.storage.sqlite.tables import Tables
from tests.journals import journal_faults
from tests.older import restore as older_database
from tests.services.conftest import SCHEME, Clock, fill
from tests.services.laptops.team import damage

PHOTOS = 3
_SIZE = 40_000  # bytes of a photo
VERSION = len(migration_files(MIGRATIONS))
_STORES = "S-1", "S-2"  # a draft with all its answers, and a visit that was handed in


class RefusedError(Exception):
    """A command ended with another exit code than 0; the text is what it said."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code = code


Work = Callable[[Path], Iterator[None]]


@dataclass(frozen=True)
class Operation:
    """Something that is done in a folder: how that folder begins, what is done, what is there."""

    name: str
    prepare: Callable[[Path], None]
    work: Work
    state: Callable[[Path], Any]


def database_in(folder: Path) -> Path:
    """The database of an operation."""
    return folder / "green.db"


def laptop(path: Path) -> Workspace:
    """Somebody at work on a database."""
    return Workspace.open(path, cycle="2026", assessor="Ada", clock=Clock())


def call(folder: Path, *arguments: object) -> None:
    """Give a command, as in a shell. RefusedError: it says that it was not done."""
    streams, said = (sys.stdout, sys.stderr), io.StringIO()
    sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), said
    try:
        code = run(["--db", str(database_in(folder)), "--assessor", "Ada", *map(str, arguments)])
    finally:
        sys.stdout, sys.stderr = streams
    if code != Exit.DONE:
        raise RefusedError(code, said.getvalue())


def command(*arguments: str) -> Work:
    """The work of one command; `{}` stands for the folder."""

    def work(folder: Path) -> Iterator[None]:
        call(folder, *(argument.format(folder) for argument in arguments))
        yield

    return work


# -- how the folder begins


def begin(folder: Path) -> None:
    """A database with a draft that can be handed in, a sealed visit, and evidence."""
    scheme = Path(tempfile.gettempdir()) / "small.yaml"
    scheme.write_text(SCHEME, encoding="utf-8")
    with Workspace.open(
        database_in(folder), cycle="2026", assessor="Ada", clock=Clock(), scheme=str(scheme)
    ) as workspace:
        for code in _STORES:
            add_store(workspace, Store(code, f"Store {code}", "Wuxi", "East"))
            fill(open_visit(workspace, code))
        _attach(folder, workspace, range(2))
        submit(workspace, "S-2")


def _photo(folder: Path, number: int) -> Path:
    path = folder / f"photo {number}.jpg"
    path.write_bytes(f"photo {number} ".encode() * (_SIZE // 8))
    return path


def _attach(folder: Path, workspace: Workspace, numbers: Iterable[int]) -> None:
    for number in numbers:
        photo = _photo(folder, number)
        attach(open_visit(workspace, "S-1"), "W1", [workspace.storage.evidence.take(photo)])
        photo.unlink()


def _begin_with_photos(folder: Path) -> None:
    begin(folder)
    for number in range(10, 10 + PHOTOS):
        _photo(folder, number)


def _go_on(folder: Path) -> None:
    """More than there was: another answer, and photos."""
    with laptop(database_in(folder)) as workspace:
        open_visit(workspace, "S-1").answer("E1", Fraction(1, 2))
        _attach(folder, workspace, range(2, 2 + PHOTOS))


def _begin_packed(folder: Path) -> None:
    begin(folder)
    call(folder, "pack", *_STORES, "-o", folder / "packed.zip")
    _go_on(folder)


def _begin_receiving(folder: Path) -> None:
    """What a laptop packed, and another laptop that knows less of it, and has another answer."""
    begin(folder)
    call(folder, "pack", "S-1", "-o", folder / "early.zip")
    _go_on(folder)
    with laptop(database_in(folder)) as workspace:
        pack_into(workspace, _STORES, folder / "packed.zip", unwatched)
    for path in folder.glob("green.db*"):
        _remove(path)
    call(folder, "unpack", folder / "early.zip")
    (folder / "early.zip").unlink()
    with laptop(database_in(folder)) as workspace:
        open_visit(workspace, "S-1").note("W2", "seen from outside")


def _remove(path: Path) -> None:
    if path.is_dir():
        for child in path.iterdir():
            _remove(child)
        path.rmdir()
    else:
        path.unlink()


def _begin_backed_up(folder: Path) -> None:
    begin(folder)
    back_up(database_in(folder), folder / "green.backup", unwatched)
    _go_on(folder)


def _begin_exported(folder: Path) -> None:
    begin(folder)
    call(folder, "export", "all", "--format", "xlsx", "-o", folder / "all.xlsx")
    _go_on(folder)


def _begin_older(folder: Path) -> None:
    older_database("visits", database_in(folder))


# -- what is done


def _answer(folder: Path) -> Iterator[None]:
    with laptop(database_in(folder)) as workspace:
        visit = open_visit(workspace, "S-1")
        for number in range(4):
            visit.answer("E1", Fraction(number, 10))
            yield
            visit.note("W1", f"read at the meter {number}")
            yield


def _attach_photos(folder: Path) -> Iterator[None]:
    with laptop(database_in(folder)) as workspace:
        visit = open_visit(workspace, "S-1")
        for number in range(10, 10 + PHOTOS):
            attach(visit, "W1", [workspace.storage.evidence.take(folder / f"photo {number}.jpg")])
            yield


def _migrate(folder: Path) -> Iterator[None]:
    with laptop(database_in(folder)):
        yield


# -- what is there


def held(folder: Path, *, evidence: bool = True) -> Any:
    """What the database holds of visits, with everything verified."""
    with laptop(database_in(folder)) as workspace:
        wrong = damage(workspace, evidence=evidence)
        if not evidence:
            wrong = [problem for problem in wrong if problem.kind is not Wrong.EVIDENCE]
        assert not wrong, f"verify: {wrong}"
        faults = journal_faults(workspace)
        assert not faults, f"the journal: {faults}"
        storage = workspace.storage
        rows = [row for code in storage.stores.codes() for row in storage.assessments.every_of_store(code)]
        return [
            (row.store, row.cycle, row.revision, row.status, _contents(storage.contents.state(row.id).held))
            for row in rows
        ]


def _contents(entries: Any) -> Any:
    """What is held, without the times and identities that each attempt gives anew."""
    return sorted(
        (kind, subject, len(json.loads(entry.text)) if kind in LISTS else entry.text)
        for (kind, subject), entry in entries.items()
    )


def _packed(folder: Path) -> Any:
    path = folder / "packed.zip"
    with open_bundle(path) as bundle:
        assert all(bundle.read(name) for name in bundle.listed)
    return held(folder), hashlib.sha256(path.read_bytes()).hexdigest()


def _backed_up(folder: Path) -> Any:
    with open_backup(folder / "green.backup") as backup:
        backup.verify(lambda _: None)
        return held(folder), sorted(backup.manifest.evidence)


def _exported(folder: Path) -> Any:
    with zipfile.ZipFile(folder / "all.xlsx") as book:
        assert book.testzip() is None, "the workbook is damaged"
        sizes = {entry.filename: entry.file_size for entry in book.infolist() if "sheet" in entry.filename}
        return held(folder), sizes  # one sheet says when it was written


def _migrated(folder: Path) -> Any:
    """All of the older database as it was, or what it was brought over to."""
    with closing(sqlite3.connect(database_in(folder))) as connection:
        version = version_of(Tables(connection))
        if version < VERSION:
            return version, hashlib.sha256("".join(connection.iterdump()).encode()).hexdigest()
    return version, held(folder, evidence=False)  # the files of that database are not kept


OPERATIONS = (
    Operation("answering", begin, _answer, held),
    Operation("attaching", _begin_with_photos, _attach_photos, held),
    Operation("submitting", begin, command("submit", "S-1"), held),
    Operation("packing", _begin_packed, command("pack", *_STORES, "-o", "{}/packed.zip"), _packed),
    Operation("unpacking", _begin_receiving, command("unpack", "{}/packed.zip"), held),
    Operation("migrating", _begin_older, _migrate, _migrated),
    Operation("backing up", _begin_backed_up, command("backup", "{}/green.backup"), _backed_up),
    Operation("restoring", _begin_backed_up, command("restore", "{}/green.backup"), held),
    Operation(
        "exporting", _begin_exported, command("export", "all", "--format", "xlsx", "-o", "{}/all.xlsx"), _exported
    ),
)
