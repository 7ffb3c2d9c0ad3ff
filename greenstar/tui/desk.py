"""The visit in hand, as the screen works with it: what is recorded, and what it would be with what is being typed."""

from collections.abc import Iterable

from greenstar.assessment.model import Answer
from greenstar.messages import Message
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.scoring.reworking import reworker_of
from greenstar.scoring.score import Worked, score, work_out
from greenstar.scoring.scorecard import CriterionScore, Scorecard
from greenstar.services.visits import OpenVisit
from greenstar.tui.asked import Asked
from greenstar.tui.preview import asked, with_answer, with_fact
from greenstar.tui.widgets.page import PageContent


class Desk:
    """One visit, the half-typed text in it, and its score as typed."""

    def __init__(self, visit: OpenVisit) -> None:
        self.visit = visit
        self.card: Scorecard = visit.scorecard
        self.half_typed: dict[str, str] = {}
        self._worked: Worked | None = None

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

    # -- what a page shows

    def page(self, criterion: str) -> PageContent:
        """The page of a criterion, as it is recorded, with text that was refused in its place."""
        visit = self.visit.visit
        return PageContent(
            criterion,
            self.asked(asked(self.scheme, visit, criterion)),
            note=visit.notes.get(criterion, ""),
            marked=visit.not_applicable.get(criterion),
            warnings=self.warnings(criterion),
            locked=self.visit.read_only,
        )

    def asked(self, names: Iterable[str]) -> list[Asked]:
        """Questions or facts, ready to be put."""
        return [
            Asked(
                name,
                self.question(name),
                dict(self.scheme.options(self.question(name))),
                self.answer(name),
                self.half_typed.get(name),
                self.visit.read_only,
            )
            for name in names
        ]

    def warnings(self, criterion: str) -> list[Message]:
        """What the criterion's checks find questionable; figures out of the usual are told beside their field."""
        return [
            Message("tui.warning", because=one.because)
            for one in self.visit.complaints
            if one.criterion == criterion and not isinstance(one.because, Message)
        ]

    # -- typing and recording

    def typed(self, name: str, value: Answer | None) -> None:
        """Score the visit as it would be; of an answer, only what depends on it is worked out again."""
        visit = self.visit.visit
        if name in self.scheme.facts:
            self.card = score(self.scheme, with_fact(visit, name, value))
            return
        if self._worked is None or self._worked.environment.visit is not visit:
            self._worked = work_out(self.scheme, visit)
        changed = with_answer(visit, name, value)
        worked = reworker_of(self.scheme).after(self._worked, changed, name)
        self.card = score(self.scheme, changed, worked)

    def as_recorded(self) -> None:
        """Back to the score of what is recorded."""
        self.card = self.visit.scorecard

    def keep(self, half_typed: Iterable[tuple[str, str | None]]) -> None:
        """Keep the texts that are no answers, and forget those that are gone."""
        for name, text in half_typed:
            if text is None:
                self.half_typed.pop(name, None)
            else:
                self.half_typed[name] = text

    def record(self, name: str, value: Answer | None) -> None:
        """Record an answer or a fact. Refused: a check would not have it. StorageError: the disk would not."""
        try:
            if name in self.scheme.facts:
                self.visit.set_fact(name, value)
            else:
                self.visit.answer(name, value)
            self.half_typed.pop(name, None)
        finally:
            self.as_recorded()

    # -- finding the way

    def scores(self, criteria: Iterable[str]) -> list[CriterionScore]:
        """The scores of some criteria, as typed."""
        return [self.card.criteria[name] for name in criteria]

    def next_open(self, order: list[str], here: Iterable[str], at: str) -> str | None:
        """The next criterion that is open: first at this place, then in order, then from the start."""
        onward = order[order.index(at) + 1 :] + order[: order.index(at)]
        nearby = set(here)
        candidates = [one for one in onward if one in nearby] + [one for one in onward if one not in nearby]
        return next((one for one in candidates if self.card.criteria[one].open), None)

    def start(self, order: list[str]) -> str:
        """Where to begin: where the visit was left, else at the first that is open, else at the first."""
        left_at = self.visit.assessment.cursor
        if left_at in self.scheme.criteria:
            return left_at
        return next((name for name in order if self.card.criteria[name].open), order[0])
