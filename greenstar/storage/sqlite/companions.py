"""Which files belong to a database: its own file, what SQLite keeps beside it, and its evidence."""

from pathlib import Path

_BESIDE = ("-wal", "-shm", "-journal")
_EVIDENCE = ".evidence"
_FIRST_BYTES = b"SQLite format 3\0"


def database_of(path: Path) -> Path | None:
    """The database that the file `path` is, or belongs to, there already or not. OSError: it cannot be looked at."""
    beside = (path.with_name(path.name.removesuffix(end)) for end in _BESIDE if path.name.endswith(end))
    above = (folder.with_suffix("") for folder in (path, *path.parents) if folder.suffix == _EVIDENCE)
    return next((file for file in (path, *beside, *above) if _is_database(file)), None)


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_FIRST_BYTES)) == _FIRST_BYTES
