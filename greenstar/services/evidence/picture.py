"""Pictures made small enough for a terminal, and when they were taken.

A file is whatever it likes to be: its size is looked at before anything of it is decoded, and what cannot be shown is
said. Pillow takes 30 ms to import, and is imported where a picture is looked at.
"""

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import IO, TYPE_CHECKING

from greenstar.errors import reason_of
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import size_shown

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

PICTURES = ("jpg", "jpeg", "png", "webp", "gif", "bmp", "heic", "heif")
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_HEIC = tuple(b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
MOST_PIXELS = 250_000_000  # of a JPEG that is decoded at an eighth of its size, which takes 14 MB
MOST_DECODED = 36_000_000  # of any other picture, which is decoded whole: some 100 MB
MOST_BYTES = 200_000_000
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_TAKEN, _DIGITIZED, _TAKEN_OFFSET, _CHANGED, _IN_DETAIL = 0x9003, 0x9004, 0x9011, 0x0132, 0x8769  # EXIF tags
_Size = tuple[int, int]


@dataclass(frozen=True)
class Preview:
    """A small picture: `rgb` has three bytes a pixel, row by row. `full`: the size of the picture itself."""

    size: _Size
    rgb: bytes
    full: _Size
    kind: str


def is_picture(name: str) -> bool:
    """Whether a file of that name should be a picture that can be shown."""
    return name.rpartition(".")[2].casefold() in PICTURES


def preview(path: Path, most: _Size) -> Preview | Phrase:
    """The picture in at most so many pixels; or why it cannot be shown. It takes a moment, and 150 MB at most."""
    try:
        with path.open("rb") as file:
            first = file.read(12)
            if first.startswith(_PROGRAMS):
                return Phrase("evidence.preview_program")
            if _is_heic(first) and not _reads_heic():
                return Phrase("evidence.preview_heic")
            size = file.seek(0, 2)
            if size > MOST_BYTES:
                return Phrase("evidence.preview_big", size=size_shown(size))
            file.seek(0)
            return _small(file, most)
    except OSError as error:
        return Phrase("evidence.preview_unreadable", technical=reason_of(error))


def _small(file: IO[bytes], most: _Size) -> Preview | Phrase:
    try:
        from PIL import Image, ImageOps, WebPImagePlugin  # noqa: F401, PLC0415 - see above; it registers itself
    except ImportError:
        return Phrase("evidence.preview_impossible")
    try:
        _be_strict()
        with Image.open(file, formats=(*_FORMATS, "HEIF")) as picture:
            full = picture.size
            refusal = _refusal(picture)
            if refusal is not None:
                return refusal
            picture.draft("RGB", (2 * most[0], 2 * most[1]))
            picture.thumbnail((2 * max(most), 2 * max(most)))
            upright = ImageOps.exif_transpose(picture)
            if upright.size[::-1] == picture.size and upright.size != picture.size:
                full = full[::-1]
            small = _on_grey(upright)
            small.thumbnail(most)
            return Preview(small.size, small.tobytes(), full, picture.format or "")
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Phrase("evidence.preview_pixels")
    except Exception:  # noqa: BLE001 - a broken picture makes Pillow raise nearly anything
        return Phrase("evidence.preview_broken")


def _is_heic(first: bytes) -> bool:
    """Whether a file begins as the photos of most telephones do."""
    return first[4:].startswith(_HEIC)


def _reads_heic() -> bool:
    """Have Pillow read HEIC; whether it can: the library for it comes with the extra `heic`."""
    try:
        from pillow_heif import register_heif_opener  # noqa: PLC0415 - 80 ms
    except ImportError:
        return False
    register_heif_opener()
    return True


def _refusal(picture: "Image") -> Phrase | None:
    """Why a picture is not decoded: it is known from its first bytes."""
    width, height = picture.size
    whole = picture.format not in ("JPEG", "MPO") or picture.info.get("progressive")
    if width * height > (MOST_DECODED if whole else MOST_PIXELS):
        return Phrase("evidence.preview_pixels_of", width=str(width), height=str(height))
    return None


def _on_grey(picture: "Image") -> "Image":
    """The picture without what shines through."""
    from PIL import Image  # noqa: PLC0415 - see above

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    solid = picture.convert("RGBA")
    ground = Image.new("RGBA", solid.size, (128, 128, 128, 255))
    return Image.alpha_composite(ground, solid).convert("RGB")


def _be_strict() -> None:
    """Have Pillow itself refuse too large a picture: of some it learns the size only while it decodes them."""
    from PIL import Image  # noqa: PLC0415 - see above

    if Image.MAX_IMAGE_PIXELS != MOST_PIXELS:
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def taken_at(path: Path, now: datetime) -> datetime | None:
    """When a camera says that it took a picture; None where it does not say, or says a time that has not come yet.

    A time without its offset from UTC is that of this machine, as the camera and the assessor are in one place.
    """
    try:
        from PIL import Image  # noqa: PLC0415 - see above

        _be_strict()
        with path.open("rb") as file:
            _ = _is_heic(file.read(12)) and _reads_heic()
        with Image.open(path, formats=("JPEG", "PNG", "HEIF")) as picture:
            moment = _moment(picture.getexif())
    except Exception:  # noqa: BLE001 - as above; what is no picture was not taken
        return None
    return moment if moment is not None and moment <= now else None


def _moment(exif: "Exif") -> datetime | None:
    details = exif.get_ifd(_IN_DETAIL)
    said = details.get(_TAKEN) or details.get(_DIGITIZED) or exif.get(_CHANGED)
    if not isinstance(said, str):
        return None
    try:
        naive = datetime.strptime(said.strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the offset stands apart
        offset = details.get(_TAKEN_OFFSET)
        zone = _offset(offset) if isinstance(offset, str) else None
        return (naive.replace(tzinfo=zone) if zone is not None else naive.astimezone()).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _offset(text: str) -> timezone | None:
    """`+08:00`; None for what is none."""
    try:
        moment = datetime.strptime(text.strip("\0 "), "%z")
    except ValueError:
        return None
    return timezone(moment.utcoffset() or timedelta(0))
