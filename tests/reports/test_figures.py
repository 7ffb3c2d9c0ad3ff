"""Figures: rounded for a reader, and never up to a threshold that they miss."""

from fractions import Fraction

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number
from greenstar.reports.json.scorecard import scorecard_json
from greenstar.reports.views.figures import ScorecardFigures, share_under, total_under
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.services.results.ranking import edges_in
from greenstar.services.results.scorecards import stored_form
from greenstar.services.schemes.keeping import summary
from tests.builders import card, figure, scheme, scheme_of, visit
from tests.rows import rows

LEVELS = """
levels:
  - {id: one, title: One, requires: {total: 70, categories: {A: 50%}}}
  - {id: two, title: Two, requires: {total: 85%}}
"""
EN = Catalogue("en")


def test_a_total_never_seems_to_reach_a_level_that_it_misses() -> None:
    small = scheme_of(figure("a", 100), LEVELS)
    for points, shown in (("69.999", 69.99), ("70", 70), ("84.9999", 84.99), ("99.999", 99.99), ("50.005", 50.01)):
        result = card(small, {"a": Fraction(points)})
        figures = ScorecardFigures(small, result)
        assert (figures.total(result.total).number, figures.percent().number) == (shown, shown)
        assert figures.total(result.total).text == str(shown)
        assert total_under(small, result.total, result.available).number == shown


def test_a_share_of_a_category_never_seems_to_reach_what_a_level_asks() -> None:
    small = scheme_of(figure("a", 3), LEVELS.replace("total: 70, ", ""))
    result = card(small, {"a": Fraction("1.49999")})
    percent = ScorecardFigures(small, result).group_percent(result.groups[0])
    assert (percent.number, percent.text) == (49.99, "49.9 %")
    assert ScorecardFigures(small, result).group_points(result.groups[0]).number == 1.49


def test_a_share_that_was_kept_never_seems_to_reach_what_a_level_asks_in_points() -> None:
    small = scheme_of(figure("a", 18), "levels: [{id: one, title: One, requires: {categories: {A: 9}}}]\n")
    told = share_under(small, "A", Fraction("8.9999") / 18, Fraction(18))
    assert (told.number, told.text) == (49.99, "49.9 %")


def test_the_exact_total_is_a_fraction() -> None:
    small = scheme_of(figure("a", 100))
    assert ScorecardFigures(small, card(small, {"a": Fraction("76.25")})).exact() == "305/4"
    assert ScorecardFigures(small, card(small, {"a": Fraction(60)})).exact() == "60"


def test_where_a_root_was_taken_the_exact_total_has_fifteen_digits() -> None:
    body = "scoring: {method: geometric}\ncategories:\n"
    for name in ("A", "B"):
        body += f"  - category: {name}\n    title: {name}\n    criteria:\n      {figure(name.lower(), 2)}"
    small = scheme(body)
    figures = ScorecardFigures(small, card(small, {"a": Fraction(1), "b": Fraction(2)}))
    assert figures.exact() == "70.7106781186548"


def test_where_nothing_applies_there_is_no_figure() -> None:
    small = scheme_of(figure("a", 3, "applies_if: false"))
    document = scorecard_json(scorecard_view(small, visit(), card(small)), EN)
    assert document["total"] is document["total_exact"] is document["percent"] is None
    assert document["groups"][0]["percent"] is None


NARROW = """
levels:
  - {id: near, title: Near, requires: {total: 66.67, categories: {A: 66.67%}, criteria: {a: 66.67}}}
"""


@rows("narrow", [NARROW, NARROW.replace("total: 66.67,", "total: 66.67%,")])
def test_a_level_missed_at_two_thirds_is_missed_in_every_figure(narrow: str) -> None:
    small = scheme_of(figure("a", 100), narrow)
    result = card(small, {"a": Fraction(200, 3)})
    assert result.level is None
    told = scorecard_json(scorecard_view(small, visit(), result), EN)
    stored = stored_form(small, result)
    figures = [told["total"], told["percent"], told["groups"][0]["points"], told["groups"][0]["percent"]]
    figures += [
        told["criteria"][0]["points"],
        told["worst"]["total"],
        stored.groups[0].points,
        stored.groups[0].percent,
    ]
    figures += [total_under(small, result.total, result.available).number]
    figures += [as_number(Fraction(200, 3), misses=edges_in(summary(small)).in_points(result.available))]
    assert figures == [66.66] * len(figures)


def test_two_thirds_read_the_same_everywhere_where_nothing_is_missed() -> None:
    small = scheme_of(figure("a", 100))
    result = card(small, {"a": Fraction(200, 3)})
    told, stored = scorecard_json(scorecard_view(small, visit(), result), EN), stored_form(small, result)
    figures = [told["total"], told["percent"], told["groups"][0]["percent"], told["criteria"][0]["points"]]
    figures += [stored.groups[0].points, stored.groups[0].percent]
    assert figures == [66.67] * len(figures)
