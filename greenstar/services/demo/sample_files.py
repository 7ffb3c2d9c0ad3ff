"""The files that stand for the evidence of the sample network: a dozen, small, and each says that it is invented."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from greenstar.assessment.model import Evidence, Visit
from greenstar.scheme.model import Scheme
from greenstar.services.demo.drawing import DARK, INK, LIGHT, PAPER, Canvas, Colours
from greenstar.storage.protocols.evidence import EvidenceFiles

CAPTION = "Synthetic sample file, nothing real · 合成示例文件，非真实材料"
_GREEN: Colours = ("F5F7F2", "B7D3A8", "4C8C4A", "1B3A1B")
_BLUE: Colours = ("F3F7FA", "A9CBE3", "3D7EA6", "14303F")
_SAND: Colours = ("FAF6EF", "E3CFA9", "A6783D", "3F2C14")
_WIDTH, _HEIGHT = 160, 120


@dataclass(frozen=True)
class SampleFile:
    """A file of the sample: what its name ends with, and its bytes."""

    ending: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its hash, by which it is kept."""
        return hashlib.sha256(self.content).hexdigest()


# -- pictures ------------------------------------------------------------------------------------------------------


def _meter(canvas: Canvas) -> None:
    canvas.disc(80, 50, 30, DARK)
    canvas.disc(80, 50, 26, PAPER)
    canvas.box(62, 42, 36, 10, INK)
    for digit in range(4):
        canvas.box(64 + digit * 9, 44, 6, 6, LIGHT)
    canvas.box(79, 56, 2, 16, DARK)


def _panels(canvas: Canvas) -> None:
    canvas.disc(136, 32, 12, LIGHT)
    for row in range(3):
        for column in range(5):
            canvas.box(20 + column * 20 + row * 6, 30 + row * 18, 18, 16, DARK)
            canvas.box(20 + column * 20 + row * 6, 37 + row * 18, 18, 1, LIGHT)


def _bins(canvas: Canvas) -> None:
    for index in range(4):
        left = 16 + index * 34
        canvas.box(left, 36, 26, 44, DARK if index % 2 else LIGHT)
        canvas.box(left - 2, 30, 30, 6, INK)


def _plants(canvas: Canvas) -> None:
    canvas.box(10, 70, 140, 12, LIGHT)
    for index in range(5):
        across = 26 + index * 27
        canvas.box(across - 1, 50, 3, 22, INK)
        canvas.disc(across, 44, 12 - index % 2 * 3, DARK)


def _charger(canvas: Canvas) -> None:
    canvas.box(52, 26, 30, 56, DARK)
    canvas.box(58, 32, 18, 12, PAPER)
    canvas.box(82, 48, 20, 3, INK)
    canvas.box(100, 48, 3, 26, INK)
    canvas.box(108, 60, 40, 18, LIGHT)
    canvas.disc(116, 80, 6, INK)
    canvas.disc(140, 80, 6, INK)


def _tank(canvas: Canvas) -> None:
    canvas.box(44, 28, 72, 54, LIGHT)
    canvas.box(44, 52, 72, 30, DARK)
    canvas.box(26, 40, 18, 5, INK)
    canvas.box(116, 64, 22, 5, INK)


def _board(canvas: Canvas) -> None:
    canvas.box(28, 26, 104, 56, DARK)
    canvas.box(32, 30, 96, 48, PAPER)
    for line in range(4):
        canvas.box(40, 36 + line * 10, 80 - line % 2 * 24, 4, LIGHT)


def _screen(canvas: Canvas) -> None:
    canvas.box(32, 26, 96, 56, INK)
    for index, height in enumerate((12, 20, 16, 30, 26, 36, 22)):
        canvas.box(40 + index * 12, 76 - height, 8, height, LIGHT if index % 2 else DARK)


_PICTURES: Mapping[str, tuple[str, Callable[[Canvas], None], Colours]] = {
    "meter": ("A METER", _meter, _BLUE),
    "panels": ("SOLAR PANELS", _panels, _SAND),
    "bins": ("WASTE CONTAINERS", _bins, _GREEN),
    "plants": ("PLANTED AREA", _plants, _GREEN),
    "charger": ("A CHARGER", _charger, _BLUE),
    "tank": ("TANK AND PIPES", _tank, _BLUE),
    "board": ("NOTICE BOARD", _board, _SAND),
    "screen": ("A SCREEN", _screen, _SAND),
}


def _picture(name: str) -> SampleFile:
    title, draw, colours = _PICTURES[name]
    canvas = Canvas(_WIDTH, _HEIGHT)
    canvas.write("SAMPLE", 5, DARK, 2)
    draw(canvas)
    canvas.write(title, 91, INK)
    canvas.box(0, 102, _WIDTH, 18, INK)
    canvas.write("INVENTED FOR THE SAMPLE", 107, PAPER)
    return SampleFile(".png", canvas.png(colours))


# -- papers --------------------------------------------------------------------------------------------------------


_PAPERS = {
    "readings": ("Bills and readings", "账单与读数"),
    "certificate": ("Certificate or permit", "证书或许可"),
    "log": ("Log or record", "台账或记录"),
    "list": ("List or plan", "清单或图纸"),
}
_OBJECTS = """
<< /Type /Catalog /Pages 2 0 R >>
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 210] /Contents 7 0 R /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>
<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo 8 0 R >>
<< /Length {length} >>|stream|{text}|endstream
<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>
"""  # a viewer brings along the font of the Chinese lines (ISO 32000-1, 9.7.5.2), so that none need be in the file


def _paper(name: str) -> SampleFile:
    english, chinese = _PAPERS[name]
    lines = (
        ("F1", 18, f"({english})"),
        ("F2", 18, f"<{chinese.encode('utf-16-be').hex()}>"),
        ("F1", 11, "(Synthetic sample file: invented, nothing in it is real.)"),
        ("F2", 11, f"<{'合成示例文件：纯属虚构，并非真实材料。'.encode('utf-16-be').hex()}>"),
    )
    text = "\n".join(
        f"BT /{font} {size} Tf 30 {160 - place * 32} Td {words} Tj ET"
        for place, (font, size, words) in enumerate(lines)
    )
    return SampleFile(".pdf", _pdf(text))


def _pdf(text: str) -> bytes:
    """A file of one page (ISO 32000-1, 7.5): its objects, where each begins, and where that is said."""
    file, starts = "%PDF-1.4\n", []
    for number, line in enumerate(_OBJECTS.strip().splitlines(), 1):
        starts.append(len(file))
        content = line.replace("|", "\n").replace("{length}", str(len(text))).replace("{text}", text)
        file += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    count = len(starts) + 1
    end = f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return f"{file}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("ascii")


# -- which stands for what -----------------------------------------------------------------------------------------


@cache
def sample_files() -> dict[str, SampleFile]:
    """All of them, by what they show."""
    return {**{name: _picture(name) for name in _PICTURES}, **{name: _paper(name) for name in _PAPERS}}


_OF_CATEGORY = {"WAT": "tank", "ENE": "panels", "WST": "bins", "BLD": "plants", "MOB": "charger"}
_BY_WORD = (
    ("screenshot", "screen"),
    ("meter", "meter"),
    ("photo", ""),  # the picture of its category
    ("bill", "readings"),
    ("reading", "readings"),
    ("statement", "readings"),
    ("certificate", "certificate"),
    ("permit", "certificate"),
    ("licence", "certificate"),
    ("contract", "certificate"),
    ("agreement", "certificate"),
    ("report", "certificate"),
    ("log", "log"),
    ("record", "log"),
    ("manifest", "log"),
    ("sheet", "log"),
    ("export", "log"),
)


def samples_for(scheme: Scheme, criterion: str) -> list[SampleFile]:
    """The files that stand for the evidence of a criterion, by what its scheme asks for: pictures first, none twice."""
    names = [_name_for(criterion, asked.in_("en").casefold()) for asked in scheme.criteria[criterion].evidence]
    return [sample_files()[name] for name in sorted(dict.fromkeys(names or ["list"]), key=_PAPERS.__contains__)]


def _name_for(criterion: str, words: str) -> str:
    name = next((name for word, name in _BY_WORD if word in words), "list")
    return name or _OF_CATEGORY.get(criterion[:3], "board")


def with_sample_files(scheme: Scheme, visit: Visit, taken_at: str) -> Visit:
    """A visit each piece of whose evidence is one of these files, and says so."""
    evidence = {
        criterion: tuple(
            _with_file(piece, file, taken_at)
            for piece, file in zip(pieces, samples_for(scheme, criterion), strict=False)
        )
        for criterion, pieces in visit.evidence.items()
    }
    return replace(visit, evidence=evidence)


def _with_file(piece: Evidence, file: SampleFile, taken_at: str) -> Evidence:
    name, size = PurePath(piece.file).stem + file.ending, len(file.content)
    return replace(piece, file=name, caption=CAPTION, sha256=file.sha256, bytes=size, taken_at=taken_at)


def keep_sample_files(store: EvidenceFiles) -> None:
    """Put them all into a store."""
    with TemporaryDirectory() as folder:
        for name, file in sample_files().items():
            path = Path(folder) / f"{name}{file.ending}"
            path.write_bytes(file.content)
            store.take(path)
