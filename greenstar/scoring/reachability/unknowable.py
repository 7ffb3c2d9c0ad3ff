"""Where a rule can become unknown for good: it needs an answer that some stores are never asked for.

An `applies_if` or `ask_if` then closes, as it should. Where a rule earns points, gates, or opens a level, the criterion
earns nothing, or the level stays shut, without anybody having meant it.
"""

import ast
from collections.abc import Iterator

from greenstar.errors import NOWHERE, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.scheme.rules.evaluation import Unknown, evaluate
from greenstar.scheme.rules.expression import Rule, source_of

_NEVER = Unknown(False, Phrase("words.none"))


def unknowable(scheme: Scheme) -> Iterator[Problem]:
    """A warning for each rule and each answer that it cannot do without, where that answer may never be asked for."""
    for key, rule, given in _rules(scheme):
        for name in sorted(rule.names & scheme.questions.keys()):
            result = evaluate(rule, {}, {name: _NEVER})
            closed = isinstance(result, Unknown) and not result.open
            conditions = _conditions(scheme, name)
            if closed and not conditions <= given:
                because = sorted(conditions - given)
                message = Phrase("check.may_stay_unknown", name=name, conditions=because)
                yield Problem(rule.mark or NOWHERE, key, message)


def _rules(scheme: Scheme) -> Iterator[tuple[str, Rule, frozenset[str]]]:
    """The rules that earn, gate, or open a level, and the conditions that hold wherever they are worked out."""
    for criterion in scheme.criteria.values():
        given = _parts(criterion.applies_if)
        of = criterion.score.of if criterion.score is not None else None
        for key, rule in (("of", of), ("met_if", criterion.met_if)):
            if rule is not None:
                yield key, rule, given
    for requires in scheme.requirements:
        if requires.when is not None:
            yield "when", requires.when, frozenset()


def _conditions(scheme: Scheme, question: str) -> frozenset[str]:
    """What must hold for a question to be asked."""
    criterion = scheme.criteria[scheme.criterion_of[question]]
    return _parts(criterion.applies_if) | _parts(scheme.questions[question].ask_if)


def _parts(rule: Rule | None) -> frozenset[str]:
    """The conditions that a rule joins by `and`, as texts."""
    if rule is None:
        return frozenset()
    tree = rule.tree
    joined = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    return frozenset(" ".join(source_of(part, rule.text).split()) for part in joined)
