"""The file of the user's own private key: made so that nobody else ever reads it, and refused where somebody could."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from greenstar.errors import BadInput, reason_of
from greenstar.record.private_key import Ed25519Key, LockedKey, WrongPassphrase, read_private_key
from greenstar.record.public_key import KIND, NotOurs
from greenstar.services.settings.settings import config_file
from greenstar.storage.folders import make_private_folder, sync_folder
from greenstar.storage.user_file import make_part, write_user_file

_MOST_BYTES = 100_000  # of a private key's file: ours have some 400
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class CannotSign(BadInput):
    """Why nothing can be signed just now."""


def key_file() -> Path:
    """Where the user's own key lies: beside the settings. StorageError: nobody knows where that is."""
    return config_file().with_name("signing_key")


def read_key(file: Path) -> LockedKey | None:
    """The key in that file; None: there is no file.

    CannotSign: others may read it, it is somebody else's, it is no Ed25519 key in OpenSSH's format, or leads nowhere.
    """
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
            raise CannotSign("signing.broken", file=str(file))
        _refuse_others(file, status)
        content = file.read_bytes()
    except FileNotFoundError:
        if file.is_symlink():  # to a disk that is not there now, say: no reason to make another key
            raise CannotSign("signing.leads_nowhere", file=str(file)) from None
        return None
    except OSError as error:
        raise CannotSign("signing.unreadable", file=str(file), reason=reason_of(error)) from error
    try:
        return read_private_key(content)
    except NotOurs as error:
        if error.kind:
            raise CannotSign("signing.other_kind", file=str(file), kind=error.kind, wanted=KIND) from error
        raise CannotSign("signing.broken", file=str(file)) from error


def _refuse_others(file: Path, status: os.stat_result) -> None:
    """Refuse a key that somebody else could have read or put there. Windows keeps a user's folders by itself."""
    if not hasattr(os, "geteuid"):
        return
    if status.st_uid != os.geteuid():
        raise CannotSign("signing.somebody_elses", file=str(file))
    if status.st_mode & _OTHERS:
        raise CannotSign("signing.readable_by_others", file=str(file), mode=f"{stat.S_IMODE(status.st_mode):o}")


def opened(file: Path, locked: LockedKey, passphrase: str) -> Ed25519Key:
    """The key itself. CannotSign: the passphrase is missing or another one, or the key is broken."""
    try:
        return locked.unlocked(passphrase)
    except WrongPassphrase as error:
        key = "signing.wrong_passphrase" if passphrase else "signing.passphrase_missing"
        raise CannotSign(key, file=str(file)) from error
    except NotOurs as error:
        raise CannotSign("signing.broken", file=str(file)) from error


def make_key(file: Path, passphrase: str = "") -> bool:
    """Make a key of one's own; whether it was made: another program may have been quicker.

    It is written under another name first, for nobody else to read from the first moment on. CannotSign: the disk would
    not take it.
    """
    try:
        make_private_folder(file.parent)
        part, descriptor = make_part(file.parent)
        try:
            with os.fdopen(descriptor, "wb") as written:
                written.write(Ed25519Key.new().written(passphrase))
                written.flush()
                os.fsync(written.fileno())
                if sys.platform == "win32":
                    written.close()  # there nobody renames an open file
                made = _put_in_place(part, file)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        sync_folder(file.parent)
    except OSError as error:
        raise CannotSign("signing.cannot_make", file=str(file), reason=reason_of(error)) from error
    return made


def _put_in_place(part: Path, file: Path) -> bool:
    """Give a file its name, unless there is one of that name: a key that signed something is never written over."""
    try:
        file.hardlink_to(part)
    except FileExistsError:
        return False
    except OSError:  # a disk that knows no links
        if file.exists():
            return False
        part.rename(file)
    return True


def write_key(file: Path, key: Ed25519Key, passphrase: str) -> None:
    """Write a key with another passphrase, or (empty) with none. StorageError: the disk would not take it."""
    write_user_file(file, key.written(passphrase), mode=0o600)
