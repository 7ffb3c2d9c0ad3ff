"""An .xlsx file before anything reads it: held to bounds, and looked through for what its reader does not tell.

It is a zip of XML files, so a small one can unpack to anything. The directory of the zip says how much each file in it
unpacks to, and no more than that is read; each is gone through once, without keeping it.
"""

import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from greenstar.assessment.spreadsheet.addresses import address, place
from greenstar.errors import BadInput, reason_of

MOST_BYTES = 16 << 20
MOST_ROWS, MOST_COLUMNS = 20_000, 100
_MOST_UNPACKED = 64 << 20
_MOST_MEMBERS = 1_000
_MOST_DEPTH = 100
_MOST_TAG = 1 << 20  # bytes: else one tag could hold millions of attributes
_MOST_FORMAT = 255  # characters of a number format, as in every spreadsheet; openpyxl searches long ones for minutes
_MOST_AREAS = 1 << 18  # characters of all lists of areas: openpyxl makes an object of each area
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the only ones of a spreadsheet; others are a risk more
_STRICT = "http://purl.oclc.org/ooxml/"
_LAST_ROW, _MOST_SHOWN, _MOST_NOTED = 1_048_576, 40, 1_000
_MOST_OF_KIND = {"rows": 1_200_000, "cells": 1_200_000, "sheets": 50, "others": 40_000}
"""Elements of all files together; rows may be empty, as many as a sheet has, and cost little."""
_KINDS = {"row": "rows", "sheet": "sheets"} | dict.fromkeys(("c", "v", "is", "f", "si", "t", "r"), "cells")
_CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass
class SheetShape:
    """What of a sheet its cells do not say: what is merged, its first cell with content, and the first out of reach.

    `comment`: the first cell that a comment speaks of; comments lie in files of their own. `formulas`: the start of
    each, by row and column; more than can be told are left out.
    """

    merged: list[str] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    comment: str = ""
    first: str = ""
    out_of_reach: str = ""


@dataclass(frozen=True)
class Package:
    """A file within its bounds, and the shapes of the XML files in it that are sheets, by their names."""

    data: bytes
    shapes: dict[str, SheetShape]


def read_package(path: Path) -> Package:
    """The .xlsx file `path`. BadInput: it cannot be opened, is none, locked by a password, or beyond the bounds."""
    data = _bytes_of(path)
    if data.startswith(_OLE):
        raise BadInput("form.password" if _ENCRYPTED in data else "form.old_format", path=str(path))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return Package(data, _Inspector(path).look_through(archive))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise BadInput("form.no_xlsx", path=str(path)) from error


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise BadInput("source.not_a_file" if path.exists() else "source.missing", path=str(path))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = reason_of(error)
        raise BadInput("source.unreadable", path=str(path), reason=reason) from error
    if len(data) > MOST_BYTES:
        raise BadInput("source.too_large", path=str(path), limit=f"{MOST_BYTES >> 20} MiB")
    return data


class _Inspector:
    """Goes through the files of a zip, and stops at a bound."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.elements: Counter[str] = Counter()
        self.unpacked = 0
        self.areas = 0

    def look_through(self, archive: zipfile.ZipFile) -> dict[str, SheetShape]:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:
            raise self._too_much()
        if any(member.compress_type not in _METHODS for member in members):
            raise self._no_xlsx()
        return {member.filename: self._shape(archive, member) for member in members if not member.is_dir()}

    def _shape(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> SheetShape:
        parser = expat.ParserCreate(namespace_separator=" ")
        reader = _SheetReader(self, parser)
        parser.StartDoctypeDeclHandler = self._refuse_entities
        parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
        with archive.open(member) as file:
            size = 0
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                self.unpacked += len(chunk)  # the directory may not say the truth
                try:
                    parser.Parse(chunk)
                except expat.ExpatError:  # a picture, say; what is needed and no XML, its reader refuses
                    break
                if self.unpacked > _MOST_UNPACKED or size - parser.CurrentByteIndex > _MOST_TAG:
                    raise self._too_much()
        return reader.shape

    def count(self, tag: str, depth: int, attributes: dict[str, str]) -> None:
        """Stop at the bounds."""
        if tag == "numFmt" and len(attributes.get("formatCode", "")) > _MOST_FORMAT:
            raise self._too_much()
        self.areas += len(attributes.get("sqref", ""))
        if self.areas > _MOST_AREAS:
            raise self._too_much()
        kind = _KINDS.get(tag, "others")
        self.elements[kind] += 1
        if self.elements[kind] > _MOST_OF_KIND[kind] or depth > _MOST_DEPTH:
            raise self._too_much()

    def strict(self) -> BadInput:
        """A dialect with namespaces of its own, which openpyxl does not know."""
        return BadInput("form.strict", path=str(self.path))

    def wrong_order(self) -> BadInput:
        """Rows or cells that go back: openpyxl would pass over some of them in silence."""
        return self._no_xlsx()

    def _refuse_entities(self, *_declaration: object) -> None:
        raise self._no_xlsx()

    def _no_xlsx(self) -> BadInput:
        return BadInput("form.no_xlsx", path=str(self.path))

    def _too_much(self) -> BadInput:
        return BadInput("form.too_much", path=str(self.path))


class _SheetReader:
    """Takes the shape of a sheet while its XML goes by."""

    def __init__(self, inspector: _Inspector, parser: expat.XMLParserType) -> None:
        self.inspector = inspector
        self.parser = parser
        self.shape = SheetShape()
        self._depth = 0
        self._row = self._column = 0
        self._inside = ""  # of a row, a cell or a formula

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        space, _, tag = name.rpartition(" ")
        if tag == "workbook" and space.startswith(_STRICT):
            raise self.inspector.strict()
        self.inspector.count(tag, self._depth, attributes)
        match tag:
            case "row":
                self._next_row(int(attributes.get("r", self._row + 1)))
            case "c" if self._inside:  # others are links of a chain of formulas
                self._next_cell(attributes.get("r"))
            case "v" | "is" | "f":
                self._content()
                if tag == "f" and self._inside == "c" and len(self.shape.formulas) < _MOST_NOTED:
                    self._inside = "f"
                    self.shape.formulas[self._row, self._column] = "="
                    self.parser.CharacterDataHandler = self._formula
            case "mergeCell":
                self.shape.merged.append(attributes.get("ref", ""))
            case "comment":
                self.shape.comment = self.shape.comment or attributes.get("ref", "A1")

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        tag = name.rpartition(" ")[2]
        if tag == self._inside:
            self._inside = {"f": "c", "c": "row"}.get(tag, "")
            self.parser.CharacterDataHandler = None

    def _next_row(self, row: int) -> None:
        if not self._row < row <= _LAST_ROW:
            raise self.inspector.wrong_order()
        self._row, self._column, self._inside = row, 0, "row"

    def _next_cell(self, written: str | None) -> None:
        row, column = (self._row, self._column + 1) if written is None else place(written) or (0, 0)
        if row != self._row or column <= self._column:
            raise self.inspector.wrong_order()
        self._column, self._inside = column, "c"

    def _formula(self, text: str) -> None:
        at = self._row, self._column
        self.shape.formulas[at] = (self.shape.formulas[at] + text)[:_MOST_SHOWN]

    def _content(self) -> None:
        self.shape.first = self.shape.first or address(self._row, self._column)
        if self._row > MOST_ROWS or self._column > MOST_COLUMNS:
            self.shape.out_of_reach = self.shape.out_of_reach or address(self._row, self._column)
