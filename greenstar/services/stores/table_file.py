"""The file of a table: read as text, whatever spreadsheet wrote it, and no more of it than a table can have."""

import codecs
import stat
from dataclasses import dataclass
from pathlib import Path

from greenstar.errors import BadInput, reason_of

MOST_BYTES = 20 * 1024 * 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class TableFile:
    """The text of a table, its line ends as line feeds; `encoding` as people call it."""

    text: str
    encoding: str


def read_table_file(path: Path) -> TableFile:
    """The text of the file `path`. BadInput: it cannot be opened, is no file of its own, too big, or no text."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise BadInput("storage.no_table_file", file=str(path))  # opening a pipe waits for its other end
        if status.st_size > MOST_BYTES:
            raise _too_big(path)
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)  # it may grow meanwhile
    except (OSError, ValueError) as error:  # ValueError: a name with a character that no system has in names
        technical = reason_of(error)
        raise BadInput("storage.cannot_read", file=str(path), technical=technical) from error
    if len(raw) > MOST_BYTES:
        raise _too_big(path)
    text, encoding = _decoded(raw, path)
    return TableFile(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)


def _too_big(path: Path) -> BadInput:
    return BadInput("storage.table_too_big", file=str(path), most=str(MOST_BYTES // 1024 // 1024))


def _decoded(raw: bytes, path: Path) -> tuple[str, str]:
    """UTF-8; UTF-16 where its mark stands first; else what Chinese spreadsheets write."""
    names = [("utf-16", "UTF-16")] if raw.startswith(_UTF_16) else [("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")]
    for codec, name in names:
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (name != "GB18030" or _is_chinese(text)):
            return text, name
    raise BadInput("storage.not_text", file=str(path))


def _is_chinese(text: str) -> bool:
    """Whether a text that GB18030 can read makes sense as such: nearly any text of another encoding can be read."""
    foreign = [character for character in text if not character.isascii()]
    return 2 * sum(map(_is_common, foreign)) > len(foreign)


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
