"""The history of a visit, from its events: what was changed, with undo and redo of everything, after a restart too.

An undo is an event of its own that puts back what there was and names the event that it takes back. What can be undone
and redone follows from the events alone, so that nothing need be remembered beside them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from greenstar.assessment.model import Visit
from greenstar.errors import BadInput, GreenStarError
from greenstar.record.canonical import canonical
from greenstar.record.replay import KINDS, LISTS, MOVED
from greenstar.record.timestamps import read_time
from greenstar.scoring.score import score
from greenstar.services.findings.identity import new_finding_id
from greenstar.services.laptops.unsettled import clashes_in
from greenstar.services.visit import changes
from greenstar.services.visit.codec import read_entries, with_subject
from greenstar.services.visit.visit import OpenVisit
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.events import EventRow

FILLED = "fill:"  # how the reason begins under which things were filled in together


@dataclass(frozen=True)
class HistoryEntry:
    """One event of a visit.

    `undoes`: the number of the one that it takes back; `undone`: of the one that took it back, and still does.
    `clashes`: it and another one changed the same apart, on several laptops, and nobody settled that yet.
    """

    number: int
    at: datetime
    by: str
    kind: str
    subject: str | None
    before: str | None
    after: str | None
    because: str | None = None
    undoes: int | None = None
    undone: int | None = None
    clashes: bool = False

    @property
    def changes_content(self) -> bool:
        """Whether it changed something that can be put back; a submission, or a change of assessor, did not."""
        return self.kind == MOVED or (self.kind in KINDS and self.subject is not None)


def history(visit: OpenVisit) -> list[HistoryEntry]:
    """The events of a visit, the newest first."""
    events = visit.workspace.storage.events.of_visit(visit.assessment.id)
    entries = [_entry(event) for event in events][::-1]
    taken_back: dict[int, int] = {}
    for entry in entries:  # one that was taken back itself takes nothing back
        if entry.undoes is not None and entry.number not in taken_back:
            taken_back.setdefault(entry.undoes, entry.number)
    clashing = _clashing(visit)
    return [
        replace(entry, undone=taken_back.get(entry.number), clashes=entry.number in clashing)
        if entry.number in taken_back or entry.number in clashing
        else entry
        for entry in entries
    ]


def _clashing(visit: OpenVisit) -> set[int]:
    """The numbers of the events of a draft that clash."""
    storage = visit.workspace.storage
    clashes = [] if visit.read_only else clashes_in(storage, visit.assessment)
    return storage.events.numbers([side.event.id for clash in clashes for side in clash.sides]) if clashes else set()


def _entry(event: EventRow) -> HistoryEntry:
    return HistoryEntry(
        number=event.id,
        at=read_time(event.at),
        by=event.by,
        kind=event.kind,
        subject=event.subject,
        before=event.before,
        after=event.after,
        because=event.because,
        undoes=event.undoes,
    )


def _stacks(entries: list[HistoryEntry]) -> tuple[Sequence[int], Sequence[int]]:
    """The events that can be undone and those that can be redone, the next one last.

    A change of one's own ends what could be redone, as everywhere. An undo moves what it takes back from the first
    list to the second; an undo of an undo is a redo, and can be undone again.
    """
    done: dict[int, None] = {}  # in this order; a list would be searched through for every undo
    undone: dict[int, None] = {}
    for entry in entries:
        if not entry.changes_content:
            continue
        if entry.undoes in undone:
            del undone[entry.undoes]
            done[entry.number] = None
        elif entry.undoes in done:
            del done[entry.undoes]
            undone[entry.number] = None
        else:
            done[entry.number] = None
            undone.clear()
    return list(done), list(undone)


def undo(visit: OpenVisit) -> HistoryEntry | None:
    """Take the last change back that was not taken back yet; what it was, or None where there is none.

    A piece of evidence that was moved goes back as a whole, though that are two events; so with `redo`.
    """
    return _take_back_last(visit, 0)


def redo(visit: OpenVisit) -> HistoryEntry | None:
    """Take the last undo back."""
    return _take_back_last(visit, 1)


def _take_back_last(visit: OpenVisit, stack: int) -> HistoryEntry | None:
    with all_or_nothing(visit):
        entries = history(visit)
        by_number = {entry.number: entry for entry in entries}
        left = [by_number[number] for number in _stacks(entries[::-1])[stack]]
        while left:
            last = left.pop()
            together = [last, *_together_with(last, left, by_number)]
            if take_all_back(visit, together):
                return last
        return None


def _together_with(
    last: HistoryEntry, before: list[HistoryEntry], by_number: dict[int, HistoryEntry]
) -> Iterator[HistoryEntry]:
    """What goes back with a change, out of those before it: a move is two events, a fill as many as it filled in."""
    filled = filled_with(last, by_number)
    if filled is None:
        if before and is_move(before[-1], last):
            yield before.pop()
        return
    while before and filled_with(before[-1], by_number) == filled:
        yield before.pop()


def filled_with(entry: HistoryEntry, by_number: Mapping[int, HistoryEntry]) -> str | None:
    """The reason under which a change, or the one that it takes back, was filled in with others; None: it was not."""
    while entry.undoes is not None and entry.undoes in by_number:
        entry = by_number[entry.undoes]
    return entry.because if (entry.because or "").startswith(FILLED) else None


def is_move(first: HistoryEntry, second: HistoryEntry) -> bool:
    """Whether two events are one move of a piece of evidence: it came to one criterion, and left the other."""
    if (first.kind, second.kind, second.number) != ("evidence", "evidence", first.number + 1):
        return False
    if first.subject == second.subject:
        return False
    (lost, came), (gone, added) = _differences(first), _differences(second)
    alike = [{**row, "criterion": None} for row in came] == [{**row, "criterion": None} for row in gone]
    return alike and len(came) == 1 and not lost and not added


def _differences(entry: HistoryEntry) -> tuple[list[Row], list[Row]]:
    """What an event took out of a list, and what it put there."""
    before, after = read_entries(entry.before), read_entries(entry.after)
    return [row for row in before if row not in after], [row for row in after if row not in before]


def take_all_back(visit: OpenVisit, entries: Sequence[HistoryEntry]) -> bool:
    """Take changes back, the newest first: all of them or none. Whether that changed anything."""
    with all_or_nothing(visit):
        turned = [take_back(visit, entry) for entry in entries]
    return any(turned)


@contextmanager
def all_or_nothing(visit: OpenVisit) -> Iterator[None]:
    """All changes inside are made, or none; no other window can change anything between reading and writing."""
    try:
        with visit.workspace.storage.transaction():
            yield
    except GreenStarError:
        with suppress(GreenStarError):
            visit.refresh()
        raise


def take_back(visit: OpenVisit, entry: HistoryEntry) -> bool:
    """Put back what there was before one change, as an event of its own; whether that changed anything.

    BadInput: it cannot be put back. Of evidence and findings only the entries that it touched are put back; what was
    added since stays.
    """
    if entry.kind == MOVED:
        visit.take_move_back(entry.number, entry.before or "", entry.after or "")
        return True
    if not entry.changes_content or entry.subject is None:
        raise BadInput("history.not_undoable")
    now = changes.read(visit.workspace.storage, visit.assessment, entry.kind, entry.subject)
    before = _without(visit, now, entry) if entry.kind in LISTS else entry.before
    visit.put(entry.kind, entry.subject, before, undoes=entry.number)
    return before != now


def _without(visit: OpenVisit, now: str | None, entry: HistoryEntry) -> str | None:
    """The list as it is now, without what the event added and with what it removed.

    BadInput: what it added is no longer there.
    """
    current, before = read_entries(now), read_entries(entry.before)
    removed, added = _differences(entry)
    gone: list[Row] = []
    for row in added:
        place = next((index for index, other in enumerate(current) if row.items() <= other.items()), None)
        if place is None:
            raise BadInput("history.changed_since", criterion=entry.subject)
        gone.append(current.pop(place))
    for row in removed:
        whole = row if entry.kind != "finding" or "id" in row else _identified(visit, row, gone)
        current.insert(_place(current, before[: before.index(row)]), whole)
    return canonical(current) if current else None


def _identified(visit: OpenVisit, finding: Row, gone: list[Row]) -> Row:
    """A finding as programs up to 0.2 noted it, with the id of the one that took its place, or else a new one."""
    same = next((row for row in gone if row["found_at"] == finding.get("found_at")), None)
    if same is not None:
        return {**same, **finding}
    number = new_finding_id(visit.assessment, visit.workspace.now(), finding)
    return {"follows": "", "owner": "", **finding, "id": number}


def _place(current: list[Row], earlier: list[Row]) -> int:
    """Where to put an entry back: behind those of its earlier neighbours that are still in the list."""
    return max((current.index(row) + 1 for row in earlier if row in current), default=0)


# -- what each change did ----------------------------------------------------------------------------------------


_SCORED = ("answer", "fact", "exemption")


class Effects:
    """By how much each change moved the total: worked out once, and only for the changes that are looked at.

    `entries` are those of `history`. It goes back from the visit as it stands, one change at a time, and scores it
    only at the changes that are asked for.
    """

    def __init__(self, visit: OpenVisit, entries: Sequence[HistoryEntry]) -> None:
        self._scheme, self._newest, self._entries = visit.scheme, visit.visit, entries
        self._at, self._content = 0, visit.visit
        self._totals: dict[int, Fraction] = {}

    def known(self, index: int) -> bool:
        """Whether the effect of the entry at that place is worked out already."""
        return not self._scores(index) or (index in self._totals and index + 1 in self._totals)

    def of(self, index: int) -> Fraction | None:
        """What the entry at that place moved, in points; None where it changed no content."""
        if not self._scores(index):
            entry = self._entries[index]
            return Fraction(0) if entry.changes_content and entry.kind != MOVED else None
        return self._total(index) - self._total(index + 1)

    def _scores(self, index: int) -> bool:
        entry = self._entries[index]
        return entry.changes_content and entry.kind in _SCORED

    def _total(self, index: int) -> Fraction:
        """The total after the entry at that place; after the last, what there was before all of them."""
        if index not in self._totals:
            self._totals[index] = score(self._scheme, self._content_after(index)).total or Fraction(0)
        return self._totals[index]

    def _content_after(self, index: int) -> Visit:
        if index < self._at:
            self._at, self._content = 0, self._newest
        for entry in self._entries[self._at : index]:
            if entry.subject is not None and entry.kind in _SCORED:
                self._content = with_subject(self._content, self._scheme, entry.kind, entry.subject, entry.before)
        self._at = index
        return self._content
