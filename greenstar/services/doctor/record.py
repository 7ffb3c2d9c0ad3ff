"""The database and its evidence: whether they are whole, and say what they said when it was recorded."""

from collections.abc import Iterator
from pathlib import Path

from greenstar.numbers import size_shown
from greenstar.services.doctor.diagnosis import Diagnosis, Verdict, warned, well, wrong
from greenstar.storage.protocols.examination import EvidenceExamined, Examined
from greenstar.text import first_of

_MUCH_WAITING = 64 << 20  # bytes in the log: somebody has been reading in it for long


def record(database: Path, examined: Examined | None, *, full: bool) -> Iterator[Diagnosis]:
    """All that was looked at of it. None: there is no database yet."""
    if examined is None:
        yield well("database", "no_database", file=str(database))
        return
    yield _opening(database, examined)
    if examined.waiting > _MUCH_WAITING:
        yield warned("log", "log_long", size=size_shown(examined.waiting))
    if examined.is_copy_in_use:
        yield warned("log", "log_not_copied")
    if examined.problems is not None:
        yield _pages(examined)
    if examined.dangling is not None:
        is_well = not examined.dangling
        yield well("references", "references") if is_well else wrong("references", "dangling", count=examined.dangling)
    if examined.journal is not None:
        yield well("journal", "journal") if examined.journal else wrong("journal", "broken", event=examined.broken)
    if examined.evidence is not None:
        yield from _evidence(examined.evidence, full=full)


def _opening(database: Path, examined: Examined) -> Diagnosis:
    if examined.trouble is not None:
        return Diagnosis("database", Verdict.BAD, examined.trouble)
    values = {"file": str(database), "size": size_shown(examined.size)}
    if examined.versions is not None and examined.versions[0] < examined.versions[1]:
        return warned("database", "older", **values)
    if examined.versions is not None and examined.versions[0] > examined.versions[1]:
        return wrong("database", "newer", **values)
    return well("database", "database", **values)


def _pages(examined: Examined) -> Diagnosis:
    if examined.problems:
        return wrong("integrity", "damaged", problems=list(examined.problems))
    return well("integrity", "integrity_full" if examined.with_indices else "integrity")


def _evidence(evidence: EvidenceExamined, *, full: bool) -> Iterator[Diagnosis]:
    lost = [("evidence_missing", evidence.missing, warned), ("evidence_damaged", evidence.damaged, wrong)]
    for key, names, give in lost:
        if names:
            yield give("evidence", key, count=len(names), files=first_of(names))
    if not evidence.missing and not evidence.damaged:
        key = "evidence_full" if full else "evidence"
        yield well("evidence", key, count=evidence.count, size=size_shown(evidence.size))
    if evidence.unnamed:
        yield well("evidence", "unnamed", count=evidence.unnamed)
