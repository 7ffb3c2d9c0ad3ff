"""The visit in hand, as the screen works with it: what is recorded, and what it would be with what is being typed."""

import json
from collections.abc import Iterable
from contextlib import suppress

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.model import Answer
from greenstar.errors import StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.findings.findings import KIND as FINDING
from greenstar.services.findings.form import read_half_typed
from greenstar.services.visit import drafts
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.history import history
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.visit.entries import AnswerEntry, NoteEntry
from greenstar.tui.visit.field_state import FieldState
from greenstar.tui.visit.page_content import PageContent
from greenstar.tui.visit.question_view import QuestionView
from greenstar.tui.visit.two_values import TwoValues

_ELSEWHERE = ("exemption", "evidence", "finding")  # what is typed at a criterion, and not on its page


class VisitSession:
    """One visit, and its score as typed. What is half typed in it is on disk or on its way there."""

    def __init__(self, visit: OpenVisit) -> None:
        self.visit = visit
        self.card: Scorecard = visit.scorecard
        self._scored = (visit.worked, visit.flags)

    @property
    def scheme(self) -> Scheme:
        """The scheme of the visit."""
        return self.visit.scheme

    def _answer(self, name: str) -> Answer | None:
        recorded = self.visit.visit.facts if name in self.scheme.facts else self.visit.visit.answers
        return recorded.get(name)

    # -- what a page shows

    def page(self, criterion: str) -> PageContent:
        """The page of a criterion, as it is recorded, with half-typed text in its place."""
        visit, half_typed = self.visit.visit, self.half_typed
        return PageContent(
            criterion,
            [self._view(name, half_typed.get(name)) for name in self.visit.worked.questions_at(criterion)],
            note=visit.notes.get(criterion, ""),
            half_note=half_typed.get(drafts.field("note", criterion)),
            marked=visit.not_applicable.get(criterion),
            warnings=self._warnings(criterion),
            evidence=visit.evidence.get(criterion, ()),
            findings=[finding for finding in visit.findings if finding.criterion == criterion],
            to_settle=[row for row in self.visit.findings_to_settle if row["criterion"] == criterion],
            half_typed=[kind for kind in _ELSEWHERE if _waits(half_typed, drafts.field(kind, criterion))],
            flagged=criterion in self.visit.flags,
            locked=self.visit.read_only,
        )

    def view(self, name: str) -> QuestionView:
        """A question or fact, ready to be put."""
        return self._view(name, self.half_typed.get(name))

    def _view(self, name: str, half_typed: str | None) -> QuestionView:
        question, previous = self.scheme.asked(name), self.visit.previous
        view = QuestionView(
            name,
            question,
            dict(self.scheme.options(question)),
            self._answer(name),
            half_typed,
            self.visit.read_only,
            previous=previous.answers.get(name) if previous is not None else None,
            cycle=previous.cycle if previous is not None else "",
        )
        return view if half_typed is None or view.by_picking else view.with_trouble(self._trouble(view, half_typed))

    def _trouble(self, view: QuestionView, half_typed: str) -> Phrase | None:
        """Why what is half typed is no answer, or a check of the scheme would not have it."""
        try:
            value = view.read(half_typed)
        except Refused as refused:
            return refused.message
        if value is None or view.name in self.scheme.facts:
            return None
        refusal = self.visit.worked.refusal(view.name, value)
        return refusal.message if refusal is not None else None

    def _warnings(self, criterion: str) -> list[Phrase]:
        """What the criterion's checks find questionable; figures out of the usual are told beside their field."""
        return [
            Phrase("tui.warning", because=complaint.because)
            for complaint in self.visit.worked.complaints_at(criterion)
            if not isinstance(complaint.because, Phrase)
        ]

    # -- what is half typed

    @property
    def half_typed(self) -> dict[str, str]:
        """What is half typed in the visit, by field; nothing, if it cannot be read."""
        workspace, row = self.visit.workspace, self.visit.assessment
        with suppress(StorageError):
            return {} if self.visit.read_only else drafts.kept(workspace, row.store, row.id)
        return {}

    def texts_left(self) -> list[str]:
        """What was half typed in a visit that is handed in by now, as it was typed; a pick is made again as quickly."""
        row, texts = self.visit.assessment, []
        with suppress(StorageError):
            for name, text in drafts.kept(self.visit.workspace, row.store, row.id).items():
                finding = read_half_typed(text) if name.startswith(drafts.field(FINDING, "")) else None
                if finding is not None:
                    texts += [finding.values["text"], finding.values["action"]]
                elif name not in self.scheme.criterion_of or not self._view(name, None).by_picking:
                    texts.append(text)
        return list(filter(None, texts))

    # -- typing and recording

    def typed(self, state: FieldState) -> None:
        """Score the visit as it would be with what is typed in a field; as it is, where that is no answer."""
        self.card = (
            self.visit.scorecard
            if state.refused is not None
            else self.visit.worked.preview(state.view.name, state.value)
        )

    def as_recorded(self) -> None:
        """Back to the score of what is recorded."""
        self.card = self.visit.scorecard
        self._scored = (self.visit.worked, self.visit.flags)

    @property
    def outdated(self) -> bool:
        """Whether the visit is another one than it was at the last `as_recorded`."""
        return self.visit.moved or self._scored != (self.visit.worked, self.visit.flags)

    def look(self) -> bool:
        """Take in what another window changed; whether there was anything, as far as the disk can be read."""
        try:
            changed = self.visit.refresh()
        except StorageError:
            return False
        if changed:
            self.as_recorded()
        return changed

    def changed_last(self) -> tuple[str, str | None] | None:
        """Criterion and question of the last change; None where it was none of a criterion of this scheme."""
        event = history(self.visit)[0]
        subject = event.subject or ""
        if event.kind == "answer" and subject in self.scheme.criterion_of:
            return self.scheme.criterion_of[subject], subject
        return (subject, None) if subject in self.scheme.criteria else None

    # -- two windows

    def two_answers(self, entry: AnswerEntry, conflict: Conflict) -> TwoValues[Answer | None]:
        """The answer that was given here, and the one that another window gave."""
        view = self.view(entry.name)
        theirs = None if conflict.theirs is None else view.type.from_json(json.loads(conflict.theirs))
        return TwoValues(
            entry.value,
            theirs,
            conflict,
            subject=lambda catalogue: view.question.ask.in_(catalogue.language),
            words=view.words,
        )

    @staticmethod
    def two_notes(entry: NoteEntry, conflict: Conflict) -> TwoValues[str]:
        """The note that was written here, and the one that another window wrote."""
        return TwoValues(
            entry.text,
            json.loads(conflict.theirs) if conflict.theirs is not None else "",
            conflict,
            subject=lambda catalogue: f"{entry.criterion} {catalogue.say('tui.note')}",
            words=lambda text, _: text,
        )

    # -- the way through it

    def with_findings(self) -> set[str]:
        """The criteria with an open finding, of this visit or of the last."""
        own = {finding.criterion for finding in self.visit.visit.findings if finding.closed is None}
        return own | {row["criterion"] for row in self.visit.findings_to_settle}

    def begun(self) -> set[str]:
        """The criteria of which something is answered."""
        at = self.scheme.criterion_of
        return {at[question] for question in self.visit.visit.answers if question in at}

    def next_applying(self, order: list[str], at: str, by: int) -> str | None:
        """The next criterion that applies, or (`by` below 0) the one before."""
        index = order.index(at)
        onward = order[index + 1 :] if by > 0 else order[:index][::-1]
        return next((criterion for criterion in onward if self.card.criteria[criterion].applies), None)

    def next_open(self, order: list[str], here: Iterable[str], at: str) -> str | None:
        """The next criterion that is open: first at this place, then in order, then from the start."""
        onward = order[order.index(at) + 1 :] + order[: order.index(at)]
        nearby = set(here)
        candidates = sorted(onward, key=lambda criterion: criterion not in nearby)
        return next((criterion for criterion in candidates if self.card.criteria[criterion].open), None)

    def start(self, order: list[str]) -> tuple[str, str | None]:
        """Where to begin, criterion and question: where the visit was left, else at the first that is open."""
        row = self.visit.assessment
        if row.cursor in self.scheme.criteria:
            return str(row.cursor), row.cursor_question
        return next((criterion for criterion in order if self.card.criteria[criterion].open), order[0]), None


def _waits(half_typed: Iterable[str], field: str) -> bool:
    """Whether something is half typed in a field, or in one that belongs to it."""
    return any(name == field or name.startswith(f"{field}:") for name in half_typed)
