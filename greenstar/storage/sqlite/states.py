"""What the tables hold of a visit or of a store's page, in the form in which replaying its events gives it."""
# ruff: noqa: S608 - names of tables and columns are those of this file

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from greenstar.record.canonical import canonical_of_plain, quoted
from greenstar.record.replay import HeldContent, State

Execute = Callable[[str, Sequence[Any]], sqlite3.Cursor]

_HEADER = (
    *("cycle", "scheme_name", "scheme", "revision", "kind", "store", "store_name", "city", "region", "assessor"),
    *("visited", "representative", "remarks", "status", "seal", "replaces", "certificate", "last_day"),
)
_PAGE = ("code", "name", "city", "region", "closed")
_ANSWERS = (
    "SELECT question, CASE WHEN formula IS NULL THEN value "
    "ELSE json_object('formula', formula, 'value', json(value)) END, at, by FROM answer WHERE assessment = ?"
)
_FACTS = "SELECT name, value, at, by FROM visit_fact WHERE assessment = ?"
_TEXTS = {"exemption": "reason", "note": "text", "flag": "text"}
_EVIDENCE = """
    SELECT criterion, at, by, bytes, caption, file, sha256, taken_at, verified
    FROM evidence WHERE assessment = ? ORDER BY rowid
"""
_FINDINGS = """
    SELECT criterion, severity, text, action, due, closed, found_at, by, uid, follows, owner
    FROM finding WHERE assessment = ? ORDER BY rowid
"""
_OF_FINDING = (
    *("criterion", "severity", "text", "action", "due", "closed", "found_at", "by"),
    *("id", "follows", "owner"),
)


def visit_state(execute: Execute, assessment: int) -> State:
    """What the tables hold of a revision of a visit."""
    values = execute(f"SELECT {', '.join(_HEADER)} FROM assessment WHERE id = ?", (assessment,)).fetchone()
    state = State(dict(zip(_HEADER, values, strict=True)))
    for kind, sql in (("answer", _ANSWERS), ("fact", _FACTS)):
        state.held |= {(kind, name): HeldContent(text, at, by) for name, text, at, by in execute(sql, (assessment,))}
    for kind, column in _TEXTS.items():
        rows = execute(f"SELECT criterion, {column}, at, by FROM {kind} WHERE assessment = ?", (assessment,))
        state.held |= {
            (kind, criterion): HeldContent(canonical_of_plain(text), at, by) for criterion, text, at, by in rows
        }
    for kind, sql, text_of in (("evidence", _EVIDENCE, _evidence), ("finding", _FINDINGS, _finding)):
        lists: dict[str, list[str]] = {}
        for row in execute(sql, (assessment,)):
            lists.setdefault(row[0], []).append(text_of(row))
        state.held |= {(kind, criterion): HeldContent(f"[{','.join(texts)}]") for criterion, texts in lists.items()}
    return state


def _evidence(row: tuple[Any, ...]) -> str:
    """The canonical text of a piece of evidence, put together in the order of the keys: there is much of it."""
    criterion, at, by, size, caption, file, sha256, taken_at, verified = row
    return (
        f'{{"at":{quoted(at)},"by":{quoted(by)},"bytes":{size},"caption":{quoted(caption)}'
        f',"criterion":{quoted(criterion)},"file":{quoted(file)},"sha256":{quoted(sha256)}'
        f',"taken_at":{quoted(taken_at)},"verified":{verified}}}'
    )


def _finding(row: tuple[Any, ...]) -> str:
    return canonical_of_plain(dict(zip(_OF_FINDING, row, strict=True)))


def store_state(execute: Execute, code: str) -> State | None:
    """What the tables hold of a store's page; None: there is no such store."""
    values = execute(f"SELECT {', '.join(_PAGE)} FROM store WHERE code = ?", (code,)).fetchone()
    if values is None:
        return None
    facts = execute("SELECT name, value, at, by FROM fact WHERE store = ?", (code,))
    return State(dict(zip(_PAGE, values, strict=True)), {("fact", name): HeldContent(*entry) for name, *entry in facts})
