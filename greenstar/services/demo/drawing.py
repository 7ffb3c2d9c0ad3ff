"""Small pictures drawn without a library, so that their bytes are the same everywhere: PNG of four colours."""

import struct
import zlib

# Capital letters of five by seven dots: a row each, its five bits from left to right.
_ROWS = """
A:0E11111F111111 B:1E11111E11111E C:0E11101010110E D:1E11111111111E E:1F10101E10101F F:1F10101E101010 G:0E11101711110F
H:1111111F111111 I:0E04040404040E J:0702020202120C K:11121418141211 L:1010101010101F M:111B1515111111 N:11191513111111
O:0E11111111110E P:1E11111E101010 Q:0E11111115120D R:1E11111E141211 S:0F10100E01011E T:1F040404040404 U:1111111111110E
V:11111111110A04 W:11111115151B11 X:11110A040A1111 Y:11110A04040404 Z:1F01020408101F
"""
_LETTERS = {letter: bytes.fromhex(rows) for letter, rows in (pair.split(":") for pair in _ROWS.split())}
LETTER_WIDTH = 6  # with the gap behind it
PAPER, LIGHT, DARK, INK = range(4)
Colours = tuple[str, str, str, str]


class Canvas:
    """A picture that is being drawn: each dot one of four colours."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._dots = [bytearray(width) for _ in range(height)]

    def box(self, left: int, top: int, width: int, height: int, colour: int) -> None:
        """Fill a rectangle; what lies outside of the picture is left out."""
        for row in self._dots[max(top, 0) : top + height]:
            for column in range(max(left, 0), min(left + width, self.width)):
                row[column] = colour

    def disc(self, across: int, down: int, radius: int, colour: int) -> None:
        """Fill a disc around a middle."""
        for y in range(-radius, radius + 1):
            half = int((radius * radius - y * y) ** 0.5)
            self.box(across - half, down + y, 2 * half + 1, 1, colour)

    def write(self, text: str, top: int, colour: int, size: int = 1) -> None:
        """Write capital letters in the middle of a line, each dot `size` dots wide and high."""
        left = (self.width - (len(text) * LETTER_WIDTH - 1) * size) // 2
        for place, letter in enumerate(text):
            for y, bits in enumerate(_LETTERS.get(letter, b"")):
                for x in range(5):
                    if bits >> 4 - x & 1:
                        at = left + (place * LETTER_WIDTH + x) * size
                        self.box(at, top + y * size, size, size, colour)

    def png(self, colours: Colours) -> bytes:
        """The picture as a PNG file; `colours` are hexadecimal, such as `2E7D32`.

        It is not compressed: what a library makes of it depends on the library.
        """
        header = struct.pack(">IIBBBBB", self.width, self.height, 2, 3, 0, 0, 0)
        rows = b"".join(b"\0" + _packed(row) for row in self._dots)
        chunks = (
            (b"IHDR", header),
            (b"PLTE", bytes.fromhex("".join(colours))),
            (b"IDAT", _stored(rows)),
            (b"IEND", b""),
        )
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks
        )


def _packed(row: bytearray) -> bytes:
    """Four dots a byte."""
    padded = row + bytes(-len(row) % 4)
    return bytes(
        padded[at] << 6 | padded[at + 1] << 4 | padded[at + 2] << 2 | padded[at + 3] for at in range(0, len(padded), 4)
    )


def _stored(data: bytes) -> bytes:
    """Data as a zlib stream of one block that is not compressed (RFC 1950 and 1951); at most 65,535 bytes."""
    length = len(data)
    return b"\x78\x01\x01" + struct.pack("<HH", length, length ^ 0xFFFF) + data + struct.pack(">I", zlib.adler32(data))
