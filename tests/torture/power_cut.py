"""The power is cut at a random moment while somebody answers, attaches, submits, packs, unpacks and backs up.

A process is recorded once by strace, with all that it writes. Each cut plays that again up to a moment, and leaves out
what was not synced, sector by sector. Then the database opens, holds all that was acknowledged by then, and verifies.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from greenstar.assessment.model import Finding
from greenstar.services.evidence.evidence import attach, of_visit, set_verified
from greenstar.services.findings.findings import add
from greenstar.services.laptops.packing import pack_into
from greenstar.services.laptops.unpacking import unpack
from greenstar.services.progress import unwatched
from greenstar.services.verification.problem import Wrong
from greenstar.services.verification.verify import verify
from greenstar.services.visit.lifecycle import reopen, submit
from greenstar.services.workspace import Workspace
from greenstar.storage.backup.writing import back_up
from tests.services.conftest import SCHEME, Clock, fill
from tests.services.laptops.team import begin
from tests.torture.outcome import MissingError, Outcome
from tests.torture.recorded_disk import CALLS, FOLDER, Call, RecordedDisk, read_calls
from tests.torture.running import alone
from tests.torture.workshop import a_folder

_ACKNOWLEDGED = b"acknowledged "
_WHOSE = (Wrong.UNKNOWN_SIGNER, Wrong.OTHER_SIGNER)  # nobody lists the key that this torture makes


def laptop(folder: Path, name: str, scheme: Path) -> Workspace:
    """A laptop's database in a folder."""
    return Workspace.open(folder / f"{name}.db", scheme=str(scheme), cycle="2026", assessor=name, clock=Clock())


# -- what is recorded ----------------------------------------------------------------------------------------------


def _acknowledge(**values: Any) -> None:
    """Say that something is done: by the call that writes this, it must be on the disk."""
    os.write(1, _ACKNOWLEDGED + json.dumps(values).encode())


def _last(workspace: Workspace) -> None:
    chains = workspace.storage.events.chains()
    _acknowledge(events=sorted(head.hash for chain in chains for head in workspace.storage.events.heads(chain)))


def _written(file: Path) -> None:
    _acknowledge(file=file.name, sha256=hashlib.sha256(file.read_bytes()).hexdigest())


def work(folder: Path, aside: Path) -> None:
    """Answer, attach, submit, pack, unpack and back up, from an empty folder on; what lies `aside` is not recorded."""
    with laptop(folder, "ada", aside / "small.yaml") as ada:
        _last(ada)
        begin(ada, "S-1")
        begin(ada, "S-2").answer("W2", True)
        _last(ada)
        for number in range(6):
            begin(ada).answer("E1", Fraction(number, 10))
            _last(ada)
        for photo in sorted(aside.glob("*.jpg")):
            attach(begin(ada), "W1", [ada.storage.evidence.take(photo)])
            _last(ada)
        set_verified(begin(ada), of_visit(begin(ada))[0], on=True)
        add(begin(ada), Finding("W1", "minor", "leaks", "mend it", None, None))
        _last(ada)
        for number in range(2):
            pack_into(ada, ["S-1", "S-2"], folder / "ada.zip", unwatched)
            _written(folder / "ada.zip")
            fill(begin(ada), lamps=20 + number)
            submit(ada, "S-1")
            _last(ada)
            back_up(folder / "ada.db", folder / "ada.backup", unwatched)
            _written(folder / "ada.backup")
            reopen(ada, "S-1", "a meter was read again")
            _last(ada)
            unpack(ada, [aside / f"bo{number}.zip"], unwatched)
            _last(ada)


# -- recording -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recording:
    """The calls of the work, and the folder it was done in."""

    calls: list[Call]
    root: Path
    aside: Path

    def said(self, call: Call) -> dict[str, Any] | None:
        """What a call acknowledges."""
        if call.name != "write" or not call.texts or not call.texts[0].startswith(_ACKNOWLEDGED):
            return None
        said: dict[str, Any] = json.loads(call.texts[0].removeprefix(_ACKNOWLEDGED))
        return said


def record(place: Path) -> Recording:
    """Do the work once under strace. MissingError: there is none."""
    if shutil.which("strace") is None:
        raise MissingError("strace is not installed")
    root, aside, trace = place / "root", place / "aside", place / "trace"
    root.mkdir()
    aside.mkdir()
    _prepare(aside)
    calls = ",".join(CALLS)
    command = ["strace", "-f", "-qq", "-xx", "-s", "50000000", "-e", f"trace={calls}", "-e", "signal=none", "-o"]
    subprocess.run(
        [*command, trace, sys.executable, "-m", "tests.torture.power_cut", "work", root, aside],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return Recording(list(read_calls(trace)), root, aside)


def _prepare(aside: Path) -> None:
    """What the work needs: a scheme, photos, and what came from Bo's laptop."""
    (aside / "small.yaml").write_text(SCHEME, encoding="utf-8")
    chance = Random(13)
    for number in range(3):
        (aside / f"{number}.jpg").write_bytes(chance.randbytes(5_000))
    with laptop(aside, "bo", aside / "small.yaml") as bo:
        for number in range(2):
            visit = begin(bo, f"B-{number}")
            attach(visit, "W1", [bo.storage.evidence.take(aside / f"{number}.jpg")])
            fill(visit)
            pack_into(bo, [f"B-{number}"], aside / f"bo{number}.zip", unwatched)


def check_recording(recording: Recording) -> None:
    """Played to the end, the recording gives what the work left."""
    disk = RecordedDisk(str(recording.root))
    for call in recording.calls:
        disk.play(call)
    played = {path: bytes(content.now) for path, content in disk.names.items() if content is not FOLDER}
    real = {str(path): path.read_bytes() for path in recording.root.rglob("*") if path.is_file()}
    differing = {path for path in {**played, **real} if played.get(path) != real.get(path)}
    assert all(path.endswith("-shm") for path in differing), f"not all was recorded: {differing}"


# -- cutting -------------------------------------------------------------------------------------------------------


def put_down(files: dict[str, bytes | None], folder: Path) -> None:
    """Make the files that a cut left; the shared memory of a database is none of them."""
    for name, content in files.items():
        if content is None:
            (folder / name).mkdir()
        elif not name.endswith("-shm"):
            (folder / name).write_bytes(content)


def check(folder: Path, aside: Path, said: list[dict[str, Any]], later: list[dict[str, Any]]) -> str:
    """Whether all is there that was acknowledged; how it ended."""
    kept = {each["file"]: each["sha256"] for each in said if "file" in each}
    for name, sha256 in kept.items():
        content = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert content in {sha256, *(each["sha256"] for each in later if each.get("file") == name)}, f"{name} is lost"
    if not said and not (folder / "ada.db").exists():
        return "not begun"
    wanted = {sha256 for each in said for sha256 in each.get("events", ())}
    with laptop(folder, "ada", aside / "small.yaml") as ada:
        missing = wanted - ada.storage.events.has(sorted(wanted))
        assert not missing, f"{len(missing)} acknowledged events are lost"
        problems = verify(ada.storage, evidence=True).problems
        problems = [problem for problem in problems if problem.kind not in _WHOSE]
        assert not problems, problems
        begin(ada, "S-9").answer("W2", True)
    return "held"


def torture(outcome: Outcome, number: int, seed: int) -> None:
    """Cut the power so many times."""
    chance = Random(seed)
    with a_folder() as place:
        recording = record(place)
        check_recording(recording)
        first = next(at for at, call in enumerate(recording.calls) if bytes(recording.root) in b"".join(call.texts))
        moments = sorted(chance.randint(first, len(recording.calls)) for _ in range(number))
        every = [said for call in recording.calls if (said := recording.said(call)) is not None]
        disk, played, count = RecordedDisk(str(recording.root)), 0, 0
        for moment in moments:
            for call in recording.calls[played:moment]:
                disk.play(call)
                count += recording.said(call) is not None
            played = moment
            with outcome.run(f"cut before call {moment}"), a_folder() as folder:
                put_down(disk.after_cut(chance), folder)
                outcome.ended(check(folder, recording.aside, every[:count], every[count:]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        work(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        alone("power_cut")
