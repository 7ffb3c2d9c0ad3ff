"""SHA-256 as it is written everywhere here: 64 hexadecimal digits in small letters."""

import hashlib
import re
from pathlib import Path
from typing import TypeGuard

_BY_SIGHT = 16  # digits
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_sha256(value: object) -> TypeGuard[str]:
    """Whether it is a text that can be the SHA-256 of something."""
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def shortened(sha256: str) -> str:
    """So much of a hash as tells it from others by sight."""
    return sha256[:_BY_SIGHT]


def sha256_of_file(path: Path) -> str:
    """The SHA-256 of the bytes of a file. OSError: it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
