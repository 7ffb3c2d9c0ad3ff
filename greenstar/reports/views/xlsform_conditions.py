"""What an XLSForm asks of an answer: when a question is relevant, within which bounds, and which checks refuse it."""

from collections.abc import Callable, Iterator
from functools import cached_property

from greenstar.assessment.answer_types.bounds import bounds_in_words
from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import HUNDRED
from greenstar.reports.views.xpath import Translator
from greenstar.reports.views.xpath_values import TRUE, Untranslatable, number
from greenstar.scheme.document import Check, Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import limits
from greenstar.scheme.question_types import SHAPES, is_figure, is_percent
from greenstar.scheme.rules.expression import VISITED, Rule
from greenstar.services.phones.fields import Field, FieldKind


def unless_true(condition: str) -> str:
    """A condition for a cell: one that always holds is left empty."""
    return "" if condition == TRUE else condition


class Conditions:
    """The scheme's rules as XPath, with `ref` that names a field; what no phone can say is told in `left_out`."""

    def __init__(self, scheme: Scheme, ref: Callable[[FieldKind, str], str]) -> None:
        self.scheme = scheme
        self.left_out: list[Phrase] = []
        self._ref = ref
        self._told: set[str] = set()

    def relevant(self, rule: Rule | None, of: str) -> str:
        """A condition for a phone; empty where there is none, or where no phone can say it, which then is told."""
        if rule is None:
            return ""
        try:
            return unless_true(Translator(self.scheme, self._refer).condition(rule))
        except Untranslatable:
            self.left_out.append(Phrase("phones.condition_left_out", of=of, rule=rule.text))
            return ""

    def _refer(self, name: str) -> str:
        if name == VISITED and not self.scheme.has_name(name):
            return self._ref("visited", "")
        return self._ref("fact" if name in self.scheme.facts else "question", name)

    def bounds(self, question: Question) -> tuple[list[str], list[Phrase | Text]]:
        """The least and the most that an answer may be, as conditions and in words."""
        length = SHAPES[question.type].lengths
        low, high = (question.min, question.max) if length else limits(question)
        if is_figure(question) and is_percent(question.unit):
            low, high = (None if bound is None else bound * HUNDRED for bound in (low, high))
        bounds = bounds_in_words(low, high)
        if bounds is None:
            return [], []
        what = "string-length(.)" if length else "."
        constraints = [
            f"{what} {sign} {number(bound).text}" for sign, bound in ((">=", low), ("<=", high)) if bound is not None
        ]
        return constraints, [Phrase("phones.length" if length else "phones.bounds", bounds=bounds)]

    def refusing(self, made: Field) -> Iterator[tuple[Check, str]]:
        """The checks that refuse an answer of the field, with when they do."""
        for check, of in self._checks.get(made.id, ()) if made.kind == "question" else ():
            assert check.refuse is not None
            translator = Translator(self.scheme, lambda name: "." if name == made.id else self._refer(name))
            try:
                yield check, translator.condition(check.refuse)
            except Untranslatable:
                if check.refuse.text not in self._told:
                    self._told.add(check.refuse.text)
                    self.left_out.append(Phrase("phones.check_left_out", of=of, rule=check.refuse.text))

    @cached_property
    def _checks(self) -> dict[str, list[tuple[Check, str]]]:
        """The checks that refuse, at each question that they read: whichever of these is answered last, it is held."""
        refusing: dict[str, list[tuple[Check, str]]] = {}
        for criterion in self.scheme.criteria.values():
            for check in criterion.checks:
                if check.refuse is None:
                    continue
                read = [name for name in self.scheme.names_behind(check.refuse) if name in self.scheme.questions]
                own = [name for name in read if name in self.scheme.questions_of[criterion.id]]
                for name in own or read:
                    refusing.setdefault(name, []).append((check, criterion.id))
        return refusing
