"""Figures of `simulate`: what it costs beside scoring alone, and that it does not grow with the number of visits."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Effort, Figure, in_turn, processor_time, repeated
from greenstar.assessment.cycles import cycle_key
from greenstar.assessment.model import Visit
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.loader import read_scheme
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services.demo.network import STORES, make_demo
from greenstar.services.schemes.simulate import simulate
from greenstar.services.visit.codec import load
from greenstar.services.workspace import Workspace

_SHORT_RUNS = 10  # make one, so that chance favours neither much
FEWEST_STORES = 3  # of which one was visited and sealed
_STORES = """
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :count)
    INSERT INTO store (code, name, added_at) SELECT 'B-' || n, 'Bench ' || n, '2026-01-01T00:00:00.000Z' FROM number
"""
# Each store gets one of the demo's sealed visits, in a cycle of its own.
_VISITS = """
    WITH model AS (SELECT *, row_number() OVER (ORDER BY id) AS n FROM assessment WHERE status = 'submitted'),
    many AS (SELECT code, row_number() OVER (ORDER BY rowid) AS n FROM store WHERE code LIKE 'B-%')
    INSERT INTO assessment (ulid, kind, store, store_name, city, region, cycle, cycle_key, scheme_name, scheme,
        revision, status, assessor, visited, started_at, changed_at, submitted_at, seal, sealed)
    SELECT many.code, 'visit', many.code, many.code, '', '', 'bench', :cycle_key, model.scheme_name, model.scheme, 1,
        'submitted', 'bench', model.visited, model.started_at, model.changed_at, model.submitted_at, model.seal,
        model.sealed
    FROM many JOIN model ON model.n = 1 + (many.n - 1) % (SELECT count(*) FROM model)
"""
_CARDS = """
    INSERT INTO scorecard (assessment, event, total, total_number, available, share, level, stars, candidate, why_not,
        keys, key_1, key_2, key_3, reasons, first_reason, answered, asked, complete, not_applicable_points,
        excused_points, at)
    SELECT copy.id, card.event, card.total, card.total_number, card.available, card.share, card.level, card.stars,
        card.candidate, card.why_not, card.keys, card.key_1, card.key_2, card.key_3,
        card.reasons, card.first_reason, card.answered, card.asked, card.complete,
        card.not_applicable_points, card.excused_points, card.at
    FROM assessment AS copy
    JOIN assessment AS model ON model.seal = copy.seal AND model.cycle <> 'bench'
    JOIN scorecard AS card ON card.assessment = model.id
    WHERE copy.cycle = 'bench'
"""
_GROUPS = """
    INSERT INTO score (assessment, "group", points, available, percent, bonus, share, points_exact, available_exact)
    SELECT copy.id, "group", points, available, percent, bonus, share, points_exact, available_exact
    FROM assessment AS copy
    JOIN assessment AS model ON model.seal = copy.seal AND model.cycle <> 'bench'
    JOIN score ON score.assessment = model.id
    WHERE copy.cycle = 'bench'
"""


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    scheme = read_scheme(SHIPPED_SCHEME)
    with TemporaryDirectory() as folder:
        demo = make_demo(Path(folder), stores=max(effort.of(STORES), FEWEST_STORES)).path
        with network(demo, effort.of(1000)) as workspace:
            visits = _loaded(workspace, scheme)
            ours, least = in_turn(
                processor_time(lambda: simulate(workspace, scheme)),
                processor_time(lambda: _score_all(scheme, visits)),
                effort.most_rounds(4),
            )
        yield Figure("simulate over 1,000 stored visits", "score() on the same, loaded", ours, least, 1.5)
        many, few = effort.of(10_000), effort.of(100)
        with network(demo, few) as small, network(demo, many) as large:
            ours, least = in_turn(
                processor_time(lambda: simulate(large, scheme)),
                processor_time(repeated(lambda: simulate(small, scheme), _SHORT_RUNS)),
                effort.most_rounds(1),  # each takes half a minute
            )
        yield Figure("simulate, each of 10,000 visits", "each of 100", ours / many, least / (few * _SHORT_RUNS), 1.2)


def network(demo: Path, count: int) -> Workspace:
    """A database with so many sealed visits, in the cycle `bench`."""
    path = demo.with_name(f"bench-{count}.db")
    source, target = sqlite3.connect(demo), sqlite3.connect(path)
    source.backup(target)
    source.close()
    with target:
        target.execute(_STORES, {"count": count})
        target.execute(_VISITS, {"cycle_key": cycle_key("bench")})
        target.execute(_CARDS)
        target.execute(_GROUPS)
    target.close()
    return Workspace.open(path, cycle="bench", write=False)


def _loaded(workspace: Workspace, scheme: Scheme) -> list[Visit]:
    return [load(workspace.storage, row.id, scheme) for row in workspace.storage.assessments.listed("bench")]


def _score_all(scheme: Scheme, visits: list[Visit]) -> None:
    for visit in visits:
        score(scheme, visit)
