"""Whether the bytes of evidence are there, and are those that were attached: every file is looked at once."""

from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import read_plain
from greenstar.record.replay import State
from greenstar.services.verification.problem import ProblemPlace, Verification, Wrong
from greenstar.storage.protocols.evidence import Keeping
from greenstar.storage.protocols.storage import Storage


class EvidenceBytes:
    """Looks for the files of one storage.

    `read`: the bytes are read as well, not only looked for; each file once, however many visits stand on it.
    """

    def __init__(self, storage: Storage, *, read: bool) -> None:
        self._contents, self._files, self._read = storage.contents, storage.evidence, read
        self._known: dict[tuple[str, int], Keeping] = {}
        self._named = 0

    def check(self, assessment: int, kept: State, place: ProblemPlace, result: Verification) -> None:
        """Note what is missing or damaged of the files of a revision, of which the tables hold `kept`."""
        missing: dict[tuple[str, int], Keeping] = {}
        for sha256, size, times in self._contents.files(assessment):
            keeping = self._keeping(sha256, size, result)
            self._named += times if keeping is Keeping.NAMED else 0
            if keeping in (Keeping.GONE, Keeping.DAMAGED):
                missing[sha256, size] = keeping
        for (kind, criterion), entry in kept.held.items() if missing else ():
            for piece in read_plain(entry.text) if kind == "evidence" else ():
                loss = missing.get((piece["sha256"], piece["bytes"]))
                if loss is not None:
                    sentence = Phrase(f"verify.file_{loss.value}", criterion=criterion, file=piece["file"])
                    result.wrong(Wrong.EVIDENCE, sentence, place)

    def tell_named(self, result: Verification) -> None:
        """Note how much evidence there is of which only the name was ever known."""
        if self._named:
            result.notices.append(Phrase("verify.only_named", count=self._named))

    def _keeping(self, sha256: str, size: int, result: Verification) -> Keeping:
        known = self._known.get((sha256, size))
        if known is None:
            known = self._known[sha256, size] = self._looked_for(sha256, size)
            result.files += known is Keeping.KEPT
        return known

    def _looked_for(self, sha256: str, size: int) -> Keeping:
        keeping = self._files.keeping(sha256, size)
        if keeping is Keeping.KEPT and self._read and not self._files.is_whole(sha256):
            return Keeping.DAMAGED
        return keeping
