"""The settings file, `config.toml`: what it may say, what is wrong in it and where, and writing into it.

What is wrong never keeps the program from starting: the defaults hold for that, and a sentence says so.
"""

import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenstar.errors import StorageError, reason_of
from greenstar.i18n.catalogue import LANGUAGES
from greenstar.i18n.phrase import Phrase

MOST_BYTES = 1_000_000  # nobody writes more; what is larger is no settings file
_HEADING = re.compile(r"\s*\[\s*([A-Za-z0-9_.\"' -]+?)\s*\]\s*(?:#.*)?$")
_ENTRY = re.compile(r"\s*([A-Za-z0-9_.\"' -]+?)\s*=\s*")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class Setting:
    """One thing to set, with the values that it may have; none: any text. `default` is what holds without a file."""

    name: str
    table: str = ""
    choices: tuple[str, ...] = ()

    @property
    def default(self) -> str:
        """The first of the choices; an empty text means that nothing is set."""
        return self.choices[0] if self.choices else ""


LANGUAGE = Setting("language", choices=("auto", *LANGUAGES))
LOOK = Setting("look", choices=("auto", "dark", "light", "contrast", "black", "white"))
GLYPHS = Setting("glyphs", choices=("auto", "rich", "plain"))
ASSESSOR = Setting("assessor")
EVIDENCE_FOLDER = Setting("evidence", table="folders")
SIGNING = Setting("sign", choices=("auto", "off"))
SETTINGS = (LANGUAGE, LOOK, GLYPHS, ASSESSOR, EVIDENCE_FOLDER, SIGNING)
KEYS = "keys"
_TOP = [setting.name for setting in SETTINGS if not setting.table]
_TABLES = {"folders": [EVIDENCE_FOLDER.name]}


@dataclass(frozen=True)
class SettingsProblem:
    """What is wrong, and at which line and column (from 1); 0: in the file as a whole."""

    line: int
    column: int
    why: Phrase

    def phrase(self, file: Path) -> Phrase:
        """The sentence, with file, line and column."""
        place = f"{file}:{self.line}:{self.column}" if self.line else str(file)
        return Phrase("settings.problem", place=place, why=self.why)


class SettingsFile:
    """The file as it is read: `values` of the settings that are right, `keys` as they stand, `problems` of the rest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[SettingsProblem] = []
        self.values: dict[Setting, str] = {}
        self.keys: dict[str, object] = {}
        if not text.strip():
            return  # as for most people: nothing is imported for it
        import tomllib  # noqa: PLC0415

        try:
            self._read(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            self.problems.append(_broken(text, str(error)))
        except RecursionError:
            self.problems.append(SettingsProblem(0, 0, Phrase("settings.broken", technical="nested too deeply")))

    @property
    def broken(self) -> bool:
        """Whether nothing of it could be read."""
        return any(problem.why.key == "settings.broken" for problem in self.problems)

    def _read(self, document: Mapping[str, Any]) -> None:
        self._places = dict(_places(self.text))
        for setting in SETTINGS:
            table = document.get(setting.table, {}) if setting.table else document
            if isinstance(table, Mapping) and setting.name in table:
                self._read_value(setting, table[setting.name])
        for name, value in document.items():
            if name == KEYS and isinstance(value, Mapping):
                self.keys = dict(value)
            elif name in _TABLES and isinstance(value, Mapping):
                for inner in value:
                    self._expect(inner, _TABLES[name], name)
            elif name in (KEYS, *_TABLES):
                self.wrong(Phrase("settings.not_a_table", name=name), name)
            else:
                self._expect(name, [*_TOP, *_TABLES, KEYS])

    def _read_value(self, setting: Setting, value: object) -> None:
        path = (setting.table, setting.name) if setting.table else (setting.name,)
        if not isinstance(value, str):
            self.wrong(Phrase("settings.not_a_text", name=setting.name), *path)
        elif setting.choices and value not in setting.choices:
            self.wrong(Phrase("settings.not_a_choice", value=value, choices=setting.choices), *path)
        elif value.strip():
            self.values[setting] = value.strip()

    def _expect(self, name: str, known: list[str], *table: str) -> None:
        if name not in known:
            self.wrong(unknown(("settings.unknown", "settings.unknown_near"), name, known), *table, name, key=True)

    def wrong(self, why: Phrase, *path: str, item: str = "", key: bool = False) -> None:
        """Something is wrong at a value, at an item of a list in it, or (`key`) at the name before it."""
        at = self._places.get(path, (0, 0))[0 if key else 1]
        if item:
            at = next((place for quote in "\"'" if (place := self.text.find(quote + item + quote, at)) >= 0), at)
        before = self.text[:at]
        self.problems.append(SettingsProblem(before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1, why))


def unknown(keys: tuple[str, str], name: str, known: list[str]) -> Phrase:
    """That a name is unknown, with the one that may be meant, else with all that there are."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where something is wrong

    near = get_close_matches(name, known, n=1)
    return Phrase(keys[1], name=name, near=near[0]) if near else Phrase(keys[0], name=name, known=known)


def _broken(text: str, technical: str) -> SettingsProblem:
    match = _PLACE.search(technical)
    line, column = text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1
    if match is not None and match[1] is not None:
        line, column = int(match[1]), int(match[2])
    return SettingsProblem(line, column, Phrase("settings.broken", technical=_PLACE.sub("", technical)))


def _places(text: str) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """Where each name and its value begin, as offsets. TOML readers do not say; a line holds one of each."""
    table: tuple[str, ...] = ()
    at = 0
    for line in text.splitlines(keepends=True):
        heading, entry = _HEADING.match(line), _ENTRY.match(line)
        if heading is not None:
            table = _parts(heading[1])
            yield table, (at + heading.start(1), at + heading.start(1))
        elif entry is not None:
            yield (*table, *_parts(entry[1])), (at + entry.start(1), at + entry.end())
        at += len(line)


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def read_settings(file: Path) -> SettingsFile:
    """The file as it is; one that is not there is empty, and one that cannot be read says so."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would never end
            return _unreadable(SettingsProblem(0, 0, Phrase("settings.no_file")))
        content = file.read_bytes() if status.st_size <= MOST_BYTES else None
    except FileNotFoundError:
        return SettingsFile("")
    except OSError as error:
        return _unreadable(SettingsProblem(0, 0, Phrase("settings.unreadable", technical=reason_of(error))))
    if content is None:
        return _unreadable(SettingsProblem(0, 0, Phrase("settings.too_large", most=f"{MOST_BYTES:,}")))
    try:
        return SettingsFile(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        return _unreadable(SettingsProblem(before.count(b"\n") + 1, column, Phrase("settings.not_utf8")))


def _unreadable(problem: SettingsProblem) -> SettingsFile:
    read = SettingsFile("")
    read.problems.append(problem)
    return read


def write_settings(file: Path, values: Mapping[Setting, str | None]) -> None:
    """Write these settings into the file, or take them out (None); its comments, and what else it holds, stay.

    StorageError: it cannot be read, so that nothing of it would be kept; or it cannot be written.
    """
    # Only needed where something is changed.
    import tomlkit  # noqa: PLC0415

    from greenstar.storage.user_file import write_user_file  # noqa: PLC0415

    read = read_settings(file)
    if read.broken or (read.problems and not read.text and file.exists()):
        raise StorageError("settings.mend_first", why=read.problems[0].phrase(file))
    document = tomlkit.parse(read.text)
    for setting, value in values.items():
        table: Any = document
        if setting.table:
            if not isinstance(document.get(setting.table), Mapping):
                document[setting.table] = tomlkit.table()
            table = document[setting.table]
        if value is not None:
            table[setting.name] = value
        elif setting.name in table:
            del table[setting.name]
    write_user_file(file, tomlkit.dumps(document).encode(), mode=0o600)
