"""Before you leave: everything in a visit that is not done, whether it blocks handing the visit in, and its cost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from greenstar.assessment.answer_types import type_of
from greenstar.assessment.model import Finding
from greenstar.assessment.reasons import hollow_reasons
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Step
from greenstar.scheme.question_types import is_figure
from greenstar.scoring.checks import Complaint
from greenstar.scoring.edges import ScorecardEdges
from greenstar.scoring.explain.unmet import needed_and_actual
from greenstar.scoring.indicators import questions_added_up
from greenstar.services.evidence.lost import lost_evidence
from greenstar.services.findings.form import words_of_half_typed
from greenstar.services.laptops.unsettled import begun_by_others
from greenstar.services.laptops.words import clashes_at
from greenstar.services.visit import drafts
from greenstar.services.visit.checklist_item import ChecklistItem, ItemKind
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import excerpt

_OWN_FIELDS = ("note", "finding", "evidence", "exemption")


def checklist_of(visit: OpenVisit) -> list[ChecklistItem]:
    """All that is left to do: what blocks first, then by the levels and points it may cost, then in walking order."""
    order = {name: place for place, name in enumerate(visit.scheme.walk)}
    kinds = list(ItemKind)

    def place(item: ChecklistItem) -> tuple[bool, int, Fraction, int, int]:
        return not item.blocks, -item.levels, -item.points, order.get(item.criterion, -1), kinds.index(item.kind)

    return sorted(_Checker(visit).all(), key=place)


class _Checker:
    """Looks for what is left to do, once for each kind."""

    def __init__(self, visit: OpenVisit) -> None:
        self.visit = visit
        self.scheme = visit.scheme
        self.impact = visit.worked.impact
        self.scores = self.impact.card.criteria
        self.before = visit.rechecked.left if visit.rechecked is not None else ()

    def all(self) -> Iterator[ChecklistItem]:
        """Everything, in no order."""
        yield from self.complained(refuse=True)
        yield from self.findings()
        yield from self.open_findings()
        yield from self.clashes()
        yield from self.questions()
        yield from self.added_up()
        yield from self.facts()
        yield from self.evidence()
        yield from self.complained(refuse=False)
        yield from self.hollow_reasons()
        yield from self.half_typed()
        for name in self.visit.flags & self.scores.keys():
            yield self._at(ItemKind.FLAGGED, name, Phrase("checklist.flagged"))

    def _at(
        self, kind: ItemKind, criterion: str, message: Phrase, question: str | None = None, at: str = ""
    ) -> ChecklistItem:
        loss = self.impact.loss_of(criterion)
        return ChecklistItem(kind, criterion, message, at or criterion, question, loss.levels, loss.points)

    # -- what blocks

    def complained(self, *, refuse: bool) -> Iterator[ChecklistItem]:
        """Answers that a check refuses; or, with `refuse` false, answers that a check doubts and no note explains."""
        complaints: dict[str, list[Complaint]] = defaultdict(list)
        for complaint in self.visit.worked.complaints:
            if complaint.refuse is refuse and (refuse or not self.visit.visit.notes.get(complaint.criterion)):
                complaints[complaint.criterion].append(complaint)
        for criterion, of_criterion in complaints.items():
            because = [complaint.because for complaint in of_criterion]
            question = next((name for complaint in of_criterion for name in complaint.questions), None)
            message = Phrase("checklist.refused" if refuse else "checklist.warning", because=because)
            yield ChecklistItem(
                ItemKind.REFUSED if refuse else ItemKind.WARNING, criterion, message, criterion, question
            )

    def hollow_reasons(self) -> Iterator[ChecklistItem]:
        """What was excused, in an older draft, for a reason that says nothing."""
        for criterion, reason in hollow_reasons(self.visit.visit).items():
            yield self._at(ItemKind.WARNING, criterion, Phrase("checklist.hollow_reason", reason=excerpt(reason)))

    def findings(self) -> Iterator[ChecklistItem]:
        """Open findings of the last visit that are neither confirmed nor closed; they cost as much as open ones."""
        findings: dict[str, list[Finding]] = defaultdict(list)
        for row in self.visit.findings_to_settle:
            finding = Finding(row["criterion"], row["severity"], row["text"], follows=row["id"])
            findings[row["criterion"]].append(finding)
        for criterion, of_criterion in findings.items():
            levels = max(self.impact.lost_by(finding) for finding in of_criterion)
            texts = [excerpt(finding.text) for finding in of_criterion]
            message = Phrase("checklist.finding", count=len(texts), texts=texts)
            yield ChecklistItem(ItemKind.FINDING, criterion, message, criterion, levels=levels)

    def open_findings(self) -> Iterator[ChecklistItem]:
        """Open findings of this visit that cost a level as long as they are open."""
        for finding in self.visit.visit.findings:
            levels = self.impact.lost_by(finding) if finding.closed is None else 0
            if levels:
                message = Phrase("checklist.open_finding", text=excerpt(finding.text))
                yield ChecklistItem(ItemKind.OPEN_FINDING, finding.criterion, message, finding.criterion, levels=levels)

    # -- questions and facts

    def questions(self) -> Iterator[ChecklistItem]:
        """Criteria that are open, and answers of the last visit that nobody has looked at again.

        What is asked of the months before a visit has no answer of the last one to confirm: it is asked anew.
        """
        confirm: dict[str, list[str]] = defaultdict(list)
        for name in self.before:
            if self.scheme.questions[name].period is None:
                confirm[self.scheme.criterion_of[name]].append(name)
        for name, score in self.scores.items():
            missing = self._missing(name) if score.open else []
            if confirm[name]:
                others = [question for question in missing if question not in confirm[name]]
                yield self._at(ItemKind.BEFORE, name, self._to_confirm(confirm[name], others), confirm[name][0])
            elif missing:
                yield self._at(ItemKind.UNANSWERED, name, self._to_answer(missing), missing[0])
            elif score.open and not self._facts_at(name):
                yield self._waiting(name, score.reason)

    def added_up(self) -> Iterator[ChecklistItem]:
        """What indicators stand on and no points do: its criterion counts as answered without it."""
        asked: dict[str, list[str]] = defaultdict(list)
        wanted = questions_added_up(self.scheme) - self.visit.visit.answers.keys() - {*self.before}
        for name in (name for name in self.scheme.questions if name in wanted):
            asked[self.scheme.criterion_of[name]].append(name)
        for criterion, names in asked.items():
            put = () if self.scores[criterion].open else self.visit.worked.questions_at(criterion)
            missing = [name for name in names if name in put]
            if missing:
                message = Phrase("checklist.added_up", what=self._to_answer(missing))
                yield ChecklistItem(ItemKind.ADDED_UP, criterion, message, criterion, missing[0])

    def _missing(self, criterion: str) -> list[str]:
        """The questions that keep an open criterion open."""
        own = [name for name in self.visit.worked.questions_at(criterion) if name in self.scheme.questions]
        empty = [name for name in own if name not in self.visit.visit.answers]
        return [name for name in empty if not type_of(self.scheme.questions[name]).may_stay_empty] or empty

    def _to_answer(self, missing: list[str]) -> Phrase:
        figures = sum(is_figure(self.scheme.questions[name]) for name in missing)
        if not figures:
            return Phrase("checklist.questions", count=len(missing))
        read = Phrase("checklist.figures", count=figures)
        if figures == len(missing):
            return read
        return Phrase("checklist.questions_and_figures", count=len(missing), figures=figures)

    def _to_confirm(self, names: list[str], others: list[str]) -> Phrase:
        previous = self.visit.previous
        assert previous is not None
        confirm = Phrase("checklist.to_confirm", count=len(names), cycle=previous.cycle)
        if not others:
            return confirm
        return Phrase("checklist.and_more", first=confirm, more=self._to_answer(others))

    def _waiting(self, criterion: str, reason: Phrase) -> ChecklistItem:
        """An open criterion with no question to answer of its own: it waits for an answer at another criterion."""
        question = _named(reason, self.scheme.criterion_of) or self._undecided_by(criterion)
        if question is None:
            return self._at(ItemKind.UNANSWERED, criterion, reason)
        where = self.scheme.criterion_of[question]
        return self._at(ItemKind.UNANSWERED, criterion, Phrase("checklist.waits", where=where), question, where)

    def _undecided_by(self, criterion: str) -> str | None:
        """The first question elsewhere, without an answer, that decides what is asked here."""
        own = [Step("question", name) for name in self.scheme.questions_of[criterion]]
        reads = self.scheme.read_by(*own)
        unanswered = (name for name in self.scheme.questions if name not in self.visit.visit.answers)
        waiting = (name for name in unanswered if Step("question", name) in reads)
        return next((name for name in waiting if self.scheme.criterion_of[name] != criterion), None)

    def _facts_at(self, criterion: str) -> list[str]:
        return [name for name in self.visit.worked.questions_at(criterion) if name in self.scheme.facts]

    def facts(self) -> Iterator[ChecklistItem]:
        """Facts that keep criteria open, each listed at the first of these criteria in walking order."""
        kept_open: dict[str, list[str]] = defaultdict(list)
        for criterion in self.scheme.walk:
            if self.scores[criterion].open:
                for fact in self._facts_at(criterion):
                    kept_open[fact].append(criterion)
        for fact, criteria in kept_open.items():
            loss = self.impact.loss_of(*criteria)
            message = Phrase("checklist.fact", count=len(criteria), ask=self.scheme.facts[fact].ask)
            yield ChecklistItem(ItemKind.FACT, criteria[0], message, criteria[0], fact, loss.levels, loss.points)

    # -- evidence

    def evidence(self) -> Iterator[ChecklistItem]:
        """Criteria that are answered and list evidence, without a verified file; and verified files that are lost."""
        levels, asked = self.impact.lost_without_evidence, self._evidence_asked()
        lost = self._lost_evidence()
        for name, score in self.scores.items():
            files = self.visit.visit.evidence.get(name, ())
            wanted = self.scheme.criteria[name].evidence and score.applies and not score.open
            if wanted and not any(piece.verified for piece in files):
                message = Phrase("checklist.not_verified", count=len(files)) if files else Phrase("checklist.no_file")
                message = lost.pop(name, message)
                if asked is not None:
                    message = Phrase("checklist.and_more", first=message, more=asked)
                yield ChecklistItem(ItemKind.EVIDENCE, name, message, name, levels=levels)
        for name, message in lost.items():
            yield ChecklistItem(ItemKind.EVIDENCE, name, message, name)

    def _lost_evidence(self) -> dict[str, Phrase]:
        """By criterion the verified files that are not here any more."""
        files: dict[str, list[str]] = defaultdict(list)
        for entry in lost_evidence(self.visit):
            if entry.criterion in self.scores:
                files[entry.criterion].append(entry.file)
        return {name: Phrase("checklist.lost", files=of_criterion) for name, of_criterion in files.items()}

    def _evidence_asked(self) -> Phrase | None:
        """What the lowest level that lacks evidence asks for."""
        edges = ScorecardEdges(self.scheme, self.impact.card)
        for level, result in zip(self.scheme.levels, self.impact.card.levels, strict=True):
            for unmet in result.unmet:
                if unmet.requirement == "evidence":
                    shares = needed_and_actual(unmet, edges.requirement(unmet))
                    return Phrase("checklist.evidence_asked", level=level.title, **shares)
        return None

    # -- what several laptops said

    def clashes(self) -> Iterator[ChecklistItem]:
        """What was changed apart on several laptops, and what counts of it."""
        for clash, criterion, question, message in clashes_at(self.visit):
            if criterion in self.scores:
                yield replace(self._at(ItemKind.CLASH, criterion, message, question), clash=clash)
            else:
                yield ChecklistItem(ItemKind.CLASH, "", message, "", question, clash=clash)
        row = self.visit.assessment
        people = begun_by_others(self.visit.workspace, row)
        if people:
            message = Phrase("checklist.begun_apart", people=people, store=row.store)
            yield ChecklistItem(ItemKind.CLASH, "", message, "", begun_by=tuple(people))

    # -- half-typed text

    def half_typed(self) -> Iterator[ChecklistItem]:
        """Text that was typed and not yet made an answer, note, finding or caption."""
        workspace, store = self.visit.workspace, self.visit.assessment.store
        for name, text in drafts.kept(workspace, store, self.visit.assessment.id).items():
            kind, _, criterion = name.partition(":")
            if kind in _OWN_FIELDS and criterion in self.scores:
                words = words_of_half_typed(text) if kind == "finding" else text
                yield self._at(ItemKind.HALF_TYPED, criterion, Phrase(f"checklist.half_{kind}", text=excerpt(words)))
            elif (question := criterion if kind == drafts.HELPER else name) in self.visit.worked.asked:
                message = Phrase("checklist.half_answer", text=excerpt(text))
                yield self._at(ItemKind.HALF_TYPED, self.scheme.criterion_of[question], message, question)
            elif name in self.scheme.facts:
                message = Phrase("checklist.half_fact", text=excerpt(text))
                yield ChecklistItem(ItemKind.HALF_TYPED, "", message, "", name)


def _named(reason: Phrase, questions: Iterable[str]) -> str | None:
    """The question that a reason speaks of."""
    for name, value in reason.values.items():
        question = _named(value, questions) if isinstance(value, Phrase) else None
        if question is not None:
            return question
        if name == "name" and value in questions:
            return str(value)
    return None
