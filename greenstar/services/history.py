"""The history of a visit, from its events: what was changed, undo and redo over the whole of it, after a restart too.

An undo is an event of its own that puts back what there was and names the event that it takes back. What can be undone
and redone follows from the events alone, so that nothing need be remembered beside them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from greenstar.assessment.model import Visit
from greenstar.database import events
from greenstar.database.connection import Row
from greenstar.database.events import canonical
from greenstar.database.times import read_time
from greenstar.errors import BadInput
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services import subjects
from greenstar.services.content import with_subject
from greenstar.services.visits import OpenVisit


@dataclass(frozen=True)
class Entry:
    """One event of a visit. `undone`: a later one takes it back; `undoes`: the number of the one that it takes back."""

    number: int
    at: datetime
    by: str
    kind: str
    subject: str | None
    was: str | None
    became: str | None
    because: str | None = None
    undoes: int | None = None
    undone: bool = False

    @property
    def changes_content(self) -> bool:
        """Whether it changed something that can be put back: not so a submission, or who visited."""
        return self.kind in subjects.KINDS and self.subject is not None


def history(visit: OpenVisit) -> list[Entry]:
    """The events of a visit, the newest first."""
    rows = events.of_visit(visit.workspace.database, visit.assessment.store, visit.assessment.id)
    entries = [_entry(row) for row in rows]
    standing = {entry.number for entry in entries if entry.changes_content} - set(_stacks(entries)[0])
    return [replace(entry, undone=entry.number in standing) for entry in entries][::-1]


def _entry(row: Row) -> Entry:
    found: dict[str, Any] = {**row, "at": read_time(row["at"])}
    return Entry(found.pop("id"), **found)


def _stacks(entries: list[Entry]) -> tuple[list[int], list[int]]:
    """The events that can be undone and those that can be redone, the next one last.

    A change of one's own ends what could be redone, as everywhere. An undo moves what it takes back from the first
    list to the second; an undo of an undo is a redo, and can be undone again.
    """
    done: list[int] = []
    undone: list[int] = []
    for entry in entries:
        if not entry.changes_content:
            continue
        if entry.undoes in undone:
            undone.remove(entry.undoes)
            done.append(entry.number)
        elif entry.undoes in done:
            done.remove(entry.undoes)
            undone.append(entry.number)
        else:
            done.append(entry.number)
            undone.clear()
    return done, undone


def undo(visit: OpenVisit) -> Entry | None:
    """Take the last change back that was not taken back yet; what it was, or None where there is none."""
    return _take_back_last(visit, 0)


def redo(visit: OpenVisit) -> Entry | None:
    """Take the last undo back."""
    return _take_back_last(visit, 1)


def _take_back_last(visit: OpenVisit, stack: int) -> Entry | None:
    entries = history(visit)
    left = _stacks(entries[::-1])[stack]
    if not left:
        return None
    entry = next(one for one in entries if one.number == left[-1])
    take_back(visit, entry)
    return entry


def take_back(visit: OpenVisit, entry: Entry) -> None:
    """Put back what there was before one change, as an event of its own. BadInput: it cannot be put back.

    Of evidence and findings only the entries that it touched are put back; what was added since stays.
    """
    if not entry.changes_content or entry.subject is None:
        raise BadInput("history.not_undoable")
    was = entry.was
    if entry.kind in subjects.LISTS:
        now = subjects.read(visit.workspace.database, visit.assessment, entry.kind, entry.subject)
        was = _without(now, entry)
    visit.put(entry.kind, entry.subject, was, undoes=entry.number)


def _without(now: str | None, entry: Entry) -> str | None:
    """A list as it is now, less what the event put there, and with what it removed. BadInput: that is not there."""
    current, before, after = (_list(text) for text in (now, entry.was, entry.became))
    for one in after:
        if one in before:
            continue
        found = next((index for index, kept in enumerate(current) if one.items() <= kept.items()), None)
        if found is None:
            raise BadInput("history.changed_since", criterion=entry.subject)
        del current[found]
    current += [one for one in before if one not in after]
    return canonical(current) if current else None


def _list(text: str | None) -> list[Row]:
    return [] if text is None else json.loads(text)


# -- what each change did ----------------------------------------------------------------------------------------


def effects(visit: OpenVisit, entries: list[Entry]) -> Iterator[Fraction | None]:
    """By how much each change moved the total, in points; None where it changed no content.

    `entries` are those of `history`, the newest first: going back from the visit as it stands, one change at a time,
    so that what is not looked at costs nothing.
    """
    scheme, content = visit.scheme, visit.visit
    after = _total(scheme, content)
    for entry in entries:
        if not entry.changes_content:
            yield None
            continue
        assert entry.subject is not None
        content = with_subject(content, scheme, entry.kind, entry.subject, entry.was)
        before = _total(scheme, content)
        yield after - before
        after = before


def _total(scheme: Scheme, visit: Visit) -> Fraction:
    return score(scheme, visit).total or Fraction(0)
