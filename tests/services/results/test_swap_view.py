"""What is said of two stores that might change places, on a page, for programs and in both languages."""

from dataclasses import replace

import pytest

from greenstar.assessment.model import Store
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.json.comparison import comparison_json
from greenstar.reports.text.comparison import comparison_page
from greenstar.reports.text.page import Table, plain
from greenstar.reports.views.comparison import ComparisonView, comparison_view
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services.results.comparison import ComparedSide, compare, sides_of_stores
from greenstar.services.results.scorecards import stored_form
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.text import cell_width
from tests.builders import category, figure, scheme, visit
from tests.rows import rows
from tests.services.conftest import fill

EN, ZH = Catalogue("en"), Catalogue("zh")
MEAN = scheme(
    "scoring: {method: mean}\ncategories:\n"
    + category("A", figure("a") + figure("a2"), "weight: 20").replace("title: t", "title: Air", 1)
    + category("B", figure("b"), "weight: 20").replace("title: t", "title: Bees", 1)
    + category("C", figure("c"), "weight: 20").replace("title: t", "title: Clay", 1)
)
SUM = scheme("scoring: {method: min}\ncategories:\n" + category("A", figure("a")) + category("B", figure("b")))


def view(under: Scheme, first: dict[str, int], second: dict[str, int], away: str = "") -> ComparisonView:
    """Two visits under a scheme, of the second of which something does not apply."""
    ours, theirs = visit(first), visit(second, away=away)
    return comparison_view(
        compare(ComparedSide(under, ours, score(under, ours)), ComparedSide(under, theirs, score(under, theirs)))
    )


def sentences(known: ComparisonView, catalogue: Catalogue = EN) -> list[str]:
    """All that is said, the one line first."""
    return [catalogue.render(phrase) for phrase in (known.swap.sentence, *known.swap.besides)]


def test_the_smallest_change_is_said_first_and_then_the_others_and_those_that_never_do_it() -> None:
    known = view(MEAN, {"a": 8, "a2": 8, "b": 5, "c": 5}, {"a": 6, "a2": 6, "b": 6, "c": 5})
    assert sentences(known) == [
        "They change places if Air weighs 50.1 % less.",
        "Or if one other weight alone changes: Bees 100.1 % more.",
        "Never by the weight of Clay.",
    ]
    assert sentences(known, ZH) == [
        "若“Air”的权重减少 50.1 %，两者名次互换。",
        "或只改变另一个类别的权重：Bees 增加 100.1 %。",
        "单独改变以下类别的权重，名次不会互换：Clay。",
    ]


def test_that_a_weight_counts_differently_where_not_the_same_applies_is_said() -> None:
    known = view(MEAN, {"a": 8, "a2": 8, "b": 5, "c": 5}, {"a": 6, "a2": 6, "b": 7}, away="c")
    assert sentences(known)[-1].startswith("Different criteria apply to the two")


@rows(
    ("known", "words"),
    [
        (view(MEAN, {"a": 8, "b": 5}, {"a": 7, "b": 5}), "They never change places, however much"),
        (view(MEAN, {"a": 8, "b": 5}, {"a": 8, "b": 5}), "They share a place"),
        (view(SUM, {"a": 8, "b": 5}, {"a": 8, "b": 6}), "the total is the smallest share"),
        (view(MEAN, {"a": 8}, {}, away="a a2 b c"), "Without a total of both"),
    ],
)
def test_never_is_an_answer_and_its_reason_is_said(known: ComparisonView, words: str) -> None:
    (sentence, *_) = sentences(known)
    assert words in sentence


def test_under_different_rules_there_is_no_weight_in_common() -> None:
    ours, theirs = visit({"a": 8}), visit({"a": 5})
    known = comparison_view(
        compare(ComparedSide(MEAN, ours, score(MEAN, ours)), ComparedSide(SUM, theirs, score(SUM, theirs)))
    )
    assert sentences(known) == ["Under different rules there is no weight that both have."]
    assert comparison_json(known, EN)["swap"]["why"] == "rules"


def test_a_program_gets_the_edge_exactly_and_how_far_to_go() -> None:
    known = view(MEAN, {"a": 8, "a2": 8, "b": 5, "c": 5}, {"a": 6, "a2": 6, "b": 6, "c": 5})
    swap = comparison_json(known, EN)["swap"]
    assert swap["changes"][0] == {
        "category": "A",
        "title": "Air",
        "weight": "20",
        "percent": -50.1,
        "edge": "10",
        "at_edge": False,
        "between": None,
    }
    assert (swap["ahead"], swap["never"], swap["why"]) == (1, ["C"], None)
    irrational = view(MEAN, {"a": 8, "a2": 8, "b": 5, "c": 1}, {"a": 6, "a2": 6, "b": 7}, away="c")
    for change in comparison_json(irrational, EN)["swap"]["changes"]:
        assert (change["edge"] is None) == (change["between"] is not None)


@pytest.mark.parametrize("catalogue", [EN, ZH])
def test_the_tables_of_a_page_fit_80_columns(catalogue: Catalogue) -> None:
    known = view(MEAN, {"a": 8, "a2": 8, "b": 5, "c": 5}, {"a": 6, "a2": 6, "b": 6, "c": 5})
    page = list(comparison_page(known, catalogue))
    lines = [line for block in page if isinstance(block, Table) for line in plain([block])]
    assert max(map(cell_width, lines)) <= 80
    assert any("+3.33" in line or "+6.67" in line for line in lines)


@pytest.fixture
def three(workspace: Workspace) -> Workspace:
    """Two submitted visits, and a store without one."""
    add_store(workspace, Store("S-3", "Third"))
    for code, lamps in (("S-1", 90), ("S-2", 40)):
        fill(open_visit(workspace, code), lamps=lamps)
        submit(workspace, code)
    return workspace


def test_stores_are_compared_by_the_visits_that_count(three: Workspace) -> None:
    reopen(three, "S-1", "again")
    open_visit(three, "S-1").answer("E1", None)
    first, second = sides_of_stores(three, "s-1", "S-2")
    assert [int(side.card.total or 0) for side in (first, second)] == [97, 82]
    assert (first.row is not None, first.row.status if first.row else "") == (True, "submitted")


def test_a_store_alone_or_without_a_visit_cannot_be_compared(three: Workspace) -> None:
    for other, words in (("s-1", "S-1 is named twice"), ("S-3", "S-3"), ("S-9", "S-9")):
        with pytest.raises(BadInput) as caught:
            sides_of_stores(three, "S-1", other)
        assert words in EN.render(caught.value.message)


def test_a_visit_of_which_only_the_result_is_kept_is_named(three: Workspace) -> None:
    first, second = sides_of_stores(three, "S-1", "S-2")
    assert (first.kept, second.kept) == (None, None)
    known = comparison_view(compare(first, replace(second, kept=stored_form(second.scheme, second.card))))
    (warning,) = (EN.render(warning) for warning in known.warnings)
    assert warning.startswith("Of the visit of S-2 only the result is kept, 82 points")
    assert (known.swap.why, known.swap.ahead) == ("kept", 0)


def test_that_two_cycles_stand_in_no_ranking_together_is_said() -> None:
    ours, theirs = visit({"a": 8}), replace(visit({"a": 5}), cycle="2025")
    known = comparison_view(
        compare(ComparedSide(MEAN, ours, score(MEAN, ours)), ComparedSide(MEAN, theirs, score(MEAN, theirs)))
    )
    assert sentences(known)[-1].startswith("They are of different cycles")
