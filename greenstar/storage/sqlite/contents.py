"""What an assessment holds, as rows: answers, exemptions, notes, evidence, findings. Values are JSON texts."""
# ruff: noqa: S608 - names of tables and columns are those of this file

import json
from collections.abc import Collection, Iterable, Iterator, Sequence

from typing_extensions import override

from greenstar.record.replay import State
from greenstar.record.timestamps import read_time
from greenstar.record.ulids import new_ulid
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.contents import SINCE, Contents
from greenstar.storage.protocols.evidence import EvidenceFiles, Keeping
from greenstar.storage.sqlite.connection import Database, batches
from greenstar.storage.sqlite.error_messages import Translated
from greenstar.storage.sqlite.states import visit_state

# By kind the table that holds one text for each key of an assessment, and the columns of key and text.
_TEXTS = {
    "answer": ("answer", "question", "value"),
    "fact": ("visit_fact", "name", "value"),
    "exemption": ("exemption", "criterion", "reason"),
    "note": ("note", "criterion", "text"),
    "flag": ("flag", "criterion", "text"),
}


# An answer that was calculated is one text, {"formula": ..., "value": ...}, and stands in two columns.
_WITH_FORMULA = (
    "CASE WHEN formula IS NULL THEN value ELSE json_object('formula', formula, 'value', json(value)) END",
    "CASE json_type(?3) WHEN 'object' THEN json_quote(json_extract(?3, '$.value')) ELSE ?3 END",
    "CASE json_type(?3) WHEN 'object' THEN json_extract(?3, '$.formula') END",
)


def _sql(kind: str) -> tuple[str, str, str, str]:
    table, key, value = _TEXTS[kind]
    read, columns, written = value, [value], ["?3"]
    if kind == "answer":
        read, columns, written = _WITH_FORMULA[0], [value, "formula"], [*_WITH_FORMULA[1:]]
    columns += ["at", "by"]
    return (
        f"SELECT {read} FROM {table} WHERE assessment = ? AND {key} = ?",
        f"""
            INSERT INTO {table} (assessment, {key}, {", ".join(columns)}) VALUES (?1, ?2, {", ".join(written)}, ?4, ?5)
            ON CONFLICT (assessment, {key})
            DO UPDATE SET {", ".join(f"{column} = excluded.{column}" for column in columns)}
        """,
        f"DELETE FROM {table} WHERE assessment = ? AND {key} = ?",
        f"""
            SELECT assessment, {key} AS key, {read} AS value, at, by FROM {table}
            WHERE assessment IN (SELECT value FROM json_each(?)) ORDER BY {key}
        """,
    )


_GET, _PUT, _DROP, _ALL = ({kind: _sql(kind)[index] for kind in _TEXTS} for index in range(4))


# Each of these tables holds a list of entries for each criterion, in the order in which they were added. A finding's
# `id` is its `uid`: the number of its row is nobody else's business.
_ENTRIES = {
    "evidence": ("criterion", "file", "caption", "verified", "sha256", "bytes", "taken_at", "at", "by"),
    "finding": ("criterion", "severity", "text", "action", "due", "closed", "found_at", "by", "id", "follows", "owner"),
}
_COLUMNS = {"id": "uid"}


# What is sealed is read as it was sealed: facts may have changed since. Of a draft the tables are put together, and
# what was verified counts as such only as long as its bytes are here.
_DOCUMENTS = """
    SELECT visit.id, coalesce(visit.sealed, json_object(
        'store', json_object(
            'code', visit.store, 'name', visit.store_name, 'city', visit.city, 'region', visit.region
        ),
        'cycle', visit.cycle,
        'assessor', visit.assessor,
        'visited', visit.visited,
        'facts', (SELECT json_group_object(name, json(value)) FROM visit_fact WHERE assessment = visit.id),
        'answers', (SELECT json_group_object(question, json(value)) FROM answer WHERE assessment = visit.id),
        'formulas', (
            SELECT json_group_object(question, formula) FROM answer
            WHERE assessment = visit.id AND formula IS NOT NULL
        ),
        'not_applicable', (SELECT json_group_object(criterion, reason) FROM exemption WHERE assessment = visit.id),
        'notes', (SELECT json_group_object(criterion, text) FROM note WHERE assessment = visit.id),
        'evidence', (
            SELECT json_group_array(json_object(
                'criterion', criterion, 'file', file, 'caption', caption,
                'verified', CASE WHEN verified THEN has_bytes(sha256, bytes) ELSE 0 END,
                'sha256', sha256, 'bytes', bytes, 'taken_at', taken_at
            )) FROM (SELECT * FROM evidence WHERE assessment = visit.id ORDER BY id)
        ),
        'findings', (
            SELECT json_group_array(json_object(
                'criterion', criterion, 'severity', severity, 'text', text, 'action', action, 'due', due,
                'closed', closed, 'id', uid, 'follows', follows, 'owner', owner
            )) FROM (SELECT * FROM finding WHERE assessment = visit.id ORDER BY id)
        )
    )) AS document
    FROM assessment AS visit
    WHERE visit.id IN (SELECT value FROM json_each(?))
"""


_LOSING = """
    SELECT DISTINCT evidence.assessment AS id
    FROM evidence JOIN assessment ON assessment.id = evidence.assessment
    WHERE evidence.assessment IN (SELECT value FROM json_each(?)) AND assessment.status = 'draft'
    AND evidence.verified AND NOT has_bytes(evidence.sha256, evidence.bytes)
"""


# A scheme has criteria, and a visit that was scored has a result for each.
_RESULTS_ONLY = """
    SELECT id FROM assessment
    WHERE id IN (SELECT value FROM json_each(?)) AND json_extract(sealed, '$.scorecard.criteria') = '{}'
"""


_FILES = "SELECT sha256, bytes, count(*) FROM evidence WHERE assessment = ? GROUP BY sha256, bytes"


class ContentTables(Contents):
    """The tables of answers, exemptions, notes, flags, evidence and findings."""

    def __init__(self, database: Database, files: EvidenceFiles) -> None:
        self._database = database
        database.define("has_bytes", 2, lambda sha256, size: files.keeping(sha256, size) is Keeping.KEPT)

    @override
    def documents(self, assessments: Sequence[int]) -> Iterator[tuple[int, str]]:
        for batch in batches(assessments):
            rows = self._database.rows(_DOCUMENTS, (json.dumps(batch),))
            documents = {row["id"]: row["document"] for row in rows}
            yield from ((assessment, documents[assessment]) for assessment in batch)

    @override
    def losing(self, assessments: Sequence[int]) -> set[int]:
        return {
            row["id"] for batch in batches(assessments) for row in self._database.rows(_LOSING, (json.dumps(batch),))
        }

    @override
    def state(self, assessment: int) -> State:
        with Translated(self._database.path):
            return visit_state(self._database.tables.execute, assessment)

    @override
    def files(self, assessment: int) -> list[tuple[str, int, int]]:
        return self._database.tuples(_FILES, (assessment,))

    @override
    def results_only(self, assessments: Sequence[int]) -> set[int]:
        answers = (self._database.rows(_RESULTS_ONLY, (json.dumps(batch),)) for batch in batches(assessments))
        return {row["id"] for rows in answers for row in rows}

    @override
    def get(self, kind: str, assessment: int, key: str) -> str | None:
        return self._database.text(_GET[kind], (assessment, key))

    @override
    def put(self, kind: str, assessment: int, key: str, text: str | None, *, at: str, by: str) -> None:
        if text is None:
            self._database.execute(_DROP[kind], (assessment, key))
        else:
            self._database.execute(_PUT[kind], (assessment, key, text, at, by))

    @override
    def put_all(self, kind: str, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
        self._database.write_many(_PUT[kind], rows)

    @override
    def texts(self, kind: str, assessment: int) -> dict[str, str]:
        return {row["key"]: row["value"] for row in self.full(kind, [assessment])[assessment]}

    @override
    def full(self, kind: str, assessments: Sequence[int]) -> dict[int, list[Row]]:
        return self._by_assessment(_ALL[kind], assessments)

    @override
    def texts_at(self, kind: str, assessments: Sequence[int], keys: Collection[str]) -> dict[int, dict[str, str]]:
        table, key, text = _TEXTS[kind]
        sql = (
            f"SELECT assessment, {key} AS key, {text} AS value FROM {table} "
            f"WHERE {key} IN (SELECT value FROM json_each(?)) AND assessment IN (SELECT value FROM json_each(?))"
        )
        texts: dict[int, dict[str, str]] = {assessment: {} for assessment in assessments}
        for batch in batches(assessments):
            for row in self._database.rows(sql, (json.dumps(sorted(keys)), json.dumps(batch))):
                texts[row["assessment"]][row["key"]] = row["value"]
        return texts

    @override
    def lists(self, kind: str, assessments: Sequence[int]) -> dict[int, list[Row]]:
        columns, chosen = _selected(kind), "assessment IN (SELECT value FROM json_each(?))"
        return self._by_assessment(
            f"SELECT assessment, {columns} FROM {kind} WHERE {chosen} ORDER BY rowid", assessments
        )

    def _by_assessment(self, sql: str, assessments: Sequence[int]) -> dict[int, list[Row]]:
        rows: dict[int, list[Row]] = {assessment: [] for assessment in assessments}
        for batch in batches(assessments):
            for row in self._database.rows(sql, (json.dumps(batch),)):
                rows[row.pop("assessment")].append(row)
        return rows

    @override
    def entries(self, kind: str, assessment: int, criterion: str | None = None) -> list[Row]:
        sql = f"SELECT {_selected(kind)} FROM {kind} WHERE assessment = ?"
        if criterion is None:
            return self._database.rows(f"{sql} ORDER BY rowid", (assessment,))
        return self._database.rows(f"{sql} AND criterion = ? ORDER BY rowid", (assessment, criterion))

    @override
    def put_entries(
        self,
        kind: str,
        assessment: int,
        rows: Iterable[Row],
        *,
        criterion: str | None = None,
        at: str,
        by: str,
    ) -> list[Row]:
        if criterion is None:
            self._database.execute(f"DELETE FROM {kind} WHERE assessment = ?", (assessment,))
        else:
            self._database.execute(
                f"DELETE FROM {kind} WHERE assessment = ? AND criterion = ?", (assessment, criterion)
            )
        names, now = _ENTRIES[kind], {SINCE[kind]: at, "by": by, "taken_at": "", "follows": "", "owner": ""}
        columns = ", ".join(_COLUMNS.get(name, name) for name in names)
        complete = [{name: row[name] for name in names} for row in (_with_id(kind, {**now, **row}) for row in rows)]
        self._database.write_many(
            f"INSERT INTO {kind} (assessment, {columns}) VALUES (?{', ?' * len(names)})",
            [(assessment, *row.values()) for row in complete],
        )
        return complete


def _selected(kind: str) -> str:
    return ", ".join(f"{_COLUMNS[name]} AS {name}" if name in _COLUMNS else name for name in _ENTRIES[kind])


def _with_id(kind: str, row: Row) -> Row:
    """A finding with an id of its own, where it has none."""
    return {**row, "id": new_ulid(read_time(row["found_at"]))} if kind == "finding" and not row.get("id") else row
