"""A visit in hand: in memory for the screen, and on disk at once.

Every change is one transaction (the row, its event, the time) that is committed before memory changes: what the screen
shows as saved is saved, and a write that fails leaves everything as it was. What another window changed meanwhile is
not overwritten: a change says what it was made on (`seen`), and where that is not so any more it is a `Conflict`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from types import EllipsisType, TracebackType
from typing import Self

from greenstar.assessment.model import Answer, Status, Visit
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.record.timestamps import read_time
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.results.scorecards import stored_form
from greenstar.services.schemes import registry
from greenstar.services.schemes.names import fact_named, question_named, refuse_unknown_criterion
from greenstar.services.visit.codec import encode_answer, encode_fact, encode_kept, encode_text, fit_text, load
from greenstar.services.visit.conflict import Sealed
from greenstar.services.visit.drafts import field
from greenstar.services.visit.moving import turn_back
from greenstar.services.visit.previous import Previous, Rechecked, last_visit, rechecked, still_to_settle
from greenstar.services.visit.scheme_of_visit import is_moved
from greenstar.services.visit.worked_visit import opened, with_entry
from greenstar.services.visit.written_change import write_change
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow


class OpenVisit:
    """One assessment being worked on, or looked at: in memory, and on disk.

    `worked` is what is in memory, and all that follows from it.
    """

    def __init__(self, workspace: Workspace, assessment: AssessmentRow) -> None:
        self.workspace = workspace
        self.assessment = assessment
        self.saved_at: datetime | None = assessment.changed_at
        self.moved = False  # whether another window moved it to another version
        self._others_wrote = False  # whether another window changed something of this store before our last change
        self.scheme = registry.stored(workspace.storage, assessment.scheme)
        self._load()

    def _load(self) -> None:
        """Take in the visit as it is stored, and the number of the last event that it takes into account."""
        storage = self.workspace.storage
        self.seen = self._noted = storage.events.newest_of_store(self.assessment.store)
        self.flags = frozenset(storage.contents.texts("flag", self.assessment.id))
        self.worked = opened(self.scheme, load(storage, self.assessment.id, self.scheme))

    @property
    def visit(self) -> Visit:
        """What the assessor recorded."""
        return self.worked.visit

    @property
    def scorecard(self) -> Scorecard:
        """What it comes to."""
        return self.worked.scorecard

    @property
    def read_only(self) -> bool:
        """Whether it is sealed: submitted, decided or withdrawn."""
        return self.assessment.status is not Status.DRAFT

    @cached_property
    def previous(self) -> Previous | None:
        """The store's visit of the last cycle, if it had one."""
        return last_visit(self.workspace, self.assessment.store, self.assessment.cycle, self.scheme)

    @property
    def rechecked(self) -> Rechecked | None:
        """How much of the last cycle's answers was looked at again."""
        if self.previous is None:
            return None
        return rechecked(self.previous, self.visit, self.worked.asked)

    @property
    def findings_to_settle(self) -> list[Row]:
        """The open findings of the last visit that are neither confirmed nor closed."""
        return still_to_settle(self.previous, self.visit.findings)

    # -- changes -------------------------------------------------------------------------------------------------

    def answer(self, question: str, value: Answer | None, *, seen: Answer | EllipsisType | None = ...) -> None:
        """Keep an answer; None removes it.

        `seen` is the answer that it was given in the place of, by default the one in memory. Conflict: another window
        answered meanwhile. Refused: a check of the scheme refuses it. StorageError: the disk would not. In each of
        these cases nothing is kept.
        """
        asked = question_named(self.scheme, question)
        text, answered = encode_answer(self.scheme, asked, value), self.worked.answered(question, value)
        before = self.visit.answers.get(question) if seen is ... else seen
        with self._change() as at:
            # Where nobody else wrote, what is in memory is what is stored.
            is_seen = seen is ... and not self._others_wrote
            self._put("answer", question, text, at, seen=... if is_seen else encode_answer(self.scheme, asked, before))
            self._forget(question, at)
            self._stand_at(self.scheme.criterion_of[question], question, at)
        if not self._others_wrote:
            self.worked = answered

    def set_fact(self, name: str, value: Answer | None, *, seen: Answer | EllipsisType | None = ...) -> None:
        """Keep a fact about the store, as this visit has it; None removes it. Conflict: as `answer`.

        It goes on the store's page too, unless a visit to a later cycle began.
        """
        question = fact_named(self.scheme, name)
        text = encode_fact(self.scheme, question, value)
        before = self.visit.facts.get(name) if seen is ... else seen
        with self._change() as at:
            self._put("fact", name, text, at, seen=encode_fact(self.scheme, question, before))
            self._forget(name, at)
        if not self._others_wrote:
            self.worked = self.worked.with_fact(name, value)

    def mark_not_applicable(self, criterion: str, reason: str | None, *, seen: str | EllipsisType | None = ...) -> None:
        """Take a criterion out of the visit, for a reason; None puts it back.

        BadInput: the scheme forbids it, or the reason says nothing and is not the one that it has.
        """
        refuse_unknown_criterion(self.scheme, criterion)
        clean = self.worked.reason_for(criterion, reason)
        before = self.visit.not_applicable.get(criterion) if seen is ... else seen
        with self._change() as at:
            self._put("exemption", criterion, encode_text(clean), at, seen=encode_kept(before))
            self._forget(field("exemption", criterion), at)
        if not self._others_wrote:
            self.worked = self.worked.excused(criterion, clean)

    def note(self, criterion: str, text: str, *, seen: str | EllipsisType | None = ...) -> None:
        """Keep a note; an empty one removes it. Conflict: as `answer`."""
        refuse_unknown_criterion(self.scheme, criterion)
        clean = fit_text(text) or None
        before = self.visit.notes.get(criterion) if seen is ... else seen
        with self._change() as at:
            self._put("note", criterion, encode_text(clean), at, seen=encode_kept(before))
            self._forget(field("note", criterion), at)
        if not self._others_wrote:
            self.worked = self.worked.with_notes(with_entry(self.visit.notes, criterion, clean))

    def flag(self, criterion: str, *, on: bool) -> None:
        """Mark a criterion to come back to, or take the mark away. BadInput: there is no such criterion."""
        refuse_unknown_criterion(self.scheme, criterion)
        self.put("flag", criterion, encode_text("") if on else None)

    def put(
        self,
        kind: str,
        subject: str,
        text: str | None,
        *,
        seen: str | EllipsisType | None = ...,
        undoes: int | None = None,
        draft: str | None = None,
    ) -> None:
        """Change any subject (see `changes`) to this content, a JSON text, and read the visit again.

        `seen`: what it was changed from, else whatever it is. `undoes`: the event that this takes back. `draft`: the
        field whose half-typed text became this. Conflict: it is not `seen` any more, and nothing is kept.
        """
        with self._change() as at:
            self._put(kind, subject, text, at, seen=seen, undoes=undoes)
            if draft is not None:
                self._forget(draft, at)
        self._load()

    def put_together(
        self, contents: Iterable[tuple[str, str, str | None]], *, because: str, whose: str | None = None
    ) -> None:
        """Change several subjects at once: each (kind, subject, content) is an event, all of them with one reason.

        `whose`: whose entries they are, where somebody else entered them before.
        """
        with self._change() as at:
            for kind, subject, text in contents:
                self._put(kind, subject, text, at, because=because, whose=whose)
        self._load()

    def take_move_back(self, number: int, before: str, after: str) -> None:
        """Take a move to another version back: the event of that number, with what it noted. BadInput: it cannot be."""
        with self._change() as at:
            turn_back(self.workspace, self.assessment, before, after, undoes=number, at=at)
            self._noted = self.workspace.storage.events.newest_of_store(self.assessment.store)
        self._read_again()

    def remember(self, criterion: str, question: str | None = None) -> None:
        """Keep where the visit is, so that it goes on there; no event. BadInput: there is no such criterion."""
        refuse_unknown_criterion(self.scheme, criterion)
        if not self.read_only:
            self._stand_at(criterion, question, self.workspace.now())

    def _stand_at(self, criterion: str, question: str | None, at: str) -> None:
        row = self.assessment
        if (row.cursor, row.cursor_question) != (criterion, question):
            self.workspace.storage.assessments.put_cursor(row.id, criterion, question, at)
            self.assessment = replace(row, cursor=criterion, cursor_question=question)

    def _forget(self, name: str, at: str) -> None:
        """Forget what was half typed in a field: it is stored as a change now."""
        self.workspace.storage.drafts.put(self.assessment.store, self.assessment.id, name, None, at=at)

    # -- staying true --------------------------------------------------------------------------------------------

    def refresh(self) -> bool:
        """Take in what another window or command changed meanwhile; whether there was anything."""
        storage = self.workspace.storage
        if storage.events.newest_of_store(self.assessment.store) == self.seen:
            return False
        self.moved = is_moved(self.workspace, self.assessment, self.scheme)
        if not self.moved:  # else nothing here fits it any more: it is to be opened anew
            self._read_again()
        return True

    def _read_again(self) -> None:
        """Take in all of it, under the scheme that it has by now."""
        self.assessment = self.workspace.storage.assessments.get(self.assessment.id)
        self.scheme = registry.stored(self.workspace.storage, self.assessment.scheme)
        self.__dict__.pop("previous", None)
        self._load()

    def close(self) -> None:
        """Store the scorecard of a draft, for lists and rankings, where the stored one is stale."""
        if self.read_only:
            return
        storage, number = self.workspace.storage, self.assessment.id
        with storage.transaction():
            if storage.scorecards.stale([number]):
                card = stored_form(self.scheme, self.scorecard)
                losing = bool(storage.contents.losing([number]))  # then it stays stale: a file that comes back counts
                event = self.seen - losing
                storage.scorecards.keep(number, card, event=event, at=self.workspace.now())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- within --------------------------------------------------------------------------------------------------

    @contextmanager
    def _change(self) -> Iterator[str]:
        """One change: a transaction, and afterwards the time of saving. Gives the time for its rows."""
        if self.read_only:
            status = Phrase(f"storage.{self.assessment.status}")
            raise Sealed("storage.sealed", store=self.assessment.store, status=status)
        at, storage = self.workspace.now(), self.workspace.storage
        with storage.transaction():
            if not storage.assessments.touch(self.assessment.id, at):
                raise Sealed("storage.sealed_meanwhile", store=self.assessment.store)
            newest = storage.events.newest_of_store(self.assessment.store)
            self._others_wrote = newest != self.seen
            if self._others_wrote and is_moved(self.workspace, self.assessment, self.scheme):
                raise BadInput("move.meanwhile", store=self.assessment.store)
            self._noted = newest
            yield at
        self.seen, self.saved_at = self._noted, read_time(at)
        if self._others_wrote:  # another window is at work on this store: take its changes in as well
            self._load()

    def _put(
        self,
        kind: str,
        subject: str,
        after: str | None,
        at: str,
        *,
        seen: str | EllipsisType | None = ...,
        undoes: int | None = None,
        because: str | None = None,
        whose: str | None = None,
    ) -> None:
        """Write one row and its event, where something changes."""
        number = write_change(
            self.workspace,
            self.assessment,
            self.scheme,
            kind,
            subject,
            after=after,
            at=at,
            seen=seen,
            undoes=undoes,
            because=because,
            whose=whose,
        )
        self._noted = self._noted if number is None else number
