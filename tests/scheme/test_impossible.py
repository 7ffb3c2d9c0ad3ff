"""What no store can ever reach is an error in a file, and stays readable where an earlier release has stored it."""

import json

import pytest

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.loader import scheme_from_json
from greenstar.scheme.yaml_tree import parse
from tests.builders import HEADER, category, figure, read, refused, scheme, why
from tests.rows import rows

BODY = "categories:\n" + category("A", figure("a", 3) + figure("b", 2)) + category("B", figure("c", 5))


def with_level(requires: str, body: str = BODY) -> str:
    return f"levels: [{{id: one, title: t, requires: {requires}}}]\n{body}"


@rows(
    ("requires", "key"),
    [
        ("{total: ▸101%}", "validation.over_all"),
        ("{total: ▸10.5}", "validation.over_most"),
        ("{categories: {A: ▸6}}", "validation.over_most"),
        ("{categories: {A: ▸100.1%}}", "validation.over_all"),
        ("{each_category: ▸6}", "validation.over_most"),
        ("{each_category: {min: ▸101%, except: [B]}}", "validation.over_all"),
        ("{evidence: ▸80%}", "validation.no_evidence_listed"),
    ],
)
def test_what_can_never_hold_is_an_error(requires: str, key: str) -> None:
    (problem,) = refused(with_level(requires)).problems
    assert problem.message.key == key


@rows("requires", ["{total: ▸11}", "{total: ▸101%}", "{evidence: ▸1%}"])
def test_a_candidate_for_a_lighthouse_store_asks_for_what_there_is_too(requires: str) -> None:
    refused(f"lighthouse: {{requires: {requires}}}\n{BODY}")


@rows(
    ("requires", "header", "last"),
    [
        ("{total: 10, categories: {A: 5, B: 100%}}", "", ""),
        ("{total: 100}", "scoring: {method: mean}\n", ""),
        ("{total: 40}", "scoring: {points: 40}\n", ""),
        ("{total: 12}", "", category("C", figure("d", 9), "bonus: true\nmax: 2")),
        ("{total: 20}", "", category("C", figure("d", 5), "weight: 2")),
        ("{each_category: {min: 5, except: [C]}}", "", category("C", figure("d", 1))),
    ],
)
def test_all_that_there_is_can_be_asked_for(requires: str, header: str, last: str) -> None:
    assert scheme(header + with_level(requires) + last).levels


def test_a_certificate_that_holds_for_no_month_is_an_error() -> None:
    assert why("valid_months: 0\n" + BODY) == "validation.no_month"


@rows(
    ("criterion", "right"),
    [
        ('type: number, ask: q, unit: "%", min: 0, max: ▸100, score: {}', "100%"),
        ('type: number, ask: q, unit: "%", min: -5%, max: 9000%, plausible: [10%, ▸50], score: {}', "50%"),
        ('type: number, ask: q, unit: "%", score: {unit: "%", at_least: {▸60: 1, 80%: 2}}', "60%"),
        ('type: number, ask: q, score: {unit: "%", linear: {0: 0, ▸100: 2}}', "100%"),
        ('questions: {n: {type: number, ask: q, unit: "%", max: ▸20}}, score: {}', "20%"),
    ],
)
def test_what_bounds_or_grades_a_percentage_carries_the_sign(criterion: str, right: str) -> None:
    criteria = f"[{{id: c, title: t, points: 2, {criterion}}}]"
    (problem,) = refused(f"categories: [{{category: A, title: t, criteria: {criteria}}}]\n").problems
    assert problem.message.key == "validation.percent_sign"
    assert problem.hint is not None
    assert problem.hint.values == {"right": right}


@rows(("figure", "share"), [("1", "100%"), ("0.125", "12.5%")])
def test_a_percentage_without_its_sign_that_could_be_a_share_is_offered_as_one_first(figure: str, share: str) -> None:
    (problem,) = refused(f'facts: {{f: {{type: number, unit: "%", max: ▸{figure}, ask: q}}}}\n' + BODY).problems
    assert problem.hint is not None
    assert Catalogue("en").render(problem.hint) == f"write {share}, or {figure}% if so little is meant"


def test_a_fact_in_percent_has_bounds_with_the_sign_too() -> None:
    assert why('facts: {f: {type: number, unit: "%", max: ▸100, ask: q}}\n' + BODY) == "validation.percent_sign"


def test_what_is_stored_always_opens() -> None:
    """A database keeps the tree of a scheme; earlier releases took all of these."""
    text = HEADER + with_level("{total: 101%, evidence: 80%}") + "valid_months: 0\n"
    with pytest.raises(BadFile):
        read(text)
    assert scheme_from_json(json.dumps(parse(text, "s.yaml"))).levels[0].id == "one"
