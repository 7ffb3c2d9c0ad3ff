"""Whether the system lets the program open as many files at a time as it needs: found out before it begins anything."""

import errno
import os
import sys

from greenstar.errors import StorageError

FOR_A_COMMAND = 12
FOR_A_SCREEN = 40  # a loop of events, the database thrice, photos, and programs that it starts
_MANY = 1024  # more than is ever needed
_TOO_MANY = (errno.EMFILE, errno.ENFILE)


def need_open_files(count: int) -> None:
    """StorageError: so many files more than are open now cannot be opened. A limit that may be raised is raised."""
    if not _can_open(count):
        _raise_limit()
        if not _can_open(count):
            raise StorageError("errors.too_few_open_files", count=count)


def _can_open(count: int) -> bool:
    descriptors: list[int] = []
    try:
        descriptors.append(os.open(os.devnull, os.O_RDONLY))
        while len(descriptors) < count:
            descriptors.append(os.dup(descriptors[0]))
    except OSError as error:
        if error.errno not in _TOO_MANY:
            raise
        return False
    finally:
        for descriptor in descriptors:
            os.close(descriptor)
    return True


def _raise_limit() -> None:
    """Raise the limit of this process as far as its user may: shells set a low one that is no more than a custom."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - hardly ever needed

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _MANY if hard == resource.RLIM_INFINITY else min(_MANY, hard)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
