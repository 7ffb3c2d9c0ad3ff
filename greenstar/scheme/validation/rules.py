"""Every rule of a scheme, held to the names and kinds that it may speak of."""

from collections.abc import Iterator

from greenstar.errors import Problem
from greenstar.scheme.levels import RankKey
from greenstar.scheme.question_types import kind_of
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.rules.screening import RuleError
from greenstar.scheme.rules.types import BOOLEAN, NUMBER, Kind, Names, check_rule, with_kinds_of_values
from greenstar.scheme.validation.index import Index, Path
from greenstar.scheme.validation.indicators import rules_of_indicator


def check_rules(index: Index) -> None:
    """Check every rule."""
    names = _known_names(index)
    for rule, wanted, path, after_scoring in all_rules(index):
        try:
            check_rule(rule, names, wanted, after_scoring=after_scoring)
        except RuleError as error:
            mark = index.at.inside(path, error.offset)
            index.problems.append(Problem(mark, str(path[-1]), error.message, error.hint))


def _known_names(index: Index) -> Names:
    kinds = {name: kind_of(question, index.options(question)) for name, (question, _) in index.asked.items()}
    lone = {
        identifier: kind_of(criterion, index.options(criterion))
        for identifier, criterion in index.criteria.items()
        if criterion.ask is not None and criterion.type is not None
    }
    scored = frozenset(index.groups) | frozenset(
        identifier for identifier, criterion in index.criteria.items() if not criterion.prerequisite
    )
    groups = {
        identifier: [name for name in index.criteria_in(identifier) if name in lone] for identifier in index.groups
    }
    names = Names(kinds, lone, scored, groups)
    return with_kinds_of_values(names, {name: value.of for name, value in index.document.values.items()})


def all_rules(index: Index) -> Iterator[tuple[Rule, Kind | None, Path, bool]]:
    """Every rule, the kind it must give (a value: any), its place, and whether it may name the result of scoring."""
    document = index.document
    for name, value in document.values.items():
        yield value.of, None, ("values", name, "of"), False
    for name, indicator in document.indicators.items():
        for rule, path in rules_of_indicator(indicator, ("indicators", name)):
            yield rule, NUMBER, path, False
    for question, path in index.asked.values():
        if question.ask_if is not None:
            yield question.ask_if, BOOLEAN, (*path, "ask_if"), False
    for identifier, criterion in index.criteria.items():
        path = index.paths[identifier]
        for key in ("applies_if", "met_if"):
            rule = getattr(criterion, key)
            if rule is not None:
                yield rule, BOOLEAN, (*path, key), False
        if criterion.score is not None and criterion.score.of is not None:
            yield criterion.score.of, NUMBER, (*path, "score", "of"), False
        for number, check in enumerate(criterion.checks):
            for key in ("refuse", "warn"):
                rule = getattr(check, key)
                if rule is not None:
                    yield rule, BOOLEAN, (*path, "checks", number, key), False
    for number, level in enumerate(document.levels):
        if level.requires.when is not None:
            yield level.requires.when, BOOLEAN, ("levels", number, "requires", "when"), True
    if document.lighthouse.requires.when is not None:
        yield document.lighthouse.requires.when, BOOLEAN, ("lighthouse", "requires", "when"), True
    for number, rank_key in enumerate(document.lighthouse.rank_by):
        if isinstance(rank_key, RankKey):
            yield rank_key.of, NUMBER, ("lighthouse", "rank_by", number, "of"), True
