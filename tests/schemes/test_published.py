"""Section 9: the published rating systems, each a scheme in this folder, with published figures as facts.

Tests named *published* hold figures that the source prints; *by hand*, those worked out from the published rule.
"""

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from greenstar.numbers import rounded, rounded_text
from greenstar.scheme.loader import read_scheme
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from tests.builders import card, of, read, scheme_of
from tests.rows import rows

HERE = Path(__file__).parent


@cache
def system(name: str) -> Scheme:
    return read_scheme(HERE / f"{name}.yaml")


def result(name: str, answers: dict[str, Any], **visit_parts: Any) -> Scorecard:
    return card(system(name), answers, **visit_parts)


def full(name: str, **but: Any) -> dict[str, Any]:
    """All points and all gates of a system, but for what is said."""
    return {
        identifier: True if criterion.prerequisite else criterion.points
        for identifier, criterion in system(name).criteria.items()
    } | but


# -- LEED v4 O+M -------------------------------------------------------------------------------------------------
# Published: USGBC's public project directory, 3,136 projects registered in 2014 and 2015 (as kept in
# github.com/aakashsyadav1999/leed_predictor): level, then points:projects. 564 lie exactly on a threshold.

DIRECTORY = """
certified 40:49 41:69 42:67 43:59 44:62 45:53 46:41 47:26 48:24 49:13
silver 50:214 51:196 52:147 53:135 54:105 55:94 56:53 57:46 58:19 59:11
gold 60:241 61:201 62:163 63:151 64:144 65:90 66:87 67:66 68:55 69:43 70:28 71:16 72:18 73:10 74:10 75:6 76:4 77:4 78:2
platinum 80:60 81:55 82:35 83:47 84:27 85:26 86:23 87:12 88:8 89:4 90:4 91:4 92:2 93:1 95:1 96:1 97:1 98:1 101:2
"""
PROJECTS = [
    (int(points), level, int(projects))
    for level, *counts in map(str.split, DIRECTORY.strip().splitlines())
    for points, projects in (count.split(":") for count in counts)
]


def with_total(name: str, total: int) -> dict[str, Any]:
    """Answers that come to `total` points, taken from the first criteria on."""
    answers, still_to_earn = full(name), Fraction(total)
    for identifier, criterion in system(name).criteria.items():
        if criterion.points is not None:
            answers[identifier] = min(criterion.points, still_to_earn)
            still_to_earn -= answers[identifier]
    return answers


def test_published_the_directory_is_whole() -> None:
    assert sum(projects for *_, projects in PROJECTS) == 3136
    assert sum(projects for points, _, projects in PROJECTS if points in (40, 50, 60, 80)) == 564


@rows(("points", "level"), [(points, level) for points, level, _ in PROJECTS])
def test_published_leed_gives_each_project_of_the_directory_its_level(points: int, level: str) -> None:
    scorecard = result("leed_v4_om", with_total("leed_v4_om", points))
    assert of(scorecard, "total level") == [points, level]


def test_published_leed_has_110_points_in_its_categories() -> None:
    scorecard = result("leed_v4_om", full("leed_v4_om"))
    assert of(scorecard, "total available") == [110, 110]
    assert [group.available for group in scorecard.groups] == [15, 10, 12, 38, 8, 17, 10]


def test_published_a_missed_prerequisite_means_no_leed_certificate_at_any_score() -> None:
    assert of(result("leed_v4_om", full("leed_v4_om", **{"WE-P1": False})), "total level") == [110, None]


def test_by_hand_leed_does_not_rescale_a_credit_that_cannot_apply() -> None:
    answers = with_total("leed_v4_om", 80)
    scorecard = result("leed_v4_om", answers, away="LT-1")
    assert of(scorecard, "total available level") == [65, 110, "gold"]


# -- BREEAM ------------------------------------------------------------------------------------------------------

BREEAM = {
    "Man-01": 2, "Man-rest": 13, "Hea-all": 12, "Ene-01": 6, "Ene-02": 1, "Ene-rest": 11, "Tra-all": 8, "Wat-all": 6,
    "Mat-all": 8, "Wst-all": 6, "LE-all": 7, "Pol-all": 8, "Inn-all": 2,
}  # fmt: skip


def test_by_hand_breeam_weighs_the_share_of_each_section_and_adds_innovation() -> None:
    scorecard = result("breeam_nc_2018", BREEAM)
    assert scorecard.total is not None
    assert scorecard.share is not None
    assert str(rounded(scorecard.share * 100, 3)) == "61.058"
    assert str(rounded(scorecard.total, 3)) == "63.058"
    assert scorecard.level == "very-good"


def test_published_breeam_weights_add_up_to_100_and_innovation_to_10_more() -> None:
    scorecard = result("breeam_nc_2018", full("breeam_nc_2018"))
    assert sum(group.weight for group in scorecard.groups if not group.bonus) == 100
    assert of(scorecard, "total share level") == [110, 1, "outstanding"]


@rows(
    ("short", "level"),
    [({"Ene-01": 9}, "excellent"), ({"Ene-01": 5}, "very-good"), ({"Ene-02": 0}, "good"), ({"Man-01": 1}, "excellent")],
)
def test_by_hand_a_missed_minimum_of_breeam_leaves_the_next_level_that_holds(short: dict[str, int], level: str) -> None:
    assert result("breeam_nc_2018", full("breeam_nc_2018", **short)).level == level


def test_by_hand_a_section_outside_the_scope_leaves_with_its_weight() -> None:
    scorecard = result("breeam_nc_2018", full("breeam_nc_2018", **{"Mat-all": 0}), away="Mat-all")
    assert of(scorecard, "total share") == [110, 1]


@rows(("total", "level"), [(29, None), (30, "pass"), (45, "good"), (55, "very-good"), (70, "excellent")])
def test_published_levels_of_breeam(total: int, level: str | None) -> None:
    share = Fraction(total, 100)
    answers = {
        identifier: criterion.points * share
        for identifier, criterion in system("breeam_nc_2018").criteria.items()
        if criterion.points
    }
    lifted = answers | {"Inn-all": 0, "Man-01": 2, "Man-rest": answers["Man-rest"] + answers["Man-01"] - 2}
    lifted |= {"Ene-01": 10, "Ene-02": 2, "Ene-rest": answers["Ene-rest"] + answers["Ene-01"] + answers["Ene-02"] - 12}
    if total < 45:  # too few credits of energy to move: only the minimum of management is needed there
        lifted |= {name: answers[name] for name in ("Ene-01", "Ene-02", "Ene-rest")}
    assert of(result("breeam_nc_2018", lifted), "total level") == [total, level]


# -- GB/T 50378 --------------------------------------------------------------------------------------------------


def gb(*points: int, controls: bool = True) -> Scorecard:
    """Points of the five categories and of innovation."""
    answers: dict[str, Any] = {"control-1": True, "control-2": True, "control-3": controls}
    return result("gbt_50378_2019", answers | dict(zip(("q1", "q2", "q3", "q4", "q5", "qa"), points, strict=True)))


def test_by_hand_gb_2019_adds_400_for_all_control_items_and_divides_by_ten() -> None:
    assert of(gb(60, 55, 70, 110, 50, 15), "total level stars") == [76, "two-star", 2]


def test_by_hand_gb_2019_with_a_category_below_30_percent_is_basic_at_any_total() -> None:
    scorecard = gb(60, 55, 70, 55, 50, 15)
    assert of(scorecard, "total level") == [Fraction("70.5"), "basic"]
    assert scorecard.groups[4].share == Fraction("0.275")


def test_by_hand_gb_2019_with_one_control_item_failed_has_no_level_and_loses_all_400() -> None:
    assert of(gb(60, 55, 70, 110, 50, 15, controls=False), "total level") == [36, None]


def test_published_gb_2019_has_a_maximum_of_110_and_of_107_at_pre_assessment() -> None:
    assert of(gb(100, 100, 100, 200, 100, 100), "total level") == [110, "three-star"]
    text = (HERE / "gbt_50378_2019.yaml").read_text(encoding="utf-8")
    early = read(text.replace("{id: q3, title: All items, points: 100,", "{id: q3, title: All items, points: 70,"))
    answers = {
        identifier: True if criterion.type == "boolean" else criterion.points
        for identifier, criterion in early.criteria.items()
    }
    assert card(early, answers).total == 107


@rows(("q1", "level"), [(99, "one-star"), (100, "two-star")])
def test_published_thresholds_of_gb_2019(q1: int, level: str) -> None:
    assert gb(q1, 60, 60, 60, 20, 0).level == "basic"  # the fifth category is below 30 %
    assert gb(q1, 60, 50, 60, 30, 0).level == level


C2014 = {"control": True, "c1": 60, "c1-optional": 0, "c2": 60, "c3": 60, "c4": 60, "c5": 60, "c8": 0}


def test_by_hand_gb_2014_takes_what_does_not_apply_out_of_its_category() -> None:
    assert result("gbt_50378_2014", C2014).total == 60
    scorecard = result("gbt_50378_2014", C2014, away="c1-optional")
    assert scorecard.groups[0].points == 75
    assert of(scorecard, "total level") == [63, "two-star"]


def test_by_hand_gb_2014_needs_40_in_every_category_and_all_control_items() -> None:
    assert result("gbt_50378_2014", C2014 | {"c2": 40}).level == "one-star"
    assert result("gbt_50378_2014", C2014 | {"c2": 39, "c3": 100}).level is None
    assert result("gbt_50378_2014", C2014 | {"control": False}).level is None
    assert of(result("gbt_50378_2014", C2014 | {"c8": 10}), "total level") == [70, "two-star"]


# -- DGNB, EDGE --------------------------------------------------------------------------------------------------


def dgnb(total: int, lowest: int) -> str | None:
    """The level at a total, with one topic of the five at `lowest` and the site at nothing."""
    others = (Fraction(total) - Fraction("0.225") * lowest) / Fraction("0.725")
    answers = {"env": lowest, "eco": others, "soc": others, "tec": others, "pro": others, "site": 0}
    scorecard = result("dgnb", answers, facts={"existing": False})
    assert scorecard.total == total
    return scorecard.level


@rows(
    ("total", "lowest", "level"),
    [
        (72, 48, "silver"),
        (72, 50, "gold"),
        (64, 50, "silver"),
        (65, 50, "gold"),
        (79, 65, "gold"),
        (49, 35, None),
        (50, 35, "silver"),
        (50, 34, None),
    ],
)
def test_published_a_total_and_a_least_topic_decide_together_in_dgnb(
    total: int, lowest: int, level: str | None
) -> None:
    assert dgnb(total, lowest) == level


def test_published_dgnb_platinum_needs_80_and_65() -> None:
    answers = {"env": 80, "eco": 80, "soc": 80, "tec": 80, "pro": 80, "site": 80}
    assert result("dgnb", answers, facts={"existing": False}).level == "platinum"
    assert result("dgnb", answers | {"tec": 64, "eco": 100}, facts={"existing": False}).level == "gold"


@rows(("existing", "level"), [(True, "bronze"), (False, None)])
def test_published_bronze_is_for_existing_buildings(existing: bool, level: str | None) -> None:
    answers = dict.fromkeys(("env", "eco", "soc", "tec", "pro", "site"), 50) | {"tec": 0}
    assert result("dgnb", answers, facts={"existing": existing}).level == level


@rows(
    ("energy", "water", "materials", "level"),
    [
        ("0.42", "0.19", "0.35", None),
        ("0.42", "0.2", "0.35", "advanced"),
        ("0.39", "0.2", "0.35", "certified"),
        ("0.2", "0.2", "0.2", "certified"),
    ],
)
def test_published_the_smallest_of_three_savings_decides_in_edge(
    energy: str, water: str, materials: str, level: str | None
) -> None:
    scorecard = result("edge", {"energy": Fraction(energy), "water": Fraction(water), "materials": Fraction(materials)})
    assert scorecard.share == min(Fraction(energy), Fraction(water), Fraction(materials))
    assert scorecard.level == level


# -- OpenSSF -----------------------------------------------------------------------------------------------------

ENOUGH = {
    "description": "met", "license": "met", "english_status": "met", "test_most": "unmet",
    "dco": "met", "governance": "met", "two_person": "met",
}  # fmt: skip


@rows(
    ("but", "level"),
    [
        ({}, "gold"),
        ({"two_person": "unmet"}, "silver"),
        ({"dco": "unmet"}, "passing"),
        ({"description": "unmet"}, None),
        ({"english_status": "unmet"}, None),
        ({"english_status": "unmet", "english_reason": "only Welsh"}, "gold"),
    ],
)
def test_by_hand_each_level_of_the_badge_has_criteria_of_its_own_and_needs_the_one_before(
    but: dict[str, str], level: str | None
) -> None:
    assert result("openssf_badge", ENOUGH | but).level == level


def test_by_hand_a_badge_counts_what_does_not_apply_as_passing_and_what_is_unanswered_not() -> None:
    without = {name: answer for name, answer in ENOUGH.items() if name != "description"}
    assert result("openssf_badge", without).level is None
    assert result("openssf_badge", without, away="description").level == "gold"


def test_published_66_of_67_is_shown_as_99_and_not_passing() -> None:
    made = scheme_of("".join(f"- {{id: c{i}, title: t, points: 1, type: boolean, ask: q}}\n" for i in range(67)))
    scorecard = card(made, {f"c{i}": i > 0 for i in range(67)})
    assert scorecard.share is not None
    assert rounded_text(scorecard.share * 100, 0, misses=[Fraction(100)]) == "99"
    assert rounded_text(Fraction("99.6"), 0, misses=[Fraction(100)]) == "99"


RUNS = {  # published: two real runs, with the aggregate that the tool printed
    "github.com/robpike/lisp, 2025-03-10, v5.1.1": """
        Maintained:0 Code-Review:6 Binary-Artifacts:10 CII-Best-Practices:0 Vulnerabilities:10 Security-Policy:0
        License:10 Fuzzing:0 Branch-Protection:0 SAST:0 = 3.8
    """,
    "github.com/pdxjohnny/httptest, 2022-10-25, v4.8.0": """
        Dangerous-Workflow:10 License:10 Pinned-Dependencies:9 Token-Permissions:0 = 6.8
    """,
}


@rows("run", RUNS.values())
def test_published_scorecard_weighs_by_risk_and_leaves_inconclusive_checks_out(run: str) -> None:
    scores, _, aggregate = run.partition("=")
    answers = {name: int(score) for name, score in (pair.split(":") for pair in scores.split())}
    away = " ".join(name for name in system("openssf_scorecard").criteria if name not in answers)
    scorecard = result("openssf_scorecard", answers, away=away)
    assert scorecard.total is not None
    assert str(rounded(scorecard.total, 1)) == aggregate.strip()


# -- SAMM --------------------------------------------------------------------------------------------------------


def test_by_hand_a_samm_practice_adds_the_means_of_its_streams() -> None:
    streams = {"sm-a1": "most", "sm-a2": "half", "sm-a3": "some", "sm-b1": "half", "sm-b2": "half", "sm-b3": "none"}
    rest = dict.fromkeys(("pc-a1", "pc-b1", "pc-a2", "pc-b2", "pc-a3", "pc-b3"), "none")
    scorecard = result("samm", streams | rest)
    function = scorecard.groups[0]
    assert of(function.groups[0], "points available") == [Fraction("1.375"), 3]
    assert function.points == Fraction("1.375") / 2
    assert scorecard.total == function.points


# -- Territoires en Transitions ----------------------------------------------------------------------------------


def test_published_redistribution_of_the_french_label() -> None:
    first = result("territoires_en_transitions", {}, away="eci_1.1")
    assert first.criteria["eci_1.2"].available == 30
    assert [first.groups[0].available, first.available] == [30, 100]
    scorecard = result("territoires_en_transitions", {}, away="eci_1.1 eci_1.2")
    assert [scorecard.groups[0].available, scorecard.available] == [0, 70]


@rows(
    ("points", "level"),
    [
        ({"eci_1.1": 10, "eci_1.2": 20, "eci_2.1": 4}, None),
        ({"eci_1.1": 10, "eci_1.2": 20, "eci_2.1": 5}, "star-2"),
        ({"eci_1.1": 10, "eci_1.2": 20, "eci_2.1": 20}, "star-3"),
        ({"eci_1.1": 10, "eci_1.2": 20, "eci_2.1": 35}, "star-4"),
        ({"eci_1.1": 10, "eci_1.2": 20, "eci_2.1": 40, "eci_2.2": 5}, "star-5"),
        ({"eci_1.1": 10, "eci_1.2": 20, "eci_2.1": 65, "eci_2.2": 4}, "star-4"),
        ({"eci_1.1": 9, "eci_1.2": 20, "eci_2.1": 65, "eci_2.2": 5}, "star-3"),
        ({"eci_1.1": 4, "eci_1.2": 20, "eci_2.1": 65, "eci_2.2": 5}, None),
    ],
)
def test_by_hand_stars_need_their_percentage_and_their_required_actions(
    points: dict[str, int], level: str | None
) -> None:
    assert result("territoires_en_transitions", {"eci_2.0": 0, "eci_2.2": 0} | points).level == level


def test_by_hand_34_999_percent_is_no_star() -> None:
    answers = {"eci_1.1": 10, "eci_1.2": 20, "eci_2.0": 0, "eci_2.1": Fraction("4." + "9" * 30), "eci_2.2": 0}
    assert result("territoires_en_transitions", answers).level is None


# -- CISO Assistant ----------------------------------------------------------------------------------------------
# Published: backend/core/tests/test_compliance_assessment_scoring.py; what is unscored is entered as not applicable.

SCORES = {"A1": 80, "A2": 60, "B1": 40, "B2": 100}


@rows(("away", "average", "total", "means"), [("", 80, 480, "77.5"), ("B2", 60, 180, "55"), ("A2", 84, None, "82.5")])
def test_published_weighted_mean_sum_and_mean_of_means(away: str, average: int, total: int | None, means: str) -> None:
    summed = result("ciso_assistant_sum", SCORES, away=away)
    assert summed.share is not None
    assert summed.share * 100 == average
    assert total is None or summed.total == total  # the sum of the third case is not published
    assert result("ciso_assistant_means", SCORES, away=away).total == Fraction(means)


def test_published_where_nothing_is_scored_there_is_no_result() -> None:
    for name in ("ciso_assistant_sum", "ciso_assistant_means"):
        assert result(name, SCORES, away="A1 A2 B1 B2").total is None


# -- pass marks, gates, renewals ---------------------------------------------------------------------------------

MALL = {
    "basic": 150, "basic-tenants": 3, "equipment": 153, "supply": 64, "service": 56, "recycling": 34,
    "item-a": 10, "item-b": 10, "item-c": 10, "item-d": 10,
}  # fmt: skip


@rows(
    ("but", "held"),
    [
        ({}, True),
        ({"basic-tenants": 2}, False),
        ({"supply": 63}, False),
        ({"recycling": 33}, False),
        ({"item-c": 0, "item-d": 20}, True),
        ({"item-b": 9, "item-c": 9, "item-d": 12}, False),
    ],
)
def test_by_hand_every_module_of_the_green_mall_has_its_pass_mark(but: dict[str, int], held: bool) -> None:
    assert result("green_mall", MALL | but).level == ("green-mall" if held else None)


def test_by_hand_what_a_mall_is_not_assessed_for_drops_out_of_its_module() -> None:
    assert result("green_mall", MALL | {"basic": 127, "basic-tenants": 0}, away="basic-tenants").level is None
    assert result("green_mall", MALL | {"basic": 128, "basic-tenants": 0}, away="basic-tenants").level == "green-mall"


GATES = dict.fromkeys(("person", "declaration", "waste", "drainage", "refrigerant", "policy", "audit", "ghg"), True)


@rows(
    ("missed", "level"),
    [(None, "eco3-advanced"), ("ghg", "eco3"), ("audit", "eco1"), ("waste", None), ("refrigerant", None)],
)
def test_published_weak_on_one_fundamental_and_the_whole_audit_fails(missed: str | None, level: str | None) -> None:
    scorecard = result("derap", GATES | ({missed: False} if missed else {}))
    assert of(scorecard, "total level") == [None, level]


@rows(("renewal", "points", "held"), [(0, 140, True), (0, 139, False), (1, 149, False), (1, 150, True), (2, 160, True)])
def test_published_a_pass_mark_that_rises_with_each_renewal(renewal: int, points: int, held: bool) -> None:
    scorecard = result("renewal", {"items": points}, facts={"renewal": renewal})
    assert (scorecard.level == "certified") is held


def test_published_8_of_13_is_61_5_percent_in_green_star() -> None:
    made = scheme_of("- {id: a, title: t, points: 13, type: number, ask: q, score: {}}")
    share = card(made, {"a": 8}).share
    assert share is not None
    assert rounded_text(share * 100, 1) == "61.5"


# -- indices of countries ----------------------------------------------------------------------------------------
# Published: OECD/JRC, Handbook on Constructing Composite Indicators (2008), table A.2 (values) and table 22 (ranks with
# equal weights, and with those of the budget allocation process). Values in the order of the scheme's criteria.

COUNTRIES = """
Finland; 187 125.6 200.2 50.7 3.08 4.15 10 27.4; 1 1
United States; 289 130 179.1 66.2 3 4.07 12 13.9; 2 2
Sweden; 271 156.6 125.8 59.7 3.1 4.14 11.4 15.3; 3 3
Japan; 994 64.6 49 80.8 3 3.86 9.5 10; 4 5
Korea; 779 9.8 4.8 66.7 2.97 3.65 10.8 23.2; 5 4
Netherlands; 189 151.2 136 50.9 3.02 3.77 9.4 9.5; 6 8
United Kingdom; 82 134 57.4 61.9 3.02 3.73 9.4 14.9; 7 7
Canada; 31 38.6 108 48.7 2.94 4.18 11.6 14.2; 9 10
Australia; 75 18.2 125.9 16.2 2.94 3.94 10.9 25.3; 10 11
Singapore; 8 25.5 72.3 74.9 2.95 3.83 7.1 24.2; 8 6
Germany; 235 36.8 41.2 64.2 2.94 3.75 10.2 14.4; 11 9
Norway; 103 20.2 193.6 19 3.12 4.39 11.9 11.2; 12 13
Ireland; 106 110.3 48.6 53.6 2.97 3.68 9.4 12.3; 13 12
Belgium; 72 73.9 58.9 47.6 2.91 3.86 9.3 13.6; 14 14
New Zealand; 103 13 146.7 15.4 2.86 3.91 11.7 13.1; 15 17
Austria; 165 14.8 84.2 50.3 2.99 3.79 8.4 13.6; 16 15
France; 205 33.6 36.4 58.9 2.97 3.8 7.9 12.6; 17 16
Israel; 74 43.6 43.2 45 2.96 3.74 9.6 11; 18 18
Spain; 42 8.6 21 53.4 2.86 3.62 7.3 15.6; 19 19
Italy; 13 9.8 30.4 51 3 3.65 7.2 13; 20 21
Czech Republic; 28 4.2 25 51.7 2.75 3.68 9.5 8.2; 21 22
Hungary; 26 6.2 21.6 63.5 2.73 3.46 9.1 7.7; 22 20
Slovenia; 105 4 20.3 49.5 2.84 3.71 7.1 10.6; 23 23
"""
INDICATORS = ("patents", "royalties", "internet", "exports", "telephones", "electricity", "schooling", "university")


def countries() -> dict[str, tuple[dict[str, Any], list[int]]]:
    figures = {}
    for line in COUNTRIES.strip().splitlines():
        name, values, ranks = line.split("; ")
        answers = dict(zip(INDICATORS, map(Fraction, values.split()), strict=True))
        figures[name] = (answers, [int(rank) for rank in ranks.split()])
    return figures


@rows(("name", "column"), [("tai", 0), ("tai_budget", 1)])
def test_published_ranks_of_the_technology_achievement_index(name: str, column: int) -> None:
    totals = {country: result(name, answers).total or 0 for country, (answers, _) in countries().items()}
    ranked = sorted(totals, key=lambda country: -totals[country])
    assert {country: ranked.index(country) + 1 for country in ranked} == {
        country: ranks[column] for country, (_, ranks) in countries().items()
    }


@rows(("country", "index"), [("Finland", "0.744"), ("United States", "0.733")])
def test_published_values_of_the_technology_achievement_index(country: str, index: str) -> None:
    """Saisana, Saltelli and Tarantola (2005) print 74.4 and 73.3; logarithms here have two decimals only."""
    total = result("tai", countries()[country][0]).total
    assert total is not None
    assert abs(total - Fraction(index)) < Fraction("0.0015")


def test_by_hand_the_human_development_index_is_the_geometric_mean_of_three_dimensions() -> None:
    halfway = Fraction("7.915206789253269") + Fraction("0.0000000000000005")
    answers = {"life": 72, "expected": 18, "schooling": Fraction("9.375"), "income": halfway}
    scorecard = result("hdi", answers)  # 0.8, (1 + 0.625) / 2 = 0.8125, 0.5: the cube root of 0.325
    assert [group.share for group in scorecard.groups] == [Fraction("0.8"), Fraction("0.8125"), Fraction("0.5")]
    assert scorecard.total == Fraction("0.687534433537071")
    assert scorecard.rooted
    assert scorecard.level == "medium"


def test_by_hand_one_dimension_at_nothing_leaves_nothing() -> None:
    assert result("hdi", {"life": 20, "expected": 18, "schooling": 15, "income": 11}).total == 0


def test_by_hand_weights_at_three_levels_and_a_missing_value() -> None:
    values = {"PMD": 80, "HAD": 60, "OZD": 40, "USD": 50, "UWD": 70, "MPA": 0, "TBN": 90, "CDA": 30}
    air = Fraction(80 * 55 + 60 * 40 + 40 * 5, 100)
    water = Fraction(50 * 40 + 70 * 60, 100)
    health = (20 * air + 16 * water) / 36
    landlocked = (15 * Fraction(90) + 24 * Fraction(30)) / 39
    scorecard = result("epi", values, away="MPA")
    assert scorecard.total == (40 * health + 60 * landlocked) / 100
    coastal = (15 * Fraction(90 * 80, 100) + 24 * Fraction(30)) / 39
    assert result("epi", values).total == (40 * health + 60 * coastal) / 100
