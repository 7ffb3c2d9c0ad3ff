"""`kill -9` at random moments while visits are packed, and while they are unpacked.

`python -m tests.torture.kill_unpack 50` kills 50 of each. A killed pack leaves the earlier file, whole; a killed unpack
leaves what there was, or all that came, and the next one brings the rest and removes what was left half-written.
"""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from greenstar.assessment.model import Store
from greenstar.services.evidence.evidence import attach
from greenstar.services.laptops.packing import pack_into
from greenstar.services.laptops.unpacking import unpack
from greenstar.services.progress import unwatched
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.bundle.reading import open_bundle
from tests.services.laptops.team import damage, known
from tests.torture.backed_up import in_child

PHOTOS, BYTES = 30, 1 << 18


def laptop(path: Path) -> Workspace:
    """The database at a path."""
    return Workspace.open(path, cycle="2026", assessor=path.stem)


def begin(folder: Path, chance: Random) -> None:
    """Ada's laptop with a sealed visit, another in work, and photos; Bo's, which knows less of them; and a file."""
    with laptop(folder / "ada.db") as ada:
        for code in ("S-1", "S-2"):
            add_store(ada, Store(code, code))
            open_visit(ada, code)
        pack_into(ada, ["S-1", "S-2"], folder / "early.zip", unwatched)
        with laptop(folder / "bo" / "bo.db") as bo:
            unpack(bo, [folder / "early.zip"], unwatched)
            open_visit(bo, "S-2").answer("wash_total_m3", Fraction(900))
        for number in range(PHOTOS):
            photo = folder / f"{number}.jpg"
            photo.write_bytes(chance.randbytes(BYTES))
            attach(open_visit(ada, "S-1"), "WAT-06", [ada.storage.evidence.take(photo)])
        submit(ada, "S-1")
        pack_into(ada, ["S-1", "S-2"], folder / "late.zip", unwatched)


def state_at(path: Path) -> dict[str, Any]:
    """What a laptop knows, with nothing of it damaged."""
    with laptop(path) as workspace:
        assert damage(workspace) == []
        return known(workspace)


def kill(work: Callable[[], object], seconds: float) -> bool:
    """Start some work, and kill it after so many seconds; whether it had not ended by itself."""
    child = in_child(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main(rounds: int, seed: int = 2026) -> None:
    """Kill so many of each, and say what came of it."""
    chance, figures = Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="kill-unpack-") as name:
        folder = Path(name)
        os.environ["GREENSTAR_HOME"] = str(folder / "home")
        (folder / "bo").mkdir()
        begin(folder, chance)
        place, kept = folder / "bo", shutil.copytree(folder / "bo", folder / "kept")
        database, file, target = place / "bo.db", folder / "late.zip", folder / "again.zip"
        before = state_at(database)

        def work() -> None:
            with laptop(database) as bo:
                unpack(bo, [file], unwatched)

        def packing() -> None:
            with laptop(folder / "ada.db") as ada:
                pack_into(ada, ["S-1", "S-2"], target, unwatched)

        began = time.perf_counter()
        os.waitpid(in_child(work), 0)
        lasts, after = time.perf_counter() - began, state_at(database)
        assert after != before
        shutil.copyfile(file, target)
        for _ in range(rounds):
            shutil.rmtree(place)
            shutil.copytree(kept, place)
            was_killed = kill(work, chance.uniform(0, lasts))
            state = state_at(database)
            assert state in (before, after), "half of it came"
            figures[f"unpack {'killed' if was_killed else 'done'}, {'before' if state == before else 'after'}"] += 1
            work()
            assert state_at(database) == after, "the next one does not bring the rest"
            evidence = [path for path in (place / "bo.db.evidence").rglob("*") if path.is_file()]
            assert len(evidence) == PHOTOS, "something is left half-written"
            was_killed = kill(packing, chance.uniform(0, lasts))
            figures[f"pack {'killed' if was_killed else 'done'}"] += 1
            with open_bundle(target) as bundle:
                assert all(bundle.read(entry) for entry in bundle.listed)
    print(f"kill_unpack: {rounds} of each: {dict(figures)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
