"""Files that come by the browser: kept in a folder of the user's own until they are attached, and a month after."""

import shutil
import time
from collections.abc import AsyncIterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from greenstar.errors import BadInput, StorageError
from greenstar.numbers import size_shown
from greenstar.services.evidence.viewer_copy import file_name
from greenstar.storage.folders import make_private_folder
from greenstar.text import clean_line

MOST_BYTES = 1 << 30  # of one file: as much as evidence may have
_SPARE_BYTES = 64 << 20  # stay free on the disk: the database needs some of it
_KEPT = 30 * 24 * 3600  # seconds; what was attached is kept with the evidence
_MOST_OF_A_NAME = 10_000


class Uploads:
    """The folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def tidy(self) -> None:
        """Remove what came long ago."""
        before = time.time() - _KEPT
        with suppress(OSError):
            for file in self.folder.iterdir():
                if file.is_file() and not file.is_symlink() and file.stat().st_mtime < before:
                    file.unlink()

    async def take(self, name: str, size: int | None, content: AsyncIterable[bytes]) -> Path:
        """Keep a file under its name, or one like it that is free. `size`: how many bytes the browser promises.

        BadInput: it is empty or too big. StorageError: the disk would not.
        """
        shown = file_name(clean_line(name[:_MOST_OF_A_NAME]))
        try:
            make_private_folder(self.folder)
            path = self._free(shown)
            with path.open("xb") as file:
                path.chmod(0o600)
                try:
                    await self._write(file, shown, size, content)
                except BaseException:
                    path.unlink()
                    raise
        except OSError as error:
            technical = error.strerror or str(error)
            raise StorageError("evidence.not_stored", folder=str(self.folder), technical=technical) from error
        return path

    async def _write(self, file: IO[bytes], name: str, size: int | None, content: AsyncIterable[bytes]) -> None:
        _check_size(name, size or 0, self.folder)
        taken = 0
        async for piece in content:
            taken += len(piece)
            _check_size(name, taken, self.folder)
            file.write(piece)
        if not taken:
            raise BadInput("evidence.is_empty", file=name)
        if size is not None and taken < size:
            raise BadInput("web.cut_off", file=name)

    def _free(self, name: str) -> Path:
        """A path of that name where nothing is yet."""
        path, number = self.folder / name, 1
        while path.exists():
            number += 1
            path = self.folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        return path


def _check_size(name: str, size: int, folder: Path) -> None:
    if size > MOST_BYTES:
        raise BadInput("evidence.too_big", file=name, found=size_shown(size, [MOST_BYTES]), most=size_shown(MOST_BYTES))
    if shutil.disk_usage(folder).free < _SPARE_BYTES:
        raise StorageError("evidence.disk_full", folder=str(folder))
