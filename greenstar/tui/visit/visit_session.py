"""The visit in hand, as the screen works with it: what is recorded, and what it would be with what is being typed."""

from collections.abc import Iterable
from contextlib import suppress

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.model import Answer
from greenstar.errors import StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import CriterionScore, Scorecard
from greenstar.services.visit import drafts
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.visit.page import PageContent
from greenstar.tui.visit.question_view import QuestionView

_ELSEWHERE = ("exemption", "evidence", "finding")  # what is typed at a criterion, and not on its page


class VisitSession:
    """One visit, the half-typed text in it, and its score as typed."""

    def __init__(self, visit: OpenVisit) -> None:
        self.visit = visit
        self.card: Scorecard = visit.scorecard
        self.half_typed: dict[str, str] = {}
        self.reread_half_typed()

    @property
    def scheme(self) -> Scheme:
        """The scheme of the visit."""
        return self.visit.scheme

    def question(self, name: str) -> Question:
        """The question or fact of that name."""
        return self.scheme.facts.get(name) or self.scheme.questions[name]

    def answer(self, name: str) -> Answer | None:
        """What is recorded for a question or fact."""
        kept = self.visit.visit.facts if name in self.scheme.facts else self.visit.visit.answers
        return kept.get(name)

    def previous(self, name: str) -> Answer | None:
        """What the last cycle's visit answered."""
        before = self.visit.previous
        return before.answers.get(name) if before is not None else None

    # -- what a page shows

    def page(self, criterion: str) -> PageContent:
        """The page of a criterion, as it is recorded, with half-typed text in its place."""
        visit = self.visit.visit
        return PageContent(
            criterion,
            [self.asked(name) for name in self.visit.questions_at(criterion)],
            note=visit.notes.get(criterion, ""),
            half_note=self.half_typed.get(drafts.field("note", criterion)),
            marked=visit.not_applicable.get(criterion),
            warnings=self.warnings(criterion),
            evidence=visit.evidence.get(criterion, ()),
            findings=[one for one in visit.findings if one.criterion == criterion],
            to_settle=[one for one in self.visit.findings_to_settle if one["criterion"] == criterion],
            half_typed=[kind for kind in _ELSEWHERE if self._waits(drafts.field(kind, criterion))],
            flagged=criterion in self.visit.flags,
            locked=self.visit.read_only,
        )

    def _waits(self, field: str) -> bool:
        """Whether something is half typed in a field, or in one that belongs to it."""
        return any(name == field or name.startswith(f"{field}:") for name in self.half_typed)

    def asked(self, name: str) -> QuestionView:
        """A question or fact, ready to be put."""
        question, before = self.question(name), self.visit.previous
        asked = QuestionView(
            name,
            question,
            dict(self.scheme.options(question)),
            self.answer(name),
            self.half_typed.get(name),
            self.visit.read_only,
            previous=self.previous(name),
            cycle=before.cycle if before is not None else "",
        )
        return asked if asked.text is None or asked.by_picking else asked.with_trouble(self._trouble(asked))

    def _trouble(self, asked: QuestionView) -> Phrase | None:
        """Why a check of the scheme would not have what is half typed."""
        try:
            value = asked.read(asked.text or "")
        except Refused as refused:
            return refused.message
        if value is None or asked.name in self.scheme.facts:
            return None
        found = self.visit.refusal(asked.name, value)
        return found.message if found is not None else None

    def warnings(self, criterion: str) -> list[Phrase]:
        """What the criterion's checks find questionable; figures out of the usual are told beside their field."""
        return [
            Phrase("tui.warning", because=one.because)
            for one in self.visit.complaints
            if one.criterion == criterion and not isinstance(one.because, Phrase)
        ]

    # -- typing and recording

    def typed(self, name: str, value: Answer | None) -> None:
        """Score the visit as it would be."""
        self.card = self.visit.preview(name, value)

    def as_recorded(self) -> None:
        """Back to the score of what is recorded."""
        self.card = self.visit.scorecard

    def draft(self, field: str, text: str | None) -> None:
        """Keep what is half typed in a field, on disk; None forgets it. StorageError: the disk would not."""
        workspace, row = self.visit.workspace, self.visit.assessment
        known = self.half_typed.get(field) == text
        if self.visit.read_only or (known and (text is None or not drafts.waiting(workspace))):
            return
        if text is None:
            del self.half_typed[field]
        else:
            self.half_typed[field] = text
        drafts.keep(workspace, row.store, None if field in self.scheme.facts else row.id, field, text)

    def reread_half_typed(self) -> None:
        """What other screens left half typed, and what became whole there."""
        workspace, row = self.visit.workspace, self.visit.assessment
        with suppress(StorageError):
            facts = drafts.kept(workspace, row.store, None)
            kept = {} if self.visit.read_only else drafts.kept(workspace, row.store, row.id)
            self.half_typed = {name: text for name, text in facts.items() if name in self.scheme.facts} | kept

    def record(self, name: str, value: Answer | None, seen: Answer | None) -> None:
        """Record an answer or a fact, in the place of the one that was seen.

        Refused: a check would not have it. Clash: another window answered. StorageError: the disk would not.
        """
        try:
            if name in self.scheme.facts:
                self.visit.set_fact(name, value, seen=seen)
            else:
                self.visit.answer(name, value, seen=seen)
            self.half_typed.pop(name, None)
        finally:
            self.as_recorded()

    def look(self) -> bool:
        """Take in what another window changed; whether there was anything, as far as the disk can be read."""
        try:
            changed = self.visit.refresh()
        except StorageError:
            return False
        if changed:
            self.as_recorded()
        return changed

    # -- finding the way

    def with_findings(self) -> set[str]:
        """The criteria with an open finding, of this visit or of the last."""
        own = {one.criterion for one in self.visit.visit.findings if one.closed is None}
        return own | {one["criterion"] for one in self.visit.findings_to_settle}

    def scores(self, criteria: Iterable[str]) -> list[CriterionScore]:
        """The scores of some criteria, as typed."""
        return [self.card.criteria[name] for name in criteria]

    def next_open(self, order: list[str], here: Iterable[str], at: str) -> str | None:
        """The next criterion that is open: first at this place, then in order, then from the start."""
        onward = order[order.index(at) + 1 :] + order[: order.index(at)]
        nearby = set(here)
        candidates = [one for one in onward if one in nearby] + [one for one in onward if one not in nearby]
        return next((one for one in candidates if self.card.criteria[one].open), None)

    def start(self, order: list[str]) -> tuple[str, str | None]:
        """Where to begin, criterion and question: where the visit was left, else at the first that is open."""
        row = self.visit.assessment
        if row.cursor in self.scheme.criteria:
            return str(row.cursor), row.cursor_question
        return next((name for name in order if self.card.criteria[name].open), order[0]), None
