"""Figures: rounded for a reader, and never up to a threshold that they miss."""

from fractions import Fraction

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.json.scorecard import scorecard_json
from greenstar.reports.views.figures import ScorecardFigures, total_under
from greenstar.reports.views.scorecard import scorecard_view
from tests.builders import card, figure, scheme, scheme_of, visit

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
        assert total_under(small, result.total).number in (shown, 85, 100)


def test_a_share_of_a_category_never_seems_to_reach_what_a_level_asks() -> None:
    small = scheme_of(figure("a", 3), LEVELS)
    result = card(small, {"a": Fraction("1.49999")})
    percent = ScorecardFigures(small, result).group_percent(result.groups[0])
    assert (percent.number, percent.text) == (49.99, "49.9 %")
    assert ScorecardFigures(small, result).group_points(result.groups[0]).number == 1.49


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
