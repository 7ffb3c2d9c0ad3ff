"""Figures of screens over much: a scheme of thousands of criteria, a ranking of thousands of stores."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bare_screens import first_paint
from bench.large_scheme import write_large_scheme
from bench.measure import Effort, Figure, in_turn, timed
from bench.simulation import FEWEST_STORES, network
from bench.visits import running
from greenstar.assessment.model import Store
from greenstar.scoring.score import score
from greenstar.services.demo.network import STORES, make_demo
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.tui import routes
from greenstar.tui.checklist.screen import ChecklistScreen
from greenstar.tui.results.ranking_screen import RankingScreen

_STORE = "S-1"
_TIMES, _ROUNDS = 6, 3  # each screen is opened, by an app each round
_REST = 0.3  # seconds between two of them
_SCORINGS = 30
_FEW, _LARGE = 60, ((2000, 66), (1482, 597))  # criteria of the shipped scheme; criteria and groups


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    with TemporaryDirectory() as folder:
        few, scored = _before_you_leave(Path(folder) / "few.db", None, effort)
        yield Figure("f12 (before you leave) to first paint, 60 criteria", "30 scorings of the visit", few, scored, 1)
        for criteria, groups in _LARGE[: effort.of(len(_LARGE))]:
            file = write_large_scheme(Path(folder) / f"large-{criteria}.yaml", effort.of(criteria), effort.of(groups))
            much, _ = _before_you_leave(Path(folder) / f"large-{criteria}.db", str(file), effort)
            yield Figure(
                f"f12 with {criteria:,} criteria in {groups} groups",
                f"{criteria / _FEW:.0f} × that with 60",
                much,
                few * criteria / _FEW,
                1.5,
            )
        demo = make_demo(Path(folder) / "demo", stores=max(effort.of(STORES), FEWEST_STORES))
        yield _ranking(demo.path, effort)


def _before_you_leave(path: Path, scheme: str | None, effort: Effort) -> tuple[float, float]:
    """The least seconds from f12 to the list of all that is open, and those of thirty scorings of the same visit."""
    with Workspace.open(path, scheme=scheme, cycle="2026", assessor="bench") as workspace:
        add_store(workspace, Store(_STORE, "Store"))
        with open_visit(workspace, _STORE) as visit:
            content, rules = visit.visit, visit.scheme
        scorings = range(effort.of(_SCORINGS))
        rounds = range(effort.most_rounds(2).rounds + 1)
        scored = min(timed(lambda: [score(rules, content) for _ in scorings]) for _ in rounds)
        return asyncio.run(_opened_by(workspace, effort)), scored


async def _opened_by(workspace: Workspace, effort: Effort) -> float:
    taken = []
    async with running(workspace, _STORE) as (pilot, app):
        for _ in range(effort.of(_TIMES)):
            taken.append(await first_paint(partial(app.simulate_key, "f12"), ChecklistScreen))
            await pilot.pause(_REST)
            await pilot.press("escape")
            await pilot.pause(_REST)
    return min(taken)


def _ranking(demo: Path, effort: Effort) -> Figure:
    with network(demo, effort.of(100)) as few, network(demo, effort.of(10_000)) as many:
        figures = in_turn(partial(_ranked, many, effort), partial(_ranked, few, effort), effort.most_rounds(_ROUNDS))
    return Figure("the ranking of 10,000 stores to first paint", "of 100", *figures, 1.5)


def _ranked(workspace: Workspace, effort: Effort) -> float:
    return asyncio.run(_ranking_opened(workspace, effort))


async def _ranking_opened(workspace: Workspace, effort: Effort) -> float:
    """The least seconds to the first paint of the ranking."""
    taken = []
    async with running(workspace) as (pilot, app):
        for _ in range(effort.of(_TIMES)):
            work = partial(app.host.show, routes.RANKING, workspace)
            taken.append(await first_paint(work, RankingScreen))
            await pilot.pause(_REST)
            app.pop_screen()
            await pilot.pause(_REST)
    return min(taken)
