"""How every point came about, as a tree that a reader can redo with a pocket calculator.

total ─ bonus
  ├─ category ─ criterion ─ the rule, with values put in ─ each value ─ each answer
  └─ level ─ each requirement, needed and actual
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Visit
from greenstar.i18n.phrase import PERCENT, Phrase, Quantity, Text
from greenstar.numbers import written
from greenstar.scheme.document import Criterion, Group, Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of, weight_of
from greenstar.scheme.rules.evaluation import Unknown
from greenstar.scheme.rules.expression import Rule, with_values
from greenstar.scoring.edges import ScorecardEdges, of_value
from greenstar.scoring.environment import Environment
from greenstar.scoring.explain.arithmetic import Term, combination, score_steps, term_of, written_value
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.explain.requirements import requirement_parts
from greenstar.scoring.score import standing_of, work_out
from greenstar.scoring.scorecard import GroupScore, Outcome, Scorecard


def explain(scheme: Scheme, visit: Visit, scorecard: Scorecard) -> Explanation:
    """The whole derivation of a scorecard."""
    return _Explainer(scheme, visit, scorecard).total()


def explain_criterion(scheme: Scheme, visit: Visit, scorecard: Scorecard, criterion: str) -> Explanation:
    """The derivation of one criterion's points."""
    return _Explainer(scheme, visit, scorecard).criterion(scheme.criteria[criterion])


class _Explainer:
    def __init__(self, scheme: Scheme, visit: Visit, scorecard: Scorecard) -> None:
        self.scheme = scheme
        self.visit = visit
        self.scorecard = scorecard
        self.edges = ScorecardEdges(scheme, scorecard)
        worked = work_out(scheme, visit)
        self.environment: Environment = worked.environment
        self.standing = standing_of(scheme, visit, worked)
        self.holding = {level.id for level in scorecard.levels if level.holds}

    # -- total and groups ----------------------------------------------------------------------------------------

    def total(self) -> Explanation:
        card = self.scorecard
        groups = list(zip(self.scheme.categories, card.groups, strict=True))
        parts = [self._group(group, score) for group, score in groups]
        counted = [score for group, score in groups if not group.bonus]
        bonus = [score for group, score in groups if group.bonus]
        parts.append(self._root(counted))
        if bonus and card.total is not None:
            worth = sum((score.points for score in bonus), Fraction(0))
            parts.append(Explanation(Phrase("explain.bonus", points=written(worth), total=written(card.total))))
        parts.append(Explanation(self._rounding()))
        parts.extend(self._level(index) for index in range(len(card.levels)))
        if self.scheme.names_lighthouse_stores:
            parts.append(self._lighthouse())
        if card.total is None:
            return Explanation(Phrase("explain.no_total"), tuple(parts))
        total = Quantity(card.total, None, self.edges.total())
        return Explanation(Phrase("explain.total", total=total, exact=written(card.total)), tuple(parts))

    def _rounding(self) -> Phrase:
        total = self.scorecard.total
        key = "explain.rooted" if self.scorecard.rooted else "explain.rounding"
        return Phrase(key, exact=written(total) if total is not None else "-")

    def _root(self, counted: list[GroupScore]) -> Explanation:
        scoring = self.scheme.scoring
        line = combination(scoring.method, scoring.points, [term_of(score) for score in counted])
        left_out = [
            Explanation(Phrase("explain.left_out", id=score.id), (), score.id)
            for score in counted
            if score.share is None
        ]
        return Explanation(line or Phrase("explain.no_total"), tuple(left_out))

    def _sum_of(self, group: Group, inner: tuple[GroupScore, ...]) -> Iterator[Explanation]:
        """The arithmetic of one group."""
        terms = [term_of(score) for score in inner]
        for criterion in group.criteria:
            if points_of(criterion):
                score = self.scorecard.criteria[criterion.id]
                terms.append(Term(criterion.id, score.points, score.available, weight_of(criterion)))
        line = combination(group.method, group.points, terms)
        if line is not None:
            yield Explanation(line)

    def _group(self, group: Group, score: GroupScore) -> Explanation:
        parts = [self._group(child, inner) for child, inner in zip(group.categories, score.groups, strict=True)]
        parts += [self.criterion(criterion) for criterion in group.criteria]
        parts += self._sum_of(group, score.groups)
        values = {"id": group.category, "title": group.title, "weight": written(score.weight)}
        if score.share is None:
            return Explanation(Phrase("explain.group_nothing", **values), tuple(parts), group.category)
        percent = Quantity(score.share, PERCENT, self.edges.group(group.category, percent=True))
        values |= {"points": written(score.points), "available": written(score.available), "percent": percent}
        values["method"] = Phrase(f"explain.by_{group.method}")
        key = "explain.group_bonus" if group.bonus else "explain.group"
        return Explanation(Phrase(key, **values), tuple(parts), group.category)

    # -- criteria ------------------------------------------------------------------------------------------------

    def criterion(self, criterion: Criterion) -> Explanation:
        score = self.scorecard.criteria[criterion.id]
        values: dict[str, Any] = {"id": criterion.id, "title": criterion.title}
        why = score.reason.values["why"] if score.excused else score.reason  # the outcome says already that it is
        values |= {"outcome": score.outcome_words, "why": why}
        parts = tuple(self._criterion_parts(criterion))
        if criterion.prerequisite:
            return Explanation(Phrase("explain.prerequisite", **values), parts, criterion.id)
        values |= {"points": written(score.points), "available": written(points_of(criterion))}
        return Explanation(Phrase("explain.criterion", **values), parts, criterion.id)

    def _criterion_parts(self, criterion: Criterion) -> Iterator[Explanation]:
        score = self.scorecard.criteria[criterion.id]
        if criterion.applies_if is not None:
            yield self._rule("explain.applies_if", criterion.applies_if)
        if score.outcome is Outcome.NOT_APPLICABLE:
            yield Explanation(Phrase(f"explain.policy_{self.scheme.policy(criterion)}"))
            return
        if criterion.met_if is not None:
            yield self._rule("explain.met_if", criterion.met_if)
        rule = self.scheme.rule_of_score(criterion)
        if rule is not None and criterion.score is not None:
            yield self._rule("explain.value", rule, criterion.score.unit, of_value(criterion.score))
            yield from score_steps(criterion.score, score.value)
        if score.available != points_of(criterion) and score.applies:
            yield Explanation(
                Phrase("explain.redistributed", available=written(score.available), points=written(score.points))
            )
        for name, question in self.scheme.questions_of[criterion.id].items():
            yield self._answer(name, question)

    def _rule(
        self, key: str, rule: Rule, unit: Text | None = None, misses: Sequence[Fraction] = (), **names: Any
    ) -> Explanation:
        """A rule, the same with values put in, and what it comes to; below it the named quantities it reads."""
        result = self._result(self.environment.rule(rule), unit, misses)
        line = Phrase(key, rule=rule.text, filled=with_values(rule, self._put_in), result=result, **names)
        return Explanation(line, tuple(self._named(name) for name in self.scheme.values if name in rule.names))

    def _named(self, name: str) -> Explanation:
        value = self.scheme.values[name]
        return self._rule("explain.named", value.of, value.unit, name=name, title=value.title)

    def _put_in(self, name: str) -> str | None:
        value = self.environment.values.get(name)
        return None if value is None else written_value(value)

    def _result(self, value: Any, unit: Text | None, misses: Sequence[Fraction]) -> Phrase:
        if isinstance(value, Unknown):
            return Phrase("explain.unknown", why=value.reason)
        if isinstance(value, bool):
            return Phrase("words.true" if value else "words.false")
        if isinstance(value, Fraction) and unit is not None:
            return Phrase("explain.exactly", exact=written(value), shown=Quantity(value, unit, misses))
        return Phrase("explain.plain", value=written_value(value))

    def _answer(self, name: str, question: Question) -> Explanation:
        values: dict[str, Any] = {"name": name, "ask": question.ask}
        if name not in self.visit.answers:
            absent = self.environment.absent.get(name)
            asked = absent is None or absent.open
            return Explanation(Phrase("explain.not_answered" if asked else "explain.not_asked", **values), (), name)
        answer = self.visit.answers[name]
        hidden = name not in self.environment.values
        key = "explain.hidden_answer" if hidden else "explain.answer"
        return Explanation(Phrase(key, **values, answer=answer_type(self.scheme, question).words(answer)), (), name)

    # -- levels --------------------------------------------------------------------------------------------------

    def _level(self, index: int) -> Explanation:
        level, result = self.scheme.levels[index], self.scorecard.levels[index]
        key = "explain.level_holds" if result.holds else "explain.level_fails"
        parts = requirement_parts(self.standing, self.edges, level.requires, result.unmet, self.holding)
        return Explanation(Phrase(key, title=level.title), tuple(parts), level.id)

    def _lighthouse(self) -> Explanation:
        card = self.scorecard
        key = "explain.lighthouse_holds" if card.lighthouse else "explain.lighthouse_fails"
        requires = self.scheme.lighthouse.requires
        parts = requirement_parts(self.standing, self.edges, requires, card.lighthouse_unmet, self.holding)
        return Explanation(Phrase(key), tuple(parts))
