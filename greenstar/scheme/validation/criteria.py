"""Questions, criteria, groups and places: what their keys say of each other."""

from greenstar.errors import Problem
from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.numbers import written
from greenstar.scheme.document import Criterion, Group, Question, QuestionFields, Score
from greenstar.scheme.helpers import FLOW_UNITS, flow_factor
from greenstar.scheme.parts import limits, points_of, questions_in
from greenstar.scheme.question_types import SHAPES, is_figure, is_percent, is_yes_no
from greenstar.scheme.suggestions import did_you_mean
from greenstar.scheme.validation.index import Index, Path


def check_criteria(index: Index) -> None:
    """Check everything but names, levels and rules."""
    for name, fact in index.document.facts.items():
        _question(index, fact, ("facts", name))
    for identifier, criterion in index.criteria.items():
        _criterion(index, criterion, index.paths[identifier])
    for identifier, group in index.groups.items():
        _group(index, group, index.paths[identifier])
    _places(index)


def _question(index: Index, question: QuestionFields, path: Path) -> None:
    numeric, shape = is_figure(question), SHAPES[question.type]
    for key in ("unit", "plausible", "whole", "helper"):
        if getattr(question, key) and not numeric:
            index.refuse((*path, key), "validation.only_for_numbers", key=key, type=question.type)
    for key in ("min", "max"):
        if getattr(question, key) is not None and not (numeric or shape.lengths):
            index.refuse((*path, key), "validation.no_bounds", key=key, type=question.type)
    if shape.options and not question.options:
        index.refuse(path, "validation.options_missing", type=question.type)
    if question.options is not None and not shape.options:
        index.refuse((*path, "options"), "validation.options_useless", type=question.type)
    if isinstance(question.options, str) and question.options not in index.document.options:
        known = index.document.options
        hint = did_you_mean(question.options, known)
        index.refuse((*path, "options"), "validation.unknown_options", hint, name=question.options)
    if numeric:
        _bounds(index, question, path)
        _helper(index, question, path)
    elif shape.lengths:
        _lengths(index, question, path)


def _bounds(index: Index, question: QuestionFields, path: Path) -> None:
    low, high = limits(question)
    if low is not None and high is not None and low > high:
        index.refuse((*path, "min"), "validation.min_over_max", low=low, high=high)
    if question.plausible:
        first, last = question.plausible
        if first > last:
            index.refuse((*path, "plausible"), "validation.min_over_max", low=first, high=last)
        elif (low is not None and first < low) or (high is not None and last > high):
            index.refuse((*path, "plausible"), "validation.plausible_outside")


def _helper(index: Index, question: QuestionFields, path: Path) -> None:
    """A helper writes its figure in the question's unit."""
    if question.helper == "flow" and flow_factor(question.unit) is None:
        index.refuse((*path, "helper"), "validation.no_flow", units=tuple(FLOW_UNITS))
    if question.helper == "difference" and is_percent(question.unit):
        index.refuse((*path, "helper"), "validation.no_difference")


def _lengths(index: Index, question: QuestionFields, path: Path) -> None:
    """The bounds of a text count characters."""
    for key in ("min", "max"):
        length = getattr(question, key)
        if length is not None and (length < 0 or length.denominator != 1):
            length_written = written(length)
            index.refuse((*path, key), "fields.expected_found_text", what=Phrase("fields.whole"), found=length_written)
    if question.min is not None and question.max is not None and question.min > question.max:
        index.refuse((*path, "min"), "validation.min_over_max", low=question.min, high=question.max)


def _criterion(index: Index, criterion: Criterion, path: Path) -> None:
    lone = criterion.ask is not None or criterion.type is not None
    if lone and criterion.questions:
        index.refuse((*path, "questions"), "validation.lone_and_questions")
    elif lone and (criterion.ask is None or criterion.type is None):
        index.refuse(path, "validation.lone_incomplete", key="type" if criterion.type is None else "ask")
    elif not lone and not criterion.questions and criterion.score is None and criterion.met_if is None:
        index.refuse(path, "validation.no_question")
    if lone:
        _question(index, criterion, path)
    for name, question in criterion.questions.items():
        _question(index, question, (*path, "questions", name))
        index.asked.setdefault(name, (question, (*path, "questions", name)))
    for number, check in enumerate(criterion.checks):
        if (check.refuse is None) == (check.warn is None):
            index.refuse((*path, "checks", number), "validation.refuse_or_warn")
    if criterion.place is not None and criterion.place not in index.document.places:
        hint = did_you_mean(criterion.place, index.document.places)
        index.refuse((*path, "place"), "validation.unknown_place", hint, name=criterion.place)
    if criterion.prerequisite:
        _prerequisite(index, criterion, path)
    else:
        _scored(index, criterion, path)


def _prerequisite(index: Index, criterion: Criterion, path: Path) -> None:
    for key in ("points", "score", "weight"):
        value = getattr(criterion, key)
        if value is not None and not (key == "points" and value == 0):
            index.refuse((*path, key), "validation.prerequisite_scored", key=key)
    booleans = any(map(is_yes_no, questions_in(criterion).values()))
    if not booleans and criterion.met_if is None:
        index.refuse(path, "validation.met_if_needed")


def _scored(index: Index, criterion: Criterion, path: Path) -> None:
    if criterion.points is None:
        index.refuse(path, "validation.points_missing")
        return
    if criterion.met_if is not None:
        index.refuse((*path, "met_if"), "validation.met_if_useless")
    if criterion.weight is not None and criterion.points == 0:
        index.refuse((*path, "weight"), "validation.weight_on_nothing")
    if criterion.score is None:
        _plain_points(index, criterion, path)
    else:
        _score(index, criterion, (*path, "score"))


def _plain_points(index: Index, criterion: Criterion, path: Path) -> None:
    """Without `score`: ticked options add up, or the only boolean earns all; any other mix needs `score`."""
    questions = questions_in(criterion)
    graded = [name for name, question in questions.items() if _has_points(index, question)]
    booleans = [name for name, question in questions.items() if is_yes_no(question)]
    if not graded and len(booleans) != 1:
        index.refuse(path, "validation.score_needed")
    for name in graded:
        where = (*path, "options") if name == criterion.id else (*path, "questions", name, "options")
        for option, content in index.options(questions[name]).items():
            if content.points is not None and not 0 <= content.points <= points_of(criterion):
                here = (*where, option, "points")
                index.refuse(here, "validation.edge_worth", worth=content.points, points=points_of(criterion))


def _has_points(index: Index, question: Question) -> bool:
    return any(option.points is not None for option in index.options(question).values())


def _score(index: Index, criterion: Criterion, path: Path) -> None:
    score = criterion.score
    assert score is not None
    kinds = [key for key in ("at_least", "at_most", "linear") if getattr(score, key) is not None]
    if len(kinds) > 1:
        index.refuse((*path, kinds[1]), "validation.one_way_to_score", keys=tuple(kinds))
    if score.of is None:
        numbers = [name for name, question in questions_in(criterion).items() if is_figure(question)]
        if len(numbers) != 1:
            index.refuse(path, "validation.of_needed")
    for key in kinds:
        for edge, worth in getattr(score, key):
            if not 0 <= worth <= points_of(criterion):
                where = index.at.entry((*path, key), edge)
                message = Phrase("validation.edge_worth", worth=worth, points=points_of(criterion))
                index.problems.append(Problem(where, key, message))
    _efforts(index, score, kinds, path)


def _efforts(index: Index, score: Score, kinds: list[str], path: Path) -> None:
    """The effort of a step names the edge of a step that there is."""
    edges = {edge for key in kinds for edge, _ in getattr(score, key)}
    for edge, _ in score.effort or ():
        if edge not in edges:
            where = index.at.entry((*path, "effort"), edge)
            shown = tuple(Quantity(known, score.unit, as_written=True) for known in sorted(edges))
            message = Phrase("validation.effort_edge", edge=Quantity(edge, score.unit, as_written=True), edges=shown)
            index.problems.append(Problem(where, "effort", message))


def _group(index: Index, group: Group, path: Path) -> None:
    if bool(group.criteria) == bool(group.categories):
        index.refuse(path, "validation.criteria_or_categories", id=group.category)
    if group.bonus:
        if len(path) != 2:
            index.refuse((*path, "bonus"), "validation.bonus_nested")
        if group.max is None:
            index.refuse((*path, "bonus"), "validation.bonus_max")
        if group.weight is not None:
            index.refuse((*path, "weight"), "validation.weight_on_nothing")
    elif group.max is not None:
        index.refuse((*path, "max"), "validation.max_without_bonus")
    if group.weight is not None and not group.bonus and not _can_earn(group):
        index.refuse((*path, "weight"), "validation.weight_on_nothing")
    for number, criterion in enumerate(group.criteria):
        policy = criterion.not_applicable or index.document.scoring.not_applicable
        if policy == "redistribute" and not criterion.prerequisite:
            weighted = any(member.weight is not None for member in group.criteria)
            if group.method != "sum" or weighted:
                index.refuse((*path, "criteria", number, "id"), "validation.redistribute_place", id=criterion.id)


def _can_earn(group: Group) -> bool:
    """Whether anything in the group has points, or the group itself is wrong."""
    empty = not group.criteria and not group.categories
    return empty or any(map(points_of, group.criteria)) or any(map(_can_earn, group.categories))


def _places(index: Index) -> None:
    for name, place in index.document.places.items():
        for number, identifier in enumerate(place.criteria):
            path = ("places", name, "criteria", number)
            criterion = index.criteria.get(identifier)
            if criterion is None:
                hint = did_you_mean(identifier, index.criteria)
                index.refuse(path, "validation.unknown_criterion", hint, id=identifier)
            elif criterion.place != name:
                index.refuse(path, "validation.other_place", id=identifier, place=criterion.place or "-")
