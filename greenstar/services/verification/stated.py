"""Whether statements hold: each is what its hash says, about a seal that is here, and what the visit's row goes by."""

from collections import Counter
from collections.abc import Iterable, Mapping

from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import sha256_of
from greenstar.record.stated import Stated, goes_by
from greenstar.record.statement import NoStatement, Statement, read_statement
from greenstar.record.timestamps import read_time
from greenstar.services.verification.own_work import Hands
from greenstar.services.verification.problem import ProblemPlace, Verification, Wrong
from greenstar.services.verification.sealed_row import SealedRow
from greenstar.services.verification.signers import SignedDocument, Signers
from greenstar.storage.protocols.statements import StatementRow
from greenstar.storage.protocols.storage import Storage


class StatementChecker:
    """Checks the statements about these seals, and notes what does not hold.

    `decided_by_another`: the seals of which the scheme wants another to decide than the `hands`; with a key (True)
    where the seal is signed.
    """

    def __init__(
        self,
        storage: Storage,
        seals: Mapping[str, SealedRow],
        decided_by_another: Mapping[str, bool],
        hands: Hands,
        result: Verification,
    ) -> None:
        self._storage, self._seals, self._result = storage, seals, result
        self._decided_by_another, self._hands = decided_by_another, hands
        self._kept: set[Stated] = set()
        self._aside: dict[str, str] = {}

    def check(self, signers: Signers, steps: Iterable[Stated], *, all_seals: bool) -> None:
        """Note what does not hold of statements about these seals, or (`all_seals`) of all that are kept.

        `steps`: those of which journals tell.
        """
        waiting, unsigned = 0, 0
        decisions = Counter(step.seal for step in steps if step.kind == "decided")
        statements = self._storage.statements
        for row in statements.all() if all_seals else statements.of_seals(list(self._seals)):
            self._result.statements += 1
            assessment = self._seals.get(row.seal)
            place = assessment.place if assessment is not None else ProblemPlace()
            statement = _read(row)
            if statement is None:
                self._result.wrong(Wrong.REWRITTEN, Phrase("verify.statement", at=row.at), place)
                continue
            self._kept.add(Stated.by_statement(statement))
            waiting += assessment is None
            self._note_set_aside(statement)
            if assessment is not None and not goes_by(
                assessment.status, assessment.certificate, statement, decisions=decisions[row.seal]
            ):
                self._result.wrong(Wrong.STATEMENT, Phrase(f"verify.not_{statement.kind}", by=statement.by), place)
            what = Phrase(f"verify.what_{statement.kind}")
            signed = SignedDocument(what, read_time(statement.at), statement.by, row.document.encode(), row.sha256)
            signatures = signers.check(signed, place, self._result)
            unsigned += not signatures.any
            if assessment is not None and statement.kind == "decided" and row.seal in self._decided_by_another:
                self._hands.check_decision(assessment, statement, signatures.keys, signers.trust, self._result)
                if not signatures.any and self._decided_by_another[row.seal]:
                    self._result.wrong(Wrong.UNSIGNED, Phrase("verify.decision_unsigned", by=statement.by), place)
        if waiting:
            self._result.notices.append(Phrase("verify.waiting", count=waiting))
        if unsigned:
            self._result.notices.append(Phrase("verify.unsigned_statements", count=unsigned))

    def _note_set_aside(self, statement: Statement) -> None:
        """What is set aside for what, as statements say: of several the last one counts."""
        kept = self._seals.get(statement.seal)
        if statement.kind == "settled" and kept is not None:
            self._aside.pop(statement.seal, None)
            for seal in statement.set_aside:
                row = self._seals.get(seal)
                if row is not None and row.revision_of == kept.revision_of:
                    self._aside[seal] = statement.seal

    def check_gone(self, steps: Iterable[Stated]) -> None:
        """Note the statements that journals tell of and that are gone, and seals that count otherwise than was stated.

        After `check`.
        """
        for step in steps:
            if step not in self._kept:
                sentence = Phrase("verify.statement_gone", what=Phrase(f"verify.what_{step.kind}"), at=step.at)
                self._result.wrong(Wrong.TRUNCATED, sentence, self._seals[step.seal].place)
        for seal, row in self._seals.items():
            if row.set_aside != self._aside.get(seal):
                self._result.wrong(Wrong.STATEMENT, Phrase("verify.set_aside_otherwise"), row.place)


def _read(row: StatementRow) -> Statement | None:
    try:
        statement = read_statement(row.document.encode())
    except NoStatement:
        return None
    kept = (statement.seal, statement.kind, statement.at)
    return statement if sha256_of(row.document) == row.sha256 and kept == (row.seal, row.kind, row.at) else None
