"""Evidence files read to the last byte: whether each still has the hash under which it was attached."""

from greenstar.services.visit.visit import OpenVisit
from greenstar.storage.protocols.evidence import EvidenceFiles, Keeping


class HashedFiles:
    """What reading the files said; each is read once, piece by piece, which may take a while."""

    def __init__(self, files: EvidenceFiles) -> None:
        self._files = files
        self._whole: dict[str, bool] = {}

    def read(self, visit: OpenVisit) -> "HashedFiles":
        """Read all files of a visit that were not read yet: best outside of a transaction."""
        for entry in visit.workspace.storage.contents.entries("evidence", visit.assessment.id):
            if self._files.keeping(entry["sha256"], entry["bytes"]) is Keeping.KEPT:
                self.is_whole(entry["sha256"])
        return self

    def is_whole(self, sha256: str) -> bool:
        """Whether the file of that hash has these bytes."""
        if sha256 not in self._whole:
            self._whole[sha256] = self._files.is_whole(sha256)
        return self._whole[sha256]
