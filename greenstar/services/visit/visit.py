"""A visit in hand: in memory for the screen, and on disk at once.

Every change is one transaction (the row, its event, the time) that is committed before memory changes: what the screen
shows as saved is saved, and a write that fails leaves everything as it was. What another window changed meanwhile is
not overwritten: a change says what it was made on (`seen`), and where that is not so any more it is a `Clash`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from types import EllipsisType, TracebackType
from typing import Self

from greenstar.assessment.model import Answer, Status, Visit
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.record.timestamps import read_time
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end
from greenstar.services.results.scorecards import stored_form
from greenstar.services.schemes import registry
from greenstar.services.visit import changes
from greenstar.services.visit.codec import encode_answer, load, reads_as
from greenstar.services.visit.conflict import conflict
from greenstar.services.visit.drafts import field
from greenstar.services.visit.previous import Previous, Rechecked, previous_of, rechecked, still_to_settle
from greenstar.services.visit.worked_visit import WorkedVisit, with_entry
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import MOST_CHARACTERS, clean_text


class OpenVisit(WorkedVisit):
    """One assessment being worked on, or looked at: in memory, and on disk."""

    def __init__(self, workspace: Workspace, assessment: AssessmentRow) -> None:
        self.workspace = workspace
        self.assessment = assessment
        self.saved_at: datetime | None = assessment.changed_at
        self._others_wrote = False  # whether another window changed something of this store before our last change
        scheme = registry.stored(workspace.storage, assessment.scheme)
        super().__init__(scheme, self._read(scheme))

    def _load(self) -> None:
        self._take(self._read(self.scheme))

    def _read(self, scheme: Scheme) -> Visit:
        """The visit as it is kept, and the last event that it counts."""
        storage = self.workspace.storage
        self.seen = self._noted = storage.events.newest_of_store(self.assessment.store)
        self.flags = frozenset(storage.contents.texts("flag", self.assessment.id))
        return load(storage, self.assessment.id, scheme)

    @property
    def read_only(self) -> bool:
        """Whether it is sealed: submitted, decided or withdrawn."""
        return self.assessment.status is not Status.DRAFT

    @cached_property
    def previous(self) -> Previous | None:
        """The store's visit of the last cycle, if it had one."""
        return previous_of(self.workspace, self.assessment, self.scheme)

    @property
    def rechecked(self) -> Rechecked | None:
        """How much of the last cycle's answers was looked at again."""
        if self.previous is None:
            return None
        return rechecked(self.previous, self.visit, self.asked)

    @property
    def findings_to_settle(self) -> list[Row]:
        """The open findings of the last visit that are neither confirmed nor closed."""
        return still_to_settle(self.previous, self.visit.findings)

    # -- changes -------------------------------------------------------------------------------------------------

    def answer(self, question: str, value: Answer | None, *, seen: Answer | EllipsisType | None = ...) -> None:
        """Keep an answer; None removes it.

        `seen` is the answer that it was given in the place of, by default the one in memory. Clash: another window
        answered meanwhile. Refused: a check of the scheme refuses it. StorageError: the disk would not. In each of
        these cases nothing is kept.
        """
        asked = self._question(question)
        text, worked = encode_answer(self.scheme, asked, value), self._worked_with(question, value)
        refused = self._refusal(question, worked) if value is not None else None
        if refused is not None:
            raise refused
        before = self.visit.answers.get(question) if seen is ... else seen
        with self._change() as at:
            self._put("answer", question, text, at, seen=encode_answer(self.scheme, asked, before))
            self.workspace.storage.drafts.put(self.assessment.store, self.assessment.id, question, None, at=at)
            self._stand_at(self.scheme.criterion_of[question], question, at)
        if not self._others_wrote:
            self._take(worked.environment.visit, worked)

    def set_fact(self, name: str, value: Answer | None, *, seen: Answer | EllipsisType | None = ...) -> None:
        """Keep a fact about the store; None removes it. It holds for all of the store's drafts. Clash: as `answer`."""
        question = self.scheme.facts.get(name)
        if question is None:
            raise BadInput("storage.unknown_fact", name=name, hint=sentence_end(name, self.scheme.facts))
        text = encode_answer(self.scheme, question, value)
        before = self.visit.facts.get(name) if seen is ... else seen
        with self._change() as at:
            self._put("fact", name, text, at, seen=encode_answer(self.scheme, question, before))
            self.workspace.storage.drafts.put(self.assessment.store, None, name, None, at=at)
        self._became(facts=with_entry(self.visit.facts, name, value))

    def mark_not_applicable(self, criterion: str, reason: str | None, *, seen: str | EllipsisType | None = ...) -> None:
        """Take a criterion out of the visit, for a reason; None puts it back. BadInput: the scheme forbids it."""
        self._criterion(criterion)
        clean = None if reason is None else clean_text(reason)
        if clean is not None:
            if self.scheme.policy(self.scheme.criteria[criterion]) == "forbid":
                raise BadInput("answers.not_applicable_forbidden", id=criterion)
            if not clean:
                raise BadInput("storage.reason_needed", criterion=criterion)
            _not_too_long(clean)
        before = self.visit.not_applicable.get(criterion) if seen is ... else seen
        with self._change() as at:
            self._put("exemption", criterion, _json(clean), at, seen=_json(before))
            self._forget(field("exemption", criterion), at)
        self._became(not_applicable=with_entry(self.visit.not_applicable, criterion, clean))

    def note(self, criterion: str, text: str, *, seen: str | EllipsisType | None = ...) -> None:
        """Keep a note; an empty one removes it. Clash: as `answer`."""
        self._criterion(criterion)
        clean = clean_text(text) or None
        _not_too_long(clean or "")
        before = self.visit.notes.get(criterion) if seen is ... else seen
        with self._change() as at:
            self._put("note", criterion, _json(clean), at, seen=_json(before or None))
            self._forget(field("note", criterion), at)
        if not self._others_wrote:
            self.visit = replace(self.visit, notes=with_entry(self.visit.notes, criterion, clean))

    def flag(self, criterion: str, *, on: bool) -> None:
        """Mark a criterion to come back to, or take the mark away."""
        self._criterion(criterion)
        self.put("flag", criterion, _json("") if on else None)

    def put(
        self,
        kind: str,
        subject: str,
        became: str | None,
        *,
        seen: str | EllipsisType | None = ...,
        undoes: int | None = None,
        draft: str | None = None,
    ) -> None:
        """Change any subject (see `subjects`) to this content, and read the visit again.

        `seen`: what it was changed from, else whatever it is. `undoes`: the event that this takes back. `draft`: the
        field whose half-typed text became this. Clash: it is not `seen` any more, and nothing is kept.
        """
        with self._change() as at:
            self._put(kind, subject, became, at, seen=seen, undoes=undoes)
            if draft is not None:
                self._forget(draft, at)
        self._load()

    def remember(self, criterion: str, question: str | None = None) -> None:
        """Keep where the visit is, so that it goes on there. Not an event: nothing of the visit changes."""
        self._criterion(criterion)
        if not self.read_only:
            self._stand_at(criterion, question, self.workspace.now())

    def _stand_at(self, criterion: str, question: str | None, at: str) -> None:
        row = self.assessment
        if (row.cursor, row.cursor_question) != (criterion, question):
            self.workspace.storage.assessments.put_cursor(row.id, criterion, question, at)
            changed_at = read_time(at)
            self.assessment = replace(row, cursor=criterion, cursor_question=question, changed_at=changed_at)

    def _forget(self, name: str, at: str) -> None:
        """What was half typed in a field is whole now."""
        self.workspace.storage.drafts.put(self.assessment.store, self.assessment.id, name, None, at=at)

    # -- a window on it ------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """A window shows this visit: should it end without `leave`, the next start goes on here."""
        if not self.read_only:
            self.workspace.storage.assessments.put_entered(self.assessment.id, self.workspace.now())

    def leave(self) -> None:
        """The window leaves this visit as one should."""
        self.workspace.storage.assessments.put_entered(self.assessment.id, None)

    # -- staying true --------------------------------------------------------------------------------------------

    def refresh(self) -> bool:
        """Take in what another window or command changed meanwhile; whether there was anything."""
        storage = self.workspace.storage
        if storage.events.newest_of_store(self.assessment.store) == self.seen:
            return False
        self.assessment = storage.assessments.get(self.assessment.id)
        self._load()
        return True

    def close(self) -> None:
        """Store the scorecard of a draft, for lists and rankings, where the stored one is stale."""
        if self.read_only:
            return
        storage, number = self.workspace.storage, self.assessment.id
        with storage.transaction():
            if storage.scorecards.is_stale(number):
                card = stored_form(self.scheme, self.scorecard)
                storage.scorecards.keep(number, card, event=self.seen, at=self.workspace.now())

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
            raise BadInput("storage.sealed", store=self.assessment.store, status=self._status())
        at, storage = self.workspace.now(), self.workspace.storage
        with storage.transaction():
            if not storage.assessments.touch(self.assessment.id, at):
                raise BadInput("storage.sealed_meanwhile", store=self.assessment.store)
            newest = storage.events.newest_of_store(self.assessment.store)
            self._others_wrote = newest != self.seen
            self._noted = newest
            yield at
        self.seen, self.saved_at = self._noted, read_time(at)
        self.assessment = replace(self.assessment, changed_at=self.saved_at)
        if self._others_wrote:  # another window is at work on this store: take its changes in as well
            self._load()

    def _put(
        self,
        kind: str,
        subject: str,
        became: str | None,
        at: str,
        *,
        seen: str | EllipsisType | None = ...,
        undoes: int | None = None,
    ) -> None:
        """One row and its event, where something changes."""
        storage, row, by = self.workspace.storage, self.assessment, self.workspace.assessor
        was = changes.read(storage, row, kind, subject)
        if was == became:
            return
        if seen is not ... and seen != self._as_seen(kind, subject, was):
            raise conflict(storage, row.store, row.id, kind, subject, theirs=was)
        changes.write(storage, row, kind, subject, became, at=at, by=by)
        change = Change(kind, subject, was, became, undoes=undoes, store=row.store, assessment=row.id)
        self._noted = storage.events.append([change], at, by)

    def _as_seen(self, kind: str, subject: str, text: str | None) -> str | None:
        """A content as a screen shows it: a fact that was kept under another scheme may be none here."""
        return reads_as(self.scheme, self.scheme.facts[subject], text) if kind == "fact" else text

    def _became(self, **changes: object) -> None:
        if not self._others_wrote:
            self._take(replace(self.visit, **changes))  # type: ignore[arg-type]

    def _question(self, name: str) -> Question:
        found = self.scheme.questions.get(name)
        if found is None:
            raise BadInput("storage.unknown_question", name=name, hint=sentence_end(name, self.scheme.questions))
        return found

    def _criterion(self, name: str) -> None:
        if name not in self.scheme.criteria:
            raise BadInput("storage.unknown_criterion", name=name, hint=sentence_end(name, self.scheme.criteria))

    def _status(self) -> Phrase:
        return Phrase(f"storage.{self.assessment.status}")


def _json(text: str | None) -> str | None:
    return None if text is None else canonical(text)


def _not_too_long(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise BadInput("answers.too_long", most=str(MOST_CHARACTERS), found=str(len(text)))
