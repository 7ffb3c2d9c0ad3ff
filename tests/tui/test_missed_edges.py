"""No figure of a scorecard reads as a threshold that the exact figure misses, on any way out."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.model import Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.ranking.stored import reason
from greenstar.reports.json.scorecard import scorecard_json
from greenstar.reports.views.criteria import criterion_result, earnings
from greenstar.reports.views.scorecard import GroupView, scorecard_view
from greenstar.scheme.levels import EachCategory
from greenstar.scheme.model import Scheme
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.explain.tree import explain
from greenstar.scoring.score import score
from greenstar.scoring.scorecard import GroupScore, Scorecard, Unmet
from greenstar.services.results.scorecards import stored_form
from greenstar.tui.common import wording
from tests.builders import figure, scheme_of, visit
from tests.scoring.strategies import Tree, made, schemes, visited, visits

EN = Catalogue("en")
ONE = Fraction(1)
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


# -- all that is told of a scorecard: what it speaks of, the exact figure, and what a reader sees -----------------

Told = tuple[str, Fraction, Fraction]


def read(text: object) -> Fraction:
    """The first figure in a text."""
    number = NUMBER.search(str(text))
    assert number is not None, text
    return Fraction(number.group())


def everything_told(scheme: Scheme, seen: Visit, card: Scorecard) -> Iterator[Told]:
    """Every figure, on every way out. `total %`, `group G`, `group G %` and `criterion c` name it."""
    view = scorecard_view(scheme, seen, card)
    told = scorecard_json(view, EN)
    lines = list(rendered(explain(scheme, seen, card)))
    if card.total is not None and card.share is not None:
        yield from (("total", card.total, read(text)) for text in totals(scheme, card, told, lines))
        yield "total %", card.share * 100, Fraction(str(told["percent"]))
        yield "total %", card.share * 100, read(view.percent.text)
    groups = {group.id: group for group in inside(card.groups)}
    for group in views(view.summary.groups):
        yield from told_of_group(groups[group.id], group, lines)
    for name, group_row in ((row.group, row) for row in stored_form(scheme, card).groups):
        yield f"group {name}", groups[name].points, Fraction(str(group_row.points))
    for result in card.criteria.values():
        if result.applies and not scheme.criteria[result.id].prerequisite:
            yield f"criterion {result.id}", result.earned, read(wording.of_points(scheme, result, EN))
            if not result.open:
                shown = wording.points_left(criterion_result(scheme, result), EN)
                yield from [(f"criterion {result.id}", result.earned, read(shown))] if shown else []
                earns = earnings(scheme, result).earns
                assert earns is not None
                yield f"criterion {result.id}", result.earned, read(EN.render(earns).removeprefix("earns "))
    yield from told_of_requirements(scheme, seen, card)


def totals(scheme: Scheme, card: Scorecard, told: dict[str, Any], lines: Iterable[str]) -> Iterator[object]:
    yield told["total"]
    yield wording.card_total(scheme, card, EN)
    yield from (line for line in lines if re.match(r"Total \S+ \(exactly", line))


def told_of_group(group: GroupScore, view: GroupView, lines: Iterable[str]) -> Iterator[Told]:
    yield f"group {group.id}", group.points, Fraction(str(view.points.number))
    yield f"group {group.id}", group.points, read(view.points.text)
    if group.share is not None:
        yield f"group {group.id} %", group.share * 100, read(view.percent.text)
        yield f"group {group.id} %", group.share * 100, Fraction(str(view.percent.number))
        for line in lines:
            share = re.match(rf"{re.escape(group.id)} .* = (\S+) % \(", line)
            if share is not None:
                yield f"group {group.id} %", group.share * 100, read(share.group(1))


def told_of_requirements(scheme: Scheme, seen: Visit, card: Scorecard) -> Iterator[Told]:
    """What each unmet requirement says there is: in JSON, as a sentence, as it is stored."""
    view = scorecard_view(scheme, seen, card)
    sentences: list[tuple[Unmet, Phrase]] = []
    for level, told in zip(card.levels, view.levels, strict=True):
        for unmet, requirement in zip(level.unmet, told.lacks, strict=True):
            sentences.append((unmet, requirement.sentence))
            yield from named(unmet, requirement.actual.number)
    stored = [reason(kept) for kept in json.loads(stored_form(scheme, card).why_not)]
    sentences += zip(card.lighthouse_unmet, stored, strict=True)
    for unmet, sentence in sentences:
        yield from named(unmet, EN.write(sentence.values.get("actual")))


NAMES = {"total": "total", "each_category": "group {}", "categories": "group {}", "criteria": "criterion {}"}


def named(unmet: Unmet, actual: object) -> Iterator[Told]:
    if unmet.requirement in NAMES and unmet.actual is not None:
        name = NAMES[unmet.requirement].format(unmet.subject) + (" %" if unmet.percent else "")
        yield name, unmet.actual * 100 if unmet.percent else unmet.actual, read(actual)


def rendered(explanation: Explanation) -> Iterator[str]:
    yield EN.render(explanation.line)
    for part in explanation.parts:
        yield from rendered(part)


def inside(groups: Iterable[GroupScore]) -> Iterator[GroupScore]:
    for group in groups:
        yield group
        yield from inside(group.groups)


def views(groups: Iterable[GroupView]) -> Iterator[GroupView]:
    for group in groups:
        yield group
        yield from views(group.groups)


# -- what must not seem to be reached ----------------------------------------------------------------------------


def edges(scheme: Scheme, card: Scorecard) -> dict[str, set[Fraction]]:
    """The thresholds of each figure and all there is to earn, worked out from the levels one by one."""
    groups = {group.id: group for group in inside(card.groups)}
    known: dict[str, set[Fraction]] = {"total": {card.available}, "total %": {Fraction(100)}}
    for group in groups.values():
        known |= {f"group {group.id}": {group.available}, f"group {group.id} %": {Fraction(100)}}
    known |= {f"criterion {name}": {criterion.points or Fraction(0)} for name, criterion in scheme.criteria.items()}

    def add(name: str, threshold: Any, available: Fraction) -> None:
        points = threshold.value * available if threshold.percent else threshold.value
        known[name].add(points)
        if available:
            known[f"{name} %"].add(points / available * 100)

    for requires in (*(level.requires for level in scheme.levels), scheme.lighthouse.requires):
        if requires.total is not None:
            add("total", requires.total, card.available)
        for name, threshold in requires.categories.items():
            add(f"group {name}", threshold, groups[name].available)
        for name, least in requires.criteria.items():
            known[f"criterion {name}"].add(least)
        each = requires.each_category
        if each is not None:
            wanted = each.min if isinstance(each, EachCategory) else each
            for category in scheme.categories:
                add(f"group {category.category}", wanted, groups[category.category].available)
    return known


def assert_nothing_missed_seems_reached(scheme: Scheme, seen: Visit) -> None:
    card = score(scheme, seen)
    known = edges(scheme, card)
    for name, exact, told in everything_told(scheme, seen, card):
        for edge in known[name]:
            assert exact >= edge or told < edge, f"{name}: {exact} reads {told}, and misses {edge}"


# -- schemes whose thresholds lie close to what a visit has -------------------------------------------------------


@st.composite
def close_to(draw: st.DrawFn, figure: Fraction) -> Decimal:
    """A threshold near a figure: the same to a few digits."""
    exact = Context(prec=60).divide(Decimal(figure.numerator), Decimal(figure.denominator))
    near = exact + draw(st.sampled_from([Decimal(0), Decimal("0.001"), Decimal("0.04"), Decimal("-0.003")]))
    step = Decimal(1).scaleb(-draw(st.integers(0, 4)))
    return max(near.quantize(step, draw(st.sampled_from([ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP]))), step)


@st.composite
def close_calls(draw: st.DrawFn) -> tuple[Scheme, Visit]:
    """A scheme with levels around what a visit has, and that visit."""
    tree = draw(schemes())
    seen = visited(draw(visits(tree)))
    card = score(made(tree), seen)
    tree["levels"] = [{"id": "low", "title": "t", "requires": draw(requirements(card, tree))}]
    tree["lighthouse"] = {"requires": draw(requirements(card, tree))}
    return made(tree), seen


@st.composite
def requirements(draw: st.DrawFn, card: Scorecard, tree: Tree) -> Tree:
    requires: Tree = {}
    if card.total is not None and card.share is not None:
        points, percent = close_to(card.total), close_to(card.share * 100)
        requires["total"] = draw(points) if draw(st.booleans()) else f"{min(draw(percent), Decimal(100))}%"
    for group in inside(card.groups):
        if group.share is not None and draw(st.booleans()):
            percent = close_to(group.share * 100)
            requires.setdefault("categories", {})[group.id] = f"{min(draw(percent), Decimal(100))}%"
    for criterion in card.criteria.values():
        if criterion.applies and criterion.available and draw(st.booleans()):
            worth = next(c["points"] for c in all_criteria(tree["categories"]) if c["id"] == criterion.id)
            requires.setdefault("criteria", {})[criterion.id] = min(draw(close_to(criterion.earned)), Decimal(worth))
    return requires


def all_criteria(groups: Iterable[Tree]) -> Iterator[Tree]:
    for group in groups:
        yield from group.get("criteria", ())
        yield from all_criteria(group.get("categories", ()))


@pytest.mark.slow
@given(close_calls())
def test_no_figure_reads_as_a_threshold_that_it_misses(case: tuple[Scheme, Visit]) -> None:
    assert_nothing_missed_seems_reached(*case)


LINE = "- {id: a, title: t, points: 3, type: number, ask: q, score: {linear: {0: 0, 100000: 3}}}"


def test_all_points_but_a_few_thousandths_are_not_all_of_them_anywhere() -> None:
    narrow = scheme_of(LINE, "levels: [{id: all, title: All, requires: {total: 100%}}]\n")
    seen = visit({"a": 99970})
    assert_nothing_missed_seems_reached(narrow, seen)
    card = score(narrow, seen)
    lines = list(rendered(explain(narrow, seen, card)))
    assert lines[0] == "Total 2.99 (exactly 2.9991)"
    assert any("= 99.9 %" in line for line in lines)
    assert any(
        line.endswith("rounded: half up, but never onto a threshold that is not reached, nor across one")
        for line in lines
    )
    result = card.criteria["a"]
    assert wording.of_points(narrow, result, EN) == "2.99 of 3"
    assert wording.points_left(criterion_result(narrow, result), EN) == "2.99/3"
    assert "earns 2.99 of 3" in wording.result(narrow, result, EN, 80).plain


def test_the_threshold_of_another_level_is_not_reached_either() -> None:
    levels = "levels: [{id: one, title: One, requires: {each_category: 75%}}]\n"
    lighthouse = "lighthouse: {requires: {each_category: 90%}}\n"
    narrow, seen = scheme_of(figure("a", 100), levels + lighthouse), visit({"a": Fraction("74.96")})
    assert_nothing_missed_seems_reached(narrow, seen)
    card = score(narrow, seen)
    (kept,) = json.loads(stored_form(narrow, card).why_not)
    assert EN.render(reason(kept)) == "A (A) 74.9 %, needed 90 %"
    assert any("= 74.9 %" in line for line in rendered(explain(narrow, seen, card)))
