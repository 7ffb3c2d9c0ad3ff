"""What an earlier release stored is read and scored as it did."""

from greenstar.scheme.loader import scheme_from_json
from greenstar.scheme.model import Scheme
from tests.builders import card, of, scheme_of
from tests.rows import rows

CHAIN = (
    "- {id: wash, title: t, points: 10, applies_if: has_wash, questions: {recycles: {type: boolean, ask: q}}}\n"
    "- {id: tanks, title: t, points: 10, applies_if: recycles, questions: {tank: {type: number, ask: q}}, score: {}}\n"
    "- {id: other, title: t, points: 10, type: boolean, ask: q}\n"
)
FACTS = "facts: {has_wash: {type: boolean, ask: q}}\nlevels: [{id: l, title: t, requires: {complete: true}}]\n"


def first_edition(scheme: Scheme) -> Scheme:
    return scheme_from_json(scheme.canonical, edition=1)


def test_in_the_first_edition_what_is_unknown_for_good_stays_open() -> None:
    scheme = scheme_of(CHAIN, FACTS)
    now = card(scheme, {"other": True}, facts={"has_wash": False})
    then = card(first_edition(scheme), {"other": True}, facts={"has_wash": False})
    assert of(now, "complete total available level") == [True, 10, 10, "l"]
    assert of(then, "complete total available level") == [False, 10, 20, None]
    assert [str(score.outcome) for score in then.criteria.values()] == ["not_applicable", "not_answered", "met"]


@rows(
    ("rule", "then", "now"),
    [
        ("recycles_n + size", "not_answered", "not_met"),
        ("size / recycles_n", "not_answered", "not_met"),
        ("1 if recycles_n > 1 else size", "not_met", "not_answered"),
    ],
)
def test_in_the_first_edition_what_is_missing_outweighs_what_is_unknown_for_good(
    rule: str, then: str, now: str
) -> None:
    questions = "questions: {recycles_n: {type: number, ask: q}}, score: {}"
    criteria = f"- {{id: wash, title: t, points: 9, applies_if: has_wash, {questions}}}\n"
    criteria += f"- {{id: both, title: t, points: 9, score: {{of: {rule}}}}}\n"
    scheme = scheme_of(criteria, "facts: {has_wash: {type: boolean, ask: q}, size: {type: number, ask: q}}\n")
    for under, outcome in ((scheme, now), (first_edition(scheme), then)):
        assert str(card(under, facts={"has_wash": False}).criteria["both"].outcome) == outcome


def test_what_is_asked_and_answered_is_scored_alike_in_both_editions() -> None:
    scheme = scheme_of(CHAIN, FACTS)
    answers = {"recycles": True, "tank": 4, "other": True}
    cards = [card(under, answers, facts={"has_wash": True}) for under in (scheme, first_edition(scheme))]
    assert of(cards[0], "total level complete") == of(cards[1], "total level complete") == [24, "l", True]


def test_a_schemes_own_name_beats_a_later_reserved_one() -> None:
    names = ("visited", "years", "months", "chosen")
    facts = "facts: {" + ", ".join(f"{name}: {{type: number, ask: q}}" for name in names) + "}\n"
    scheme = scheme_of("- {id: a, title: t, points: 10, score: {of: visited + years + months + chosen}}\n", facts)
    for under in (scheme, first_edition(scheme)):
        assert card(under, facts=dict.fromkeys(names, 2)).total == 8


def test_errors_that_came_later_do_not_keep_what_is_stored_from_opening() -> None:
    stored = scheme_of("- {id: a, title: t, points: 10, type: boolean, ask: q}\n", FACTS).canonical
    for before, after in (
        ('"requires":{"complete":"true"}', '"requires":{"total":"101%"}'),
        ('"has_wash"', '"code"'),
        ('"category":"A"', '"category":"excused"'),
    ):
        assert before in stored
        scheme_from_json(stored.replace(before, after), edition=1)
