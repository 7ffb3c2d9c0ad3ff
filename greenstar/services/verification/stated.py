"""Whether statements hold: each is what its hash says, about a seal that is here, and what the visit's row goes by."""

from collections.abc import Mapping

from greenstar.assessment.model import Status
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import sha256_of
from greenstar.record.statement import NoStatement, Statement, read_statement
from greenstar.record.timestamps import read_time
from greenstar.services.verification.problem import Place, Verification, Wrong
from greenstar.services.verification.signers import Signed, Signers
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.statements import StatementRow
from greenstar.storage.protocols.storage import Storage


def check_statements(
    storage: Storage, seals: Mapping[str, AssessmentRow], signers: Signers, result: Verification, *, all_seals: bool
) -> None:
    """Note what does not hold of statements about these seals, or (`all_seals`) of all that are kept."""
    waiting, unsigned = 0, 0
    rows = storage.statements.all() if all_seals else storage.statements.of_seals(list(seals))
    for row in rows:
        result.statements += 1
        assessment = seals.get(row.seal)
        place = Place.of(assessment) if assessment is not None else Place()
        statement = _read(row)
        if statement is None:
            result.wrong(Wrong.REWRITTEN, Phrase("verify.statement", at=row.at), place)
            continue
        waiting += assessment is None
        if assessment is not None and not _goes_by(assessment, statement):
            result.wrong(Wrong.STATEMENT, Phrase(f"verify.not_{statement.kind}", by=statement.by), place)
        what = Phrase(f"verify.what_{statement.kind}")
        signed = Signed(what, read_time(statement.at), statement.by, statement.document, row.sha256)
        unsigned += not signers.check(signed, place, result)
    if waiting:
        result.notices.append(Phrase("verify.waiting", count=waiting))
    if unsigned:
        result.notices.append(Phrase("verify.unsigned_statements", count=unsigned))


def _read(row: StatementRow) -> Statement | None:
    try:
        statement = read_statement(row.document.encode())
        read_time(statement.at)
    except (NoStatement, ValueError):
        return None
    kept = (statement.seal, statement.kind, statement.at)
    return statement if sha256_of(row.document) == row.sha256 and kept == (row.seal, row.kind, row.at) else None


def _goes_by(row: AssessmentRow, statement: Statement) -> bool:
    """Whether the row of a visit is as a statement about its seal says. What was decided may be withdrawn later."""
    if statement.kind == "withdrawn":
        return row.status is Status.WITHDRAWN
    if statement.kind == "decided":
        number = statement.content.get("certificate")
        return row.status in (Status.DECIDED, Status.WITHDRAWN) and row.certificate in (number, None)
    return True
