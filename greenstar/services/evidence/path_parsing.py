r"""Paths as people type them, and as terminals paste files that are dropped on them.

`~/Photos/*.jpg`, `My\ Photos/a.jpg 'b c.jpg'`, `file:///home/ada/a%20b.jpg`; on Windows `C:\Photos\a.jpg "b c.jpg"`.
"""

import glob
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from greenstar.errors import BadInput
from greenstar.text import clean_line, without_unseen

WINDOWS = os.name == "nt"
MOST_FILES = 1000  # at once
_ANY_ONE = "?"  # what stands for a character that cannot be seen: a pattern that matches it
_ESCAPED = "\\\"' \t"


@dataclass(frozen=True)
class Word:
    """One path of several: as it is meant, and where it begins in the text."""

    start: int
    path: str


def words(text: str, *, windows: bool = WINDOWS) -> list[Word]:
    """The paths in a text; spaces part them, unless they are quoted or (not on Windows) escaped."""
    return list(_words(text, windows=windows))


def _words(text: str, *, windows: bool) -> Iterator[Word]:
    start, quote, path, at = -1, "", "", 0
    quotes = '"' if windows else "\"'"
    while at < len(text):
        character = text[at]
        if not quote and character.isspace():
            if start >= 0:
                yield Word(start, path)
            start, path, at = -1, "", at + 1
            continue
        start = at if start < 0 else start
        if quote:
            if character == quote:
                quote = ""
            elif character == "\\" and quote == '"' and not windows and text[at + 1 : at + 2] in ('"', "\\"):
                at += 1
                path += text[at]
            else:
                path += character
        elif character in quotes and (at == start or character in text[at + 1 :]):  # else a sign of the name: it's.jpg
            quote = character
        elif character == "\\" and not windows and at + 1 < len(text):
            at += 1
            path += text[at]
        else:
            path += character
        at += 1
    if start >= 0:
        yield Word(start, path)


def spelled(path: str, *, windows: bool = WINDOWS) -> str:
    """A path as `words` takes it back; what cannot be seen of it is matched by a pattern."""
    if _seen(path) != path:
        path = _seen(glob.escape(path))
    if windows:
        return f'"{path}"' if any(character.isspace() for character in path) else path
    return "".join(f"\\{sign}" if sign in _ESCAPED or sign.isspace() else sign for sign in path)


def pasted(text: str, *, windows: bool = WINDOWS) -> str:
    """A pasted text on one line. A line that is itself a path, whatever is in it, is spelled so that it stays one."""
    lines = [line.strip() for line in text.splitlines()]
    return " ".join(
        spelled(line, windows=windows) if _is_path_as_it_is(line, windows=windows) else _seen(line)
        for line in lines
        if line
    )


def _seen(text: str) -> str:
    """The text with a mark for every character that cannot be seen, or would change the order of the others."""
    return "".join(character if can_be_seen(character) else _ANY_ONE for character in text)


def can_be_seen(character: str) -> bool:
    """Whether a character shows, or is a space, and leaves the others in their places."""
    return (character.isprintable() or unicodedata.category(character) == "Zs") and bool(without_unseen(character))


def _is_path_as_it_is(line: str, *, windows: bool) -> bool:
    """Whether a text leads to something, though `words` would take it for another path, or for several."""
    if [word.path for word in words(line, windows=windows)] == [line]:
        return False
    try:
        return located(line, windows=windows).exists()
    except (OSError, ValueError, RuntimeError):
        return False


def wanted(text: str, *, windows: bool = WINDOWS) -> list[str]:
    """The paths in a text; a text that is as a whole the path of a file, spaces and quotes and all, is one path."""
    text = text.strip()
    return [text] if _is_path_as_it_is(text, windows=windows) else [word.path for word in words(text, windows=windows)]


def folder_of(text: str, *, windows: bool = WINDOWS) -> str:
    """The folder of the last path in a text, as `words` takes it back; empty where it names none."""
    path = (wanted(text, windows=windows) or [""])[-1]
    if path.casefold().startswith("file:"):
        path = str(located(path, windows=windows))
    separators = "/\\" if windows else "/"
    folder = path[: max(path.rfind(separator) for separator in separators) + 1]
    return spelled(folder, windows=windows).removesuffix('"') if folder else ""


def matching_files(path: str, *, windows: bool = WINDOWS) -> list[Path]:
    """The files that a typed path stands for: one, or all that its pattern matches. BadInput: there is none."""
    plain = located(path, windows=windows)
    try:
        if plain.exists() or not glob.has_magic(str(plain)):
            return [plain]
        matches = sorted(Path(match) for match in islice(glob.iglob(str(plain)), 2 * MOST_FILES))  # noqa: PTH207 - a pattern may be absolute
        files = [match for match in matches if not match.is_dir()]
    except (OSError, ValueError):
        return [plain]  # reading it says what is wrong
    if not files:
        raise BadInput("evidence.no_match", pattern=clean_line(path))
    return files


def located(path: str, *, windows: bool = WINDOWS) -> Path:
    """Where a typed path leads: from a file's address, from `~`, from the folder that the program runs in."""
    try:
        if path.casefold().startswith("file:"):
            path = _addressed(path, windows=windows)
        return Path(path).expanduser()
    except (RuntimeError, ValueError):  # nobody of that name, or no address at all
        return Path(path)


def _addressed(path: str, *, windows: bool) -> str:
    address = urlsplit(path.replace("?", "%3F").replace("#", "%23"))
    path = unquote(address.path)
    if windows:
        host = f"//{address.netloc}" if address.netloc not in ("", "localhost") else ""
        path = host + (path if host else path.lstrip("/"))
    return path
