"""A form in one language: what stands in its cells, and what may be written into them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.answer_types.option_names import no_option, option_words
from greenstar.assessment.model import Answer
from greenstar.assessment.spreadsheet.layout import HEADER_KEYS, IN_FACTS, IN_STORE, STORE_KEYS
from greenstar.assessment.spreadsheet.limits import DIGITS
from greenstar.assessment.spreadsheet.removal import removal_sign
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Text
from greenstar.numbers import written
from greenstar.reports.views.form_cell import CellValue, FormCell
from greenstar.reports.views.form_entries import EntryRow, EntryRows
from greenstar.reports.views.rule_words import asked_if
from greenstar.scheme.document import Question
from greenstar.scheme.model import ROOT
from greenstar.scheme.parts import limits
from greenstar.scheme.question_types import is_percent
from greenstar.services.visit.form import VisitForm


@dataclass(frozen=True)
class QuestionRow:
    """A question. `note`, `reason`: of its criterion, in the first of its rows. `applies`: as things stand."""

    place: str
    criterion: str
    title: str
    question: str
    asked_if: str
    field: FormCell
    known: CellValue
    previous: CellValue
    applies: bool
    first: bool
    note: str
    reason: str
    id: str


@dataclass(frozen=True)
class FormStoreRow:
    """A line about the store or the visit; `fixed`: it is not to be changed."""

    what: str
    field: FormCell
    value: CellValue
    key: str
    fixed: bool = False


@dataclass(frozen=True)
class FormView:
    """All that stands in a form."""

    store: str
    cycle: str
    title: str
    version: str
    questions: list[QuestionRow]
    findings: list[EntryRow]
    evidence: list[EntryRow]
    lines: list[FormStoreRow]


def form_view(form: VisitForm, catalogue: Catalogue) -> FormView:
    """The form in the language of the catalogue; questions in the scheme's other languages as well."""
    view, entries = _View(form, catalogue), EntryRows(form, catalogue)
    scheme, visit = form.scheme, form.visit
    return FormView(
        store=visit.store.code,
        cycle=visit.cycle,
        title=catalogue.write(scheme.title),
        version=scheme.version,
        questions=list(view.questions()),
        findings=list(entries.findings()),
        evidence=list(entries.evidence()),
        lines=[*view.header(), *view.facts()],
    )


class _View:
    """Puts a form into words."""

    def __init__(self, form: VisitForm, catalogue: Catalogue) -> None:
        self.form = form
        self.scheme = form.scheme
        self.catalogue = catalogue

    def questions(self) -> Iterator[QuestionRow]:
        """The questions as one walks."""
        scheme, visit = self.scheme, self.form.visit
        for place, criteria in scheme.walking_order.items():
            where = "" if place == ROOT else self.catalogue.write(scheme.document.places[place].title)
            for criterion in criteria:
                applies_if = scheme.criteria[criterion].applies_if if criterion in self.form.undecided else None
                for number, (name, question) in enumerate(scheme.questions_of[criterion].items()):
                    known = self._value(question, visit.answers.get(name))
                    yield QuestionRow(
                        place=where,
                        criterion=criterion,
                        title=self.catalogue.write(scheme.criteria[criterion].title),
                        question=self._in_all_languages(question.ask),
                        asked_if=asked_if(scheme, (applies_if, question.ask_if), self.catalogue),
                        field=self._removable(self._field(question), known),
                        applies=criterion not in self.form.ruled_out,
                        known=known,
                        previous=self._value(question, self.form.previous.get(name)),
                        first=number == 0,
                        note=visit.notes.get(criterion, "") if number == 0 else "",
                        reason=visit.not_applicable.get(criterion, "") if number == 0 else "",
                        id=name,
                    )

    def _removable(self, field: FormCell, known: CellValue) -> FormCell:
        """The list of a cell takes the sign as well that takes away what is known."""
        if not field.choices or known == "":
            return field
        return replace(field, choices=(*field.choices, removal_sign(self.catalogue)))

    def header(self) -> Iterator[FormStoreRow]:
        """Which visit it is."""
        scheme, visit = self.scheme, self.form.visit
        own: dict[str, CellValue] = {
            "scheme": scheme.name,
            "version": scheme.version,
            "cycle": visit.cycle,
            "assessor": visit.assessor,
            "visited": visit.visited or "",
        }
        store: Mapping[str, str] = vars(visit.store)
        for key in HEADER_KEYS[:2]:
            yield FormStoreRow(self._say(f"form.header_{key}"), FormCell(), own[key], key, fixed=True)
        for key in STORE_KEYS:
            yield FormStoreRow(self._say(f"form.store_{key}"), FormCell(), store[key], f"{IN_STORE}{key}")
        for key in HEADER_KEYS[2:]:
            field = FormCell("date", allowed=self._say("form.allowed_date")) if key == "visited" else FormCell()
            yield FormStoreRow(self._say(f"form.header_{key}"), field, own[key], key)

    def facts(self) -> Iterator[FormStoreRow]:
        """What the store is."""
        for name, question in self.scheme.facts.items():
            value = self._value(question, self.form.visit.facts.get(name))
            yield FormStoreRow(self._in_all_languages(question.ask), self._field(question), value, f"{IN_FACTS}{name}")

    # -- values --------------------------------------------------------------------------------------------------

    def _value(self, question: Question, answer: Answer | None) -> CellValue:
        """An answer as it would be written into its cell, so that it can be copied there."""
        if answer is None:
            return ""
        kind: Any = answer_type(self.scheme, question)
        match answer:
            case bool():
                return self.catalogue.write(answer)
            case Fraction():
                number = kind.to_cell(answer)
                digits = sum(sign.isdigit() for sign in written(abs(answer)).strip("0."))
                return number if isinstance(number, int | float) and digits <= DIGITS else str(kind.to_text(answer))
            case date():
                return answer
        options, language = self.scheme.options(question), self.catalogue.language
        words = option_words(options, language, several=isinstance(answer, tuple))
        if isinstance(answer, tuple):
            return "; ".join(words.get(option, option) for option in answer) or no_option(options, language)
        return words.get(answer, answer)

    # -- what is allowed -----------------------------------------------------------------------------------------

    def _field(self, question: Question) -> FormCell:
        low, high = limits(question)
        factor = 100 if is_percent(question.unit) else 1
        field = FormCell(
            kind=question.type,
            unit=self.catalogue.write(question.unit) if question.unit is not None else "",
            low=None if low is None else low * factor,
            high=None if high is None else high * factor,
            whole=question.whole,
        )
        kind, language = answer_type(self.scheme, question), self.catalogue.language
        choices = tuple(map(self.catalogue.write, kind.choices_in_cell(language)))
        return replace(field, allowed=self.catalogue.render(kind.allowed_in_cell(language)), choices=choices)

    # -- words ---------------------------------------------------------------------------------------------------

    def _say(self, key: str, **values: object) -> str:
        return self.catalogue.say(key, **values)

    def _in_all_languages(self, text: Text) -> str:
        """The words in the reader's language, and below them in the others: who answers may read another one."""
        words = [self.catalogue.write(text), *(text.in_(language) for language in self.scheme.document.languages)]
        return "\n".join(dict.fromkeys(words))
