"""Everything in a scheme by name, as what a reader would compare: `points` 3, `total` 70 %, a rule as its text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from greenstar.i18n.phrase import PERCENT, Phrase, Text
from greenstar.scheme.document import Criterion, Fact, Group, Option, Question, Score
from greenstar.scheme.fields import Steps
from greenstar.scheme.levels import EachCategory, RankKey, Requires
from greenstar.scheme.model import ROOT, Scheme
from greenstar.scheme.parts import questions_in
from greenstar.scheme.question_types import is_percent
from greenstar.services.schemes.comparable import ComparedQuantity, RuleText, comparable

Content = dict[Phrase, Any]


@dataclass
class SchemePart:
    """One part of a scheme: where it stands, and its content by the keys that a reader knows."""

    area: str
    name: str
    title: Text | None
    inside: str = ""
    content: Content = field(default_factory=dict)
    summary: Any = None


def describe(scheme: Scheme) -> dict[tuple[str, str], SchemePart]:
    """Everything in the scheme, in the order of its file."""
    parts = [_scheme(scheme)]
    parts += [_fact(name, fact) for name, fact in scheme.facts.items()]
    parts += list(_values(scheme))
    parts += list(_indicators(scheme))
    parts += [_options(name, options) for name, options in scheme.document.options.items()]
    for name, place in scheme.document.places.items():
        parts.append(SchemePart("place", name, place.title, content=_said(title=place.title)))
    for name, group in scheme.groups.items():
        parts.append(_group(scheme, name, group))
        for criterion in group.criteria:
            parts.append(_criterion(scheme, criterion))
            questions = questions_in(criterion)
            for question_name, question in questions.items():
                parts.append(_question("question", question_name, question, criterion.id))
    for level in scheme.levels:
        content = _said(title=level.title, stars=Fraction(level.stars)) | _requires(level.requires)
        parts.append(SchemePart("level", level.id, level.title, content=content))
    parts.append(_lighthouse(scheme))
    return {(part.area, str(part.name)): part for part in parts}


def _said(**values: Any) -> Content:
    """The values that are given, by the catalogue's words for their keys."""
    given = {key: value for key, value in values.items() if value not in (None, [], "")}
    return {Phrase(f"diff.key_{key}"): comparable(value) for key, value in given.items()}


def _scheme(scheme: Scheme) -> SchemePart:
    document, scoring = scheme.document, scheme.scoring
    content = _said(
        id=scheme.name,
        version=scheme.version,
        title=scheme.title,
        languages=list(document.languages),
        valid_months=None if document.valid_months is None else Fraction(document.valid_months),
        decided_by=None if document.decided_by == "anyone" else document.decided_by,
        notice=document.notice,
        method=scoring.method,
        points=scoring.points,
        not_applicable=scoring.not_applicable,
    )
    return SchemePart("scheme", "", scheme.title, content=content)


def _values(scheme: Scheme) -> Iterator[SchemePart]:
    for name, value in scheme.values.items():
        content = _said(of=value.of, title=value.title, unit=value.unit, source=value.source)
        yield SchemePart("value", name, value.title, content=content, summary=value.of.text)


def _indicators(scheme: Scheme) -> Iterator[SchemePart]:
    for name, indicator in scheme.indicators.items():
        per = indicator.per
        content = _said(
            indicator_of=indicator.of,
            title=indicator.title,
            unit=indicator.unit,
            total_of=None if indicator.total == "sum" else indicator.total,
            better=indicator.better,
            per_of=per.of if per else None,
            per_times=per.times if per and per.times != 1 else None,
            per_unit=per.unit if per else None,
            source=indicator.source,
        )
        yield SchemePart("indicator", name, indicator.title, content=content, summary=indicator.of.text)


def _group(scheme: Scheme, name: str, group: Group) -> SchemePart:
    content = _said(
        title=group.title,
        weight=group.weight,
        method=group.method,
        points=group.points,
        bonus=group.bonus,
        max=group.max,
        formerly=list(group.formerly),
    )
    return SchemePart(
        "category", name, group.title, scheme.parent[name] if scheme.parent[name] != ROOT else "", content
    )


def _criterion(scheme: Scheme, criterion: Criterion) -> SchemePart:
    content = _said(
        title=criterion.title,
        points=criterion.points,
        prerequisite=criterion.prerequisite,
        weight=criterion.weight,
        effort=criterion.effort,
        place=criterion.place,
        applies_if=criterion.applies_if,
        met_if=criterion.met_if,
        not_applicable=criterion.not_applicable,
        intent=criterion.intent,
        guidance=criterion.guidance,
        source=criterion.source,
        formerly=list(criterion.formerly),
    )
    for number, text in enumerate(criterion.evidence, 1):
        content[Phrase("diff.key_evidence", number=str(number))] = text
    for number, check in enumerate(criterion.checks, 1):
        word, rule = ("refuse", check.refuse) if check.refuse is not None else ("warn", check.warn)
        assert rule is not None
        content[Phrase(f"diff.key_{word}", number=str(number))] = RuleText(rule)
        content[Phrase(f"diff.key_{word}_because", number=str(number))] = check.because
    content |= _score(criterion.score)
    worth = criterion.points
    summary = Phrase("diff.gate") if worth is None else Phrase("diff.points", points=worth, count=worth)
    parent = scheme.parent[criterion.id]
    return SchemePart("criterion", criterion.id, criterion.title, parent, content, summary)


def _score(score: Score | None) -> Content:
    if score is None:
        return {}
    content = _said(of=score.of, score_unit=score.unit)
    for word in ("at_least", "at_most", "linear"):
        line: Steps | None = getattr(score, word)
        if line is not None:
            content[Phrase(f"diff.key_{word}")] = tuple(
                Phrase("diff.step", edge=ComparedQuantity(edge, score.unit), points=points) for edge, points in line
            )
    for edge, effort in score.effort or ():
        content[Phrase("diff.key_step_effort", edge=ComparedQuantity(edge, score.unit))] = effort
    return content


def _fact(name: str, fact: Fact) -> SchemePart:
    part = _question("fact", name, fact, "")
    return replace(part, content=_said(title=fact.title) | part.content)


def _question(area: str, name: str, question: Question, inside: str) -> SchemePart:
    bounds = {key: _in_unit(question, getattr(question, key)) for key in ("min", "max")}
    plausible = tuple(_in_unit(question, end) for end in question.plausible or ()) or None
    content = _said(
        ask=question.ask,
        type=question.type,
        ask_if=question.ask_if,
        unit=question.unit,
        **bounds,
        plausible=plausible,
        whole=question.whole or None,
        period=question.period,
        helper=None if question.helper is None else Phrase(f"diff.helper_{question.helper}"),
        formerly=list(question.formerly) if question.formerly and name != inside else None,
    )
    if isinstance(question.options, str):  # what stands in a shared set is said once, of the set
        content |= _said(options=str(question.options))
    else:
        content |= _option_content(question.options or {})
    return SchemePart(area, name, question.ask, inside, content)


def _options(name: str, options: Mapping[str, Option]) -> SchemePart:
    """A set of options that questions share."""
    return SchemePart("options", name, None, content=_option_content(options))


def _option_content(options: Mapping[str, Option]) -> Content:
    content: Content = {}
    for name, option in options.items():
        content[Phrase("diff.key_option", name=str(name))] = option.label
        if option.points is not None:
            content[Phrase("diff.key_option_points", name=str(name))] = option.points
        if option.effort is not None:
            content[Phrase("diff.key_option_effort", name=str(name))] = option.effort
        if option.formerly:
            content[Phrase("diff.key_option_formerly", name=str(name))] = tuple(option.formerly)
    return content


def _in_unit(question: Question, value: Fraction | None) -> ComparedQuantity | None:
    return None if value is None else ComparedQuantity(value, question.unit if is_percent(question.unit) else None)


def _requires(requires: Requires) -> Content:
    content = _said(total=requires.total)
    of_each = requires.each_category
    if isinstance(of_each, EachCategory):
        where = None if of_each.where_applies is None else ComparedQuantity(of_each.where_applies, PERCENT)
        content |= _said(each_category=of_each.min, each_except=of_each.except_, each_where=where)
    else:
        content |= _said(each_category=of_each)
    for key, amounts in (("category", requires.categories), ("criterion", requires.criteria)):
        content |= _amounts(key, amounts)
    for choice in requires.choices:
        what = Phrase("diff.key_any_of", of=list(choice.of))
        content[what] = Fraction(choice.at_least)
    for limit, most in requires.findings.items():
        content[Phrase("diff.key_findings", severity=Phrase(f"words.{limit}"))] = Fraction(most)
    evidence = None if requires.evidence is None else ComparedQuantity(requires.evidence, PERCENT)
    gates = requires.prerequisites
    return content | _said(
        lower_level=requires.level,
        evidence_share=evidence,
        excused=requires.excused,
        complete=requires.complete or None,
        prerequisites=gates if isinstance(gates, str) else list(gates),
        when=requires.when,
        because=requires.because,
    )


def _amounts(key: str, amounts: Mapping[str, Any]) -> Content:
    return {Phrase(f"diff.key_least_{key}", name=str(name)): comparable(value) for name, value in amounts.items()}


def _lighthouse(scheme: Scheme) -> SchemePart:
    content = _requires(scheme.lighthouse.requires)
    keys = scheme.lighthouse.rank_by
    content[Phrase("diff.key_rank_by")] = tuple(key.id if isinstance(key, RankKey) else "total" for key in keys)
    for key in keys:
        if isinstance(key, RankKey):
            content[Phrase("diff.key_rank_rule", name=str(key.id))] = RuleText(key.of)
            content[Phrase("diff.key_rank_title", name=str(key.id))] = key.title
    return SchemePart("lighthouse", "", None, content=content)
