"""Half-written files: nobody takes one away from under whoever writes it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from greenstar.services.progress import unwatched
from greenstar.storage.backup.writing import back_up
from greenstar.storage.files import partial_file
from greenstar.storage.files.partial_file import PartialFile, hold, make_held, remove_abandoned, remove_if_abandoned
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.user_file import write_user_file

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")


def write_evidence(folder: Path) -> None:
    """Write as evidence is written."""
    PartialFile(folder).become(folder / "evidence", 0o600)


def write_csv(folder: Path) -> None:
    """Write as an export does."""
    write_user_file(folder / "scores.csv", b"")


def write_backup(folder: Path) -> None:
    """Write a backup."""
    Database.open(folder / "green.db").close()
    back_up(folder / "green.db", folder / "green.backup", unwatched)


@unix
@pytest.mark.parametrize("write", [write_evidence, write_csv, write_backup])
def test_a_file_that_another_program_removed_before_its_writer_held_it_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None]
) -> None:
    removed = 0

    def late(descriptor: int, *, wait: bool = False) -> bool:
        nonlocal removed
        if wait and removed < 2:
            removed += 1
            monkeypatch.setattr(partial_file, "hold", hold)
            remove_abandoned(tmp_path, "*.part")
            remove_abandoned(tmp_path, ".*.part")
            monkeypatch.setattr(partial_file, "hold", late)
        return hold(descriptor, wait=wait)

    monkeypatch.setattr(partial_file, "hold", late)
    write(tmp_path)
    assert removed == 2
    assert not list(tmp_path.glob("*.part"))


@unix
def test_a_file_that_was_left_is_held_while_it_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part, descriptor = make_held(lambda: tmp_path / "left.part")
    remove_if_abandoned(part)
    assert part.exists()
    held = []

    def unlink(path: Path) -> None:
        with path.open("rb") as other:
            held.append(not hold(other.fileno()))

    monkeypatch.setattr(Path, "unlink", unlink)
    os.close(descriptor)
    remove_if_abandoned(part)
    assert held == [True]
