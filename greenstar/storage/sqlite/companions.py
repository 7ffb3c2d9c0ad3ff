"""Which files belong to a database: its own file, what SQLite keeps beside it, and its evidence."""

from pathlib import Path

_BESIDE = ("-wal", "-shm", "-journal")
_EVIDENCE = ".evidence"
_FIRST_BYTES = b"SQLite format 3\0"


def log_of(database: Path) -> Path:
    """The log of what was written last, which is not in the file itself yet."""
    return Path(f"{database}-wal")


def has_log(database: Path) -> bool:
    """Whether there is anything in the log. OSError: it cannot be looked at."""
    try:
        return log_of(database).stat().st_size > 0
    except FileNotFoundError:
        return False


def shared_memory_of(database: Path) -> Path:
    """What the programs that have a database open share about its log."""
    return Path(f"{database}-shm")


def beside(database: Path) -> list[Path]:
    """All that SQLite may keep beside a database, there or not."""
    return [Path(f"{database}{end}") for end in _BESIDE]


def database_of(path: Path) -> Path | None:
    """The database that the file `path` is, or belongs to, there already or not. OSError: it cannot be looked at."""
    owners = (path.with_name(path.name.removesuffix(end)) for end in _BESIDE if path.name.endswith(end))
    above = (folder.with_suffix("") for folder in (path, *path.parents) if folder.suffix == _EVIDENCE)
    return next((file for file in (path, *owners, *above) if _is_database(file)), None)


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_FIRST_BYTES)) == _FIRST_BYTES
