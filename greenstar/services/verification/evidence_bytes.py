"""Whether the bytes of evidence are there, and are those that were attached: every file is read once."""

from collections.abc import Iterable

from greenstar.i18n.phrase import Phrase
from greenstar.services.verification.problem import Place, Verification, Wrong
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.evidence import Keeping
from greenstar.storage.protocols.storage import Storage


def check_evidence(storage: Storage, rows: Iterable[AssessmentRow], result: Verification, *, read: bool) -> None:
    """Note what is missing or damaged of the evidence of these revisions.

    `read`: the bytes are read as well, not only looked for; each file once, however many visits stand on it.
    """
    by_id = {row.id: row for row in rows}
    whole: dict[tuple[str, int], Keeping] = {}
    named = 0
    for assessment, pieces in storage.contents.lists("evidence", list(by_id)).items():
        for piece in pieces:
            key = (piece["sha256"], piece["bytes"])
            if key not in whole:
                whole[key] = _keeping(storage, *key, read=read)
                result.files += whole[key] is Keeping.KEPT
            named += whole[key] is Keeping.NAMED
            if whole[key] in (Keeping.GONE, Keeping.DAMAGED):
                sentence = Phrase(f"verify.file_{whole[key].value}", criterion=piece["criterion"], file=piece["file"])
                result.wrong(Wrong.EVIDENCE, sentence, Place.of(by_id[assessment]))
    if named:
        result.notices.append(Phrase("verify.only_named", count=named))


def _keeping(storage: Storage, sha256: str, size: int, *, read: bool) -> Keeping:
    keeping = storage.evidence.keeping(sha256, size)
    if keeping is Keeping.KEPT and read and not storage.evidence.is_whole(sha256):
        return Keeping.DAMAGED
    return keeping
