"""A file that is looked at in a tab of its own: shown by the browser where that runs nothing, else downloaded."""

from pathlib import Path
from urllib.parse import quote

from aiohttp import web

_SHOWN = {
    **{ending: f"image/{ending}" for ending in ("png", "gif", "bmp", "webp", "avif")},
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    **dict.fromkeys(("mp4", "m4v"), "video/mp4"),
    "webm": "video/webm",
    **dict.fromkeys(("mp3",), "audio/mpeg"),
    **dict.fromkeys(("ogg", "oga", "opus"), "audio/ogg"),
    "wav": "audio/wav",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "pdf": "application/pdf",
    **dict.fromkeys(("txt", "log", "md", "csv", "tsv", "json", "yaml", "yml"), "text/plain; charset=utf-8"),
}
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def shown(path: Path) -> web.FileResponse:
    """The file for a browser. What its name says is not guessed at from what is in it."""
    ending = path.suffix.removeprefix(".").casefold()
    kind = _SHOWN.get(ending, "application/octet-stream")
    # A browser shows a PDF by a page of its own, which a sandbox keeps from running.
    policy = _POLICY + ("; object-src 'self'" if ending == "pdf" else "; sandbox")
    place = "inline" if ending in _SHOWN else "attachment"
    headers = {
        "Content-Type": kind,
        "Content-Disposition": f"{place}; filename*=UTF-8''{quote(path.name, safe='')}",
        "Content-Security-Policy": policy,
    }
    return web.FileResponse(path, headers=headers)
