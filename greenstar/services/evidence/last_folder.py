"""The folder from which a file was attached last: offered again at the next start, where none is set."""

from contextlib import suppress

from greenstar.errors import StorageError
from greenstar.services.settings.settings import home
from greenstar.storage.folders import make_private_folder

_NAME, _MOST_BYTES = "last_folder", 20_000


def last_folder() -> str:
    """The folder as it was typed; empty where nobody attached anything yet."""
    with suppress(OSError, ValueError, StorageError), (home() / _NAME).open(encoding="utf-8") as file:
        return file.read(_MOST_BYTES).strip()
    return ""


def remember_folder(folder: str) -> None:
    """Have it offered at the next start; where that cannot be kept, nothing is lost."""
    with suppress(OSError, ValueError, StorageError):
        make_private_folder(home())
        (home() / _NAME).write_text(folder, encoding="utf-8")
