"""How a bundle is laid out: a zip file of the plainest kind, the same bytes for the same entries.

Entries are stored as they are, one behind the other, with no date, nothing between them and nothing behind the end
(PKWARE's APPNOTE 6.3.10, 4.3). Only what lies behind 4 GiB needs fields of zip64. Because each byte follows from names,
sizes, checksums and contents, a reader can hold a file to what a writer would have written.
"""

from dataclasses import dataclass
from struct import Struct

LOCAL = Struct("<4s5H3I2H")
CENTRAL = Struct("<4s6H3I5H2I")
END = Struct("<4s4H2IH")
_END_64 = Struct("<4sQ2H2I4Q")
_LOCATOR = Struct("<4sIQI")
_EXTRA_64 = Struct("<2HQ")

LOCAL_SIGN, CENTRAL_SIGN, END_SIGN = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_END_64_SIGN, _LOCATOR_SIGN = b"PK\6\6", b"PK\6\7"
_VERSION, _VERSION_64, _UNIX = 20, 45, 3 << 8
_NO_DATE = 33  # 1 January 1980, where zip begins to count
_PLAIN_FILE = 0o100644 << 16
FAR = 0xFFFF_FFFF
"""From here on an offset stands in a field of zip64."""


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """An entry: its name, how many bytes it has, their CRC-32, and where its header begins."""

    name: str
    size: int
    crc: int
    offset: int

    @property
    def content(self) -> int:
        """Where its bytes begin."""
        return self.offset + LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        """Where the next entry begins."""
        return self.content + self.size


def local_header(entry: ZipEntry) -> bytes:
    """What stands before an entry's bytes."""
    name = entry.name.encode("ascii")
    fields = (_VERSION, 0, 0, 0, _NO_DATE, entry.crc, entry.size, entry.size, len(name), 0)
    return LOCAL.pack(LOCAL_SIGN, *fields) + name


def central_header(entry: ZipEntry) -> bytes:
    """What stands of an entry in the directory at the end."""
    name = entry.name.encode("ascii")
    extra = _EXTRA_64.pack(1, 8, entry.offset) if entry.offset >= FAR else b""
    version = _VERSION_64 if extra else _VERSION
    fields = (_UNIX | version, version, 0, 0, 0, _NO_DATE, entry.crc, entry.size, entry.size)
    places = (len(name), len(extra), 0, 0, 0, _PLAIN_FILE, min(entry.offset, FAR))
    return CENTRAL.pack(CENTRAL_SIGN, *fields, *places) + name + extra


def ending(count: int, size: int, offset: int) -> bytes:
    """What stands behind a directory of so many entries and bytes that begins at an offset."""
    far = b""
    if offset >= FAR:
        fields = (_END_64.size - 12, _UNIX | _VERSION_64, _VERSION_64, 0, 0, count, count, size, offset)
        far = _END_64.pack(_END_64_SIGN, *fields) + _LOCATOR.pack(_LOCATOR_SIGN, 0, offset + size, 1)
    return far + END.pack(END_SIGN, 0, 0, count, count, size, min(offset, FAR), 0)


def far_offset(extra: bytes) -> int | None:
    """The offset that a field of zip64 gives; None: it is no such field."""
    if len(extra) != _EXTRA_64.size:
        return None
    kind, size, offset = _EXTRA_64.unpack(extra)
    return int(offset) if (kind, size) == (1, 8) else None


def far_directory(tail: bytes) -> int | None:
    """Where the directory begins, by the ending of zip64 that stands before the last `END`; None: there is none."""
    far = tail[-END.size - _LOCATOR.size - _END_64.size : -END.size]
    if len(far) != _LOCATOR.size + _END_64.size or not far.startswith(_END_64_SIGN):
        return None
    return int(_END_64.unpack_from(far)[-1])


LONGEST_END = END.size + _LOCATOR.size + _END_64.size
