"""Verifying: what is kept, or one store's part of it, is held against its hashes, journals and signatures."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from greenstar.errors import StorageError, reason_of
from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Event
from greenstar.record.journal import chain_of_database, chain_of_store, chain_of_visit
from greenstar.record.merge import of_seal
from greenstar.record.old_journal import JOURNAL_CARRIED_OVER
from greenstar.record.stated import Stated, stated_in
from greenstar.record.timestamps import read_time
from greenstar.services.demo.sample import MADE
from greenstar.services.trust.trust import Trust, load_trust
from greenstar.services.verification.chains import check_chain, check_old_chains
from greenstar.services.verification.evidence_bytes import EvidenceBytes
from greenstar.services.verification.kept import check_kept
from greenstar.services.verification.own_work import Hands, people_in
from greenstar.services.verification.problem import Place, Problem, Verification, Wrong
from greenstar.services.verification.received import check_receipts
from greenstar.services.verification.replayed import check_replayed
from greenstar.services.verification.sealed_visits import Sealed, SealedVisits
from greenstar.services.verification.signers import Signed, Signers
from greenstar.services.verification.stated import Statements
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage

Step = Callable[[int, int], None]
"""Is told how many visits of how many were looked at."""


def verify(
    storage: Storage,
    *,
    store: str | None = None,
    evidence: bool = False,
    receipts: Iterable[Path] = (),
    trust: Trust | None = None,
    step: Step = lambda _done, _of: None,
) -> Verification:
    """What does not hold of a storage, or of what it has of one store (by its code).

    `evidence`: every file is read; else it is only looked whether it is there. `trust`: whose signatures count, by
    default as the user's lists say. BadInput: a receipt is none. StorageError: the file cannot be read at all.
    """
    result = Verification()
    with storage.reading(), _file_checked(storage, result) if store is None else nullcontext():
        _Verifying(storage, store, trust or load_trust(), result).run(step, evidence=evidence)
        check_receipts(storage, receipts, trust or load_trust(), result)
    return result


_WHO_SIGNED = {Wrong.UNKNOWN_SIGNER, Wrong.OTHER_SIGNER, Wrong.OUT_OF_TIME}


def refuse_unproved(storage: Storage, row: AssessmentRow) -> None:
    """StorageError: what a step of this revision would stand on does not hold: its journal, its seal, or its score.

    Whose signatures count is another question, which whoever decides answers with their lists.
    """
    result = Verification()
    _Verifying(storage, row.store, load_trust(), result).check_visits([row], lambda _done, _of: None)
    problems = [problem for problem in result.problems if problem.kind not in _WHO_SIGNED]
    if problems:
        raise StorageError("verify.refused", store=row.store, count=len(problems), problem=problems[0].sentence)


@contextmanager
def _file_checked(storage: Storage, result: Verification) -> Iterator[None]:
    """The file itself, and whether it is built as this program builds it. Its pages are read meanwhile."""
    with storage.integrity.damage_sought() as damage:
        _check_built(storage, result)
        yield
        problems = [Problem(Wrong.DAMAGED, Phrase("verify.damaged", technical=words)) for words in damage()]
    result.problems[:0] = problems


def _check_built(storage: Storage, result: Verification) -> None:
    for table in storage.integrity.loose_ends():
        result.wrong(Wrong.DAMAGED, Phrase("verify.loose_end", table=table))
    for name in storage.integrity.strangers():
        result.wrong(Wrong.STRUCTURE, Phrase("verify.stranger", name=name))


@contextmanager
def _readable(result: Verification, place: Place | None = None) -> Iterator[None]:
    """What cannot be read, as it has a form that this program never writes, is told, and all else looked at."""
    try:
        yield
    except StorageError as error:
        result.wrong(Wrong.DAMAGED, error.message, place)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        result.wrong(Wrong.DAMAGED, Phrase("verify.unreadable", technical=reason_of(error)), place)


class _Verifying:
    """One verification: what it goes through, visit by visit, so that memory does not grow with their number."""

    def __init__(self, storage: Storage, store: str | None, trust: Trust, result: Verification) -> None:
        self._storage, self._store, self._trust, self._result = storage, store, trust, result
        self._sealed = SealedVisits(storage, result)
        self._seals: dict[str, AssessmentRow] = {}
        self._replaces: dict[str, str] = {}
        self._decided_by_another: dict[str, bool] = {}  # seals, and whether their decision has to be signed
        self._hands = Hands()
        self._steps: list[Stated] = []
        self._results = 0

    def run(self, step: Step, *, evidence: bool) -> None:
        """Everything."""
        rows, files = list(self._rows()), EvidenceBytes(self._storage, self._result, read=evidence)
        with self._readable():
            self._check_pages()
        self.check_visits(rows, step, files)
        files.tell_named()
        if self._store is None:
            with self._readable():
                self._check_databases()
                self._check_lost_chains(rows)
            with self._readable():
                check_kept(self._storage, self._result)

    def _readable(self, place: Place | None = None) -> AbstractContextManager[None]:
        return _readable(self._result, place)

    def _rows(self) -> Iterator[AssessmentRow]:
        for code in self._codes():
            with self._readable(Place(code)):
                yield from self._storage.assessments.every_of_store(code)

    def _codes(self) -> Sequence[str]:
        return [self._store] if self._store is not None else list(self._storage.stores.all())

    # -- visits

    def check_visits(self, rows: Sequence[AssessmentRow], step: Step, files: EvidenceBytes | None = None) -> None:
        """The chains of revisions, what they come to, what was sealed, who signed it, what is stated of it; `files`."""
        unsigned = 0
        for number, row in enumerate(rows, 1):
            self._result.visits += 1
            with self._readable(Place.of(row)):
                sealed = self._check_visit(row, files)
                if row.seal is not None and sealed is not None:
                    self._seals[row.seal] = row
                    unsigned += not self._check_signed(row, row.seal, sealed)
            step(number, len(rows))
        if unsigned:
            self._result.notices.append(Phrase("verify.unsigned_seals", count=unsigned))
        if self._results:
            self._result.notices.append(Phrase("verify.results_only", count=self._results))
        self._check_replacing()
        with self._readable():
            signers = self._signers([row.sha256 for row in self._storage.statements.of_seals(list(self._seals))])
            statements = Statements(self._storage, self._seals, self._decided_by_another, self._hands, self._result)
            statements.check(signers, all_seals=self._store is None)
            statements.check_gone(self._steps)

    def _check_visit(self, row: AssessmentRow, files: EvidenceBytes | None) -> Sealed | None:
        chain, place = chain_of_visit(row.journal), Place.of(row)
        events = self._storage.events.of_chain(chain)
        if not events and self._is_sample() and self._storage.contents.results_only([row.id]):
            self._results += 1  # sealed with what it came to alone, as samples are in bulk
            return self._sealed.check(row, self._storage.contents.state(row.id), (), result_only=True)
        kept = self._storage.contents.state(row.id)
        if files is not None:
            files.check(kept, place)
        holds = bool(events) and check_chain(events, self._storage.events.heads(chain), place, self._result)
        if not events:
            self._result.wrong(Wrong.TRUNCATED, Phrase("verify.no_journal"), place)
        elif holds:
            check_replayed(events, kept, place, self._result, row.seal)
        if row.seal is None:
            return None
        sealed = self._sealed.check(row, kept, {event.hash for event in events})
        if sealed is not None and holds:
            self._steps += stated_in(events, row.seal)
        if sealed is not None and sealed.another_decides:
            self._hands.note_people(row, people_in(row, kept, of_seal(events, row.seal)))
        return sealed

    def _is_sample(self) -> bool:
        return self._storage.events.first_kind() == MADE

    def _check_signed(self, row: AssessmentRow, seal: str, sealed: Sealed) -> bool:
        """Note what is wrong with the signatures of a seal; whether it is signed."""
        document = sealed.document
        if document.get("replaces"):
            self._replaces[seal] = document["replaces"]
        if sealed.another_decides:
            self._decided_by_another[seal] = bool(document.get("signer"))
        by = document.get("by", document["assessor"])
        signed = Signed(Phrase("verify.what_seal"), read_time(document["submitted"]), by, sealed.text.encode(), seal)
        signatures = self._signers([seal]).check(signed, Place.of(row), self._result)
        self._hands.note_keys(row, signatures.keys)
        if not signatures.any and document.get("signer"):
            sentence = Phrase("verify.signature_gone", key=document["signer"])
            self._result.wrong(Wrong.UNSIGNED, sentence, Place.of(row))
            return True
        return signatures.any

    def _signers(self, documents: Sequence[str]) -> Signers:
        return Signers(self._trust, self._storage.signatures.of(documents))

    def _check_replacing(self) -> None:
        """Revisions replace the one before: never each other in a circle."""
        for seal in self._replaces:
            passed, at = {seal}, self._replaces.get(seal)
            while at is not None and at not in passed:
                passed.add(at)
                at = self._replaces.get(at)
            if at == seal:
                self._result.wrong(Wrong.CLASH, Phrase("verify.circle"), Place.of(self._seals[seal]))

    # -- what is no visit

    def _check_pages(self) -> None:
        """The pages of stores, as their chains give them."""
        for code in self._codes():
            chain = chain_of_store(code)
            events = self._storage.events.of_chain(chain)
            place = Place(code)
            if events and check_chain(events, self._storage.events.heads(chain), place, self._result):
                check_replayed(events, self._storage.stores.state(code), place, self._result)

    def _check_databases(self) -> None:
        """The chains of what concerns one database, and what came from a program up to 0.2."""
        told: list[Event] = []
        for chain in self._storage.events.chains():
            if chain.startswith(chain_of_database("")):
                events = self._storage.events.of_chain(chain)
                check_chain(events, self._storage.events.heads(chain), Place(), self._result)
                told += (event for event in events if event.kind == JOURNAL_CARRIED_OVER)
        check_old_chains(self._storage.events.carried(), told, self._result)

    def _check_lost_chains(self, rows: Sequence[AssessmentRow]) -> None:
        """Chains of visits and stores that are not here any more."""
        known = {chain_of_visit(row.journal) for row in rows} | {chain_of_store(code) for code in self._codes()}
        for chain in self._storage.events.chains():
            if chain not in known and not chain.startswith(chain_of_database("")):
                self._result.wrong(Wrong.TRUNCATED, Phrase("verify.chain_of_nothing", chain=chain))
