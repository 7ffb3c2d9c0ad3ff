"""How a backup begins: with its database, so that it is known without being read."""

import os
from pathlib import Path

DATABASE = "greenstar.db"
"""The entry of a backup that is the database."""
_HEADER = 30  # bytes before the name of an entry


def begins_as_backup(path: Path) -> bool:
    """Whether a file begins as a backup does. OSError: unreadable."""
    with path.open("rb") as file:
        start = file.read(_HEADER + len(DATABASE))
    return start.startswith(b"PK\x03\x04") and start.endswith(os.fsencode(DATABASE))
