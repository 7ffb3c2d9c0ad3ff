"""Whether visits hold: their chains and what these come to, what was sealed, who signed it, what is stated of it."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Event
from greenstar.record.journal import chain_of_visit
from greenstar.record.merge import of_seal
from greenstar.record.replay import State
from greenstar.record.stated import Stated, stated_in
from greenstar.record.timestamps import read_time
from greenstar.services.demo.sample import was_made_as_sample
from greenstar.services.progress import Progress, unwatched
from greenstar.services.schemes import registry
from greenstar.services.spread import Spread, in_this_process
from greenstar.services.trust.trust import Trust
from greenstar.services.verification.chains import check_chain
from greenstar.services.verification.draft_scores import check_draft_score
from greenstar.services.verification.evidence_bytes import EvidenceBytes
from greenstar.services.verification.own_work import Hands, people_in
from greenstar.services.verification.problem import ProblemPlace, Verification, Wrong, readable
from greenstar.services.verification.replayed import check_replayed
from greenstar.services.verification.sealed_row import SealedRow
from greenstar.services.verification.sealed_visits import Checked, SealedClaims, SealedRevision, check_sealed
from greenstar.services.verification.signers import SignedDocument, Signers
from greenstar.services.verification.stated import StatementChecker
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage


class _Begun(NamedTuple):
    """A revision of which all was looked at but what was sealed. `kept`: of the tables; `holds`: its chain does."""

    visit: SealedRevision
    result: Verification
    kept: State
    events: Sequence[Event]
    holds: bool


class Visits:
    """Goes through revisions one by one, so that memory does not grow with their number."""

    def __init__(self, storage: Storage, trust: Trust, result: Verification) -> None:
        self._storage, self._trust, self._result = storage, trust, result
        self._waiting: deque[_Begun] = deque()  # those whose sealed document is being checked
        self._parts: deque[Verification] = deque()  # of revisions that are not done, and of what follows them
        self._seals: dict[str, SealedRow] = {}
        self._replaces: dict[str, str] = {}
        self._decided_by_another: dict[str, bool] = {}  # seals, and whether their decision has to be signed
        self._hands = Hands()
        self._steps: list[Stated] = []
        self._results_only, self._unsigned = 0, 0

    def check(
        self,
        rows: Iterable[AssessmentRow],
        count: int,
        schemes: Iterable[str],
        files: EvidenceBytes | None = None,
        *,
        all_seals: bool = False,
        step: Progress = unwatched,
        spread: Spread = in_this_process,
    ) -> None:
        """Check all of it, so many revisions under these schemes; `files` as well, if given.

        `all_seals`: statements about any other seal, too.
        """
        kept = registry.KeptSchemes(self._storage, schemes)
        for checked in spread(partial(check_sealed, kept), self._begin_each(rows, count, kept, files, step)):
            begun = self._waiting.popleft()
            with readable(begun.result, ProblemPlace.of(begun.visit.row)):
                self._finish(begun, checked)
            self._add_parts()
        self._add_parts()
        if self._unsigned:
            self._result.notices.append(Phrase("verify.unsigned_seals", count=self._unsigned))
        if self._results_only:
            self._result.notices.append(Phrase("verify.results_only", count=self._results_only))
        self._check_replacing()
        with readable(self._result):
            signers = self._signers([row.sha256 for row in self._storage.statements.of_seals(list(self._seals))])
            statements = StatementChecker(
                self._storage, self._seals, self._decided_by_another, self._hands, self._result
            )
            statements.check(signers, self._steps, all_seals=all_seals)
            statements.check_gone(self._steps)

    def _add_parts(self) -> None:
        """Take in what is done, in the order of revisions."""
        while self._parts and not (self._waiting and self._parts[0] is self._waiting[0].result):
            self._result.add(self._parts.popleft())

    # -- one revision

    def _begin_each(
        self,
        rows: Iterable[AssessmentRow],
        count: int,
        schemes: registry.KeptSchemes,
        files: EvidenceBytes | None,
        step: Progress,
    ) -> Iterator[SealedRevision]:
        """What was sealed of each; all else is looked at here. Each notes in a part of its own what does not hold."""
        for number, row in enumerate(rows, 1):
            part, sealed = Verification(visits=1), None
            self._parts.append(part)
            with readable(part, ProblemPlace.of(row)):
                sealed = self._begin(row, files, part)
                if row.seal is None and files is not None:
                    check_draft_score(self._storage, schemes, row, part)
            if sealed is not None:
                yield sealed
            step(number, count)

    def _begin(self, row: AssessmentRow, files: EvidenceBytes | None, part: Verification) -> SealedRevision | None:
        chain, place = chain_of_visit(row.journal), ProblemPlace.of(row)
        events = self._storage.events.of_chain(chain)
        if not events and self._is_sample and self._storage.contents.results_only([row.id]):
            self._results_only += 1  # sealed with what it came to alone, as samples are in bulk
            kept = self._storage.contents.state(row.id)
            return self._wait(row, kept, (), part, holds=False, result_only=True)
        kept = self._storage.contents.state(row.id)
        if files is not None:
            files.check(row.id, kept, place, part)
        holds = bool(events) and check_chain(events, self._storage.events.heads(chain), place, part)
        if not events:
            part.wrong(Wrong.TRUNCATED, Phrase("verify.no_journal"), place)
        elif holds:
            check_replayed(events, kept, place, part, row.seal)
        return None if row.seal is None else self._wait(row, kept, events, part, holds=holds)

    @cached_property
    def _is_sample(self) -> bool:
        return was_made_as_sample(self._storage)

    def _wait(
        self,
        row: AssessmentRow,
        kept: State,
        events: Sequence[Event],
        part: Verification,
        *,
        holds: bool,
        result_only: bool = False,
    ) -> SealedRevision:
        """Note that the sealed document of a revision is about to be checked: what that needs."""
        card = self._storage.scorecards.of([row.id]).get(row.id)
        visit = SealedRevision(
            row,
            self._storage.assessments.sealed(row.id),
            kept={key: entry.text for key, entry in kept.held.items()},
            stored=None if card is None else card.row,
            events={event.hash for event in events},
            result_only=result_only,
        )
        self._waiting.append(_Begun(visit, part, kept, events, holds))
        return visit

    def _finish(self, begun: _Begun, checked: Checked) -> None:
        """Take in what came out of checking what was sealed, and look who signed it."""
        row, sealed = begun.visit.row, checked.sealed
        begun.result.add(checked.result)
        if sealed is None or row.seal is None:
            return
        if begun.holds:
            self._steps += stated_in(begun.events, row.seal)
        kept = self._seals[row.seal] = SealedRow.of(row)
        if sealed.another_decides and not begun.visit.result_only:
            self._decided_by_another[row.seal] = bool(sealed.signer)
            self._hands.note_people(kept, people_in(row, begun.kept, of_seal(begun.events, row.seal)))
        self._unsigned += not self._check_signed(begun, row.seal, sealed)

    def _check_signed(self, begun: _Begun, seal: str, sealed: SealedClaims) -> bool:
        """Note what is wrong with the signatures of a seal; whether it is signed."""
        place = ProblemPlace.of(begun.visit.row)
        if sealed.replaces:
            self._replaces[seal] = sealed.replaces
        document = (begun.visit.text or "").encode()
        signed = SignedDocument(Phrase("verify.what_seal"), read_time(sealed.submitted), sealed.by, document, seal)
        signatures = self._signers([seal]).check(signed, place, begun.result)
        if seal in self._decided_by_another:
            self._hands.note_keys(self._seals[seal], signatures.keys)
        if not signatures.any and sealed.signer:
            begun.result.wrong(Wrong.UNSIGNED, Phrase("verify.signature_gone", key=sealed.signer), place)
            return True
        return signatures.any

    def _signers(self, documents: Sequence[str]) -> Signers:
        return Signers(self._trust, self._storage.signatures.of(documents))

    # -- all of them

    def _check_replacing(self) -> None:
        """Revisions replace the one before: never each other in a circle."""
        for seal in self._replaces:
            passed, at = {seal}, self._replaces.get(seal)
            while at is not None and at not in passed:
                passed.add(at)
                at = self._replaces.get(at)
            if at == seal:
                self._result.wrong(Wrong.CLASH, Phrase("verify.circle"), self._seals[seal].place)
