"""Whatever is done to a good scheme, reading it gives a scheme or its errors, each at a place in the file."""

from hypothesis import given

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.scheme.loader import scheme_from_json
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from tests.builders import read, visit
from tests.mutations import broken

GOOD = """\
scheme: small
version: "1"
title: {en: Small, zh: 小}
languages: [en, zh]
valid_months: 36
notice: A notice
scoring: {method: mean, points: 100, not_applicable: exclude}
facts:
  wash: {type: boolean, ask: {en: Wash, zh: 洗}}
  roof: {type: number, unit: m², min: 0, max: 500, plausible: [10, 50], ask: Roof}
  since: {type: date, ask_if: wash, ask: Since}
values:
  rain: {of: 0.65 * roof / 1000, unit: m³, title: Rain, source: A standard}
options:
  scale: {no: {label: "No", points: 0}, half: {label: Half, points: 0.5}, all: {label: All, points: 1}}
places:
  bay: {en: Bay, zh: 洗车区, criteria: [b, a]}
  yard: Yard
categories:
  - category: A
    title: A
    weight: 20
    criteria:
      - id: a
        title: A
        points: 3
        place: bay
        applies_if: wash and roof > 5
        intent: Why
        evidence: [photo, log]
        questions:
          fresh: {type: number, min: 0, period: 12m, whole: true, ask: Fresh}
          total_m3: {type: number, min: 0, ask: All}
        checks: [{refuse: fresh > total_m3, because: No}, {warn: fresh == 0, because: Odd}]
        score: {of: 1 - fresh / total_m3, unit: "%", at_least: {60%: 1, 80%: 2, 90%: 3}}
      - {id: b, title: B, points: 1, place: bay, not_applicable: award, type: choice, ask: How, options: scale}
      - {id: g, title: G, prerequisite: true, type: boolean, ask: Met}
  - category: B
    title: B
    method: min
    categories:
      - {category: B1, title: B1, points: 5, criteria: [{id: c, title: C, points: 2, score: {of: points("a")}}]}
      - category: B2
        title: B2
        criteria: [{id: d, title: D, points: 2, type: number, ask: Q, score: {linear: {0: 0, 9: 2}}}]
  - {category: X, title: X, bonus: true, max: 5, criteria: [{id: x, title: X, points: 9, type: boolean, ask: Q}]}
levels:
  - {id: low, title: Low, stars: 1, requires: {total: 40, each_category: {min: 30%, except: [B], where_applies: 50%}}}
  - id: high
    title: High
    requires:
      total: 60
      categories: {A: 50%}
      criteria: {a: 1}
      any_of: {at_least: 1, of: [a, b]}
      level: low
      findings: {major: 0}
      evidence: 90%
      prerequisites: [g]
      when: total > 5 and rain >= 0
lighthouse:
  requires: {level: high}
  rank_by: [total, {id: key, of: points("A") - not_applicable_points, title: Key}]
"""


@given(broken(GOOD))
def test_a_scheme_is_read_or_refused_with_places_in_its_file(text: str) -> None:
    try:
        made = read(text)
    except BadFile as error:
        problems = error.problems
    else:
        score(made, visit())
        return
    lines = text.count("\n") + 2
    assert 1 <= len(problems) <= 50
    assert problems == sorted(problems, key=lambda problem: problem.mark)
    for problem in problems:
        assert 1 <= problem.mark.line <= lines
        assert problem.mark.column >= 1
        for language in LANGUAGES:
            assert Catalogue(language).render(problem.message)
            assert problem.hint is None or Catalogue(language).render(problem.hint)


def test_the_good_scheme_is_good_and_its_canonical_form_is_the_same_scheme() -> None:
    made = read(GOOD)
    again: Scheme = scheme_from_json(made.canonical)
    assert again.sha256 == made.sha256
    assert again.canonical == made.canonical
    answers = {"fresh": 1, "total_m3": 10, "b": "half", "g": True, "d": 4, "x": True}
    seen = visit(answers, facts={"wash": True, "roof": 20})
    assert score(again, seen).total == score(made, seen).total
