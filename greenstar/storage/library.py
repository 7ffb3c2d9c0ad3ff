"""The SQLite that Python was built with, and a bug of older ones."""

import sqlite3

VERSION = sqlite3.sqlite_version
_FIXED = ((3, 44, 6), (3, 50, 7))  # in which older lines it was mended as well
_FIRST, _MENDED = (3, 7, 0), (3, 51, 3)


def has_reset_bug(version: str = VERSION) -> bool:
    """Whether a commit and a checkpoint at the same moment can damage a database with a log.

    https://www.sqlite.org/wal.html#walresetbug; systems may have mended theirs without giving it another number.
    """
    number = tuple(map(int, version.split(".")[:3]))
    mended = any(number[:2] == fixed[:2] and number >= fixed for fixed in _FIXED)
    return _FIRST <= number < _MENDED and not mended
