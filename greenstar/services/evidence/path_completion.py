"""Completes a path that is being typed, as a shell does."""

import os
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path

from greenstar.services.evidence.path_parsing import WINDOWS, Word, can_be_seen, located, spelled, words
from greenstar.text import clean_line

MOST_MATCHES = 200
_MOST_NAMES = 20_000  # of one folder that are looked at
_SEPARATORS = "/\\" if WINDOWS else "/"


@dataclass(frozen=True)
class Match:
    """A name that fits; `text`: what the field holds once it is chosen."""

    name: str
    folder: bool
    text: str

    @property
    def shown(self) -> str:
        """The name as it can be shown."""
        return clean_line(self.name) or "?"


@dataclass(frozen=True)
class Completion:
    """What fits a typed text: what Tab makes of it, the first names that fit, and how many more there are."""

    typed: str
    completed: str
    matches: tuple[Match, ...] = ()
    not_shown: int = 0


def complete(text: str) -> Completion:
    """Complete the last path in a text. Where none fits, all of it is tried as one path with spaces."""
    typed_paths = words(text)
    if not typed_paths or (text[-1].isspace() and not text.endswith("\\ ")):
        return Completion(text, text)
    done = _complete(text, typed_paths[-1])
    if not done.matches and len(typed_paths) > 1:
        done = _complete(text, Word(typed_paths[0].start, text.strip()))
    return done


def _complete(text: str, word: Word) -> Completion:
    before, path = text[: word.start], word.path
    if path == "~":
        return Completion(text, f"{before}~/", (Match("~", folder=True, text=f"{before}~/"),))
    cut = max((path.rfind(separator) for separator in _SEPARATORS), default=-1) + 1
    folder, start = path[:cut], path[cut:]
    names = _names(located(folder or "."), start)
    if not names:
        return Completion(text, text)
    matches = tuple(
        Match(name, is_folder, before + _written(folder + name, folder=is_folder))
        for name, is_folder in names[:MOST_MATCHES]
    )
    if len(names) == 1:
        completed = matches[0].text
    else:
        common = _common([name for name, _ in names])
        longer = len(common) >= len(start) and common != start
        completed = before + spelled(folder + common) if longer else text
    return Completion(text, completed, matches, len(names) - len(matches))


def _common(names: list[str]) -> str:
    """What all names begin with, as far as it can be seen."""
    common = os.path.commonprefix(names)  # noqa: RUF071 - by character is what is meant
    return "".join(takewhile(can_be_seen, common))


def _written(path: str, *, folder: bool) -> str:
    """A chosen name as the field shows it: after a folder typing goes on, after a file comes a space."""
    if not folder:
        return f"{spelled(path)} "
    return spelled(f"{path}/").removesuffix('"')


def _names(folder: Path, start: str) -> list[tuple[str, bool]]:
    """The names in a folder that begin so, folders first; hidden ones only where a dot is typed."""
    try:
        with os.scandir(folder) as entries:
            names = [(entry.name, _is_folder(entry)) for entry in islice(entries, _MOST_NAMES)]
    except (OSError, ValueError):
        return []
    shown = [entry for entry in names if start.startswith(".") or not entry[0].startswith(".")]
    fitting = [entry for entry in shown if entry[0].startswith(start)]
    if not fitting:
        fitting = [entry for entry in shown if entry[0].casefold().startswith(start.casefold())]
    return sorted(fitting, key=lambda entry: (not entry[1], entry[0].casefold(), entry[0]))


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
