"""Two processes that change one visit at the same time, while they also pack, back up, and open it anew.

`python -m tests.torture.interleaved 1000` makes 1,000 changes. Everything that either acknowledged is in the journal,
what counts is what came last, and backups and packed files that were written in between are whole.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random

from greenstar.services.evidence.evidence import attach
from greenstar.services.laptops.packing import pack_into
from greenstar.services.progress import unwatched
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.backup.reading import open_backup
from greenstar.storage.backup.writing import back_up
from greenstar.storage.bundle.reading import open_bundle
from tests.torture.blows import side_by_side
from tests.torture.operations import begin, database_in, held, laptop
from tests.torture.outcome import Outcome
from tests.torture.running import alone
from tests.torture.workshop import a_folder

_NAMES = "ada", "bo"
_ROUND = 20  # changes by each, before all of it is looked through
_CRITERIA = "W1", "W2", "E1"


def torture(outcome: Outcome, number: int, seed: int) -> None:
    """Make so many changes."""
    chance = Random(seed)
    for turn in range(-(-number // (_ROUND * len(_NAMES)))):
        with outcome.run(f"round {turn}"), a_folder() as folder:
            begin(folder)
            seeds = {name: chance.randrange(1 << 32) for name in _NAMES}
            works = [partial(_work, folder, name, Random(seeds[name])) for name in _NAMES]
            for name, ending in zip(_NAMES, side_by_side(*works), strict=True):
                assert ending.way == "done", f"{name}: {ending.said}"
                assert ending.acknowledged == _ROUND
            _check(folder)
            outcome.ways["changes"] += _ROUND * len(_NAMES)


def _work(folder: Path, name: str, chance: Random) -> Iterator[None]:
    """Change what comes, and now and then do something else, or begin another sitting."""
    workspace = laptop(database_in(folder))
    for number in range(_ROUND):
        while not _changed(folder, workspace, _mark(name, number), chance):
            pass
        yield
        match chance.randrange(10):
            case 0:
                back_up(database_in(folder), folder / f"{name}.backup", unwatched)
            case 1:
                pack_into(workspace, ["S-1"], folder / f"{name}.zip", unwatched)
            case 2 | 3:
                workspace.close()
                workspace = laptop(database_in(folder))
    workspace.close()


def _mark(name: str, number: int) -> str:
    """What shows in the journal that a change was made: a number, so that it can be an answer as well."""
    return str(10_000 * (1 + _NAMES.index(name)) + number)


def _changed(folder: Path, workspace: Workspace, mark: str, chance: Random) -> bool:
    """Change something; False: the other one did just before, which is told, and nothing was overwritten."""
    try:
        _change(folder, workspace, mark, chance)
    except Conflict:
        return False
    return True


def _change(folder: Path, workspace: Workspace, mark: str, chance: Random) -> None:
    visit = open_visit(workspace, "S-1")
    match chance.randrange(4):
        case 0:
            visit.note(chance.choice(_CRITERIA), mark)
        case 1:
            visit.answer("used", Fraction(mark))
        case 2:
            visit.set_fact("area_m2", Fraction(mark))
        case _:
            photo = folder / f"{mark}.jpg"
            photo.write_text(mark, encoding="utf-8")
            attach(visit, "W1", [workspace.storage.evidence.take(photo)])


def _check(folder: Path) -> None:
    held(folder)
    with laptop(database_in(folder)) as workspace:
        told = "\n".join(event.after or "" for event in workspace.storage.events.all())
    gone = [mark for name in _NAMES for number in range(_ROUND) if (mark := _mark(name, number)) not in told]
    assert not gone, f"not in the journal: {gone}"
    for path in folder.glob("*.backup"):
        with open_backup(path) as backup:
            backup.verify(lambda _: None)
    for path in folder.glob("*.zip"):
        with open_bundle(path) as bundle:
            assert all(bundle.read(name) for name in bundle.listed)


if __name__ == "__main__":
    alone("interleaved")
