"""Section 4: what can never be known in this visit is not the same as what is merely missing."""

from fractions import Fraction

from greenstar.i18n.phrase import Phrase
from greenstar.scheme.rules.evaluation import Unknown, evaluate
from greenstar.scheme.rules.expression import Rule
from tests.builders import card, figure, of, scheme_of
from tests.rows import rows

FACTS = "facts: {has_wash: {type: boolean, ask: q}, size: {type: number, ask: q}}\n"
CHAIN = (
    "- {id: wash, title: t, points: 10, applies_if: has_wash, questions: {recycles: {type: boolean, ask: q}}}\n"
    "- {id: tanks, title: t, points: 10, applies_if: recycles, questions: {tank: {type: number, ask: q}}, score: {}}\n"
    "- {id: tower, title: t, points: 10, applies_if: tank > 5, questions: {tall: {type: boolean, ask: q}}}\n"
    "- {id: other, title: t, points: 10, type: boolean, ask: q}\n"
)
LEVEL = "levels: [{id: l, title: t, requires: {total: 20}}]\n"


def test_a_chain_of_conditions_closes_with_its_first_link() -> None:
    scorecard = card(scheme_of(CHAIN, FACTS + LEVEL), {"other": True}, facts={"has_wash": False})
    outcomes = [str(score.outcome) for score in scorecard.criteria.values()]
    assert outcomes == ["not_applicable", "not_applicable", "not_applicable", "met"]
    assert of(scorecard, "complete total best.total best.level") == [True, 10, 10, None]


def test_a_chain_stays_open_while_its_first_link_is() -> None:
    scorecard = card(scheme_of(CHAIN, FACTS), {"other": True})
    assert [score.open for score in scorecard.criteria.values()] == [True, True, True, False]
    assert scorecard.best.total == 40


def test_an_excused_first_link_closes_the_chain_too() -> None:
    scorecard = card(scheme_of(CHAIN, FACTS), {"other": True}, facts={"has_wash": True}, away="wash")
    assert [score.applies for score in scorecard.criteria.values()] == [False, False, False, True]


def test_a_question_whose_condition_can_never_be_known_is_not_asked() -> None:
    late = "questions: {late: {type: number, ask: q, ask_if: recycles}}, score: {of: late if has_wash else 7}"
    made = scheme_of(CHAIN + f"- {{id: late_one, title: t, points: 10, {late}}}\n", FACTS)
    score = card(made, {"other": True}, facts={"has_wash": False}).criteria["late_one"]
    assert [score.open, score.points] == [False, 7]


def test_a_condition_that_divides_by_zero_does_not_hold() -> None:
    made = scheme_of(figure("a", 10, "applies_if: 1 / size > 2"), FACTS)
    assert card(made, facts={"size": 0}).criteria["a"].outcome == "not_applicable"
    assert card(made).criteria["a"].open


def test_a_when_that_is_unknown_for_good_fails_at_best_too() -> None:
    made = scheme_of(CHAIN, FACTS + "levels: [{id: l, title: t, requires: {when: tank > 5}}]\n")
    assert card(made).best.level == "l"
    assert card(made, facts={"has_wash": False}).best.level is None


@rows("name", ["total", 'share("a")'])
def test_a_total_or_share_of_what_has_none_is_unknown_for_good(name: str) -> None:
    made = scheme_of(figure("a"), f"levels: [{{id: l, title: t, requires: {{when: '{name} < 5'}}}}]\n")
    assert card(made, away="a").best.level is None
    assert card(made).best.level == "l"


MISSING, NEVER, FIVE = "missing", "never", Fraction(5)


@rows(
    ("rule", "known"),
    [
        ("never + missing", NEVER),
        ("missing * never > 1", NEVER),
        ("min(missing, never)", NEVER),
        ("-never", NEVER),
        ("missing / 0", NEVER),
        ("missing / never", NEVER),
        ("missing > 1 and never > 1", MISSING),
        ("never > 1 or missing > 1", MISSING),
        ("never > 1 or never < 1", NEVER),
        ("not (never > 1)", NEVER),
        ("1 < missing < never", MISSING),
        ("never > 1 and false", False),
        ("5 if never > 1 else 5", FIVE),
        ("5 if never > 1 else 6", NEVER),
        ("5 if never > 1 else missing", MISSING),
        ("never if missing > 1 else missing", MISSING),
        ("never if missing > 1 else never", NEVER),
    ],
)
def test_what_can_never_be_known_outweighs_what_is_missing_where_both_are_needed(rule: str, known: object) -> None:
    absent = {"missing": Unknown(True, Phrase("words.none")), "never": Unknown(False, Phrase("words.none"))}
    result = evaluate(Rule(rule), {}, absent)
    assert known == ((MISSING if result.open else NEVER) if isinstance(result, Unknown) else result)
