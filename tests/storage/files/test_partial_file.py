"""Half-written files: nobody takes one away from under whoever writes it."""

import os
import sys
from collections.abc import Callable
from functools import partial, partialmethod
from pathlib import Path

import pytest

from greenstar.services.progress import unwatched
from greenstar.services.signing.key_file import make_key
from greenstar.storage.backup.writing import back_up
from greenstar.storage.files import partial_file
from greenstar.storage.files.partial_file import (
    PartialFile,
    hold,
    is_abandoned,
    make_held,
    remove_abandoned,
    remove_if_abandoned,
)
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


def write_key(folder: Path) -> None:
    """Make a key of one's own."""
    make_key(folder / "signing_key")


@unix
@pytest.mark.parametrize("write", [write_evidence, write_csv, write_backup, write_key])
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
@pytest.mark.parametrize("write", [write_evidence, write_csv, write_backup, write_key])
def test_a_file_is_held_until_it_has_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None]
) -> None:
    named = []

    def watched(real: Callable[[Path, Path], object], first: Path, second: Path) -> object:
        part = next(path for path in (first, second) if path.suffix == ".part")
        named.append(is_abandoned(part))
        return real(first, second)

    for name in ("replace", "hardlink_to"):
        monkeypatch.setattr(Path, name, partialmethod(partial(watched, getattr(Path, name))))
    write(tmp_path)
    assert named == [False]


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
