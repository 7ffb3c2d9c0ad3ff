"""Where a user's own things lie: the data folder, the database in it, and the settings."""

import getpass
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from greenstar.errors import StorageError, reason_of
from greenstar.i18n.phrase import Phrase
from greenstar.services.settings.key_settings import keymap_of
from greenstar.services.settings.keymap import AS_DECLARED, Keymap
from greenstar.services.settings.settings_file import SETTINGS, Setting, read_settings, write_settings
from greenstar.storage.folders import make_private_folder
from greenstar.text import MOST_NAME, clean_name

VARIABLE = "GREENSTAR_HOME"
_CONFIG, _OLDER = "config.toml", "config.json"


def home() -> Path:
    """The user's data folder: GREENSTAR_HOME, else what the system keeps for it. It need not exist.

    StorageError: there is none, as for a service or in a container.
    """
    named = os.environ.get(VARIABLE)
    try:
        if named:
            return expand_home(named)
        from platformdirs import user_data_path  # noqa: PLC0415 - not imported where nobody asks for it

        return user_data_path("greenstar", appauthor=False)
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
        return  # without a data folder `file` cannot lie in it
    if file.parent != folder:
        return
    try:
        make_private_folder(folder)
    except OSError as error:
        raise StorageError("storage.no_home", folder=str(folder), technical=reason_of(error)) from error


def config_file() -> Path:
    """The settings file: in the data folder where GREENSTAR_HOME names one, else in the user's configuration folder.

    StorageError: there is no such folder, as for a service or in a container.
    """
    if os.environ.get(VARIABLE):
        return home() / _CONFIG
    from platformdirs import user_config_path  # noqa: PLC0415 - as above

    try:
        return user_config_path("greenstar", appauthor=False) / _CONFIG
    except RuntimeError as error:
        raise StorageError("storage.home_unknown") from error


@dataclass(frozen=True)
class Settings:
    """What the settings file says, and what is wrong in it: sentences with file, line and column."""

    values: Mapping[Setting, str] = field(default_factory=dict)
    keymap: Keymap = AS_DECLARED
    problems: tuple[Phrase, ...] = ()

    def __getitem__(self, setting: Setting) -> str:
        return self.values.get(setting, setting.default)


def load_settings() -> Settings:
    """The settings as they are now. What is wrong in the file counts as not there."""
    try:
        file = config_file()
    except StorageError:
        return Settings()
    read = read_settings(file)
    keymap = keymap_of(read) if read.keys else AS_DECLARED
    values = read.values if os.path.exists(file) else _of_older_versions()  # noqa: PTH110 - false where it cannot be said
    problems = sorted(read.problems, key=lambda problem: (problem.line, problem.column))
    return Settings(values, keymap, tuple(problem.phrase(file) for problem in problems))


def configured(name: str) -> str | None:
    """A setting by its name; None where nothing is set, or `auto`."""
    value = load_settings()[_named(name)]
    return value if value not in ("", "auto") else None


def configure(name: str, value: str) -> None:
    """Keep a setting by its name. StorageError: as with `keep`."""
    keep(_named(name), value)


def keep(setting: Setting, value: str | None) -> None:
    """Keep a setting; None: what holds without one. StorageError: the file cannot be written, or cannot be read."""
    file = config_file()
    _make_folder(file)
    before = {} if file.exists() else _of_older_versions()
    write_settings(file, {**before, setting: value})


def _named(name: str) -> Setting:
    return next(setting for setting in SETTINGS if setting.name == name)


def _make_folder(file: Path) -> None:
    try:
        make_private_folder(file.parent)
    except OSError as error:
        raise StorageError("storage.no_home", folder=str(file.parent), technical=reason_of(error)) from error


def name_at_work(named: str | None) -> str:
    """Who is at work: the name given, else the configured one, else the login name; as it is kept."""
    names = (named, configured("assessor"), login_name())
    kept = (clean_name(name or "")[:MOST_NAME] for name in names)
    return next((name for name in kept if name), "assessor")


def login_name() -> str:
    """Who is logged in, as the system says; empty where it does not."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):  # no such variable, no such module (Windows), no such user
        return ""


def _of_older_versions() -> dict[Setting, str]:
    """What versions up to 0.2 kept, in a file of another form."""
    try:
        kept = json.loads((home() / _OLDER).read_text(encoding="utf-8"))
    except (OSError, ValueError, StorageError):
        return {}
    texts = kept if isinstance(kept, dict) else {}
    values = {setting: texts.get(setting.name) for setting in SETTINGS if not setting.table}
    return {
        setting: value
        for setting, value in values.items()
        if isinstance(value, str) and value.strip() and (not setting.choices or value in setting.choices)
    }
