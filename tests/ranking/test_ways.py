"""The cheapest way to a level: each gate, each way of adding up, what cannot be planned, and what is out of reach."""

from decimal import Decimal
from fractions import Fraction

import pytest

from greenstar.assessment.model import Finding, Visit
from greenstar.ranking.ways.ladders import ladders
from greenstar.ranking.ways.planner import Allowed, Plan, Planner
from greenstar.ranking.ways.way import NO_PEERS, PeerPoints, Way, Ways, ways_to
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import standing_of, work_out
from tests.builders import category, figure, gate, scheme, scheme_of, visit
from tests.rows import rows


def ways(of: Scheme, seen: Visit, peers: PeerPoints = NO_PEERS, limit: int = 500) -> Ways:
    """The ways to the highest level of the scheme."""
    return ways_to(standing_of(of, seen, work_out(of, seen)), of.levels[-1], peers, limit=limit)


def told(way: Way | None) -> list[str]:
    """The steps of a way in short: `a 0>3`, `g met`, `finding a`, `evidence a`."""
    assert way is not None
    words = []
    for step in way.steps:
        match step.kind:
            case "criterion":
                words.append(f"{step.criterion} {step.before}>{step.after}")
            case "prerequisite":
                words.append(f"{step.criterion} met")
            case kind:
                words.append(f"{kind} {step.criterion}")
    return words


def way(of: Scheme, seen: Visit) -> list[str]:
    return told(ways(of, seen).way)


def steps(name: str, line: str, extra: str = "") -> str:
    """A criterion whose points go by its figure."""
    return f"- {{id: {name}, title: t, points: 3, type: number, ask: q, score: {line}{extra}}}\n"


# -- published, and by hand --------------------------------------------------------------------------------------------


def test_a_published_knapsack_is_a_cheapest_way_to_a_total() -> None:
    """J. Burkardt's knapsack_01, P01: 165 to carry; of ten things those are left out that are worth least together.

    What is left behind weighs at least 557 - 165 = 372, and is worth 679 - 309 = 370 in the published optimum.
    """
    weights = [23, 31, 29, 44, 53, 38, 63, 85, 89, 82]
    profits = [92, 57, 49, 68, 60, 43, 67, 84, 87, 72]
    published = [1, 1, 1, 1, 0, 1, 0, 0, 0, 0]
    criteria = "".join(
        f"- {{id: c{number}, title: t, points: {weight}, effort: {profit}, type: boolean, ask: q}}\n"
        for number, (weight, profit) in enumerate(zip(weights, profits, strict=True))
    )
    of = scheme_of(criteria, "levels: [{id: one, title: t, requires: {total: 372}}]")
    result = ways(of, visit(answers={f"c{number}": False for number in range(10)})).way
    assert result is not None
    assert result.effort == 370
    assert [step.criterion for step in result.steps] == [f"c{n}" for n, carried in enumerate(published) if not carried]


BY_HAND = """
categories:
  - category: WAT
    title: Water
    criteria:
      - {id: W-1, title: Recycling, points: 4, effort: 2, type: number, unit: "%", ask: q,
         score: {unit: "%", at_least: {50%: 1, 70%: 2, 90%: 4}, effort: {90%: 5}}}
      - {id: W-2, title: Taps, points: 2, type: choice, ask: q,
         options: {none: {label: none}, some: {label: some, points: 1}, all: {label: all, points: 2}}}
  - category: ENE
    title: Energy
    criteria:
      - {id: E-1, title: Light, points: 3, effort: 4, type: boolean, ask: q}
      - {id: E-2, title: Sun, points: 3, effort: 3, type: boolean, ask: q}
levels: [{id: one, title: One, requires: {total: 8, each_category: 50%}}]
"""


def test_the_example_in_the_documents_comes_out_as_it_does_by_hand() -> None:
    answers = {"W-1": Decimal("0.6"), "W-2": "none", "E-1": False, "E-2": False}
    result = ways(scheme(BY_HAND), visit(answers))
    assert result.way is not None
    assert (told(result.way), int(result.way.effort)) == (["W-2 0>2", "E-1 0>3", "E-2 0>3"], 9)
    assert [(told(other), int(other.effort)) for other in result.instead] == [
        (["W-1 1>4", "W-2 0>1", "E-2 0>3"], 11),
        (["W-1 1>4", "W-2 0>1", "E-1 0>3"], 12),
        (["W-1 1>4", "E-1 0>3", "E-2 0>3"], 14),
    ]


def test_no_alternative_is_looked_for_where_none_can_cost_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """With many criteria alike, each left out would take a search: minutes, with a thousand."""
    criteria = "".join(f"- {{id: c{number}, title: t, points: 1, type: boolean, ask: q}}\n" for number in range(30))
    of = scheme_of(criteria, "levels: [{id: one, title: t, requires: {total: 20}}]")
    searches: list[Allowed] = []
    cheapest = Planner.cheapest

    def counted(planner: Planner, allowed: Allowed) -> Plan | None:
        searches.append(allowed)
        return cheapest(planner, allowed)

    monkeypatch.setattr(Planner, "cheapest", counted)
    result = ways(of, visit(answers={f"c{number}": False for number in range(30)}))
    assert [other.effort for other in result.instead] == [20, 20, 20]
    assert len(searches) == 4
    assert {len(set(told(result.way)) - set(told(other))) for other in result.instead} == {1}


# -- each gate ---------------------------------------------------------------------------------------------------------

TWO = category("A", figure("a") + figure("b")) + category("B", figure("c") + gate("g"))
NOTHING = {"a": 0, "b": 0, "c": 0, "g": False}


@rows(
    ("requires", "steps"),
    [
        ("{total: 3, prerequisites: none}", "a 0>3"),
        ("{total: 10%}", "a 0>3, g met"),
        ("{each_category: 20%, prerequisites: none}", "a 0>4, c 0>2"),
        ("{each_category: {min: 20%, except: [A]}, prerequisites: [g]}", "c 0>2, g met"),
        ("{categories: {B: 5}, prerequisites: none}", "c 0>5"),
        ("{criteria: {b: 7}, prerequisites: none}", "b 0>7"),
        ("{any_of: {at_least: 2, of: [a, c, g]}, prerequisites: none}", "a 0>10, g met"),
        ("{any_of: [{at_least: 1, of: [a, b]}, {at_least: 1, of: [b, c]}], prerequisites: none}", "b 0>10"),
        ("{when: total >= 4, prerequisites: none}", "a 0>4"),
        ('{when: \'points("A") > 2 and points("c") >= 1\', prerequisites: none}', "a 0>3, c 0>1"),
    ],
)
def test_the_way_goes_through_each_gate(requires: str, steps: str) -> None:
    of = scheme(f"categories:\n{TWO}levels: [{{id: one, title: t, requires: {requires}}}]")
    assert ", ".join(way(of, visit(NOTHING))) == steps


def test_what_a_lower_level_asks_for_counts_where_it_must_hold_as_well() -> None:
    levels = "levels: [{id: low, title: t, requires: {criteria: {b: 2}, prerequisites: none}},"
    for lower, steps in (("level: low, ", ["b 0>3"]), ("", ["a 0>3"])):
        of = scheme(
            f"categories:\n{TWO}{levels} {{id: one, title: t, requires: {{{lower}total: 3, prerequisites: none}}}}]"
        )
        assert way(of, visit(NOTHING)) == steps


def test_of_findings_those_taken_over_are_closed_first_as_they_count_twice() -> None:
    kinds = (("minor", ""), ("minor", "earlier"), ("major", ""), ("minor", ""))
    findings = tuple(
        Finding("a", severity, "seen", id=str(number), follows=follows)  # type: ignore[arg-type]  # words of the row
        for number, (severity, follows) in enumerate(kinds)
    )
    requires = "{findings: {major: 0, minor: 2, repeated: 0}, prerequisites: none}"
    of = scheme(f"categories:\n{TWO}levels: [{{id: one, title: t, requires: {requires}}}]")
    result = ways(of, visit(NOTHING, findings=findings)).way
    assert result is not None
    assert [step.finding.id for step in result.steps if step.finding is not None] == ["1", "2"]


def test_evidence_is_verified_where_a_file_is_at_hand_already() -> None:
    keys = "evidence: [photo]"
    of = scheme_of(
        figure("a", keys=keys) + figure("b", keys=keys) + figure("c", keys=keys),
        "levels: [{id: one, title: t, requires: {evidence: 60%}}]",
    )
    assert way(of, visit({"a": 1, "b": 1, "c": 1}, evidence={"c": False, "b": True})) == ["evidence c"]


def test_all_that_is_open_is_answered_where_a_level_asks_for_it() -> None:
    of = scheme(f"categories:\n{TWO}levels: [{{id: one, title: t, requires: {{total: 2, complete: true}}}}]")
    result = ways(of, visit({"a": 0, "g": True})).way
    assert result is not None
    keys = {step.criterion: step.aim.key for step in result.steps if step.aim is not None}
    assert keys == {"b": "ways.at_least", "c": "ways.answer"}
    assert result.effort == 2


# -- how points add up -------------------------------------------------------------------------------------------------


@rows(
    ("keys", "requires", "steps"),
    [
        ("method: min", "total: 2", "a 0>1, b 0>1"),
        ("method: mean", "total: 5%", "a 0>1"),
        ("method: geometric", "total: 30%", "a 0>3, b 0>3"),
        ("method: sum\npoints: 40", "total: 2", "a 0>1"),
    ],
)
def test_each_method_is_planned_as_it_adds_up(keys: str, requires: str, steps: str) -> None:
    of = scheme(
        "categories:\n"
        + category("A", figure("a") + figure("b"), keys)
        + f"levels: [{{id: one, title: t, requires: {{{requires}}}}}]"
    )
    assert ", ".join(way(of, visit({"a": 0, "b": 0}))) == steps


def test_no_more_of_a_bonus_is_planned_than_counts() -> None:
    bonus = category("X", figure("x", 10, "effort: 1"), "bonus: true\nmax: 3")
    of = scheme(
        "categories:\n"
        + category("A", figure("a", 10, "effort: 9"))
        + bonus
        + "levels: [{id: one, title: t, requires: {total: 4}}]"
    )
    assert way(of, visit({"a": 0, "x": 0})) == ["a 0>1", "x 0>3"]


def test_what_does_not_apply_shares_its_points_out_on_the_way_too() -> None:
    criteria = "".join(f"- {{id: {name}, title: t, points: 4, type: boolean, ask: q}}\n" for name in "abc")
    header = "scoring: {not_applicable: redistribute}\nlevels: [{id: one, title: t, requires: {total: 6}}]"
    assert way(scheme_of(criteria, header), visit({"a": False, "b": False}, away="c")) == ["a 0>4"]
    assert way(scheme_of(criteria, header), visit({"a": False, "b": False, "c": False})) == ["a 0>4", "b 0>4"]


@rows(
    ("score", "value", "aims"),
    [
        ("{at_least: {1: 1, 5: 3}}", 2, "ways.at_least 5"),
        ("{at_most: {1: 3, 5: 1}}", 9, "ways.at_most 5, ways.at_most 1"),
        ("{linear: {0: 0, 4: 2, 8: 3}}", 2, "ways.at_least 4, ways.at_least 8"),
        ("{linear: {0: 3, 4: 2, 8: 0}}", 8, "ways.at_most 4, ways.at_most 0"),
        ("{linear: {0: 0, 4: 3, 8: 0}}", 8, "ways.exactly 4"),
        ("{}", 1, "ways.at_least 2, ways.at_least 3"),
    ],
)
def test_a_rung_is_a_figure_that_the_file_names(score: str, value: int, aims: str) -> None:
    of = scheme_of(steps("a", score))
    seen = visit({"a": value})
    (ladder,) = ladders(standing_of(of, seen, work_out(of, seen))).values()
    named = [(rung.aim.key, rung.aim.values["edge"].value) for rung in ladder.rungs if rung.aim is not None]
    assert ", ".join(f"{key} {edge}" for key, edge in named) == aims


@rows(
    ("keys", "of", "rungs"),
    [
        ("type: number, whole: true, min: 0, max: 3, ask: q", '2 * answer("a")', "2:2, 4:4, 6:6"),
        ("type: number, whole: true, min: 0, ask: q", '2 * answer("a")', "1:1, 2:2, 3:3, 4:4, 5:5, 6:6"),
        ("type: choice, ask: q, options: {x: {label: x}, y: {label: y}}", '3 if answer("a") == "y" else 0', "3:3"),
        ("type: multiple, ask: q, options: {x: {label: x}, y: {label: y}}", 'count(answer("a")) * 3', "3:3, 6:6"),
        ("type: boolean, ask: q", 'n if answer("a") else 5', "1:1, 2:2, 3:3, 4:4, 5:5, 6:6"),
    ],
)
def test_whole_points_are_planned_that_the_rule_can_give(keys: str, of: str, rungs: str) -> None:
    criterion = f"- {{id: a, title: t, points: 6, {keys}, score: {{of: '{of}'}}}}"
    under = scheme_of(criterion, "facts: {n: {type: number, ask: q}}")
    seen = visit(facts={"n": 0})
    (ladder,) = ladders(standing_of(under, seen, work_out(under, seen))).values()
    climbs = [rung for rung in ladder.rungs if rung.aim is not None and rung.points]
    assert ", ".join(f"{rung.points}:{rung.effort}" for rung in climbs) == rungs


def test_options_that_add_up_are_ticked_by_their_effort() -> None:
    options = "{x: {label: x, points: 1}, y: {label: y, points: 2, effort: 3}, z: {label: z, points: 1}}"
    of = scheme_of(
        f"- {{id: a, title: t, points: 3, type: multiple, ask: q, options: {options}}}",
        "levels: [{id: one, title: t, requires: {total: 3}}]",
    )
    result = ways(of, visit({"a": ["x"]})).way
    assert result is not None
    (step,) = result.steps
    assert step.aim is not None
    assert (int(step.effort), [label.in_("en") for label in step.aim.values["labels"]]) == (3, ["y"])


# -- ties, and what cannot be planned ----------------------------------------------------------------------------------


def test_of_equal_effort_the_way_is_what_most_peers_have_done() -> None:
    of = scheme_of(figure("a") + figure("b"), "levels: [{id: one, title: t, requires: {total: 2}}]")
    seen = visit({"a": 0, "b": 0})
    ten, none = (Fraction(10),) * 3, (Fraction(0),) * 3
    assert told(ways(of, seen, PeerPoints(3, {"a": none, "b": ten})).way) == ["b 0>2"]
    result = ways(of, seen, PeerPoints(3, {"a": ten, "b": none})).way
    assert told(result) == ["a 0>2"]
    assert result is not None
    assert [step.peers for step in result.steps] == [3]


def test_a_level_out_of_reach_says_which_gate() -> None:
    header = "levels: [{id: one, title: t, requires: {total: 20, excused: 10%, criteria: {b: 1}}}]"
    result = ways(scheme_of(figure("a") + figure("b"), header), visit({"a": 0}, away="b"))
    assert result.way is None
    assert [lack.requirement for lack in result.out_of_reach] == ["total", "excused"]


def test_a_rule_that_no_step_moves_keeps_a_level_out_of_reach() -> None:
    of = scheme_of(figure("a"), "levels: [{id: one, title: t, requires: {when: 'answer(\"a\") > 5'}}]")
    assert [lack.requirement for lack in ways(of, visit({"a": 1})).out_of_reach] == ["when"]


def test_a_total_that_there_is_not_is_out_of_reach() -> None:
    of = scheme_of(figure("a"), "levels: [{id: one, title: t, requires: {total: 5}}]")
    (lack,) = ways(of, visit(away="a")).out_of_reach
    assert (lack.requirement, lack.actual) == ("total", None)


def test_a_rule_that_could_not_be_planned_is_named() -> None:
    criteria = "".join(figure(f"c{number}") for number in range(6))
    rule = " + ".join(f'points("c{number}")' for number in range(6))
    of = scheme_of(criteria, f"levels: [{{id: one, title: t, requires: {{when: '{rule} == 31'}}}}]")
    result = ways(of, visit({f"c{number}": 0 for number in range(6)}), limit=20)
    assert (result.way, result.out_of_reach, result.unplanned) == (None, (), (f"{rule} == 31",))


def test_where_plans_run_out_a_way_is_told_that_may_not_be_the_shortest() -> None:
    criteria = "".join(figure(f"c{number}") for number in range(6))
    rule = " * ".join(f'(1 + points("c{number}"))' for number in range(3))
    of = scheme_of(criteria, f"levels: [{{id: one, title: t, requires: {{when: '{rule} >= 600'}}}}]")
    result = ways(of, visit({f"c{number}": 0 for number in range(6)}), limit=10)
    assert result.way is not None
    assert not result.way.proved
    assert result.unplanned == (f"{rule} >= 600",)
    assert {step.criterion for step in result.way.steps} <= {"c0", "c1", "c2"}
    product = Fraction(1)
    for step in result.way.steps:
        product *= 1 + (step.after or 0)
    assert product >= 600


def test_points_that_others_read_are_planned_with_what_comes_of_them() -> None:
    """`b` earns twice the points of `a`: six of the nine points come with three of `a`."""
    twice = '- {id: b, title: t, points: 10, score: {of: points("a") * 2}}\n'
    of = scheme_of(figure("a") + twice, "levels: [{id: one, title: t, requires: {total: 9}}]")
    result = ways(of, visit({"a": 0}))
    assert told(result.way) == ["a 0>3"]
    assert result.way is not None
    assert result.way.proved


def test_nobody_improves_what_may_not_apply() -> None:
    of = scheme_of(
        figure("a") + figure("b", keys="applies_if: f"),
        "facts: {f: {type: boolean, ask: q}}\nlevels: [{id: one, title: t, requires: {total: 12}}]",
    )
    result = ways(of, visit({"a": 0}))
    assert (result.way, result.undecided) == (None, ("b",))
    assert way(of, visit({"a": 0}, facts={"f": True})) == ["a 0>10", "b 0>2"]


def test_a_level_that_holds_needs_no_way() -> None:
    of = scheme_of(figure("a"), "levels: [{id: one, title: t, requires: {total: 5}}]")
    assert ways(of, visit({"a": 5})).held
