"""Verifying: what is kept, or one store's part of it, is held against its hashes, journals and signatures."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from greenstar.errors import StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Event
from greenstar.record.journal import chain_of_database, chain_of_store, chain_of_visit
from greenstar.record.old_journal import JOURNAL_CARRIED_OVER
from greenstar.services.progress import Progress, unwatched
from greenstar.services.spread import Spread, in_this_process
from greenstar.services.trust.trust import Trust, load_trust
from greenstar.services.verification.chains import check_chain, check_old_chains
from greenstar.services.verification.evidence_bytes import EvidenceBytes
from greenstar.services.verification.kept import check_kept
from greenstar.services.verification.problem import ProblemPlace, Verification, VerificationProblem, Wrong, readable
from greenstar.services.verification.received import check_receipts
from greenstar.services.verification.replayed import check_replayed
from greenstar.services.verification.visits import Visits
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage


def verify(
    storage: Storage,
    *,
    store: str | None = None,
    evidence: bool = False,
    receipts: Iterable[Path] = (),
    packed: bool = False,
    trust: Trust | None = None,
    step: Progress = unwatched,
    spread: Spread = in_this_process,
) -> Verification:
    """What does not hold of a storage, or of what it has of one store (by its code).

    `evidence`: every file is read; else it is only looked whether it is there. `packed`: all that is there lay in a
    bundle. `trust`: whose signatures count, by default as the user's lists say. `step`: is told how many visits were
    looked at. `spread`: how checking what was sealed is. BadInput: a receipt is none. StorageError: the file cannot be
    read at all.
    """
    result = Verification()
    if storage.is_copy_in_use:
        result.notices.append(Phrase("storage.copy_in_use", file=storage.where))
    with storage.reading(), _file_checked(storage, result) if store is None else nullcontext():
        _Verifying(storage, store, trust or load_trust(), result).run(step, spread, evidence=evidence)
        check_receipts(storage, receipts, trust or load_trust(), result, packed=packed)
    return result


_WHO_SIGNED = {Wrong.UNKNOWN_SIGNER, Wrong.OTHER_SIGNER, Wrong.OUT_OF_TIME}


def refuse_unproved(storage: Storage, row: AssessmentRow) -> None:
    """StorageError: what a step of this revision would stand on does not hold: its journal, its seal, or its score.

    Whose signatures count is another question, which whoever decides answers with their lists.
    """
    result = Verification()
    Visits(storage, load_trust(), result).check([row], 1, [row.scheme])
    problems = [problem for problem in result.problems if problem.kind not in _WHO_SIGNED]
    if problems:
        raise StorageError("verify.refused", store=row.store, count=len(problems), problem=problems[0].sentence)


@contextmanager
def _file_checked(storage: Storage, result: Verification) -> Iterator[None]:
    """The file itself, and whether it is built as this program builds it. Its pages are read meanwhile."""
    with storage.integrity.damage_sought() as damage:
        _check_built(storage, result)
        yield
        problems = [VerificationProblem(Wrong.DAMAGED, Phrase("verify.damaged", technical=words)) for words in damage()]
    result.problems[:0] = problems


def _check_built(storage: Storage, result: Verification) -> None:
    for table in storage.integrity.loose_ends():
        result.wrong(Wrong.DAMAGED, Phrase("verify.loose_end", table=table))
    for name in storage.integrity.strangers():
        result.wrong(Wrong.STRUCTURE, Phrase("verify.stranger", name=name))


class _Verifying:
    """One verification of a storage, or of what it has of one store."""

    def __init__(self, storage: Storage, store: str | None, trust: Trust, result: Verification) -> None:
        self._storage, self._store, self._trust, self._result = storage, store, trust, result

    def run(self, step: Progress, spread: Spread, *, evidence: bool) -> None:
        """Everything."""
        files, schemes = EvidenceBytes(self._storage, read=evidence), list[str]()
        with self._readable():
            schemes = [row.sha256 for row in self._storage.schemes.all()]
        with self._readable():
            self._check_pages()
        count = self._storage.assessments.count(self._store)
        visits = Visits(self._storage, self._trust, self._result)
        visits.check(self._rows(), count, schemes, files, all_seals=self._store is None, step=step, spread=spread)
        files.tell_named(self._result)
        if self._store is None:
            with self._readable():
                self._check_databases()
                self._check_lost_chains()
            with self._readable():
                check_kept(self._storage, self._result)

    def _readable(self, place: ProblemPlace | None = None) -> AbstractContextManager[None]:
        return readable(self._result, place)

    def _rows(self) -> Iterator[AssessmentRow]:
        for code in self._codes():
            with self._readable(ProblemPlace(code)):
                yield from self._storage.assessments.every_of_store(code)

    def _codes(self) -> Sequence[str]:
        return [self._store] if self._store is not None else self._storage.stores.codes()

    def _check_pages(self) -> None:
        """The pages of stores, as their chains give them."""
        for code in self._codes():
            chain = chain_of_store(code)
            events = self._storage.events.of_chain(chain)
            place = ProblemPlace(code)
            if events and check_chain(events, self._storage.events.heads(chain), place, self._result):
                check_replayed(events, self._storage.stores.state(code), place, self._result)

    def _check_databases(self) -> None:
        """The chains of what concerns one database, and what came from a program up to 0.2."""
        told: list[Event] = []
        for chain in self._storage.events.chains():
            if chain.startswith(chain_of_database("")):
                events = self._storage.events.of_chain(chain)
                check_chain(events, self._storage.events.heads(chain), ProblemPlace(), self._result)
                told += (event for event in events if event.kind == JOURNAL_CARRIED_OVER)
        check_old_chains(self._storage.events.carried(), told, self._result)

    def _check_lost_chains(self) -> None:
        """Chains of visits and stores that are not here any more."""
        for chain in self._storage.events.chains():
            if not chain.startswith(chain_of_database("")) and not self._is_here(chain):
                self._result.wrong(Wrong.TRUNCATED, Phrase("verify.chain_of_nothing", chain=chain))

    def _is_here(self, chain: str) -> bool:
        """Whether there is the visit, or the store, of a chain."""
        name = chain.partition(":")[2]
        if chain == chain_of_visit(name):
            return self._storage.assessments.by_ulid(name) is not None
        return chain == chain_of_store(name) and self._storage.stores.get(name) is not None
