"""What falls due, from the open findings and the certificates."""

from typing_extensions import override

from greenstar.storage.protocols.due import Due, DueRow
from greenstar.storage.sqlite.connection import Database

_FINDINGS = """
    SELECT open_finding.store, open_finding.name, open_finding.region, open_finding.cycle, open_finding.due AS day,
        finding.assessment, open_finding.criterion, open_finding.severity, open_finding.text, open_finding.owner
    FROM open_finding JOIN finding ON finding.id = open_finding.id
    WHERE open_finding.due IS NOT NULL
    ORDER BY open_finding.due, open_finding.store, open_finding.id
"""
_CERTIFICATES = """
    SELECT store.code AS store, store.name, store.region, assessment.cycle, assessment.last_day AS day,
        assessment.id AS assessment, assessment.certificate
    FROM store JOIN assessment ON assessment.id = (
        SELECT latest.id FROM assessment AS latest
        WHERE latest.store = store.code AND latest.status = 'decided' AND latest.certificate IS NOT NULL
        ORDER BY latest.cycle_key DESC, latest.revision DESC, latest.id DESC
        LIMIT 1
    )
    WHERE store.closed IS NULL AND assessment.last_day IS NOT NULL
    ORDER BY assessment.last_day, store.code
"""


class DueQueries(Due):
    """Two queries over all stores."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def findings(self) -> list[DueRow]:
        return [DueRow(**row) for row in self._database.rows(_FINDINGS)]

    @override
    def certificates(self) -> list[DueRow]:
        return [DueRow(**row) for row in self._database.rows(_CERTIFICATES)]
