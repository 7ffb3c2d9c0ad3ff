"""Where a scheme has no levels, the screens say nothing of them."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.scorecard import summary
from greenstar.tui.common.wording import level_words
from greenstar.tui.visit.score_panel import next_lines, total_lines
from tests.builders import card, figure, scheme_of

EN = Catalogue("en")


def test_nothing_is_said_of_levels_where_there_are_none() -> None:
    under = scheme_of(figure("a"))
    result = summary(under, card(under, {"a": 10}))
    assert list(next_lines(under, result.next_level, EN)) == []
    assert len(list(total_lines(under, result, EN))) == 1
    assert level_words(under, None, EN) == ""


def test_the_highest_level_is_said_to_be_reached_where_there_is_one() -> None:
    under = scheme_of(figure("a"), "levels: [{id: one, title: One, requires: {total: 5}}]\n")
    result = summary(under, card(under, {"a": 10}))
    assert [line.plain for line in next_lines(under, result.next_level, EN)] == ["The highest level is reached"]
