"""Which errors say that the system refused something: a file, or a part of the program that its disk does not give."""

import errno
import os
import sys
from collections.abc import Iterator
from importlib.machinery import all_suffixes

_REFUSALS = tuple(os.strerror(code) for code in (errno.EIO, errno.EMFILE, errno.ENFILE, errno.EACCES, errno.ENOMEM))


def is_of_system(error: BaseException) -> bool:
    """Whether the system refused something.

    An import that failed is the system's doing only where a disk stands behind it: a part that is missing, or does not
    fit the others, is a broken installation, which no second try mends.
    """
    if not isinstance(error, ImportError):
        return isinstance(error, OSError)
    return (
        any(isinstance(reason, OSError) for reason in _reasons(error))
        or str(error).endswith(_REFUSALS)  # a shared library: the loader of the system tells it in words alone
        or (isinstance(error, ModuleNotFoundError) and error.name is not None and _is_there(error.name))
    )


def _reasons(error: BaseException) -> Iterator[BaseException]:
    reason = error.__cause__ or error.__context__
    while reason is not None:
        yield reason
        reason = reason.__cause__ or reason.__context__


def _is_there(module: str) -> bool:
    """Whether a module that was not found is there, or its disk does not say: Python takes both for a missing one."""
    package, _, name = module.rpartition(".")
    folders = getattr(sys.modules.get(package), "__path__", ()) if package else sys.path
    for folder in folders:
        for suffix in ("", *all_suffixes()):
            try:
                os.stat(os.path.join(folder, name + suffix))  # noqa: PTH116, PTH118 - a folder is any text here
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError:
                return True
            else:
                return True
    return False
