"""A scheme ready for use: the document, and everything that is looked up in it by name.

A `Scheme` is only made by `loader`, from a document in which `validation` found nothing wrong.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from greenstar.errors import Problem
from greenstar.i18n.phrase import Text
from greenstar.scheme.document import (
    Criterion,
    Document,
    Fact,
    Group,
    Indicator,
    Option,
    Policy,
    Question,
    QuestionFields,
    Scoring,
    Value,
)
from greenstar.scheme.earlier_names import EarlierNames, renamed_to
from greenstar.scheme.edition import EDITION
from greenstar.scheme.levels import Level, Lighthouse, Requires
from greenstar.scheme.parts import points_of, questions_in
from greenstar.scheme.question_types import is_figure
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.rules_hash import rules_sha256

_NAMED = ("fact", "value", "question")  # steps that rules read by their name
ROOT = ""  # the root is a group like any other, without an id


class Step(NamedTuple):
    """One thing to work out in a visit, or (`checks`) to hold against it: the checks of a criterion have no value.

    `chosen`: how often an option was chosen; its id is that of the option, and, after a blank, of a group.
    """

    kind: Literal["fact", "value", "applies", "question", "chosen", "criterion", "group", "checks"]
    id: str


class Scheme:
    """Criteria, points, rules and levels of one version; `name` is the scheme's id, e.g. `leading-green-star`.

    `needs`: every step with the steps it needs, each after all of these (`validation.dependencies`). `doubts`:
    what in its file was probably not meant so. `edition`: by which measure visits under it are scored.
    """

    def __init__(
        self,
        document: Document,
        canonical: str,
        sha256: str,
        needs: Mapping[Step, tuple[Step, ...]],
        *,
        doubts: tuple[Problem, ...] = (),
        edition: int = EDITION,
    ) -> None:
        self.document = document
        self.canonical = canonical
        self.sha256 = sha256
        self.needs = needs
        self.doubts = doubts
        self.edition = edition
        self.order = tuple(step for step in needs if step.kind != "checks")
        self.name, self.version, self.title = document.scheme, document.version, document.title
        self.scoring: Scoring = document.scoring  # how the categories make the total
        self.categories: list[Group] = document.categories  # the root's groups, bonus groups among them
        self.levels: list[Level] = document.levels  # lowest first
        self.lighthouse: Lighthouse = document.lighthouse
        self.facts: Mapping[str, Fact] = document.facts
        self.values: Mapping[str, Value] = document.values
        self.indicators: Mapping[str, Indicator] = document.indicators
        self.groups: dict[str, Group] = {}
        self.criteria: dict[str, Criterion] = {}
        self.parent: dict[str, str] = {}
        self.category_of: dict[str, str] = {}  # the root's group in which a criterion or group stands
        for category in document.categories:
            self._index(category, ROOT, category.category)

    def _index(self, group: Group, parent: str, category: str) -> None:
        self.groups[group.category] = group
        self.parent[group.category] = parent
        self.category_of[group.category] = category
        for criterion in group.criteria:
            self.criteria[criterion.id] = criterion
            self.parent[criterion.id] = group.category
            self.category_of[criterion.id] = category
        for child in group.categories:
            self._index(child, group.category, category)

    @cached_property
    def rules_sha256(self) -> str:
        """The hash of what its rules mean, whatever their wording: visits under the same are ranked together."""
        return rules_sha256(self)

    @cached_property
    def earlier_names(self) -> EarlierNames:
        """What its criteria, groups, questions, facts and options were called in earlier versions."""
        return EarlierNames(
            criteria=renamed_to({name: criterion.formerly for name, criterion in self.criteria.items()}),
            groups=renamed_to({name: group.formerly for name, group in self.groups.items()}),
            questions=renamed_to({name: question.formerly for name, question in self.questions.items()}),
            facts=renamed_to({name: fact.formerly for name, fact in self.facts.items()}),
            options={
                name: renamed_to({option: content.formerly for option, content in self.options(question).items()})
                for name, question in (*self.facts.items(), *self.questions.items())
            },
        )

    @property
    def names_lighthouse_stores(self) -> bool:
        """Whether the file says what a candidate for a lighthouse store must fulfil."""
        return "lighthouse" in self.document.model_fields_set and "requires" in self.lighthouse.model_fields_set

    @cached_property
    def level_by_id(self) -> dict[str | None, Level]:
        """The levels; that there is none is no key."""
        return {level.id: level for level in self.levels}

    def level_title(self, level: str | None) -> Text | None:
        """The title of the level of that id, where there is one."""
        known = self.level_by_id.get(level)
        return known.title if known is not None else None

    def stars_of(self, level: str | None) -> int:
        """The stars of the level of that id; 0 where there is none."""
        known = self.level_by_id.get(level)
        return known.stars if known is not None else 0

    @property
    def most_stars(self) -> int:
        """The most stars that a level gives."""
        return max((level.stars for level in self.levels), default=0)

    @property
    def requirements(self) -> list[Requires]:
        """What each level requires, lowest first, and then a candidate for a lighthouse store."""
        return [*(level.requires for level in self.levels), self.lighthouse.requires]

    @cached_property
    def criteria_in(self) -> dict[str, tuple[Criterion, ...]]:
        """All criteria in each group, at any depth."""
        criteria: dict[str, tuple[Criterion, ...]] = {}
        for name in reversed(self.groups):  # a group's own groups come after it
            group = self.groups[name]
            inner = [criterion for child in group.categories for criterion in criteria[child.category]]
            criteria[name] = (*group.criteria, *inner)
        return criteria

    @cached_property
    def category_by_id(self) -> dict[str, Group]:
        """The root's groups."""
        return {group.category: group for group in self.categories}

    @cached_property
    def points_in(self) -> dict[str, Fraction]:
        """The points in the file of all criteria in each group, at any depth."""
        return {name: sum(map(points_of, criteria), Fraction(0)) for name, criteria in self.criteria_in.items()}

    @cached_property
    def prerequisites(self) -> dict[str, Criterion]:
        """The criteria that are prerequisites, by id."""
        return {name: criterion for name, criterion in self.criteria.items() if criterion.prerequisite}

    @cached_property
    def points_outside_bonus(self) -> dict[str, Fraction]:
        """The points in the file of each criterion that has any, but for those of bonus groups."""
        counted = [group.category for group in self.categories if not group.bonus]
        criteria = [criterion for name in counted for criterion in self.criteria_in[name]]
        return {criterion.id: criterion.points for criterion in criteria if criterion.points}

    @cached_property
    def looked_up(self) -> frozenset[str]:
        """The criteria and groups whose points or share a rule names before all is scored."""
        needed = {step for reader, steps in self.needs.items() if reader.kind != "group" for step in steps}
        return frozenset(step.id for step in needed if step.kind in ("criterion", "group"))

    @cached_property
    def questions_of(self) -> dict[str, dict[str, Question]]:
        """Each criterion's questions by name; a lone question goes by the criterion's id."""
        return {criterion.id: questions_in(criterion) for criterion in self.criteria.values()}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions of all criteria, facts not among them."""
        return {name: question for questions in self.questions_of.values() for name, question in questions.items()}

    @cached_property
    def criterion_of(self) -> dict[str, str]:
        """The criterion in which each question stands."""
        return {name: criterion for criterion, questions in self.questions_of.items() for name in questions}

    def asked(self, name: str) -> Question:
        """The fact or question of that name. KeyError: there is none."""
        return self.facts.get(name) or self.questions[name]

    def has_name(self, name: str) -> bool:
        """Whether a fact, named quantity or question has that name: it then comes before a word of the format."""
        return name in self.facts or name in self.values or name in self.questions

    def options(self, question: QuestionFields) -> Mapping[str, Option]:
        """The options of a choice or multiple question, shared or its own; else none."""
        options = question.options
        return self.document.options[options] if isinstance(options, str) else options or {}

    def policy(self, criterion: Criterion) -> Policy:
        """What happens to the criterion's points where it does not apply."""
        return criterion.not_applicable or self.scoring.not_applicable

    def rule_of_score(self, criterion: Criterion) -> Rule | None:
        """The rule whose value earns points: `score.of`, by default the only number."""
        if criterion.score is None:
            return None
        return criterion.score.of or self._only_number[criterion.id]

    @cached_property
    def _only_number(self) -> dict[str, Rule]:
        rules = {}
        for criterion, questions in self.questions_of.items():
            numbers = [name for name, question in questions.items() if is_figure(question)]
            if len(numbers) == 1:
                name = numbers[0]
                rules[criterion] = Rule(f'answer("{name}")' if name == criterion else name)
        return rules

    @cached_property
    def walking_order(self) -> dict[str, tuple[str, ...]]:
        """The criteria of each place, in the place's own order, then the files'; "" for those without a place."""
        order = {}
        for name, place in self.document.places.items():
            here = [criterion.id for criterion in self.criteria.values() if criterion.place == name]
            order[name] = tuple(dict.fromkeys([*place.criteria, *here]))
        nowhere = tuple(criterion.id for criterion in self.criteria.values() if criterion.place is None)
        return {**order, ROOT: nowhere} if nowhere else order

    @cached_property
    def walk(self) -> tuple[str, ...]:
        """All criteria, place by place, in walking order."""
        return tuple(name for here in self.walking_order.values() for name in here)

    def names_behind(self, rule: Rule) -> set[str]:
        """Every name that the rule reads, directly or through named quantities."""
        names = set(rule.names)
        indirect = [Step("value", name) for name in rule.names & self.values.keys()]
        indirect += [Step("chosen", " ".join(ids)) for _, *ids in rule.chosen]
        return names | {step.id for step in self.read_by(*indirect) if step.kind in _NAMED}

    def read_by(self, *steps: Step) -> set[Step]:
        """What the steps need, directly or through named quantities and counts. What these need in turn is left out."""
        reads: set[Step] = set()
        waiting = [needed for step in steps for needed in self.needs[step]]
        while waiting:
            step = waiting.pop()
            if step not in reads:
                reads.add(step)
                waiting += self.needs[step] if step.kind in ("value", "chosen") else ()
        return reads

    def needed_by(self, steps: Iterable[Step]) -> set[Step]:
        """These steps, and all that they need in turn."""
        needed: set[Step] = set()
        waiting = list(steps)
        while waiting:
            step = waiting.pop()
            if step not in needed:
                needed.add(step)
                waiting += self.needs[step]
        return needed

    def steps_of(self, criterion: str, *, checks: bool = True) -> list[Step]:
        """The steps in which the rules of a criterion stand, with or without its checks."""
        steps = [Step("applies", criterion), Step("criterion", criterion)]
        steps += [Step("question", name) for name in self.questions_of[criterion]]
        return [*steps, Step("checks", criterion)] if checks and self.criteria[criterion].checks else steps

    def questions_behind(self, criterion: str) -> list[str]:
        """The questions, its own first, that its points and checks depend on."""
        own = self.questions_of[criterion]
        reads = self.read_by(*self.steps_of(criterion))
        return [*own, *sorted(step.id for step in reads if step.kind == "question" and step.id not in own)]

    def values_shown(self, criterion: str) -> list[str]:
        """The named quantities that a criterion's rules use, directly or through others, in the file's order."""
        reads = self.read_by(*self.steps_of(criterion))
        return [name for name in self.values if Step("value", name) in reads]
