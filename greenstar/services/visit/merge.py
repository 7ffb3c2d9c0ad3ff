"""What a visit holds once an answers file is recorded into it: what the file says, and all else as it was."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Visit
from greenstar.record.event import Change
from greenstar.record.plain import plain_evidence, plain_findings
from greenstar.storage.protocols import Row


@dataclass(frozen=True)
class StatedRow:
    """One piece of evidence, or one finding, of a file: the whole row if it is new, and which of it the file says."""

    row: Row
    keys: frozenset[str]


# -- what a file says ----------------------------------------------------------------------------------------------


def said_evidence(file: AnswersFile, kept: Visit) -> list[StatedRow]:
    """The evidence of a file; `kept` is its visit with the bytes of each piece."""
    rows = iter(plain_evidence(kept))
    return [
        _said_piece(next(rows), plain, says_verified=_says(file, ("evidence", criterion, index), "verified"))
        for criterion, pieces in file.visit.evidence.items()
        for index, plain in enumerate(plain_evidence(Visit(file.visit.store, evidence={criterion: pieces})))
    ]


def _says(file: AnswersFile, path: tuple[str | int, ...], key: str) -> bool:
    entry = file.at.node(path)
    return isinstance(entry, Mapping) and entry.get(key) is not None


def _said_piece(row: Row, as_written: Row, *, says_verified: bool) -> StatedRow:
    """What a piece says if it is there already; it then keeps its name.

    One without bytes says nothing about being verified: it is only a name, and a name proves nothing.
    """
    keys = {name for name in ("caption", "taken_at") if as_written[name]}
    keys |= {name for name in ("sha256", "bytes") if row["sha256"] and row[name]}
    if says_verified and row["verified"] == as_written["verified"]:
        keys.add("verified")
    return StatedRow(row, frozenset(keys))


def said_findings(visit: Visit) -> list[StatedRow]:
    """The findings of a file, each once."""
    entries: list[StatedRow] = []
    for row in plain_findings(visit):
        keys = frozenset(name for name, value in row.items() if value not in ("", None))
        index = place_of("finding", [entry.row for entry in entries], row)
        if index is None:
            entries.append(StatedRow(row, keys))
        else:
            before = entries[index]
            entries[index] = StatedRow({**before.row, **{name: row[name] for name in keys}}, before.keys | keys)
    return entries


# -- put together --------------------------------------------------------------------------------------------------


def merged_texts(now: Mapping[str, str], said: Mapping[str, str], removed: Iterable[str] = ()) -> dict[str, str]:
    """Answers, exemptions or notes."""
    without = set(removed)
    return {key: text for key, text in {**now, **said}.items() if key not in without}


def with_known_formulas(said: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What a file says, with the formula that is known of an answer which it says again without one."""
    return {key: now[key] if _is_result(text, now.get(key)) else text for key, text in said.items()}


def _is_result(text: str, now: str | None) -> bool:
    """Whether a text is the number that a calculated answer comes to; both are JSON."""
    if now is None or not now.startswith("{"):
        return False
    calculated: Row = json.loads(now)
    return bool(json.loads(text) == calculated["value"])


def merged_entries(kind: str, now: Sequence[Row], said: Iterable[StatedRow]) -> list[Row]:
    """Evidence or findings: one that is there already takes on what the file says of it, another one is added."""
    rows = list(now)
    for entry in said:
        index = place_of(kind, rows, entry.row)
        if index is None:
            rows.append(entry.row)
        else:
            rows[index] = {**rows[index], **{name: entry.row[name] for name in entry.keys}}
    return rows


def place_of(kind: str, rows: Sequence[Row], row: Row) -> int | None:
    """Where in a list the same piece of evidence stands (by its hash, else its name), or the same finding."""
    same = _same_finding if kind == "finding" else _same_bytes if row["sha256"] else _same_name
    index = next((index for index, other in enumerate(rows) if same(other, row)), None)
    if index is None and same is _same_bytes:  # one of that name that had no bytes yet
        return next((index for index, other in enumerate(rows) if not other["sha256"] and _same_name(other, row)), None)
    return index


def _same_bytes(row: Row, other: Row) -> bool:
    return (row["sha256"], row["criterion"]) == (other["sha256"], other["criterion"])


def _same_name(row: Row, other: Row) -> bool:
    return (row["file"], row["criterion"]) == (other["file"], other["criterion"])


def _same_finding(row: Row, other: Row) -> bool:
    """By their ids, where both have one; else those that go on from the same finding of an earlier visit, if any."""
    if row.get("id") and other.get("id"):
        return bool(row["id"] == other["id"])
    alike = all(row[name] == other[name] for name in ("criterion", "severity", "text"))
    return alike and bool(row.get("follows") == other.get("follows"))


# -- what that changed ---------------------------------------------------------------------------------------------


@dataclass
class MergeTally:
    """How many of each kind were added, changed and taken away: answers, facts, pieces of evidence, findings, ..."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)


def tally(changes: Iterable[Change]) -> MergeTally:
    """Count what was changed; of a list of evidence or findings each entry counts."""
    total = MergeTally()
    for change in changes:
        if change.kind in ("evidence", "finding"):
            _count_entries(total, change)
        elif change.before is None:
            total.added[change.kind] += 1
        elif change.after is None:
            total.removed[change.kind] += 1
        else:
            total.changed[change.kind] += 1
    return total


def _count_entries(total: MergeTally, change: Change) -> None:
    left, after = (json.loads(text or "[]") for text in (change.before, change.after))
    for row in after:
        index = place_of(change.kind, left, row)
        if index is None:
            total.added[change.kind] += 1
        elif left.pop(index) != row:
            total.changed[change.kind] += 1
    if left:
        total.removed[change.kind] += len(left)
