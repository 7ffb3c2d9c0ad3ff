"""The way to a level against every way there is, on schemes and visits that nobody thought of."""

import os
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from math import prod
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from greenstar.ranking.ways.ladders import Rung, ladders
from greenstar.ranking.ways.trial import StepsTaken, raised_score, visit_after
from greenstar.ranking.ways.way import PeerPoints, Way, ways_to
from greenstar.scheme.levels import Level
from greenstar.scoring.score import score, standing_of, work_out
from greenstar.scoring.scorecard import LevelResult
from greenstar.scoring.standing import Standing
from tests.scoring.strategies import Tree, made, schemes, visited, visits

EXAMPLES = int(os.environ.get("GREENSTAR_WAYS", "12"))  # schemes; 300 take minutes
MOST_COMBINATIONS = 100 if EXAMPLES < 100 else 700


@st.composite
def cases(draw: st.DrawFn) -> tuple[Tree, Tree, int]:
    tree = draw(schemes())
    tree["levels"][1]["requires"]["total"] = draw(st.sampled_from(["40%", "60%", "80%", "95%"]))
    return tree, draw(visits(tree)), draw(st.integers(0, 2**32))


def after(standing: Standing, level: Level, steps: StepsTaken) -> LevelResult:
    """What the level is once the steps are taken, by the scoring that every visit goes through."""
    scheme = standing.scheme
    raised = {name: raised_score(scheme, standing.scores[name], rung) for name, rung in steps.rungs.items()}
    visit = visit_after(standing.visit, steps)
    card = score(scheme, visit, work_out(scheme, visit, raised))
    return next(result for result in card.levels if result.id == level.id)


Cost = tuple[Fraction, int, int]


def every_way(standing: Standing, level: Level, peers: PeerPoints) -> Iterator[tuple[Cost, StepsTaken]]:
    """Everything that can be done, with its cost: effort, peers that have not done it, how many steps it is."""
    scheme = standing.scheme
    known = ladders(standing)
    lacking = [name for name, criterion in scheme.criteria.items() if criterion.evidence]
    for places in product(*(range(len(ladder.rungs)) for ladder in known.values())):
        rungs = {
            name: ladder.rungs[place] for (name, ladder), place in zip(known.items(), places, strict=True) if place
        }
        missing = 0
        for name, rung in rungs.items():
            least = Fraction(rung.met) if scheme.criteria[name].prerequisite else rung.points
            missing += peers.number - peers.with_at_least(name, least)
        effort = sum((rung.effort for rung in rungs.values()), Fraction(0))
        result = after(standing, level, StepsTaken(rungs))
        for closed, verified in besides(standing, lacking, result):
            steps = StepsTaken(rungs, closed, verified)
            number = len(closed) + len(verified)
            yield (effort + number, missing, len(rungs) + number), steps


def besides(
    standing: Standing, lacking: list[str], result: LevelResult
) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Findings and evidence that may be seen to where something may come of it."""
    kinds = {lack.requirement for lack in result.unmet}
    findings = range(len(standing.visit.findings)) if kinds & {"findings", "level"} else ()
    evidence = lacking if kinds & {"evidence", "level"} else []
    for closed in range(len(findings) + 1):
        for verified in range(len(evidence) + 1):
            yield from product(combinations(findings, closed), combinations(evidence, verified))


def taken(way: Way, standing: Standing) -> StepsTaken:
    known = ladders(standing)
    rungs: dict[str, Rung] = {}
    for step in way.steps:
        if step.kind in ("criterion", "prerequisite"):
            assert step.aim is not None
            rungs[step.criterion] = next(
                rung
                for rung in known[step.criterion].rungs[1:]
                if rung.aim is not None and rung.aim.key == step.aim.key and rung.points == (step.after or 0)
            )
    places = {id(finding): place for place, finding in enumerate(standing.visit.findings)}
    closed = tuple(places[id(step.finding)] for step in way.steps if step.kind == "finding")
    return StepsTaken(rungs, closed, tuple(step.criterion for step in way.steps if step.kind == "evidence"))


def without_one(steps: StepsTaken) -> Iterator[StepsTaken]:
    for name in steps.rungs:
        yield steps._replace(rungs={other: rung for other, rung in steps.rungs.items() if other != name})
    for place in steps.closed:
        yield steps._replace(closed=tuple(other for other in steps.closed if other != place))
    for name in steps.verified:
        yield steps._replace(verified=tuple(other for other in steps.verified if other != name))


def some_peers(standing: Standing, random: Random) -> PeerPoints:
    earned = {
        name: tuple(random.choice([rung.points for rung in ladder.rungs] + [Fraction(1)]) for _ in range(3))
        for name, ladder in ladders(standing).items()
    }
    return PeerPoints(3, earned)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(cases())
def test_the_way_costs_what_the_cheapest_of_all_ways_costs(case: tuple[Tree, Tree, int]) -> None:
    scheme, visit = made(case[0]), visited(case[1])
    standing = standing_of(scheme, visit, work_out(scheme, visit))
    known = ladders(standing)
    assume(prod(len(ladder.rungs) for ladder in known.values()) <= MOST_COMBINATIONS)
    peers = some_peers(standing, Random(case[2])) if case[2] % 2 else PeerPoints()
    for level in scheme.levels:
        ways = ways_to(standing, level, peers, limit=5_000)
        costs = sorted(
            (cost for cost, steps in every_way(standing, level, peers) if after(standing, level, steps).holds)
        )
        if ways.held:
            assert costs[0] == (Fraction(0), 0, 0)
        elif ways.way is None:
            assert not costs, (level.id, ways)
        else:
            assert costs, (level.id, ways)
            steps = taken(ways.way, standing)
            assert after(standing, level, steps).holds
            assert not any(after(standing, level, fewer).holds for fewer in without_one(steps))
            assert ways.way.proved
            assert cost_of(ways.way, peers) == costs[0], (level.id, ways.way, costs[0])
            for other in ways.instead:
                steps = taken(other, standing)
                assert after(standing, level, steps).holds
                assert not any(after(standing, level, fewer).holds for fewer in without_one(steps))
                assert cost_of(other, peers) >= costs[0]


def cost_of(way: Way, peers: PeerPoints) -> Cost:
    missing = sum(peers.number - step.peers for step in way.steps if step.peers is not None)
    return way.effort, missing, len(way.steps)
