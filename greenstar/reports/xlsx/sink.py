"""The file below a workbook, which XlsxWriter's zip no longer reaches once writing has ended."""

from typing import IO


class Sink:
    """A file to write to until writing has `ended`, well or not; what comes after that is dropped.

    A zip that could not be finished (a full disk, ctrl+c) tries once more when it is forgotten. By then its file is
    closed or still full, and Python would print a traceback that nobody can do anything about.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.ended = False
        self._file = file
        self._furthest = 0

    def write(self, piece: bytes) -> int:
        """Write a piece."""
        return len(piece) if self.ended else self._file.write(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return 0 if self.ended else self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        if not self.ended:
            place = self._file.tell()
            self._furthest = max(self._furthest, place)
            return place
        return self._furthest  # never before a place that was told: the zip counts from there

    def flush(self) -> None:
        """Let what is written go out."""
        if not self.ended:
            self._file.flush()
