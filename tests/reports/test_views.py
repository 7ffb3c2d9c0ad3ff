"""Result views: what every way out says, decided once."""

from collections.abc import Iterable
from fractions import Fraction

import pytest

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.ranking.league import LeagueEntry, Ranking, rank
from greenstar.reports.json.ranking import ranking_json
from greenstar.reports.text.page import plain
from greenstar.reports.text.ranking import ranking_page
from greenstar.reports.views.comparison import comparison_view, waterfall
from greenstar.reports.views.criteria import criterion_result, earnings
from greenstar.reports.views.ranking import ranking_view
from greenstar.reports.views.ranking_rows import ranking_rows
from greenstar.reports.views.requirements import (
    IN_A_COLUMN,
    WITH_ROOM,
    RequirementView,
    in_short,
    requirement_lines,
    requirement_views,
)
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.scheme.model import Scheme
from greenstar.scoring.edges import Edges
from greenstar.services.results.comparison import ComparedSide, compare
from tests.builders import card, category, figure, gate, scheme, scheme_of, visit

EN = Catalogue("en")
LEVELS = """
levels:
  - {id: low, title: Low, requires: {total: 5}}
  - id: high
    title: High
    requires: {level: low, total: 80%, each_category: 50%, complete: true, prerequisites: all}
"""


@pytest.fixture(scope="module")
def small() -> Scheme:
    """Two categories of ten points, and four prerequisites."""
    gates = "".join(gate(f"g{number}") for number in range(4))
    body = "categories:\n" + category("A", figure("a", 10) + gates) + category("B", figure("b", 10))
    return scheme(body + LEVELS)


def lacks(small: Scheme) -> tuple[RequirementView, ...]:
    """What the higher level lacks where a has 1 point, and b and the prerequisites are open."""
    return scorecard_view(small, visit(), card(small, {"a": 1, "b": 2})).levels[1].lacks


def told(phrases: Iterable[Phrase]) -> list[str]:
    return [EN.render(phrase) for phrase in phrases]


def test_with_room_a_requirement_has_a_sentence_of_its_own_and_many_prerequisites_share_one(small: Scheme) -> None:
    sentences = told(line.sentence for line in requirement_lines(lacks(small), WITH_ROOM))
    assert sentences == [
        "Low not reached",
        "total 15 %, needed 80 %",
        "t (A) 10 %, needed 50 %",
        "t (B) 20 %, needed 50 %",
        "criteria still open: 4",
        "4 prerequisites not met: g0, g1, g2, g3",
    ]


def test_in_a_column_the_categories_share_a_sentence_too(small: Scheme) -> None:
    sentences = told(line.sentence for line in requirement_lines(lacks(small), IN_A_COLUMN))
    assert "at least 50 % in each category: A has 10 %, B has 20 %" in sentences
    assert len(sentences) == 5


def test_a_line_names_the_criteria_that_could_close_it_but_not_the_one_it_is_about(small: Scheme) -> None:
    closers = {EN.render(line.sentence): line.closers for line in requirement_lines(lacks(small), {})}
    assert closers["t (A) 10 %, needed 50 %"] == ("a",)
    assert closers["prerequisite not met: g0 t"] == ()


def test_in_short_the_total_comes_first_and_prerequisites_together(small: Scheme) -> None:
    short = told(in_short(lacks(small)))
    assert short[:2] == ["80 % in all (is 15 %)", "4 prerequisites"]
    assert short[-1] == "all 4 open ones answered"


def test_what_is_missing_is_never_nothing_and_no_amount_where_there_is_too_much() -> None:
    small = scheme_of(figure("a", 100), "levels: [{id: one, title: One, requires: {total: 50, complete: true}}]\n")
    (level,) = scorecard_view(small, visit(), card(small, {"a": Fraction("49.9999")})).levels
    (total,) = level.lacks
    assert (total.missing.text, total.actual.text) == ("0.01", "49.99")
    by_kind = {view.requirement: view for view in requirement_views(small, card(small), card(small).levels[0].unmet)}
    assert by_kind["complete"].missing.value is None


def test_a_total_on_every_way_out_is_cut_before_the_threshold_that_it_misses() -> None:
    entry = LeagueEntry(
        assessment=1,
        store="S-1",
        name="Store",
        region="",
        total=Fraction("84.999"),
        level=None,
        stars=0,
        candidate=False,
        why_not=(Phrase("words.none"), Phrase("words.none")),
        keys={"total": Fraction("84.999"), "energy": Fraction(2, 3)},
        available=Fraction(100),
    )
    known = Ranking("small", "1", "2026", rank([entry]), title=Text({"en": "Small"}), edges=Edges((Fraction(85),)))
    ranking = ranking_view(known)
    (row,), store = ranking_rows(known, EN, "2026"), ranking_json(ranking, EN)["stores"][0]
    assert (row["total"], row["by_total"], row["by_energy"]) == (84.99, 84.99, 0.67)
    assert (store["total"], store["keys"]) == (84.99, {"total": 84.99, "energy": 0.67})
    assert "84.99" in list(plain(ranking_page(ranking, EN)))[-1]


def test_an_empty_ranking_has_no_page() -> None:
    assert list(ranking_page(ranking_view(Ranking(None, None, "2026", ())), EN)) == []


def test_a_reason_speaks_of_questions_by_their_words() -> None:
    small = scheme_of(figure("a", 10))
    reason = criterion_result(small, card(small).criteria["a"]).reason
    asked = next(iter(small.questions_of["a"].values())).ask
    assert EN.write(asked) in EN.render(reason)


def test_what_a_criterion_comes_to_has_a_figure_or_a_reason_but_never_says_a_thing_twice() -> None:
    small = scheme_of(figure("a", 10))
    answered = earnings(small, card(small, {"a": 4}).criteria["a"])
    assert answered.earns is not None
    assert EN.render(answered.earns) == "earns 4 of 10"
    assert answered.reason is None
    assert earnings(small, card(small).criteria["a"]).earns is None


def test_a_comparison_tells_of_each_visit_and_of_what_sets_them_apart(small: Scheme) -> None:
    first, second = (
        ComparedSide(small, visit(), card(small, answers)) for answers in ({"a": 9, "b": 5}, {"a": 1, "b": 5})
    )
    comparison = comparison_view(compare(first, second))
    (criterion,) = comparison.criteria
    assert (criterion.id, [result.earned.text for result in criterion.results]) == ("a", ["9", "1"])
    assert criterion.apart.signed == comparison.apart.signed == "+8"
    assert [share.text for share in comparison.categories[0].shares] == ["90 %", "10 %"]
    assert comparison.weighing.value is None
    steps = waterfall(comparison)
    assert (steps[0].before, steps[-1].after) == tuple(visit.total.value for visit in reversed(comparison.visits))


def test_equal_shares_bring_unequal_points_where_other_criteria_do_not_apply_and_the_weight_says_so() -> None:
    rules = scheme(
        "facts: {big: {type: boolean, ask: q}}\nscoring: {method: mean}\ncategories:\n"
        + category("A", figure("a", 10)) + category("B", figure("b", 10, "applies_if: big"))
    )  # fmt: skip
    sides = [
        ComparedSide(rules, visit(answers, facts={"big": big}), card(rules, answers, facts={"big": big}))
        for answers, big in (({"a": 5}, False), ({"a": 5, "b": 10}, True))
    ]
    comparison = comparison_view(compare(*sides))
    first, second = comparison.categories
    assert [share.text for share in first.shares] == ["50 %", "50 %"]
    assert [points.text for points in first.worth] == ["100", "50"]
    assert (first.by_share.signed, first.by_worth.signed, first.apart.signed) == ("0", "+25", "+25")
    assert (second.by_share.value, second.by_worth.value, second.apart.signed) == (None, None, "-50")
    steps = waterfall(comparison)
    assert [int(end) for step in steps for end in (step.before, step.after)] == [75, 100, 100, 50]


def tied(code: str, total: Fraction | int, water: int | None) -> LeagueEntry:
    keys = {"total": Fraction(total), "water": None if water is None else Fraction(water)}
    return LeagueEntry(1, code, code, "", keys["total"], None, 0, False, (), keys, Fraction(100))


def tie_breaks(*stores: LeagueEntry) -> list[str | None]:
    """What is said of each store of a league, in its order."""
    ranking = Ranking("s", "1", "2026", rank(stores), keys={"total": None, "water": Text({"en": "Water"})})
    breaks = [store.tie_break for store in ranking_view(ranking).stores]
    return [EN.render(tie.phrase) if tie else None for tie in breaks]


def test_what_decided_between_neighbours_with_as_many_points_is_named_on_both_sides() -> None:
    assert tie_breaks(tied("A", 70, 5), tied("B", 70, 4), tied("C", 60, 9)) == [
        "as many points as B; decided by Water: 5 against 4",
        "as many points as A; decided by Water: 4 against 5",
        None,
    ]
    assert tie_breaks(tied("A", 70, 5), tied("B", 70, None))[1] == "as many points as A; decided by Water: - against 5"


def test_totals_that_only_rounding_makes_equal_are_told_apart_with_the_decimals_that_it_takes() -> None:
    close = Fraction(76835, 1000) + Fraction(1, 10**6)
    assert tie_breaks(tied("A", close, 1), tied("B", Fraction(76835, 1000), 9)) == [
        "as many points as B when rounded; in full 76.835001 against 76.835",
        "as many points as A when rounded; in full 76.835 against 76.835001",
    ]


def test_nothing_is_said_to_decide_where_a_place_is_shared() -> None:
    assert tie_breaks(tied("A", 70, 5), tied("B", 70, 5)) == [None, None]


def test_a_tie_and_its_key_are_told_below_the_table_once_and_in_every_row() -> None:
    ranking = Ranking("s", "1", "2026", rank([tied("A", 70, 5), tied("B", 70, 4)]), keys={"total": None, "water": None})
    view = ranking_view(ranking)
    lines = list(plain(ranking_page(view, EN)))
    assert lines[-2:] == ["", "B: as many points as A; decided by water: 4 against 5"]
    assert [row["tie_broken_by"] for row in ranking_rows(ranking, EN, "2026")] == ["water", "water"]
    assert [store["tie_broken_by"] for store in ranking_json(view, EN)["stores"]] == ["water", "water"]
