"""Evidence that only passes by: it is read and looked at, and kept nowhere."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from typing_extensions import override

from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.protocols.evidence import Keeping, Receiving


class EvidenceSeen(EvidenceStore):
    """Remembers of files that come from elsewhere which they were; whoever gives their bytes has looked at them."""

    def __init__(self, database: Path) -> None:
        super().__init__(database)
        self._passing = _Passing()

    @override
    @contextmanager
    def receiving(self) -> Iterator[Receiving]:
        yield self._passing

    @override
    def check_room(self, size: int) -> None:
        """There is always room for what is not kept."""

    @override
    def keeping(self, sha256: str, size: int = 0, *, strict: bool = False) -> Keeping:
        if not sha256:
            return Keeping.NAMED
        seen = self._passing.sizes.get(sha256)
        if seen is None:
            return Keeping.GONE
        return Keeping.KEPT if size in (0, seen) else Keeping.DAMAGED

    @override
    def is_whole(self, sha256: str) -> bool:
        return sha256 in self._passing.sizes


class _Passing(Receiving):
    """The sizes of files, by their hashes."""

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}

    @override
    def take(self, sha256: str, pieces: Iterable[bytes]) -> None:
        self.sizes[sha256] = sum(map(len, pieces))

    @override
    def settle(self) -> None:
        """Nothing is kept."""
