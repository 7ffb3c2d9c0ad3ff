"""The hash of what a scheme's rules mean: what fixes a version, and which visits are ranked together.

Wording stays out, and so does spelling: how a number, a rule or a default is written, and whether options are shared.
The hash is of RFC 8785's JSON, which other programs can write as well; numbers stand in it as texts of fractions.
"""

import hashlib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Protocol

import rfc8785

from greenstar.i18n.phrase import Text
from greenstar.scheme.document import Criterion, Document, Group, Option, Policy, QuestionFields, Scoring
from greenstar.scheme.fields import Threshold
from greenstar.scheme.levels import EachCategory, Requires
from greenstar.scheme.question_types import is_figure, is_percent
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.rules.printing import printed
from greenstar.scheme.strict_model import Model

Rules = dict[str, Any]


class HashedScheme(Protocol):
    """What is asked of a `Scheme` here; it asks for its hash in turn, so it is not imported."""

    document: Document
    scoring: Scoring

    @property
    def names_lighthouse_stores(self) -> bool:
        """Whether its file says what a candidate for a lighthouse store must fulfil."""

    def options(self, question: QuestionFields) -> Mapping[str, Option]:
        """The options of a question, shared or its own."""

    def policy(self, criterion: Criterion) -> Policy:
        """What happens to the criterion's points where it does not apply."""

    def rule_of_score(self, criterion: Criterion) -> Rule | None:
        """The rule whose value earns points."""


WORDING = frozenset(
    (
        *("title", "ask", "label", "intent", "guidance", "source", "because", "notice", "languages", "place", "places"),
        *("helper", "effort", "indicators"),
    )
)
"""Keys that may be mended under the same version: all that no result depends on. Of `evidence`, only the texts are."""


def rules_sha256(scheme: HashedScheme) -> str:
    """The SHA-256 of the scheme's rules, as 64 hexadecimal digits. `Scheme.rules_sha256` remembers it."""
    return hashlib.sha256(rfc8785.dumps(rules_of_scheme(scheme))).hexdigest()


def rules_of_scheme(scheme: HashedScheme) -> Rules:
    """What is hashed: the scheme without its wording, defaults left out, mappings whose order matters as lists."""
    document = scheme.document
    rules = _not_default(
        document,
        scoring=_scoring(document.scoring),
        facts={name: _question(scheme, fact) for name, fact in document.facts.items()},
        options={},  # they stand where they are used
        categories=[_group(scheme, group) for group in document.categories],
        levels=[_not_default(level, requires=_requires(level.requires)) for level in document.levels],
        lighthouse=_not_default(document.lighthouse, requires=_requires(document.lighthouse.requires)),
    )
    if scheme.names_lighthouse_stores:  # without a block nobody is a candidate, with an empty one everybody
        rules["lighthouse"] = {"requires": {}, **rules.get("lighthouse", {})}
    return rules


def _not_default(model: Model, **instead: Any) -> Rules:
    """The rules in a mapping of the file that are not the default.

    `instead` holds those that are read otherwise; its mappings and lists are JSON already.
    """
    rules = {}
    for name, field in type(model).model_fields.items():
        if name in WORDING:
            continue
        value = instead.get(name, getattr(model, name))
        if value is None or value in ([], {}, field.default):
            continue
        made = name in instead and isinstance(value, (dict, list))
        rules[field.alias or name] = value if made else _plain(value)
    return rules


def _plain(value: Any) -> Any:
    """A value of a scheme as JSON that has one spelling."""
    match value:
        case bool() | str():
            return value if isinstance(value, bool) else str(value)
        case Rule():
            return printed(value)
        case Threshold():
            return f"{value.value * 100}%" if value.percent else str(value.value)
        case Fraction() | int():
            return str(value)
        case Text():
            words = set(value.by_language.values())
            return words.pop() if len(words) == 1 else dict(value.by_language)
        case Model():
            return _not_default(value)
        case Mapping():
            return {str(name): _plain(part) for name, part in value.items()}
        case Iterable():
            return [_plain(part) for part in value]
    raise AssertionError(value)


def _scoring(part: Scoring) -> Rules:
    return _not_default(part, points=_worth(part))


def _worth(part: Scoring | Group) -> Fraction | None:
    """The points of a group, where they are not its default: 100, but for a sum."""
    return None if part.method != "sum" and part.points == 100 else part.points


def _weight(part: Criterion | Group) -> Fraction | None:
    return None if part.weight == 1 else part.weight


def _group(scheme: HashedScheme, group: Group) -> Rules:
    return _not_default(
        group,
        weight=_weight(group),
        points=_worth(group),
        criteria=[_criterion(scheme, criterion) for criterion in group.criteria],
        categories=[_group(scheme, child) for child in group.categories],
    )


def _criterion(scheme: HashedScheme, criterion: Criterion) -> Rules:
    policy = scheme.policy(criterion)
    score = criterion.score
    return _not_default(
        criterion,
        points=None if criterion.prerequisite else criterion.points,
        weight=_weight(criterion),
        not_applicable=None if policy == scheme.scoring.not_applicable else policy,
        evidence=bool(criterion.evidence) or None,
        questions=[[name, _question(scheme, question)] for name, question in criterion.questions.items()],
        score=None if score is None else _not_default(score, of=scheme.rule_of_score(criterion)),
        **_asked(scheme, criterion),
    )


def _question(scheme: HashedScheme, question: QuestionFields) -> Rules:
    return _not_default(question, **_asked(scheme, question))


def _asked(scheme: HashedScheme, question: QuestionFields) -> Rules:
    """What can be written in several ways in a question: its options, and the bounds of a percentage."""
    rules: Rules = {"options": _options(scheme.options(question))}
    if is_figure(question) and is_percent(question.unit):
        rules["min"] = None if question.min == 0 else question.min
        rules["max"] = None if question.max == 1 else question.max
    return rules


def _options(options: Mapping[str, Option]) -> list[Any]:
    """Options in their order; where one has points, those without have none to give."""
    graded = any(option.points is not None for option in options.values())
    return [
        [name, _not_default(option, points=(option.points or Fraction(0)) if graded else None)]
        for name, option in options.items()
    ]


def _requires(requires: Requires) -> Rules:
    each = requires.each_category
    if isinstance(each, EachCategory) and not each.except_ and each.where_applies is None:
        each = each.min
    return _not_default(requires, each_category=each, any_of=_plain(requires.choices))
