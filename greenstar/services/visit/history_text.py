"""The history of a visit in words: what each entry changed, and what an undo or a redo did."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import size_shown
from greenstar.record.event import Change
from greenstar.record.replay import CARRIED_OVER, MOVED
from greenstar.record.timestamps import read_time
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.services.laptops.unsettled import SETTLED, TAKEN_OVER
from greenstar.services.visit.history import FILLED, HistoryEntry, filled_with
from greenstar.storage.protocols import Row
from greenstar.text import excerpt

SHORT = 60  # characters of people's texts in a line
_LIFE = ("started", "submitted", "reopened", "follow_up", "decided", "decision_goes_on", "withdrawn", SETTLED)
_HEADER = ("scheme", "store", "assessor", "visited", "representative", "remarks")
_A_WHILE = timedelta(minutes=1)
_CHANGING = {
    "evidence": ("caption", "verified", "bytes", "taken_at"),
    "finding": ("severity", "text", "action", "owner", "due"),
}


def entry_phrase(
    scheme: Scheme, entry: HistoryEntry, earlier: Mapping[int, HistoryEntry], most: int | None = SHORT
) -> Phrase:
    """What an entry was, as a sentence; texts cut to `most` characters, or in full.

    `earlier`: all entries by their numbers, as one that takes another back says which.
    """
    original, times = _original(entry, earlier)
    what = _changed(scheme, original, most)
    filled = filled_with(original, earlier)
    if filled is not None:
        what = Phrase(f"history.filled_{_filled(filled)}", what=what)
    elif original.because == SETTLED:
        what = Phrase("history.settled_so", what=what)
    elif (original.because or "").startswith(TAKEN_OVER):
        what = Phrase("history.taken_over", what=what)
    elif original.because and original.kind not in _LIFE:
        what = Phrase("history.from_file", what=what, file=_cut(original.because, most))
    if entry.clashes:
        what = Phrase("history.clashes", what=what)
    if not times:
        return what
    return Phrase("history.taken_back" if times % 2 else "history.again", what=what)


def _filled(because: str) -> str:
    """What was filled in, by the reason under which it was."""
    return because.removeprefix(FILLED).partition(":")[0]


def turned_phrase(scheme: Scheme, entry: HistoryEntry, entries: Mapping[int, HistoryEntry], key: str) -> Phrase:
    """What an undo or a redo turned, in the sentence of that key; what was filled in together is told by its count.

    `entries`: all entries by their numbers.
    """
    original, _ = _original(entry, entries)
    filled = filled_with(original, entries)
    if filled is not None:
        count = sum(other.because == filled for other in entries.values())
        return Phrase(key, what=Phrase(f"history.fill_{_filled(filled)}", count=count))
    return Phrase(key, what=_changed(scheme, original, SHORT))


def change_phrase(scheme: Scheme, change: Change) -> Phrase:
    """What a change was that has just been made, as `entry_phrase` tells it, with texts in full."""
    now = datetime.now(UTC)
    return _changed(scheme, HistoryEntry(0, now, "", change.kind, change.subject, change.before, change.after), None)


def _original(entry: HistoryEntry, entries: Mapping[int, HistoryEntry]) -> tuple[HistoryEntry, int]:
    """The change that an undo, or an undo of an undo, is about, and how often it was turned."""
    times = 0
    while entry.undoes is not None and entry.undoes in entries:
        entry, times = entries[entry.undoes], times + 1
    return entry, times


def _changed(scheme: Scheme, entry: HistoryEntry, most: int | None) -> Phrase:
    before, after = (json.loads(text) if text is not None else None for text in (entry.before, entry.after))
    names = scheme.earlier_names  # what was entered before a move is told as it is called now
    subject = names.criterion(entry.subject or "")
    match entry.kind:
        case "answer" | "fact":
            of_answer = entry.kind == "answer"
            subject = (names.question if of_answer else names.fact)(entry.subject or "")
            question = (scheme.questions if of_answer else scheme.facts).get(subject)
            values = [_value(scheme, question, names.answer(subject, value), most) for value in (before, after)]
            change = _moved(_subject_phrase(scheme, entry.kind, subject), *values)
            return Phrase("history.asked", change=change, ask=question.ask if question is not None else subject)
        case "note" | "exemption":
            what = Phrase(f"history.{entry.kind}", id=subject)
            return _moved(what, _cut(before, most), _cut(after, most))
        case "flag":
            return Phrase("history.flag_on" if after is not None else "history.flag_off", id=subject)
        case "evidence" | "finding":
            parts = list(_entry_changes(entry, before or [], after or [], most))
            return Phrase("history.at_criterion", id=subject, parts=parts)
    return _of_the_visit(scheme, entry, before, after, most)


def _moved(what: Phrase, before: Any, after: Any) -> Phrase:
    """From one value to another; None is none."""
    if after is None:
        return Phrase("history.removed", what=what, was=before)
    if before is None:
        return Phrase("history.set", what=what, became=after)
    return Phrase("history.changed", what=what, was=before, became=after)


def _subject_phrase(scheme: Scheme, kind: str, name: str) -> Phrase:
    if kind == "fact":
        return Phrase("history.fact")
    return Phrase("history.answer", id=scheme.criterion_of.get(name, ""))


def _value(scheme: Scheme, question: Question | None, value: Any, most: int | None) -> Any:
    """A stored answer in words: labels of options, units; unchanged where the scheme does not know the question."""
    if value is None or question is None:
        return None if value is None else str(value.get("value", value) if isinstance(value, dict) else value)
    words = answer_type(scheme, question).words_of_stored(value, Phrase("history.none_of_them"))
    return _cut(words, most) if isinstance(words, str) else words


def _cut(text: str | None, most: int | None) -> str | None:
    """A text on one line, as far as there is room for it; in full where `most` is None."""
    return text if text is None or most is None else excerpt(text, most, "...")


# -- evidence and findings ---------------------------------------------------------------------------------------


def _entry_changes(entry: HistoryEntry, before: list[Row], after: list[Row], most: int | None) -> Iterator[Phrase]:
    """What became of each entry of a list, a part of a sentence each."""
    kind, new = entry.kind, [row for row in after if row not in before]
    for row in before:
        if row in after:
            continue
        changed = next((other for other in new if _key(kind, other) == _key(kind, row)), None)
        arrived = next((other for other in new if kind == "evidence" and _has_arrived(row, other)), None)
        if changed is None and arrived is not None:
            new.remove(arrived)
            yield _entry_change(kind, "arrived", row, most)
        elif changed is None:
            yield _entry_change(kind, "removed", row, most)
        else:
            new.remove(changed)
            yield from _differences(kind, row, changed, most)
    for row in new:
        yield _entry_change(kind, _how_new(entry, row), row, most)


def _how_new(entry: HistoryEntry, row: Row) -> str:
    """Whether the entry was added, or is a finding of the last visit that was confirmed or settled."""
    found_at = row.get("found_at")
    taken_over = row.get("follows") or (
        "follows" not in row and found_at is not None and entry.at - read_time(found_at) >= _A_WHILE
    )  # programs up to 0.2 noted no more than when it was found
    if not taken_over:
        return "added"
    return "confirmed" if row["closed"] is None else "settled"


def _key(kind: str, row: Row) -> tuple[Any, ...]:
    """What identifies an entry before and after a change."""
    return (
        (row["file"], row["sha256"]) if kind == "evidence" else (row.get("id") or row.get("found_at") or row["text"],)
    )


def _has_arrived(before: Row, after: Row) -> bool:
    """Whether what was only a name has its file now."""
    return not before["sha256"] and before["file"] == after["file"]


def _entry_change(kind: str, what: str, row: Row, most: int | None) -> Phrase:
    if kind == "evidence":
        return Phrase(f"history.evidence_{what}", name=_cut(row["file"], most))
    text = _cut(row["text"], most)
    severity = Phrase(f"tui.severity_{row['severity']}")
    return Phrase(f"history.finding_{what}", severity=severity, text=text)


def _differences(kind: str, before: Row, after: Row, most: int | None) -> Iterator[Phrase]:
    if kind == "finding" and before["closed"] != after["closed"]:
        text = _cut(after["text"], most)
        if after["closed"] is None:
            yield Phrase("history.finding_reopened", text=text)
        else:
            yield Phrase("history.finding_closed", text=text, day=after["closed"])
    moved = [
        _moved(Phrase(f"history.field_{name}"), _column_words(name, old, most), _column_words(name, new, most))
        for name in _CHANGING[kind]
        if (old := before.get(name)) != (new := after.get(name)) and (old or new)
    ]
    if moved:
        name = "file" if kind == "evidence" else "text"
        yield Phrase(f"history.{kind}_changed", name=_cut(before[name], most), changes=moved)


def _column_words(name: str, value: Any, most: int | None) -> Any:
    if name == "verified":
        return bool(value)
    if name == "bytes":
        return size_shown(value) if value else None
    if name == "severity":
        return Phrase(f"tui.severity_{value}")
    return _cut(value, most) or None


# -- the visit itself --------------------------------------------------------------------------------------------


def _of_the_visit(scheme: Scheme, entry: HistoryEntry, before: Any, after: Any, most: int | None) -> Phrase:
    if entry.kind in _HEADER:
        if entry.kind == "scheme":
            return Phrase("history.scheme")
        if entry.kind == "store":
            before, after = (", ".join(text for text in list(store.values())[1:] if text) for store in (before, after))
        return _moved(Phrase(f"history.{entry.kind}"), before or None, after or None)
    if entry.kind == MOVED:
        return Phrase("history.moved_version", was=before["version"], became=after["version"])
    if entry.kind in ("wording", "decision_passed_on", CARRIED_OVER, "joined"):
        return Phrase(f"history.{entry.kind}")
    if entry.kind in _LIFE:
        return _step(scheme, entry.kind, after, _cut(entry.because, most) or "")
    return Phrase("history.other", kind=entry.kind, subject=entry.subject or "")


def _step(scheme: Scheme, kind: str, after: Any, because: str) -> Phrase:
    """A step in the life of a visit. `after`: what its event says of it."""
    match kind:
        case "started":
            key = "history.started" if after["revision"] == 1 else "history.started_again"
            return Phrase(key, cycle=after["cycle"], version=after["version"], revision=after["revision"])
        case "submitted" if not scheme.levels:
            return Phrase("history.submitted_no_levels")
        case "submitted":
            return Phrase("history.submitted", level=_level(scheme, after["level"]))
        case "settled":
            return Phrase("history.settled", count=len(after["set_aside"]))
        case "reopened":
            return Phrase("history.reopened", revision=after["revision"], because=because)
        case "follow_up":
            return Phrase("history.follow_up", revision=after["revision"], because=because)
        case "decision_goes_on" if after["certificate"] is None:
            return Phrase("history.decision_goes_on_none")
        case "decision_goes_on":
            return Phrase("history.decision_goes_on", level=_level(scheme, after["level"]), number=after["certificate"])
        case "decided" if after["certificate"] is None:
            return Phrase("history.decided_none" if scheme.levels else "history.decided_no_levels")
        case "decided":
            last_day = after["last_day"] and date.fromisoformat(after["last_day"])
            key = "history.decided" if last_day else "history.decided_for_good"
            return Phrase(key, level=_level(scheme, after["level"]), number=after["certificate"], day=last_day)
    return Phrase("history.withdrawn", because=because)


def _level(scheme: Scheme, level: str | None) -> Text | Phrase | str:
    if level is None:
        return Phrase("tui.no_level")
    return scheme.level_title(level) or level
