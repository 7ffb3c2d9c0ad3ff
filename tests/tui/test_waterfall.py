"""A comparison drawn as a waterfall."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.comparison import ComparisonView, comparison_view
from greenstar.services.results.comparison import ComparedSide, compare
from greenstar.tui.results.waterfall import Waterfall, span_line
from tests.builders import card, category, figure, scheme, visit


def comparison(*, big: bool) -> ComparisonView:
    rules = scheme(
        "facts: {big: {type: boolean, ask: q}}\nscoring: {method: mean}\ncategories:\n"
        + category("A", figure("a", 10)) + category("B", figure("b", 10, "applies_if: big"))
    )  # fmt: skip
    sides = [
        ComparedSide(rules, visit(answers, facts={"big": there}), card(rules, answers, facts={"big": there}))
        for answers, there in (({"a": 5, "b": 2} if big else {"a": 5}, big), ({"a": 5, "b": 10}, True))
    ]
    return comparison_view(compare(*sides))


def test_a_waterfall_leads_from_the_second_total_to_the_first_in_lines_of_one_width() -> None:
    for big in (True, False):
        for language in ("en", "zh"):
            for width in (72, 110, 180):
                fall = Waterfall(comparison(big=big), ("FIRST-1", "SECOND-2"), Catalogue(language), width)
                lines = list(fall.lines())
                assert {line.cell_length for line in lines} == {width}
                assert [line.plain.split()[0] for line in lines[1:]] == ["SECOND-2", "A", "B", "FIRST-1"]
    assert fall.weighs
    assert "+25" in lines[2].plain
    assert not Waterfall(comparison(big=True), ("1", "2"), Catalogue("en"), 72).weighs


def test_a_span_is_as_long_as_what_it_stands_for_and_something_is_never_nothing() -> None:
    assert span_line(0.25, 0.75, 4, "").plain == " ━━ "
    assert span_line(0.125, 0.5, 4, "").plain == "╺━  "
    assert span_line(0.5, 0.501, 4, "").plain == "  ╸ "
    assert span_line(1, 1.001, 4, "").plain == "   ╺"
    assert span_line(0.5, 0.5, 4, "").plain == "    "
