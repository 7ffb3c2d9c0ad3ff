"""What a scheme's keys say of each other: names, ids, kinds, edges, circles. Finds every error at once."""

from collections.abc import Iterator
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from keyword import iskeyword
from typing import Any

from greenstar.errors import Mark, Problem
from greenstar.messages import Message
from greenstar.scheme.document import (
    SEVERITIES,
    AnyOf,
    Criterion,
    Document,
    EachCategory,
    Group,
    Question,
    QuestionFields,
    RankKey,
    Requires,
)
from greenstar.scheme.fields import Threshold
from greenstar.scheme.model import Step, limits, points_of, questions_in
from greenstar.scheme.locating import Locator
from greenstar.scheme.rule_types import BOOLEAN, DATE, NUMBER, TEXT, Kind, Names, check_rule, did_you_mean, with_kinds_of_values
from greenstar.scheme.rules import FUNCTIONS, RESULT_NAMES, Rule, RuleError

Path = tuple[Any, ...]
_RESERVED = frozenset(FUNCTIONS) | frozenset(RESULT_NAMES) | {"true", "false"}


class Linker:
    """Checks one document; `problems` holds what it found, `order` the steps of working a visit out."""

    def __init__(self, document: Document, tree: Any) -> None:
        self.document = document
        self.at = Locator(tree)
        self.problems: list[Problem] = []
        self.criteria: dict[str, Criterion] = {}
        self.groups: dict[str, Group] = {}
        self.paths: dict[str, Path] = {}
        self.asked: dict[str, tuple[Question, Path]] = {}

    def link(self) -> tuple[Step, ...]:
        """Check everything; the order of working out is empty where something is wrong."""
        for index, category in enumerate(self.document.categories):
            self._index_group(category, ("categories", index))
        self._names()
        self._facts()
        for identifier, criterion in self.criteria.items():
            self._criterion(criterion, self.paths[identifier])
        for identifier, group in self.groups.items():
            self._group(group, self.paths[identifier])
        self._places()
        self._levels()
        self._rules()
        return self._order() if not self.problems else ()

    # -- saying what is wrong ------------------------------------------------------------------------------------

    def refuse(self, path: Path, message: str, hint: Message | None = None, **values: Any) -> None:
        """Note a problem at the place of `path`."""
        key = str(next((part for part in reversed(path) if isinstance(part, str)), ""))
        self.problems.append(Problem(self.at.value(path), key, Message(message, **values), hint))

    # -- ids and names -------------------------------------------------------------------------------------------

    def _index_group(self, group: Group, path: Path) -> None:
        self._unique(group.category, (*path, "category"))
        self.groups.setdefault(group.category, group)
        self.paths.setdefault(group.category, path)
        for index, criterion in enumerate(group.criteria):
            here = (*path, "criteria", index)
            self._unique(criterion.id, (*here, "id"))
            self.criteria.setdefault(criterion.id, criterion)
            self.paths.setdefault(criterion.id, here)
        for index, child in enumerate(group.categories):
            self._index_group(child, (*path, "categories", index))

    def _unique(self, identifier: str, path: Path) -> None:
        if identifier in self.paths:
            first = self.at.value((*self.paths[identifier],))
            self.refuse(path, "linking.id_twice", id=identifier, file=first.file, line=first.line)

    def _names(self) -> None:
        """Facts, values and questions share one space of names."""
        seen: dict[str, Mark] = {}
        for name, path in self._all_names():
            mark = self.at.key(path)
            if name in _RESERVED or iskeyword(name):
                self.problems.append(Problem(mark, name, Message("linking.reserved", name=name)))
            elif name in seen:
                first = seen[name]
                message = Message("linking.name_twice", name=name, file=first.file, line=first.line)
                self.problems.append(Problem(mark, name, message))
            else:
                seen[name] = mark
                if name in self.paths and not path[-1] == "ask":
                    self.problems.append(Problem(mark, name, Message("linking.name_is_id", name=name)))

    def _all_names(self) -> Iterator[tuple[str, Path]]:
        for name in self.document.facts:
            yield name, ("facts", name)
        for name in self.document.values:
            yield name, ("values", name)
        for identifier, criterion in self.criteria.items():
            for name in criterion.questions:
                yield name, (*self.paths[identifier], "questions", name)

    # -- facts and questions -------------------------------------------------------------------------------------

    def _facts(self) -> None:
        for name, fact in self.document.facts.items():
            self._question(fact, ("facts", name))
            self.asked[name] = (fact, ("facts", name))

    def _question(self, question: QuestionFields, path: Path) -> None:
        numeric = question.type == "number"
        optioned = question.type in ("choice", "multiple")
        for key in ("unit", "plausible", "whole"):
            if getattr(question, key) and not numeric:
                self.refuse((*path, key), "linking.only_for_numbers", key=key, type=question.type)
        for key in ("min", "max"):
            if getattr(question, key) is not None and question.type not in ("number", "text"):
                self.refuse((*path, key), "linking.no_bounds", key=key, type=question.type)
        if optioned and not question.options:
            self.refuse(path, "linking.options_missing", type=question.type)
        if question.options is not None and not optioned:
            self.refuse((*path, "options"), "linking.options_useless", type=question.type)
        if isinstance(question.options, str) and question.options not in self.document.options:
            known = self.document.options
            hint = did_you_mean(question.options, known)
            self.refuse((*path, "options"), "linking.unknown_options", hint, name=question.options)
        if numeric:
            self._bounds(question, path)

    def _bounds(self, question: QuestionFields, path: Path) -> None:
        low, high = limits(question)  # type: ignore[arg-type]
        if low is not None and high is not None and low > high:
            self.refuse((*path, "min"), "linking.min_over_max", low=low, high=high)
        if question.plausible:
            first, last = question.plausible
            if first > last:
                self.refuse((*path, "plausible"), "linking.min_over_max", low=first, high=last)
            elif (low is not None and first < low) or (high is not None and last > high):
                self.refuse((*path, "plausible"), "linking.plausible_outside")

    # -- criteria ------------------------------------------------------------------------------------------------

    def _criterion(self, criterion: Criterion, path: Path) -> None:
        lone = criterion.ask is not None or criterion.type is not None
        if lone and criterion.questions:
            self.refuse((*path, "questions"), "linking.lone_and_questions")
        elif lone and (criterion.ask is None or criterion.type is None):
            self.refuse(path, "linking.lone_incomplete", key="type" if criterion.type is None else "ask")
        elif not lone and not criterion.questions and criterion.score is None and criterion.met_if is None:
            self.refuse(path, "linking.no_question")
        if lone:
            self._question(criterion, path)
        for name, question in criterion.questions.items():
            self._question(question, (*path, "questions", name))
            self.asked.setdefault(name, (question, (*path, "questions", name)))
        for index, check in enumerate(criterion.checks):
            if (check.refuse is None) == (check.warn is None):
                self.refuse((*path, "checks", index), "linking.refuse_or_warn")
        if criterion.place is not None and criterion.place not in self.document.places:
            hint = did_you_mean(criterion.place, self.document.places)
            self.refuse((*path, "place"), "linking.unknown_place", hint, name=criterion.place)
        if criterion.prerequisite:
            self._prerequisite(criterion, path)
        else:
            self._scored(criterion, path)

    def _prerequisite(self, criterion: Criterion, path: Path) -> None:
        for key in ("points", "score", "weight"):
            value = getattr(criterion, key)
            if value is not None and not (key == "points" and value == 0):
                self.refuse((*path, key), "linking.prerequisite_scored", key=key)
        booleans = any(question.type == "boolean" for question in questions_in(criterion).values())
        if not booleans and criterion.met_if is None:
            self.refuse(path, "linking.met_if_needed")

    def _scored(self, criterion: Criterion, path: Path) -> None:
        if criterion.points is None:
            self.refuse(path, "linking.points_missing")
            return
        if criterion.met_if is not None:
            self.refuse((*path, "met_if"), "linking.met_if_useless")
        if criterion.weight is not None and criterion.points == 0:
            self.refuse((*path, "weight"), "linking.weight_on_nothing")
        if criterion.score is None:
            self._plain_points(criterion, path)
        else:
            self._score(criterion, (*path, "score"))

    def _plain_points(self, criterion: Criterion, path: Path) -> None:
        """Without `score`: ticked options add up, or the only boolean earns all; any other mix needs `score`."""
        questions = questions_in(criterion)
        graded = [name for name, question in questions.items() if self._has_points(question)]
        booleans = [name for name, question in questions.items() if question.type == "boolean"]
        if not graded and len(booleans) != 1:
            self.refuse(path, "linking.score_needed")
        for name in graded:
            where = (*path, "options") if name == criterion.id else (*path, "questions", name, "options")
            for option, content in self._options(questions[name]).items():
                if content.points is not None and not 0 <= content.points <= points_of(criterion):
                    here = (*where, option, "points")
                    self.refuse(here, "linking.edge_worth", worth=content.points, points=points_of(criterion))

    def _options(self, question: Question) -> dict[str, Any]:
        found = question.options
        return self.document.options.get(found, {}) if isinstance(found, str) else found or {}

    def _has_points(self, question: Question) -> bool:
        return any(option.points is not None for option in self._options(question).values())

    def _score(self, criterion: Criterion, path: Path) -> None:
        score = criterion.score
        assert score is not None
        kinds = [key for key in ("at_least", "at_most", "linear") if getattr(score, key) is not None]
        if len(kinds) > 1:
            self.refuse((*path, kinds[1]), "linking.one_way_to_score", keys=tuple(kinds))
        if score.of is None:
            numbers = [name for name, question in questions_in(criterion).items() if question.type == "number"]
            if len(numbers) != 1:
                self.refuse(path, "linking.of_needed")
        for key in kinds:
            for edge, worth in getattr(score, key):
                if not 0 <= worth <= points_of(criterion):
                    where = self.at.entry((*path, key), edge)
                    message = Message("linking.edge_worth", worth=worth, points=points_of(criterion))
                    self.problems.append(Problem(where, key, message))

    # -- groups and places ---------------------------------------------------------------------------------------

    def _group(self, group: Group, path: Path) -> None:
        if bool(group.criteria) == bool(group.categories):
            self.refuse(path, "linking.criteria_or_categories", id=group.category)
        if group.bonus:
            if len(path) != 2:
                self.refuse((*path, "bonus"), "linking.bonus_nested")
            if group.max is None:
                self.refuse((*path, "bonus"), "linking.bonus_max")
            if group.weight is not None:
                self.refuse((*path, "weight"), "linking.weight_on_nothing")
        elif group.max is not None:
            self.refuse((*path, "max"), "linking.max_without_bonus")
        for index, criterion in enumerate(group.criteria):
            policy = criterion.not_applicable or self.document.scoring.not_applicable
            if policy == "redistribute" and not criterion.prerequisite:
                weighted = any(one.weight is not None for one in group.criteria)
                if group.method != "sum" or weighted:
                    self.refuse((*path, "criteria", index, "id"), "linking.redistribute_place", id=criterion.id)

    def _places(self) -> None:
        for name, place in self.document.places.items():
            for index, identifier in enumerate(place.criteria):
                path = ("places", name, "criteria", index)
                criterion = self.criteria.get(identifier)
                if criterion is None:
                    hint = did_you_mean(identifier, self.criteria)
                    self.refuse(path, "linking.unknown_criterion", hint, id=identifier)
                elif criterion.place != name:
                    self.refuse(path, "linking.other_place", id=identifier, place=criterion.place or "-")

    # -- levels --------------------------------------------------------------------------------------------------

    def _levels(self) -> None:
        below: dict[str, Requires] = {}
        for index, level in enumerate(self.document.levels):
            path: Path = ("levels", index)
            if level.id in below:
                self.refuse((*path, "id"), "linking.level_twice", id=level.id)
            self._requires(level.requires, (*path, "requires"), list(below))
            if below:
                previous = list(below.values())[-1]
                self._not_lower(level.requires, previous, (*path, "requires"))
            below[level.id] = level.requires
        requires = self.document.lighthouse.requires
        self._requires(requires, ("lighthouse", "requires"), list(below))

    def _requires(self, requires: Requires, path: Path, lower: list[str]) -> None:
        for name in requires.categories:
            if name not in self.groups:
                self.refuse((*path, "categories", name), "linking.unknown_group", did_you_mean(name, self.groups), id=name)
        for name, points in requires.criteria.items():
            self._known_criterion(name, (*path, "criteria", name))
            found = self.criteria.get(name)
            if found is not None and points > points_of(found):
                here = (*path, "criteria", name)
                self.refuse(here, "linking.edge_worth", worth=points, points=points_of(found))
        each = requires.each_category
        if isinstance(each, EachCategory):
            tops = [group.category for group in self.document.categories]
            for index, name in enumerate(each.except_):
                if name not in tops:
                    here = (*path, "each_category", "except", index)
                    self.refuse(here, "linking.unknown_group", did_you_mean(name, tops), id=name)
        for index, choice in enumerate(choices_of(requires)):
            where = (*path, "any_of", index) if isinstance(requires.any_of, list) else (*path, "any_of")
            for position, name in enumerate(choice.of):
                self._known_criterion(name, (*where, "of", position))
            if choice.at_least > len(choice.of):
                self.refuse((*where, "at_least"), "linking.any_of_too_many", count=choice.at_least, of=len(choice.of))
        if requires.level is not None and requires.level not in lower:
            self.refuse((*path, "level"), "linking.not_a_lower_level", did_you_mean(requires.level, lower), id=requires.level)
        if isinstance(requires.prerequisites, tuple):
            for index, name in enumerate(requires.prerequisites):
                here = (*path, "prerequisites", index)
                self._known_criterion(name, here)
                if name in self.criteria and not self.criteria[name].prerequisite:
                    self.refuse(here, "linking.not_a_prerequisite", id=name)

    def _known_criterion(self, name: str, path: Path) -> None:
        if name not in self.criteria:
            self.refuse(path, "linking.unknown_criterion", did_you_mean(name, self.criteria), id=name)

    def _not_lower(self, requires: Requires, below: Requires, path: Path) -> None:
        """No threshold is smaller than the same one at the level below."""
        pairs: list[tuple[Threshold | Fraction | None, Threshold | Fraction | None, Path]] = [
            (requires.total, below.total, (*path, "total")),
            (_least_share(requires), _least_share(below), (*path, "each_category")),
            (requires.evidence, below.evidence, (*path, "evidence")),
        ]
        for name, found in requires.categories.items():
            pairs.append((found, below.categories.get(name), (*path, "categories", name)))
        for name, points in requires.criteria.items():
            pairs.append((points, below.criteria.get(name), (*path, "criteria", name)))
        for here, there, where in pairs:
            alike = isinstance(here, Fraction) or (here and there and here.percent == _percent(there))
            if here is not None and there is not None and alike and _amount(here) < _amount(there):
                self.refuse(where, "linking.lower_than_below")
        for severity in SEVERITIES:
            most, before = requires.findings.get(severity), below.findings.get(severity)
            if most is not None and before is not None and most > before:
                self.refuse((*path, "findings", severity), "linking.lower_than_below")

    # -- rules ---------------------------------------------------------------------------------------------------

    def _rules(self) -> None:
        names = self._known_names()
        for rule, wanted, path, after_scoring in self._all_rules():
            try:
                check_rule(rule, names, wanted, after_scoring=after_scoring)
            except RuleError as error:
                mark = self.at.inside(path, error.offset)
                self.problems.append(Problem(mark, str(path[-1]), error.message, error.hint))

    def _known_names(self) -> Names:
        kinds = {name: self._kind(question) for name, (question, _) in self.asked.items()}
        lone = {
            identifier: self._kind(questions_in(criterion)[identifier])
            for identifier, criterion in self.criteria.items()
            if criterion.ask is not None and criterion.type is not None
        }
        scored = frozenset(self.groups) | frozenset(
            identifier for identifier, criterion in self.criteria.items() if not criterion.prerequisite
        )
        return with_kinds_of_values(Names(kinds, lone, scored), {n: v.of for n, v in self.document.values.items()})

    def _kind(self, question: Question) -> Kind:
        match question.type:
            case "boolean":
                return BOOLEAN
            case "number":
                return NUMBER
            case "text":
                return TEXT
            case "date":
                return DATE
        return Kind(question.type, frozenset(self._options(question)))

    def _all_rules(self) -> Iterator[tuple[Rule, Kind | None, Path, bool]]:
        """Every rule, the kind it must give (a value: any), its place, and whether it may name the result of scoring."""
        document = self.document
        for name, value in document.values.items():
            yield value.of, None, ("values", name, "of"), False
        for question, path in self.asked.values():
            if question.ask_if is not None:
                yield question.ask_if, BOOLEAN, (*path, "ask_if"), False
        for identifier, criterion in self.criteria.items():
            path = self.paths[identifier]
            for key in ("applies_if", "met_if"):
                rule = getattr(criterion, key)
                if rule is not None:
                    yield rule, BOOLEAN, (*path, key), False
            if criterion.score is not None and criterion.score.of is not None:
                yield criterion.score.of, NUMBER, (*path, "score", "of"), False
            for index, check in enumerate(criterion.checks):
                for key in ("refuse", "warn"):
                    rule = getattr(check, key)
                    if rule is not None:
                        yield rule, BOOLEAN, (*path, "checks", index, key), False
        for index, level in enumerate(document.levels):
            if level.requires.when is not None:
                yield level.requires.when, BOOLEAN, ("levels", index, "requires", "when"), True
        if document.lighthouse.requires.when is not None:
            yield document.lighthouse.requires.when, BOOLEAN, ("lighthouse", "requires", "when"), True
        for index, key in enumerate(document.lighthouse.rank_by):
            if isinstance(key, RankKey):
                yield key.of, NUMBER, ("lighthouse", "rank_by", index, "of"), True

    # -- the order of working out --------------------------------------------------------------------------------

    def _order(self) -> tuple[Step, ...]:
        sorter: TopologicalSorter[Step] = TopologicalSorter()
        for step, needs in self._dependencies():
            sorter.add(step, *needs)
        try:
            return tuple(sorter.static_order())
        except CycleError as error:
            circle: list[Step] = error.args[1]
            named = [step for step in circle if step.kind != "applies"] or circle
            names = tuple(dict.fromkeys(step.id for step in named))
            self.refuse(self._path_of(circle[0]), "linking.circle", names=names)
            return ()

    def _path_of(self, step: Step) -> Path:
        if step.kind in ("fact", "value"):
            return (f"{step.kind}s", step.id)
        return self.asked[step.id][1] if step.kind == "question" and step.id in self.asked else self.paths[step.id]

    def _dependencies(self) -> Iterator[tuple[Step, list[Step]]]:
        for name, fact in self.document.facts.items():
            yield Step("fact", name), self._needs(fact.ask_if)
        for name, value in self.document.values.items():
            yield Step("value", name), self._needs(value.of)
        for identifier, criterion in self.criteria.items():
            applies = Step("applies", identifier)
            yield applies, self._needs(criterion.applies_if)
            questions = questions_in(criterion)
            for name, question in questions.items():
                yield Step("question", name), [applies, *self._needs(question.ask_if)]
            needs = [applies, *(Step("question", name) for name in questions)]
            of = criterion.score.of if criterion.score else None
            yield Step("criterion", identifier), [*needs, *self._needs(criterion.met_if), *self._needs(of)]
        for identifier, group in self.groups.items():
            inside = [Step("criterion", criterion.id) for criterion in group.criteria]
            yield Step("group", identifier), [*inside, *(Step("group", child.category) for child in group.categories)]

    def _needs(self, rule: Rule | None) -> list[Step]:
        if rule is None:
            return []
        found = [self._step_of(name) for name in sorted(rule.names)]
        for function, name in sorted(rule.look_ups):
            if function == "answer":
                found.append(Step("question", name))
            else:
                found.append(Step("group" if name in self.groups else "criterion", name))
        return found

    def _step_of(self, name: str) -> Step:
        if name in self.document.facts:
            return Step("fact", name)
        return Step("value" if name in self.document.values else "question", name)


def choices_of(requires: Requires) -> list[AnyOf]:
    """The `any_of` of a level: none, one, or several."""
    found = requires.any_of
    return found if isinstance(found, list) else [found] if found is not None else []


def _least_share(requires: Requires) -> Threshold | None:
    each = requires.each_category
    return each.min if isinstance(each, EachCategory) else each


def _percent(value: Threshold | Fraction) -> bool:
    return isinstance(value, Threshold) and value.percent


def _amount(value: Threshold | Fraction) -> Fraction:
    return value.value if isinstance(value, Threshold) else value
