"""What identifies a database: a copy that goes on by itself is another one, and gets an identity of its own."""

import sqlite3
from datetime import datetime

from greenstar.record.ulids import new_ulid


def renew_identity(connection: sqlite3.Connection, at: datetime) -> None:
    """Give a database that was restored or copied another identity; those of older versions have none yet."""
    has_any = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'identity'").fetchone()[0]
    if has_any:
        connection.execute("UPDATE identity SET ulid = ?", (new_ulid(at),))
