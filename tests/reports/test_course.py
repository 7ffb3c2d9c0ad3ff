"""How a store's categories went from cycle to cycle."""

from fractions import Fraction

from greenstar.assessment.model import Status
from greenstar.reports.views.course import Course, course_of
from greenstar.reports.views.criteria import unearned
from greenstar.reports.views.gates import goal_gates, level_edges
from greenstar.scheme.model import Scheme
from greenstar.services.stores.past_visits import PastVisit
from tests.builders import HEADER, card, category, figure, of, read, scheme, scheme_of

CATEGORY = "\ncategories:\n" + category("A", figure("a", 10))
LEVELS = """
levels:
  - {id: low, title: Low, stars: 1, requires: {total: 5, categories: {A: 20%}}}
  - {id: free, title: Free, requires: {level: low}}
  - {id: high, title: High, requires: {total: 80%, each_category: 50%}}
"""


def past(cycle: str, share: str | None, of_scheme: Scheme) -> PastVisit:
    shares = {"A": None if share is None else Fraction(share)}
    return PastVisit(cycle, of_scheme, 1, Status.DECIDED, None, None, None, 0, shares, {})


def test_a_course_takes_three_cycles_and_ends_with_the_visit_that_is_shown() -> None:
    small, other = scheme_of(figure("a", 10)), read(HEADER.replace("scheme: ", "scheme: o") + CATEGORY)
    visits = [
        past("2027", "1", small),
        past("2026", "0.5", small),
        past("2025", "0.3", other),
        past("2024", "0.2", small),
    ]
    now = {"A": Fraction(3, 5)}
    assert course_of(small, visits, "2026", now) == Course()
    visits[2] = past("2025", "0.3", small)
    course = course_of(small, visits, "2026", now)
    assert course.cycles == ("2024", "2025", "2026")
    assert course.of("A") == (Fraction(1, 5), Fraction(3, 10), Fraction(3, 5))
    visits[2] = past("2025", None, small)
    assert course_of(small, visits, "2026", now).of("A") == ()


def test_levels_have_an_edge_on_the_line_of_the_total_where_they_ask_for_one() -> None:
    small = scheme(CATEGORY + LEVELS)
    edges = level_edges(small, card(small, {"a": 9}))
    assert [of(edge, "id stars share points") for edge in edges] == [
        ["low", 1, Fraction(1, 2), 5], ["high", 0, Fraction(4, 5), 8],
    ]  # fmt: skip


def test_the_gates_shown_are_those_of_the_next_level_or_of_the_highest_once_it_is_reached() -> None:
    small = scheme(CATEGORY + LEVELS)
    assert goal_gates(small, card(small, {"a": 1})).groups == {"A": Fraction(1, 5)}
    assert goal_gates(small, card(small, {"a": 10})).groups == {"A": Fraction(1, 2)}


def test_what_lacks_most_comes_first_and_what_is_open_has_not_lost_anything() -> None:
    small = scheme_of("".join(figure(name, 10) for name in "abcd"))
    results = unearned(small, card(small, {"a": 9, "b": 2, "c": 10}))
    assert [result.id for result in results] == ["b", "a"]
