"""Where a scheme has no levels, the screens say nothing of them."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.common.score_lines import next_lines, score_of, total_lines
from greenstar.tui.common.wording import level_words
from tests.builders import card, figure, scheme_of

EN = Catalogue("en")


def test_nothing_is_said_of_levels_where_there_are_none() -> None:
    under = scheme_of(figure("a"))
    score = score_of(under, card(under, {"a": 10}))
    assert list(next_lines(under, score.result.next_level, EN, 40)) == []
    assert len(list(total_lines(score, EN, 40))) == 1
    assert level_words(under, None, EN) == ""


def test_the_highest_level_is_said_to_be_reached_where_there_is_one() -> None:
    under = scheme_of(figure("a"), "levels: [{id: one, title: One, requires: {total: 5}}]\n")
    score = score_of(under, card(under, {"a": 10}))
    lines = next_lines(under, score.result.next_level, EN, 40)
    assert [line.plain for line in lines] == ["The highest level is reached"]
