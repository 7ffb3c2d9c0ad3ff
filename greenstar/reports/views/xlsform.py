"""A scheme as an XLSForm: what stands in its sheets survey, choices and settings, in all the scheme's languages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter, methodcaller

from greenstar.assessment.answer_types import type_of
from greenstar.assessment.model import FINDING_KEYS
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.reports.views.xlsform_conditions import Conditions, unless_true
from greenstar.reports.views.xpath_values import TRUE, all_of
from greenstar.scheme.document import Question, QuestionType
from greenstar.scheme.fields import ID
from greenstar.scheme.model import Scheme
from greenstar.scheme.severities import SEVERITIES
from greenstar.services.phones.fields import Field, FieldKind, Fields, none_choice

Row = dict[str, str]
"""A row of a sheet: its cells by the headings."""

_LANGUAGE_NAMES = {"en": "English (en)", "zh": "中文 (zh)"}
_OF_FINDINGS = {
    "criterion": "select_one criteria",
    "severity": "select_one severities",
    "due": "date",
    "closed": "date",
}
_MOST_FINDINGS = 100


@dataclass
class XlsForm:
    """The sheets, and what could not be said in them: a sentence each."""

    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    settings: Row = field(default_factory=dict)
    left_out: list[Phrase] = field(default_factory=list)


def xlsform_view(scheme: Scheme) -> XlsForm:
    """The form of a scheme; the same scheme always gives the same form."""
    return _Builder(scheme).build()


class _Builder:
    """Builds the rows, from the first page on."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.fields = Fields(scheme)
        self.conditions = Conditions(scheme, self._ref)
        self.form = XlsForm(left_out=self.conditions.left_out)
        self.catalogues = {language: Catalogue(language) for language in scheme.document.languages}
        self._lists: set[str] = set()

    def build(self) -> XlsForm:
        self._header()
        if self.scheme.facts:  # ODK takes no group with nothing in it
            self._group("facts", "", self._facts)
        for place, criteria in filter(itemgetter(1), self.scheme.walking_order.items()):
            self._begin("place", place)
            for criterion in criteria:
                self._criterion(criterion)
            self._end()
        self._findings()
        self.form.settings = {
            "form_title": self.catalogues[self.scheme.document.languages[0]].write(self.scheme.title),
            "form_id": self.scheme.name,
            "version": self.scheme.version,
            "default_language": self._language(self.scheme.document.languages[0]),
            "instance_name": f"concat({self._ref('store', 'code')}, ' ', {self._ref('visited')})",
            "style": "pages",
        }
        return self.form

    # -- words

    def _language(self, language: str) -> str:
        return _LANGUAGE_NAMES.get(language, f"{language} ({language})")

    def _in(self, column: str, say: Callable[[Catalogue], str]) -> Row:
        """A column in every language."""
        words = {self._language(language): say(catalogue) for language, catalogue in self.catalogues.items()}
        return {f"{column}::{name}": text.replace("${", "$ {") for name, text in words.items() if text}

    def _ref(self, kind: FieldKind, identifier: str = "", number: int = 0) -> str:
        return f"${{{self.fields.name(kind, identifier, number)}}}"

    # -- rows

    def _row(self, made: Field, type_: str, **more: str) -> Row:
        row = {"type": type_, "name": made.name, **self._in("label", lambda spoken: self.fields.label(made, spoken))}
        row |= {column: text for column, text in more.items() if text}
        self.form.survey.append(row)
        return row

    def _field(self, kind: FieldKind, identifier: str = "", number: int = 0) -> Field:
        return self.fields.by_name[self.fields.name(kind, identifier, number)]

    def _begin(self, kind: FieldKind, identifier: str = "", type_: str = "begin_group", **more: str) -> Row:
        return self._row(self._field(kind, identifier), type_, **more)

    def _end(self, type_: str = "end_group") -> None:
        self.form.survey.append({"type": type_})

    def _group(self, kind: FieldKind, identifier: str, fill: Callable[[], None]) -> None:
        self._begin(kind, identifier)
        fill()
        self._end()

    # -- the visit and the store

    def _header(self) -> None:
        kept: dict[FieldKind, str] = {"scheme": self.scheme.name, "version": self.scheme.version}
        for kind, text in kept.items():
            made = self._field(kind)
            self.form.survey.append({"type": "calculate", "name": made.name, "calculation": f"'{text}'"})
        self._begin("about", appearance="field-list")
        code = self._row(self._field("store", "code"), "text", required="yes", constraint=f"regex(., '^{ID.pattern}$')")
        code |= self._in("constraint_message", lambda spoken: spoken.say("phones.code_needed"))
        for key in ("name", "city", "region"):
            self._row(self._field("store", key), "text")
        self._row(self._field("cycle"), "text")
        self._row(self._field("assessor"), "text")
        self._row(self._field("visited"), "date", default="today()")
        self._end()

    def _facts(self) -> None:
        for name, fact in self.scheme.facts.items():
            relevant = self.conditions.relevant(fact.ask_if, name)
            self._question(self._field("fact", name), fact, relevant, {})

    # -- criteria

    def _criterion(self, name: str) -> None:
        criterion = self.scheme.criteria[name]
        relevant = self.conditions.relevant(criterion.applies_if, name)
        self._begin("criterion", name, relevant=relevant, appearance="field-list")
        asked = TRUE
        if self.fields.may_be_excused(name):
            self._row(self._field("excused", name), self.yes_no(), appearance="minimal")
            asked = f"{self._ref('excused', name)} != 'yes'"
            reason = self._row(
                self._field("reason", name),
                "text",
                relevant=f"{self._ref('excused', name)} = 'yes'",
                constraint="string-length(.) >= 5",
            )
            reason |= self._in("constraint_message", lambda spoken: spoken.say("answers.reason_says_nothing"))
        hint = self._in("hint", lambda spoken: "" if criterion.guidance is None else spoken.write(criterion.guidance))
        for identifier, question in self.scheme.questions_of[name].items():
            condition = self.conditions.relevant(question.ask_if, identifier)
            parts = [asked, condition or TRUE]
            self._question(self._field("question", identifier), question, unless_true(all_of(parts)), hint)
            hint = {}  # once says it
        self._beside(name, unless_true(asked))
        self._end()

    def _beside(self, name: str, asked: str) -> None:
        """Files, whether they were looked at, and the note."""
        listed = max(1, len(self.scheme.criteria[name].evidence))
        for number in range(1, listed + 1):
            self._row(self._field("file", name, number), "image", relevant=asked, parameters="max-pixels=2048")
        there = " or ".join(f"{self._ref('file', name, number)} != ''" for number in range(1, listed + 1))
        self._row(self._field("verified", name), self.yes_no(), relevant=there, appearance="minimal")
        self._row(self._field("note", name), "text", appearance="multiline")

    # -- questions

    def _question(self, made: Field, question: Question, relevant: str, hint: Row) -> None:
        constraints, messages = self.conditions.bounds(question)
        for check, condition in self.conditions.refusing(made):
            constraints.append(f"not({condition})")
            messages.append(check.because)
        multiple_none = none_choice(self.scheme.options(question)) if type_of(question).several else ""
        if multiple_none:
            constraints.insert(0, f"(not(selected(., '{multiple_none}')) or count-selected(.) = 1)")
            messages.insert(0, Phrase("phones.none_alone"))
        row = self._row(
            made, ASKED_AS[question.type](self, made, question), relevant=relevant, constraint=" and ".join(constraints)
        )
        row |= hint
        if messages:
            row |= self._in("constraint_message", lambda spoken: "\n".join(map(spoken.write, messages)))

    def picked(self, made: Field, question: Question) -> str:
        """The type of a field in which one or several options are picked."""
        several = type_of(question).several
        shared = question.options if isinstance(question.options, str) else made.name
        name = f"{'some' if several else 'one'}_of_{shared}"
        options: dict[str, Text | Phrase] = {
            option: content.label for option, content in self.scheme.options(question).items()
        }
        if several:
            options[none_choice(options)] = Phrase("phones.none_of_these")
        self._list(name, options.items())
        return f"select_{'multiple' if several else 'one'} {name}"

    # -- findings and lists

    def _findings(self) -> None:
        """How many there are is asked first: some phones would open a first one by themselves."""
        count, most = self._ref("finding_count"), f". >= 0 and . <= {_MOST_FINDINGS}"
        self._row(self._field("finding_count"), "integer", constraint=most)
        self._begin("findings", type_="begin_repeat", repeat_count=count)
        titles = {
            name: Phrase("phones.criterion_titled", id=name, title=criterion.title)
            for name, criterion in self.scheme.criteria.items()
        }
        self._list("criteria", titles.items())
        self._list("severities", ((name, Phrase(f"tui.severity_{name}")) for name in SEVERITIES))
        for key in FINDING_KEYS:
            needed = "yes" if key in ("criterion", "severity", "text") else ""
            self._row(self._field("finding", key), _OF_FINDINGS.get(key, "text"), required=needed)
        self._end("end_repeat")

    def yes_no(self) -> str:
        """The type of a field that is answered by yes or no."""
        self._list("yes_no", (("yes", Phrase("words.yes")), ("no", Phrase("words.no"))))
        return "select_one yes_no"

    def _list(self, name: str, choices: Iterable[tuple[str, Text | Phrase]]) -> None:
        """A list of choices, written once."""
        if name in self._lists:
            return
        self._lists.add(name)
        for choice, label in choices:
            words = self._in("label", methodcaller("write", label))
            self.form.choices.append({"list_name": name, "name": choice, **words})


ASKED_AS: Mapping[QuestionType, Callable[[_Builder, Field, Question], str]] = {
    "boolean": lambda form, _made, _question: form.yes_no(),
    "choice": _Builder.picked,
    "multiple": _Builder.picked,
    "number": lambda _form, _made, question: "integer" if question.whole else "decimal",
    "text": lambda _form, _made, _question: "text",
    "date": lambda _form, _made, _question: "date",
}
"""The type that a field has on a phone, by the type of its question."""
