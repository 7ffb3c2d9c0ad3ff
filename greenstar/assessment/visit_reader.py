"""Reads the values of an answers file against the questions of its scheme, all errors at once."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from greenstar.assessment.answer_types import Refused, answer_type
from greenstar.assessment.answer_types.number import NumberType
from greenstar.assessment.answers_document import AnswersDocument, FindingDocument
from greenstar.assessment.cell import CellScalar
from greenstar.assessment.model import Answer, Evidence, Finding, Store, Visit
from greenstar.assessment.reasons import says_something
from greenstar.assessment.spreadsheet.cells import read_value
from greenstar.assessment.spreadsheet.removal import takes_away
from greenstar.errors import MOST_PROBLEMS, Hint, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Question
from greenstar.scheme.fields import cut_hint
from greenstar.scheme.locator import Locator
from greenstar.scheme.model import Scheme
from greenstar.scheme.slips import colon_hint
from greenstar.scheme.suggestions import did_you_mean, first_hint


class VisitReader:
    """Reads the values of one document against the questions of its scheme.

    `criteria`: those that a form names beside its questions. `problems` holds what is wrong.
    """

    def __init__(
        self, document: AnswersDocument, scheme: Scheme, at: Locator, criteria: Mapping[str, CellScalar]
    ) -> None:
        self.document = document
        self.criteria = criteria
        self.scheme = scheme
        self.at = at
        self.problems: list[Problem] = []

    def visit(self) -> Visit:
        """The visit, as far as nothing is wrong in it."""
        document, store = self.document, self.document.store
        self._beside_their_criteria()
        for key in ("notes", "evidence", "not_applicable"):
            self._known_criteria((key,), getattr(document, key))
        if document.expect is not None:
            criteria = document.expect.criteria
            self._known_criteria(("expect", "criteria"), [name for name in criteria if criteria[name] is None])
        return Visit(
            store=Store(store.code, store.name or store.code, store.city, store.region),
            cycle=document.cycle,
            assessor=document.assessor,
            visited=document.visited,
            facts=dict(self._values(("store", "facts"), store.facts, self.scheme.facts, "answers.unknown_fact")),
            answers=self._with_formulas(dict(self._answers())),
            not_applicable=self._not_applicable(),
            notes={str(name): note for name, note in document.notes.items() if note},
            evidence={
                str(name): tuple(
                    Evidence(entry.file, entry.verified, entry.caption, entry.sha256, entry.bytes, entry.taken_at)
                    for entry in entries
                )
                for name, entries in document.evidence.items()
                if entries is not None
            },
            findings=tuple(self._findings()),
        )

    def _answers(self) -> Iterator[tuple[str, Answer]]:
        """What was asked and what was not, which only the rules tell apart."""
        for name in self.document.not_asked.keys() & self.document.answers.keys():
            mark = self.at.key(("not_asked", name))
            self.problems.append(Problem(mark, str(name), Phrase("answers.asked_and_not", name=name[:60])))
        for key, values in (("answers", self.document.answers), ("not_asked", self.document.not_asked)):
            yield from self._values((key,), values, self.scheme.questions, "answers.unknown_question")

    def _with_formulas(self, answers: dict[str, Answer]) -> dict[str, Answer]:
        """The answers, those that a formula is given for with it: it must come to the very answer."""
        given, questions = {**self.document.not_asked, **self.document.answers}, self.scheme.questions
        for name, formula in self.document.formulas.items():
            mark, unknown = self.at.value(("formulas", name)), Phrase("answers.unknown_question", name=name[:60])
            if not self._known(("formulas", name), questions, unknown) or formula is None:
                continue
            kind, answer = answer_type(self.scheme, questions[name]), answers.get(name)
            if not isinstance(kind, NumberType):
                self.problems.append(Problem(mark, str(name), Phrase("answers.formula_of_no_number")))
            elif isinstance(answer, Fraction):
                try:
                    answers[str(name)] = kind.with_formula(answer, formula)
                except Refused as error:
                    self.problems.append(Problem(mark, str(name), error.message))
            elif given.get(name) is None:  # else what is wrong with it is told already
                self.problems.append(Problem(mark, str(name), Phrase("answers.formula_without_answer")))
        return answers

    def removed(self) -> Iterator[str]:
        """The questions whose answers are taken away."""
        answered = {**self.document.answers, **self.document.not_asked}
        for index, name in enumerate(self.document.remove):
            mark = self.at.value(("remove", index))
            if name not in self.scheme.questions:
                message = Phrase("answers.unknown_question", name=name[:60])
                self.problems.append(Problem(mark, "remove", message, did_you_mean(name, self.scheme.questions)))
            elif answered.get(name) is not None:
                self.problems.append(Problem(mark, "remove", Phrase("answers.removed_and_answered", name=name)))
            elif isinstance(name, CellScalar) and self._option_like_removal(name):
                self.problems.append(Problem(mark, str(name), Phrase("form.remove_or_option")))
            yield str(name)

    def _option_like_removal(self, question: str) -> bool:
        """Whether an option is called as the sign in a cell that takes an answer away."""
        options = self.scheme.options(self.scheme.questions[question])
        return any(takes_away(label) for option in options.values() for label in option.label.by_language.values())

    def _values(
        self, path: tuple[str, ...], values: Mapping[str, Any], questions: Mapping[str, Question], unknown: str
    ) -> Iterator[tuple[str, Answer]]:
        before = len(self.problems)
        for name, value in values.items():
            if len(self.problems) - before == MOST_PROBLEMS:
                return  # they stand in the order of the file, so what follows would not be told
            if not self._known((*path, name), questions, Phrase(unknown, name=name[:60])) or value is None:
                continue
            try:
                yield str(name), read_value(self.scheme, questions[name], value)
            except Refused as error:
                self.problems.append(Problem(self.at.value((*path, name)), str(name), error.message, error.hint))

    def _beside_their_criteria(self) -> None:
        """In a form a question stands beside its criterion, unless a part of the rows was sorted or moved."""
        for name, written in self.criteria.items():
            criterion = self.scheme.criterion_of.get(name, written)
            if criterion != written:
                message = Phrase("form.other_criterion", name=name[:60], criterion=criterion)
                self.problems.append(Problem(written.mark, "", message))

    def _not_applicable(self) -> dict[str, str]:
        reasons = {str(name): reason for name, reason in self.document.not_applicable.items() if reason is not None}
        whole = len(reasons) == len(self.document.not_applicable)  # else a comma cut off what a reason goes on with
        for name, reason in reasons.items():
            criterion = self.scheme.criteria.get(name)
            if criterion is not None and self.scheme.policy(criterion) == "forbid":
                mark = self.at.key(("not_applicable", name))
                self.problems.append(Problem(mark, name, Phrase("answers.not_applicable_forbidden", id=name)))
            elif whole and not says_something(reason):
                mark = self.at.value(("not_applicable", name))
                self.problems.append(Problem(mark, name, Phrase("answers.reason_says_nothing")))
        return reasons

    def _known_criteria(self, path: tuple[str, ...], names: Iterable[str]) -> None:
        for name in names:
            message = Phrase("validation.unknown_criterion", id=name[:60])
            self._known((*path, name), self.scheme.criteria, message)

    def _known(self, path: tuple[str, ...], known: Mapping[str, Any], unknown: Phrase) -> bool:
        """Whether the key at the end of `path` is known; else a problem.

        One without a value is mostly the rest of a text or figure that a comma cut in two, and then says so.
        """
        name = path[-1]
        if name in known:
            return True
        value = self.at.node(path)
        hint = first_hint(partial(colon_hint, name, value, known), self._meant(name, known))
        mark = self.at.key(path)
        if value is None and not mark.sheet:  # a cell beside an empty one is no rest of anything
            unknown, hint = Phrase("answers.unknown_key", name=name[:60]), first_hint(hint, cut_hint(name))
        self.problems.append(Problem(mark, str(name), unknown, hint))
        return False

    def _meant(self, name: str, known: Mapping[str, Any]) -> Hint:
        """What a name that is not known was meant to be: what had it in an earlier version, else the nearest one."""
        names = self.scheme.earlier_names
        for now in (names.question(name), names.fact(name), names.criterion(name)):
            if now != name and now in known:
                return Phrase("answers.called_now", name=now)
        return did_you_mean(name, known)

    def _findings(self) -> Iterator[Finding]:
        ids, followed = set[str](), set[str]()
        own = {entry.id for entry in self.document.findings if entry.id is not None}
        for index, entry in enumerate(self.document.findings):
            self._identity(index, entry, ids, followed)
            if entry.follows is not None and entry.follows in own:
                mark = self.at.value(("findings", index, "follows"))
                self.problems.append(Problem(mark, "follows", Phrase("answers.follows_its_own_visit")))
            if entry.criterion not in self.scheme.criteria:
                mark = self.at.value(("findings", index, "criterion"))
                message = Phrase("validation.unknown_criterion", id=entry.criterion)
                hint = self._meant(entry.criterion, self.scheme.criteria)
                self.problems.append(Problem(mark, "findings", message, hint))
            yield Finding(
                str(entry.criterion),
                entry.severity,
                entry.text,
                entry.action,
                entry.due,
                entry.closed,
                str(entry.id or ""),
                str(entry.follows or ""),
                entry.owner,
            )

    def _identity(self, index: int, entry: FindingDocument, ids: set[str], followed: set[str]) -> None:
        """No two findings have one id, or go on from the same one of an earlier visit."""
        for key, name, others in (("id", entry.id, ids), ("follows", entry.follows, followed)):
            if name in others:
                message = Phrase(f"answers.finding_{key}_twice", id=str(name))
                self.problems.append(Problem(self.at.value(("findings", index, key)), key, message))
            if name is not None:
                others.add(name)
