"""The files of the sample network: a dozen, small, the same everywhere, and each says that it is invented."""

import hashlib
import re
import struct
import zlib

from greenstar.services.demo.drawing import INK, PAPER, Canvas
from greenstar.services.demo.sample_files import sample_files
from tests.rows import rows

TOGETHER = "0ed08b8792490022e05d73c4d3c4dc6c675d53fc294d566d29d10f7712414d4f"
SMALL = 10_000  # bytes
COLOURS = ("FFFFFF", "AAAAAA", "555555", "000000")


def test_they_are_a_dozen_small_files_and_all_differ() -> None:
    files = sample_files().values()
    assert len({file.sha256 for file in files}) == len(files) == 12
    assert max(len(file.content) for file in files) < SMALL


def test_their_bytes_are_the_same_everywhere() -> None:
    together = hashlib.sha256(b"".join(file.content for _, file in sorted(sample_files().items()))).hexdigest()
    assert together == TOGETHER


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG file, each with a checksum that holds."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    parts, at = [], 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length) == (zlib.crc32(kind + data),)
        parts.append((kind, data))
        at += 12 + length
    return parts


def dots(png: bytes) -> list[str]:
    """The picture, a figure a dot."""
    by_kind = dict(chunks(png))
    width, height, depth, colours = struct.unpack(">IIBB", by_kind[b"IHDR"][:10])
    assert (depth, colours, len(by_kind[b"PLTE"])) == (2, 3, 12)
    rows, length = zlib.decompress(by_kind[b"IDAT"]), 1 + -(-width // 4)
    assert len(rows) == height * length
    lines = (rows[y * length + 1 : (y + 1) * length] for y in range(height))
    return ["".join(str(byte >> shift & 3) for byte in line for shift in (6, 4, 2, 0))[:width] for line in lines]


def test_what_is_drawn_is_what_the_file_shows() -> None:
    canvas = Canvas(13, 9)
    canvas.write("HI", 1, INK)
    canvas.box(0, 8, 99, 5, 2)
    canvas.box(0, 0, 1, 1, PAPER)
    assert dots(canvas.png(COLOURS)) == [
        "0000000000000",
        "0300030033300",
        "0300030003000",
        "0300030003000",
        "0333330003000",
        "0300030003000",
        "0300030003000",
        "0300030033300",
        "2222222222222",
    ]


@rows("name", [name for name, file in sample_files().items() if file.ending == ".png"])
def test_a_picture_can_be_read_and_says_that_it_is_a_sample(name: str) -> None:
    picture = dots(sample_files()[name].content)
    assert (len(picture), len(picture[0])) == (120, 160)
    words = Canvas(160, 120)
    words.box(0, 102, 160, 18, INK)
    words.write("INVENTED FOR THE SAMPLE", 107, PAPER)
    assert picture[102:] == dots(words.png(COLOURS))[102:]


@rows("name", [name for name, file in sample_files().items() if file.ending == ".pdf"])
def test_a_paper_is_a_pdf_whose_table_says_where_everything_is(name: str) -> None:
    content = sample_files()[name].content
    assert content.startswith(b"%PDF-1.4\n")
    (start,) = re.findall(rb"startxref\n(\d+)\n%%EOF\n$", content)
    assert content[int(start) :].startswith(b"xref\n0 9\n")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", content)]
    assert [content[place:].split(b" ", 1)[0] for place in places] == [b"%d" % number for number in range(1, 9)]
    (length, text) = re.findall(rb"/Length (\d+) >>\nstream\n(.*)\nendstream", content, re.DOTALL)[0]
    assert int(length) == len(text)
    assert b"Synthetic sample file: invented" in text
    assert "纯属虚构".encode("utf-16-be").hex().encode() in text
