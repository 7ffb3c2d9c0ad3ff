"""Taking changes of a visit back and doing them again; each says in words what that was."""

from collections.abc import Iterable

from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.history import HistoryEntry, all_or_nothing, history, redo, take_back, undo
from greenstar.services.visit.history_text import entry_phrase, turned_phrase
from greenstar.services.visit.visit import OpenVisit


def undo_last(visit: OpenVisit) -> Phrase:
    """Take the last change back, and say which it was. BadInput: it cannot be put back."""
    return _turned(visit, undo(visit), "history.taken_back", "history.nothing_to_undo")


def redo_last(visit: OpenVisit) -> Phrase:
    """Take the last undo back, and say what is done again. BadInput: it cannot be put back."""
    return _turned(visit, redo(visit), "history.again", "history.nothing_to_redo")


def _turned(visit: OpenVisit, entry: HistoryEntry | None, key: str, none: str) -> Phrase:
    if entry is None:
        return Phrase(none)
    return turned_phrase(visit.scheme, entry, _by_number(history(visit)), key)


def turn_back(visit: OpenVisit, entry: HistoryEntry) -> Phrase:
    """Take this entry back or, where it is taken back already, do it again; and say which. BadInput: it cannot be."""
    with all_or_nothing(visit):
        entries = _by_number(history(visit))
        current = entries.get(entry.number)
        if current is None:
            raise BadInput("history.not_undoable")
        back = current if current.undone is None else entries[current.undone]
        if current.undone != entry.undone or not take_back(visit, back):  # another window may have been quicker
            return Phrase("history.so_already")
    after = _by_number(history(visit))
    return entry_phrase(visit.scheme, next(iter(after.values())), after)


def _by_number(entries: Iterable[HistoryEntry]) -> dict[int, HistoryEntry]:
    return {entry.number: entry for entry in entries}
