"""`kill -9` at random moments while a backup is written, and while one is restored.

`python -m tests.torture.kill_backup 50` kills 50 of each. A killed backup leaves the earlier one or the new one, whole;
a killed restore leaves the old database or the new one with all its evidence, never another's log beside it, and says
so; the next try succeeds.
"""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from greenstar.storage.opening import was_interrupted
from greenstar.storage.sqlite.companions import beside
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.strays import strays_of
from tests.torture.backed_up import Scene, State, add_store, in_child


class Killer:
    """Kills processes at random moments, before the time that they seem to take; it learns from those that end."""

    def __init__(self, scene: Scene, work: Callable[[], object]) -> None:
        self._chance, self._work = scene.chance, work
        began = time.perf_counter()
        os.waitpid(in_child(work), 0)
        self._lasts = time.perf_counter() - began

    def kill(self) -> bool:
        """Start one and kill it; whether it had not ended by itself."""
        child = in_child(self._work)
        time.sleep(self._chance.uniform(0, self._lasts))
        os.kill(child, signal.SIGKILL)
        was_killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        self._lasts *= 1.02 if was_killed else 0.8
        return was_killed


def kill_backups(scene: Scene, rounds: int) -> Counter[str]:
    """Kill backups while another process writes into the database."""
    figures: Counter[str] = Counter()

    def write() -> None:
        with closing(Database.open(scene.database)) as database:
            for number in range(100_000):
                add_store(database, f"W-{number}")
                time.sleep(0.005)

    writer = in_child(write)
    try:
        killer = Killer(scene, scene.back_up)
        for _ in range(rounds):
            figures["killed" if killer.kill() else "done"] += 1
            scene.check_backup()
    finally:
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
    scene.back_up()
    left = [file.name for file in scene.backup.parent.iterdir() if file != scene.backup]
    assert not left, f"the next backup leaves {left}"
    return figures


def check_restored(scene: Scene) -> str:
    """Which of the two lies there, and that it can be worked with."""
    stopped = was_interrupted(scene.database)
    logs = [file for file in beside(scene.database) if file.exists()]
    if scene.later.is_at(scene.database, more_evidence=True):
        which = "old"
    else:
        assert scene.earlier.is_at(scene.database, more_evidence=True), "neither the old nor the new"
        assert not logs, "a log is left beside the new one"
        assert not stopped, "the new one is there, and it is said that nothing changed"
        (aside,) = scene.database.parent.glob("green.db.before-*[0-9]")
        assert scene.later.is_at(aside / "green.db"), "what was put aside is not whole"
        which = "new"
    Database.open(scene.database).close()
    return which


def kill_restores(folder: Path, scene: Scene, rounds: int) -> Counter[str]:
    """Kill restores; each begins with the same database."""
    figures: Counter[str] = Counter()
    kept = shutil.copytree(scene.database.parent, folder / "kept")

    def begin() -> None:
        shutil.rmtree(scene.database.parent)
        shutil.copytree(kept, scene.database.parent)

    killer = Killer(scene, scene.restore)
    for _ in range(rounds):
        begin()
        was_killed = killer.kill()
        which = check_restored(scene)
        assert was_killed or which == "new"
        figures[f"{'killed' if was_killed else 'done'}, {which}"] += 1
        scene.restore()
        assert scene.earlier.is_at(scene.database), "the next restore is not whole"
        assert not strays_of(scene.database)
    return figures


def main(rounds: int) -> None:
    """Kill so many of each, and say what came of it."""
    with tempfile.TemporaryDirectory(prefix="kill-backup-") as name:
        folder = Path(name)
        scene = Scene(folder)
        restores = kill_restores(folder, scene, rounds)
        shutil.rmtree(scene.database.parent)
        shutil.copytree(folder / "kept", scene.database.parent)
        assert State.of(scene.database) == scene.later
        backups = kill_backups(scene, rounds)
    print(f"kill_backup: {rounds} backups {dict(backups)}, {rounds} restores {dict(restores)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
