"""ULIDs: identities that hold beyond one database, and sort by their time (https://github.com/ulid/spec)."""

import hashlib
import os
from datetime import datetime

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in _SIGNS for second in _SIGNS]  # of ten bits each
_RANDOM = 10  # bytes
_MOST_MILLISECONDS = 2**48 - 1


def new_ulid(at: datetime) -> str:
    """A new identity of that time."""
    return _ulid(at, os.urandom(_RANDOM))


def ulid_of(at: datetime, content: str) -> str:
    """The identity of that time whose rest follows from a content: wherever it is worked out, it is the same."""
    return _ulid(at, hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()[:_RANDOM])


def _ulid(at: datetime, rest: bytes) -> str:
    milliseconds = min(max(int(at.timestamp() * 1000), 0), _MOST_MILLISECONDS)
    number = milliseconds << 8 * _RANDOM | int.from_bytes(rest, "big")
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(120, -1, -10)])
