"""Every column of a database: whether changing it is noticed, or else what it is for, and that no result reads it.

A new column has to be named here as the one or the other, and what is not noticed in docs/record.md.
"""

import io
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from greenstar.cli.main import run
from greenstar.resources import SCHEMA
from tests.torture.outcome import Outcome

Column = tuple[str, str]

UNCOVERED: dict[Column, str] = {
    **{("draft", name): "half-typed text" for name in ("store", "assessment", "field", "text", "at")},
    ("assessment", "cursor"): "where somebody stood",
    ("assessment", "cursor_question"): "where somebody stood",
    ("assessment", "entered_at"): "since when a draft is open",
    ("assessment", "changed_at"): "when somebody last stood in a draft; of what is sealed it is covered",
    ("scheme", "added_at"): "when a scheme came into this file",
    ("scheme", "edition"): "noticed where a sealed visit scores otherwise by it, or there is none such",
    ("scorecard", "at"): "when a score was put into this file",
    ("scorecard", "event"): "behind which event a score was put: a draft's is worked out anew behind later ones",
    ("_sqlite_migrations", "id"): "a number of a row",
    ("_sqlite_migrations", "applied_at"): "when this file was brought up to date",
    ("closing", "id"): "a number of a row",
    ("evidence", "id"): "a number of a row; their order is covered",
    ("finding", "id"): "a number of a row; their order is covered",
}
"""What no hash covers, and what it is for."""

COVERED: dict[str, str] = {
    "_sqlite_migrations": "migration_set name",
    "answer": "assessment question value at by formula",
    "assessment": "id ulid kind store store_name city region cycle cycle_key scheme_name scheme revision status"
    " assessor visited started_at submitted_at decided_at certificate last_day withdrawn_at seal sealed representative"
    " remarks replaces set_aside shared",
    "closing": "cycle cycle_key revision at by seal sealed reopened_at reopened_by because",
    "event": "id store assessment at by kind subject was became because previous hash undoes ulid chain place database"
    " version whose carried",
    "evidence": "assessment criterion file caption verified sha256 bytes at by taken_at",
    "exemption": "assessment criterion reason at by",
    "fact": "store name value at by",
    "finding": "assessment criterion severity text action due closed found_at by uid follows owner",
    "flag": "assessment criterion text at by",
    "head": "chain hash place",
    "identity": "id ulid",
    "note": "assessment criterion text at by",
    "scheme": "sha256 name version summary canonical rules",
    "score": "assessment group points available percent bonus share points_exact available_exact",
    "scorecard": "assessment total total_number available share level stars candidate why_not keys answered asked"
    " complete not_applicable_points worst worst_level best best_level totals_by_policy excused_points cycle key_1"
    " key_2 key_3 key_4 key_5 key_6 reasons first_reason",
    "signature": "document key armour",
    "statement": "sha256 seal kind at document",
    "store": "code name city region added_at folded closed",
    "visit_fact": "assessment name value at by",
}
"""What a hash covers, or follows from what one does; the columns of each table."""


def columns() -> set[Column]:
    """All columns of all tables, as the migrations make them."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(SCHEMA.read_text(encoding="utf-8"))
        tables = [name for (name,) in fresh.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = {(table, row[1]) for table in tables for row in fresh.execute(f'PRAGMA table_info("{table}")')}
    return ours | {("_sqlite_migrations", name) for name in ("id", "migration_set", "name", "applied_at")}


def covered() -> set[Column]:
    """The columns of `COVERED`."""
    return {(table, column) for table, names in COVERED.items() for column in names.split()}


class NothingChangedError(Exception):
    """SQLite itself would not have it, or there is nothing to be changed."""


def change_of(table: str, column: str) -> Callable[[sqlite3.Connection], None]:
    """Changes a value of a column to another one that looks right."""

    def change(file: sqlite3.Connection) -> None:
        file.execute("PRAGMA ignore_check_constraints = ON")
        row = file.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL LIMIT 1').fetchone()
        if row is None:
            raise NothingChangedError("nothing is there")
        try:
            file.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?', (_another(row[0]), row[0]))
        except sqlite3.IntegrityError as error:
            raise NothingChangedError(str(error)) from error

    return change


def _another(value: object) -> object:
    """A value that looks as right."""
    if not isinstance(value, str):
        return value + 1 if isinstance(value, int | float) else b"x"
    place = 3 if value.endswith("Z") and value[10:11] == "T" else len(value) - 1  # of a time, the year
    return value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :] if value else "x"


# -- what a database comes to

_TABLES = ("scores", "criteria", "answers", "findings", "facts", "evidence", "events", "certificates", "ranking")


def results(path: Path) -> Iterator[str]:
    """All that commands say of the visits in a database, but when somebody was at work."""
    for command in (
        ("rank", "--json"),
        ("explain", "S-1", "--json"),
        ("report", "S-1"),
        *(("export", table, "--format", "json") for table in _TABLES),
    ):
        yield _said(path, *command)


def _said(path: Path, *command: str) -> str:
    streams, out, said = (sys.stdout, sys.stderr), io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    sys.stdout, sys.stderr = out, said
    try:
        code = run(["--db", str(path), "--cycle", "2026", "--assessor", "Bo", *command])
    finally:
        sys.stdout, sys.stderr = streams
    assert not code, f"{command} ends with {code}: {said.getvalue()}"
    out.seek(0)
    return out.read()


def judge(
    outcome: Outcome,
    told: Callable[[Callable[[sqlite3.Connection], object]], tuple[set[str], Path]],
    before: list[str],
    chosen: Iterable[Column],
) -> None:
    """Change each of these columns: it is told, or no result is another one.

    `told`: what verifying says once a change is made, and of which file.
    """
    for table, column in chosen:
        with outcome.run(f"{table}.{column}"):
            try:
                kinds, path = told(change_of(table, column))
            except NothingChangedError:
                outcome.ended("cannot be changed")
                continue
            if kinds:
                outcome.ended("told")
                continue
            assert (table, column) in UNCOVERED, "another content is not told"
            assert list(results(path)) == before, "a result is another one"
            outcome.ended("means nothing to any result")
