"""Figures of a gigabyte of photos for another laptop: packing, unpacking, verifying beside bare tools; and memory."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.measure import Effort, Figure, command, in_turn, peak_memory
from greenstar.assessment.model import Store
from greenstar.services.evidence.evidence import attach
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace

_PHOTOS, _BYTES, _CRITERIA = 250, 4 << 20, 25
_MEMORY, _MEGABYTES = 150, 1 / 1024


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    few = effort.most_rounds(3)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        database, photos = _visit(place, effort)
        packed, zipped = place / "ours.zip", place / "bare.zip"
        pack = ("--db", str(database), "pack", "S-1", "-o", str(packed))
        bare = _fresh(zipped, partial(_run, "zip", "-0", "-q", "-r", str(zipped), photos.name, cwd=place))
        ours, least = in_turn(command(effort, *pack), bare, few)
        what = f"{effort.of(_PHOTOS) * _BYTES >> 20} MB of photos"
        yield Figure(f"pack of {what}", "zip -0", ours, least, 1.5)
        target, out = place / "other.db", place / "out"
        unpack = ("--db", str(target), "unpack", str(packed))
        ours, least = in_turn(
            _fresh(target, command(effort, *unpack)),
            _fresh(out, partial(_run, "unzip", "-q", str(zipped), "-d", str(out))),
            few,
        )
        yield Figure(f"unpack of {what}, verified, synced", "unzip", ours, least, 1.5)
        verify = ("verify", str(packed))
        summed = partial(_run, "sha256sum", str(packed))
        ours, least = in_turn(command(effort, *verify), summed, few)
        yield Figure(f"verify of {what}", "sha256sum", ours, least, 1.3)
        for name, arguments in (("pack", pack), ("unpack", unpack), ("verify", verify)):
            _remove(target)
            yield memory(f"{name} of {what}", effort, *arguments)


def _visit(place: Path, effort: Effort) -> tuple[Path, Path]:
    """A visit with photos, and the same photos in a folder."""
    database, photos, chance = place / "one.db", place / "photos", Random(2026)
    photos.mkdir()
    with Workspace.open(database, cycle="2026", assessor="bench") as workspace:
        add_store(workspace, Store("S-1", "Store"))
        with open_visit(workspace, "S-1") as visit:
            for number in range(effort.of(_PHOTOS)):
                photo = photos / f"{number}.jpg"
                photo.write_bytes(chance.randbytes(_BYTES))
                criterion = list(visit.scheme.criteria)[number % _CRITERIA]
                attach(visit, criterion, [workspace.storage.evidence.take(photo)])
    return database, photos


def _run(*words: str, cwd: Path | None = None) -> None:
    subprocess.run(words, check=True, cwd=cwd, stdout=subprocess.DEVNULL)
    os.sync()  # what a program says it wrote is on the disk: so it is where ours says so


def _fresh(path: Path, work: Callable[[], object]) -> Callable[[], float]:
    """A piece of work that makes what lies at a path, which is removed before: that is not measured."""

    def run() -> float:
        _remove(path)
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return run


def _remove(path: Path) -> None:
    for there in path.parent.glob(f"{path.name}*"):
        shutil.rmtree(there) if there.is_dir() else there.unlink()


def memory(what: str, effort: Effort, *arguments: str) -> Figure:
    """The most memory that a command takes."""
    kilobytes = peak_memory(effort, *arguments)
    return Figure(f"peak memory of {what} (MB)", "150 MB", kilobytes, _MEMORY * 1024, 1, _MEGABYTES)
