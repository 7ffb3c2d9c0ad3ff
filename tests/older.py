"""Databases that earlier releases made, and what their commands said of them."""

import json
import lzma
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FOLDER = Path(__file__).parent / "data" / "0.2.0"


def restore(name: str, path: Path) -> Path:
    """The database of that name, as 0.2.0 left it, at `path`."""
    path.write_bytes(_content(name))
    return path


@cache
def _content(name: str) -> bytes:
    script = lzma.decompress((FOLDER / f"{name}.sql.xz").read_bytes()).decode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "old.db"
        with closing(sqlite3.connect(path)) as database:
            database.executescript(script)
            database.execute("PRAGMA journal_mode = WAL")
        return path.read_bytes()


def told_of(name: str) -> dict[str, dict[str, Any]]:
    """What 0.2.0 said of it, by cycle: `rank`, `scores`, `csv_header`."""
    told: dict[str, dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return told
