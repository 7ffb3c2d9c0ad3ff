"""A disk that is full after so many kilobytes, at every point of a backup and of a restore.

`python -m tests.torture.full_disk 1` tries a point each 32 KB; a larger number lays them so many times closer. Each
ends well, or in a sentence with everything as it was: the earlier backup, the database, its evidence, no half-written
file. The disk is a small tmpfs, mounted in a namespace of its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from greenstar.errors import StorageError
from greenstar.storage.sqlite.companions import beside
from tests.torture.backed_up import Scene, State

_MOUNTED = "FULL_DISK_MOUNTED"
_SIZE = 24 << 20  # bytes of the disk
_STEP = 32 << 10


def fill(disk: Path, leave: int) -> None:
    """Fill a disk but for so many bytes."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with (disk / "ballast").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(free - leave, 1))


def attempt(work: Callable[[], None]) -> str:
    """Whether it could be done; what is raised is a sentence."""
    try:
        work()
    except StorageError as error:
        return error.message.key
    return "done"


def points(needed: int, finer: int) -> range:
    """After how many bytes the disk is full, up to one at which all fits."""
    return range(0, needed + 4 * _STEP, _STEP // finer)


def full_in_backup(disk: Path, elsewhere: Path, finer: int) -> Counter[str]:
    """The disk with the backups is full."""
    outcomes: Counter[str] = Counter()
    scene = Scene(elsewhere)
    scene.backup = disk / "usb" / "green.backup"
    scene.backup.parent.mkdir()
    shutil.copy(elsewhere / "usb" / "green.backup", scene.backup)
    earlier = scene.backup.read_bytes()
    needed = 2 * scene.database.stat().st_size + sum(scene.later.evidence.values())
    for leave in points(needed, finer):
        fill(disk, leave)
        outcome = attempt(scene.back_up)
        (disk / "ballast").unlink()
        outcomes[outcome] += 1
        assert {file.name for file in scene.backup.parent.iterdir()} == {"green.backup"}, f"{leave}: parts are left"
        if outcome == "done":
            scene.check_backup()
            scene.backup.write_bytes(earlier)
        else:
            assert scene.backup.read_bytes() == earlier, f"{leave}: the earlier backup is not what it was"
    assert State.of(scene.database) == scene.later
    shutil.rmtree(scene.backup.parent)
    return outcomes


def full_in_restore(disk: Path, elsewhere: Path, finer: int) -> Counter[str]:
    """The disk with the database is full."""
    outcomes: Counter[str] = Counter()
    scene = Scene(elsewhere)
    kept = scene.database.parent
    scene.database = disk / "db" / "green.db"
    needed = scene.database.stat().st_size if scene.database.exists() else (kept / "green.db").stat().st_size
    needed += sum(scene.earlier.evidence.values())
    for leave in points(needed, finer):
        shutil.copytree(kept, scene.database.parent)
        lost = next(iter(scene.earlier.evidence))  # one that the backup brings back
        (scene.database.parent / "green.db.evidence" / lost[:2] / lost).unlink()
        before = State.of(scene.database)
        fill(disk, leave)
        outcome = attempt(scene.restore)
        (disk / "ballast").unlink()
        outcomes[outcome] += 1
        if outcome == "done":
            assert scene.earlier.is_at(scene.database)
        else:
            assert before.is_at(scene.database), f"{leave}: {outcome}: it is not what it was"
            names = {file.name for file in scene.database.parent.iterdir()}
            assert names == {"green.db", "green.db.evidence"}, f"{leave}: {outcome}: {names} are left"
        assert not [file for file in beside(scene.database) if file.exists()]
        shutil.rmtree(scene.database.parent)
    return outcomes


def main(finer: int) -> None:
    """Try every point of both, and say what came of it."""
    with tempfile.TemporaryDirectory(prefix="full-disk-") as name:
        if os.environ.get(_MOUNTED) is None:
            _mounted_in_a_namespace(Path(name), finer)
            return
        disk = Path(os.environ[_MOUNTED])
        plenty = shutil.disk_usage(name)._replace(free=1 << 40)
        shutil.disk_usage = lambda path: plenty  # noqa: ARG005 - nobody looks ahead: the disk itself must say that it is full
        backups = full_in_backup(disk, Path(name) / "backup", finer)
        restores = full_in_restore(disk, Path(name) / "restore", finer)
    print(f"full_disk: backups {dict(backups)}, restores {dict(restores)}")


def _mounted_in_a_namespace(disk: Path, finer: int) -> None:
    script = f'mount -t tmpfs -o size={_SIZE} tmpfs "$0" && exec "$@"'
    command = [
        *("unshare", "--map-root-user", "--mount", "sh", "-c", script),
        *(str(disk), sys.executable, "-m", "tests.torture.full_disk", str(finer)),
    ]
    subprocess.run(command, check=True, env={**os.environ, _MOUNTED: str(disk)})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
