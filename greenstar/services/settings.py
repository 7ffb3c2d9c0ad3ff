"""Where a user's own things lie: the data folder, the database in it, and the few settings."""

import getpass
import json
import os
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from greenstar.errors import StorageError
from greenstar.storage.folders import make_private_folder
from greenstar.storage.user_file import write_user_file

VARIABLE = "GREENSTAR_HOME"
_CONFIG = "config.json"


def home() -> Path:
    """The user's data folder: GREENSTAR_HOME, else what the system keeps for it. It need not exist.

    StorageError: there is none, as for a service or in a container.
    """
    named = os.environ.get(VARIABLE)
    try:
        return expand_home(named) if named else user_data_path("greenstar", appauthor=False)
    except RuntimeError as error:
        raise StorageError("storage.home_unknown") from error


def expand_home(name: str) -> Path:
    """The path of that name, `~` read as the user's home folder; where nobody knows it, the name stays as it is."""
    return Path(os.path.expanduser(name))  # noqa: PTH111 - pathlib's own raises where there is no home


def default_database() -> Path:
    """The database that is used where none is named."""
    return home() / "greenstar.db"


def make_home(file: Path) -> None:
    """Make the data folder where `file` is to lie in it; no other folder is ever made."""
    try:
        folder = home()
    except StorageError:
        return  # `file` lies elsewhere, else nobody could have said where
    if file.parent != folder:
        return
    try:
        make_private_folder(folder)
    except OSError as error:
        raise StorageError("storage.no_home", folder=str(folder), technical=error.strerror or "") from error


def configured(name: str) -> str | None:
    """A setting, or None. A settings file that cannot be read counts as empty: it holds nothing that is needed."""
    value = _settings().get(name)
    return value if isinstance(value, str) and value.strip() else None


def configure(name: str, value: str) -> None:
    """Keep a setting."""
    path = home() / _CONFIG
    make_home(path)
    text = json.dumps({**_settings(), name: value}, ensure_ascii=False, indent=2)
    write_user_file(path, (text + "\n").encode(), mode=0o600)


def login_name() -> str:
    """Who is logged in, as the system says; empty where it does not."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):  # no such variable, no such module (Windows), no such user
        return ""


def _settings() -> dict[str, Any]:
    try:
        settings = json.loads((home() / _CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError, StorageError):
        return {}
    return settings if isinstance(settings, dict) else {}
