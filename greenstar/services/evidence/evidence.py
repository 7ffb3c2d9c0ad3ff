"""The evidence of a visit: files attached to its criteria, with a caption, verified or not.

Each change is one event. It is made on what the database holds at that moment, and touches one entry only, so that what
another window attached meanwhile stays.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from greenstar.errors import BadInput
from greenstar.record.canonical import canonical
from greenstar.record.timestamps import read_time
from greenstar.services.visit import drafts, history
from greenstar.services.visit.conflict import conflict
from greenstar.services.visit.visit import OpenVisit
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.evidence import EvidenceFiles, Keeping, StoredFile
from greenstar.text import MOST_CHARACTERS, clean_line

MOST_ENTRIES = 1000  # of one criterion: more, no answers file takes back
_SAME = ("criterion", "file", "sha256", "at", "by")  # by these an entry is known again


@dataclass(frozen=True)
class EvidenceEntry:
    """One piece of evidence at a criterion; `row` is how the database keeps it."""

    row: Row = field(hash=False)
    keeping: Keeping = Keeping.KEPT

    @property
    def criterion(self) -> str:
        """Which criterion it supports."""
        return str(self.row["criterion"])

    @property
    def file(self) -> str:
        """What the file was called, as it can be shown."""
        return clean_line(self.row["file"])

    @property
    def caption(self) -> str:
        """What the file shows, in the assessor's words."""
        return str(self.row["caption"])

    @property
    def verified(self) -> bool:
        """Whether an assessor has looked at the file and accepts it."""
        return bool(self.row["verified"])

    @property
    def is_lost(self) -> bool:
        """Whether it was verified, and its file is not here to prove it: it does not count as verified then."""
        return self.verified and self.keeping is not Keeping.KEPT

    @property
    def sha256(self) -> str:
        """The file's SHA-256; empty where only a name is kept."""
        return clean_line(self.row["sha256"])

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return int(self.row["bytes"])

    @cached_property
    def taken_at(self) -> datetime | None:
        """When the file itself was last changed."""
        return _time(self.row["taken_at"])

    @cached_property
    def attached_at(self) -> datetime | None:
        """When it was attached."""
        return _time(self.row["at"])

    @property
    def by(self) -> str:
        """Who attached it."""
        return str(self.row["by"])

    def is_same(self, other: "EvidenceEntry") -> bool:
        """Whether it is the same piece of evidence, though its caption or its being verified may differ."""
        return all(self.row[name] == other.row[name] for name in _SAME)


@dataclass(frozen=True)
class Attached:
    """The result of attaching: files that were added, and files that were attached already, with their names there."""

    added: tuple[StoredFile, ...]
    already: tuple[tuple[StoredFile, str], ...]


def files_of(visit: OpenVisit) -> EvidenceFiles:
    """The files beside the visit's database."""
    return visit.workspace.storage.evidence


def of_criterion(visit: OpenVisit, criterion: str) -> list[EvidenceEntry]:
    """The evidence of a criterion, in the order in which it was attached."""
    return _entries(visit, _rows(visit, criterion))


def of_visit(visit: OpenVisit) -> list[EvidenceEntry]:
    """The evidence of the whole visit, in the order of its criteria."""
    order = {name: index for index, name in enumerate(visit.scheme.criteria)}
    rows = visit.workspace.storage.contents.entries("evidence", visit.assessment.id)
    return _entries(visit, sorted(rows, key=lambda row: order.get(row["criterion"], len(order))))


def path_of(visit: OpenVisit, entry: EvidenceEntry) -> Path | None:
    """Where the file of an entry is kept, or None where only a name is."""
    return files_of(visit).path_of(entry.sha256)


def _rows(visit: OpenVisit, criterion: str) -> list[Row]:
    return visit.workspace.storage.contents.entries("evidence", visit.assessment.id, criterion)


def _entries(visit: OpenVisit, rows: list[Row]) -> list[EvidenceEntry]:
    keeping = files_of(visit).keeping
    return [EvidenceEntry(row, keeping(row["sha256"], row["bytes"])) for row in rows]


def caption_in(entry: EvidenceEntry) -> str:
    """The field that keeps its half-typed caption."""
    return drafts.field("evidence", f"{entry.criterion}:{entry.sha256[:16] or entry.file[:60]}")


# -- changes -----------------------------------------------------------------------------------------------------


def attach(visit: OpenVisit, criterion: str, files: Sequence[StoredFile], *, draft: str | None = None) -> Attached:
    """Attach kept files to a criterion; one that is attached to it already is not attached again.

    `draft`: the field in which their paths were typed.
    """
    added: list[StoredFile] = []
    already: list[tuple[StoredFile, str]] = []

    def with_files(rows: list[Row]) -> list[Row]:
        known = {row["sha256"]: str(row["file"]) for row in rows}
        at, by = visit.workspace.now(), visit.workspace.assessor
        for file in files:
            if file.sha256 in known:
                already.append((file, known[file.sha256]))
                continue
            known[file.sha256] = file.name
            added.append(file)
            rows.append(_row(criterion, file, at, by))
        return rows

    _change(visit, criterion, with_files, draft)
    return Attached(tuple(added), tuple(already))


def _row(criterion: str, file: StoredFile, at: str, by: str) -> Row:
    return {
        "criterion": criterion,
        "file": file.name,
        "caption": "",
        "verified": 0,
        "sha256": file.sha256,
        "bytes": file.bytes,
        "taken_at": file.taken_at,
        "at": at,
        "by": by,
    }


def set_caption(visit: OpenVisit, entry: EvidenceEntry, text: str, *, draft: str | None = None) -> None:
    """Say what it shows; an empty text takes that back. Conflict: another window changed the caption meanwhile."""
    clean = clean_line(text)
    if len(clean) > MOST_CHARACTERS:
        raise BadInput("answers.too_long", most=str(MOST_CHARACTERS), found=str(len(clean)))
    _set_column(visit, entry, "caption", clean, draft)


def set_verified(visit: OpenVisit, entry: EvidenceEntry, *, on: bool) -> None:
    """Say that an assessor has looked at the file and accepts it, or take that back. Conflict: as `set_caption`.

    BadInput: there is no file here that anybody could have looked at.
    """
    if on and not visit.read_only:
        keeping = files_of(visit).keeping(entry.sha256, entry.size)
        if keeping is not Keeping.KEPT:
            raise BadInput(f"evidence.not_verified_{keeping.value}", file=entry.file)
    _set_column(visit, entry, "verified", int(on))


def remove(visit: OpenVisit, entry: EvidenceEntry) -> None:
    """Take it away from its criterion; its file stays on the disk, so that this can be undone. Conflict: it changed."""

    def fewer(rows: list[Row]) -> list[Row]:
        del rows[_index(visit, entry, rows, *entry.row)]
        return rows

    _change(visit, entry.criterion, fewer)


def move(visit: OpenVisit, entry: EvidenceEntry, criterion: str) -> None:
    """Attach it to another criterion instead. BadInput: its file is attached there already. Conflict: as `remove`."""
    if criterion == entry.criterion:
        return

    def with_entry(rows: list[Row]) -> list[Row]:
        if entry.sha256 and any(row["sha256"] == entry.sha256 for row in rows):
            raise BadInput("evidence.there_already", file=entry.file, criterion=criterion)
        return [*rows, {**entry.row, "criterion": criterion}]

    with history.all_or_nothing(visit):
        _change(visit, criterion, with_entry)
        remove(visit, entry)


def undo(visit: OpenVisit) -> str | None:
    """Take back the last change of evidence that was not taken back yet, a move as a whole.

    Its criterion, or None where there is nothing to take back.
    """
    with history.all_or_nothing(visit):
        entries = [change for change in history.history(visit) if _stands(change)]
        if not entries:
            return None
        last, *before = entries
        moved = before and history.is_move(before[0], last)
        history.take_all_back(visit, [last, before[0]] if moved else [last])
        return last.subject


def _stands(change: history.HistoryEntry) -> bool:
    return change.kind == "evidence" and change.undone is None and change.undoes is None


def _set_column(visit: OpenVisit, entry: EvidenceEntry, name: str, value: object, draft: str | None = None) -> None:
    def changed(rows: list[Row]) -> list[Row]:
        rows[_index(visit, entry, rows, name)][name] = value
        return rows

    _change(visit, entry.criterion, changed, draft)


def _index(visit: OpenVisit, entry: EvidenceEntry, rows: list[Row], *names: str) -> int:
    """The place of an entry in the list as it is stored now. Conflict: one of the columns `names` has changed."""
    for index, row in enumerate(rows):
        if entry.is_same(EvidenceEntry(row)):
            if all(row[name] == entry.row[name] for name in names):
                return index
            raise conflict(
                visit.workspace.storage,
                visit.assessment.store,
                visit.assessment.id,
                "evidence",
                entry.criterion,
                theirs=canonical(rows),
            )
    raise BadInput("evidence.removed_meanwhile", file=entry.file, criterion=entry.criterion)


def _change(
    visit: OpenVisit, criterion: str, change: Callable[[list[Row]], list[Row]], draft: str | None = None
) -> None:
    """Change the list of a criterion, as it stands at this moment."""
    with history.all_or_nothing(visit):
        rows = change(_rows(visit, criterion))
        if len(rows) > MOST_ENTRIES:
            raise BadInput("evidence.too_many", criterion=criterion, most=str(MOST_ENTRIES))
        visit.put("evidence", criterion, canonical(rows) if rows else None, draft=draft)


def _time(text: str) -> datetime | None:
    try:
        return read_time(text)
    except ValueError:
        return None
