"""A database made anew: what one that was stopped left is cleared away, and nothing else is."""

from pathlib import Path

import pytest

from greenstar.storage.sqlite.replacement import replacement


@pytest.mark.parametrize("name", ["green.db", "green[1].db"])
def test_what_a_stopped_one_left_is_cleared_away(tmp_path: Path, name: str) -> None:
    """Also where the name of the database reads as a pattern."""
    left = [tmp_path / f"{name}.new{end}" for end in ("", "-wal", "-shm", "-journal")]
    for file in left:
        file.write_bytes(b"half made")
    with replacement(tmp_path / name, "network.made", None):
        pass
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_files_of_others_stay(tmp_path: Path) -> None:
    """What only begins as the new one's name does, or fits it as a pattern, is somebody's."""
    others = [tmp_path / "green[1].db.new-notes.txt", tmp_path / "green1.db.new"]
    for file in others:
        file.write_bytes(b"kept")
    with replacement(tmp_path / "green[1].db", "network.made", None):
        pass
    assert [file.read_bytes() for file in others] == [b"kept", b"kept"]
