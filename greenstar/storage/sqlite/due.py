"""What falls due, from the open findings and the certificates."""
# ruff: noqa: S608 - the SQL is that of this file

from typing_extensions import override

from greenstar.storage.protocols.due import Due, DueRow
from greenstar.storage.sqlite.connection import Database

# As the view `open_finding` has it, but of visits only, and asked so that a thousand stores take a moment.
_NEWEST = """
    NOT EXISTS (
        SELECT 1 FROM assessment AS later
        WHERE later.store = {0}.store AND later.cycle = {0}.cycle AND later.scheme_name = {0}.scheme_name
        AND later.kind = 'visit' AND (later.revision, later.id) > ({0}.revision, {0}.id)
    )
"""
_FINDINGS = f"""
    SELECT store.code AS store, store.name, store.region, visit.cycle, coalesce(finding.due, '') AS day,
        visit.id AS assessment, finding.criterion, finding.severity, finding.text, finding.owner,
        coalesce(nullif(finding.uid, ''), visit.ulid || '-' || finding.id) AS uid, visit.changed_at
    FROM finding
    JOIN assessment AS visit ON visit.id = finding.assessment
    JOIN store ON store.code = visit.store
    WHERE finding.closed IS NULL AND {{wanted}} AND store.closed IS NULL
    AND visit.kind = 'visit' AND visit.status <> 'withdrawn' AND {_NEWEST.format("visit")}
    AND NOT EXISTS (
        SELECT 1 FROM finding AS taken_up JOIN assessment AS taking ON taking.id = taken_up.assessment
        WHERE finding.uid <> '' AND taken_up.follows = finding.uid AND taking.status <> 'withdrawn'
        AND {_NEWEST.format("taking")}
    )
    ORDER BY finding.due IS NULL, finding.due, store.code, finding.id
"""
_CERTIFICATES = """
    WITH certified AS (
        SELECT id, ulid, store, cycle, last_day, certificate, changed_at,
            row_number() OVER (PARTITION BY store ORDER BY cycle_key DESC, revision DESC, id DESC) AS age
        FROM assessment WHERE status = 'decided' AND certificate IS NOT NULL AND set_aside IS NULL
    )
    SELECT store.code AS store, store.name, store.region, certified.cycle, certified.last_day AS day,
        certified.id AS assessment, certified.certificate, certified.ulid AS uid, certified.changed_at
    FROM certified JOIN store ON store.code = certified.store
    WHERE certified.age = 1 AND store.closed IS NULL AND certified.last_day IS NOT NULL
    ORDER BY certified.last_day, store.code
"""


class DueQueries(Due):
    """Two queries over all stores."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def findings(self) -> list[DueRow]:
        return [DueRow(**row) for row in self._database.rows(_FINDINGS.format(wanted="finding.due IS NOT NULL"))]

    @override
    def open_findings(self, cycle: str) -> list[DueRow]:
        sql = _FINDINGS.format(wanted="visit.cycle = :cycle")
        return [DueRow(**row) for row in self._database.rows(sql, {"cycle": cycle})]

    @override
    def certificates(self) -> list[DueRow]:
        return [DueRow(**row) for row in self._database.rows(_CERTIFICATES)]
