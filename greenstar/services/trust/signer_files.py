"""The two files of trust, beside the settings: OpenSSH's allowed signers, and the keys that were revoked.

Both can be written by hand, and `ssh-keygen -Y verify` reads both. What somebody wrote in them stays as it is.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from greenstar.errors import StorageError, reason_of
from greenstar.record.allowed_signers import BadLine, allowed_line, pattern_of, read_revoked
from greenstar.record.public_key import PublicKey
from greenstar.services.settings.settings import config_file
from greenstar.storage.folders import make_private_folder
from greenstar.storage.user_file import write_user_file

_MOST_BYTES = 10_000_000  # of a list: some 60,000 keys
_APPENDED = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


def signers_file() -> Path:
    """The list of allowed signers. StorageError: nobody knows where the settings lie."""
    return config_file().with_name("allowed_signers")


def revoked_file() -> Path:
    """The list of revoked keys. StorageError: as above."""
    return config_file().with_name("revoked_keys")


def read_list(file: Path) -> str:
    """What a list holds; one that is not there is empty. StorageError: it cannot be read: nobody knows who counts."""
    try:
        if not os.path.lexists(file):  # a link that leads nowhere is no empty list
            return ""
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            raise StorageError("trust.no_list", file=str(file))
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise StorageError("trust.no_list", file=str(file)) from error
    except OSError as error:
        raise StorageError("trust.unreadable", file=str(file), reason=reason_of(error)) from error


def is_revoked(key: PublicKey) -> bool:
    """Whether a key is on the list of revoked ones, as far as that can be read."""
    try:
        revoked = read_revoked(read_list(revoked_file()))
    except StorageError:
        return False
    return any(not isinstance(entry, BadLine) and entry[1] == key for entry in revoked)


def add_line(file: Path, line: str) -> None:
    """Put a line at the end of a list. StorageError: the disk would not take it."""
    before = read_list(file)
    whole = "\n" if before and not before.endswith("\n") else ""
    try:
        make_private_folder(file.parent)
        descriptor = os.open(file, _APPENDED, 0o644)
        try:
            _append(descriptor, f"{whole}{line}\n".encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageError("files.cannot_write", path=str(file), reason=reason_of(error)) from error


def _append(descriptor: int, content: bytes) -> None:
    """Put bytes at the end of a file, all of them or none."""
    size = os.fstat(descriptor).st_size
    try:
        while content:
            content = content[os.write(descriptor, content) :]
        os.fsync(descriptor)
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def replace_lines(file: Path, replaced: Iterable[tuple[int, str | None]]) -> None:
    """Give lines (from 1) another text, or (None) take them out; all others stay. StorageError: as `add_line`."""
    lines: list[str | None] = [*read_list(file).split("\n")]
    for number, text in replaced:
        lines[number - 1] = text
    write_user_file(file, "\n".join(line for line in lines if line is not None).encode())


def list_signer(name: str, key: PublicKey) -> None:
    """Put a key on the list of allowed signers, from always. StorageError: as `add_line`."""
    add_line(signers_file(), allowed_line(pattern_of(name), key))
