"""`simulate`: every stored visit under a draft, beside what it came to; nothing stored changes."""

import shutil
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.json.simulation import simulation_json
from greenstar.reports.text.page import plain
from greenstar.reports.text.simulation import simulation_page
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.loader import EXAMPLES, read_scheme
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services.schemes.simulate import Simulated, simulate
from greenstar.services.visit.answers_files import open_answers
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.lifecycle import submit, withdraw
from greenstar.services.workspace import Workspace
from tests.builders import HEADER, read
from tests.evidence_files import examples_with_files
from tests.sql import database_of

shipped = cache(lambda: read_scheme(SHIPPED_SCHEME))
SUBMITTED = ("mall-showroom", "wuxi")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three visits under the shipped scheme: two submitted, one a draft that was begun."""
    path = tmp_path_factory.mktemp("network") / "greenstar.db"
    with Workspace.open(path, assessor="a") as workspace:
        for name in (*SUBMITTED, "open"):
            (file,) = open_answers([examples_with_files() / f"{name}.yaml"], lambda _name, _base: shipped())
            (recorded,) = record(workspace, file)
            if name in SUBMITTED:
                submit(workspace, recorded.store)
    return path


@pytest.fixture
def workspace(database: Path, tmp_path: Path) -> Iterator[Workspace]:
    copy = tmp_path / "greenstar.db"
    shutil.copy(database, copy)
    with Workspace.open(copy, assessor="a") as opened:
        yield opened


@cache
def draft(**changes: tuple[str, str]) -> Scheme:
    """The shipped scheme with words of its files replaced: `wat=(old, new)`."""
    with TemporaryDirectory() as folder:
        return read_changed(shutil.copytree(SHIPPED_SCHEME, Path(folder) / "scheme"), changes)


def read_changed(folder: Path, changes: dict[str, tuple[str, str]]) -> Scheme:
    for file, (old, new) in changes.items():
        path = folder / f"{file}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), encoding="utf-8")
    return read_scheme(folder)


def by_store(workspace: Workspace, under: Scheme) -> dict[str, Simulated]:
    return {visit.store: visit for visit in simulate(workspace, under).visits}


def test_the_same_scheme_changes_nothing(workspace: Workspace) -> None:
    simulation = simulate(workspace, shipped())
    assert len(simulation.visits) == 3
    assert simulation.count("keeps") == 3
    for visit in simulation.visits:
        assert visit.before == visit.after
        assert (visit.lost, visit.unfit, visit.to_ask) == ((), (), ())


def test_it_scores_as_scoring_does(workspace: Workspace) -> None:
    under = draft(wat=("at_least: {5%: 1, 10%: 2, 20%: 3}", "at_least: {5%: 0.5, 10%: 1, 20%: 3}"))
    visits = by_store(workspace, under)
    for name in SUBMITTED:
        (file,) = open_answers([SHIPPED_SCHEME / EXAMPLES / f"{name}.yaml"], lambda _name, _base: under)
        assert visits[file.visit.store.code].after.total == score(under, file.visit).total


def test_a_higher_threshold_costs_stars_and_ranks_stay(workspace: Workspace) -> None:
    visits = by_store(workspace, draft(scheme=("total: 85", "total: 99")))
    lost = [visit for visit in visits.values() if visit.move == "loses"]
    assert [(visit.store, visit.before.level, visit.after.level) for visit in lost] == [("WX-001", "star-3", "star-2")]
    assert all(visit.ranks_up == 0 for visit in visits.values())


def test_only_what_was_submitted_is_ranked(workspace: Workspace) -> None:
    visits = simulate(workspace, shipped()).visits
    assert sorted(visit.after.rank for visit in visits if visit.status != "draft" and visit.after.rank) == [1, 2]
    assert [visit.after.rank for visit in visits if visit.status == "draft"] == [None]


def test_a_question_that_is_gone_and_a_new_one_are_told(workspace: Workspace) -> None:
    renamed = by_store(workspace, draft(wat=("fixture_grade", "fixture_class"), scheme=("total: 85", "total: 99")))
    wuxi = renamed["WX-001"]
    assert (wuxi.lost, wuxi.unfit, wuxi.to_ask) == (("fixture_grade",), (), ("fixture_class",))
    open_visit = next(visit for visit in renamed.values() if visit.status == "draft")
    assert open_visit.to_ask == ("fixture_class",), "what was open before is not new"


def test_a_question_that_says_what_it_was_called_has_its_answers(workspace: Workspace) -> None:
    old = (SHIPPED_SCHEME / "wat.yaml").read_text(encoding="utf-8")
    under = draft(wat=(old, old.replace("fixture_grade:", "fixture_class:\n        formerly: [fixture_grade]")))
    before, after = by_store(workspace, shipped()), by_store(workspace, under)
    assert [visit for visit in after.values() if visit.lost or visit.unfit or visit.to_ask] == []
    assert {store: visit.after for store, visit in after.items()} == {
        store: visit.after for store, visit in before.items()
    }


def test_an_answer_outside_new_bounds_has_to_be_given_again(workspace: Workspace) -> None:
    old = "        max: 5000\n        plausible: [5, 600]"
    visits = by_store(workspace, draft(wat=(old, "        max: 6\n        plausible: [5, 6]")))
    assert visits["WX-001"].unfit == ("tank_m3",)
    assert visits["WX-001"].to_ask == ("tank_m3",)


def test_a_question_that_a_new_rule_asks_is_told(workspace: Workspace) -> None:
    under = draft(bld=("applies_if: fit_out_recent", "applies_if: has_showroom"))
    asked = {name for visit in by_store(workspace, under).values() for name in visit.to_ask}
    assert asked
    assert asked <= set(under.questions_of["BLD-02"])


def test_a_withdrawn_visit_does_not_count(workspace: Workspace) -> None:
    withdraw(workspace, "WX-001", "entered twice")
    assert "WX-001" not in by_store(workspace, shipped())


def test_facts_are_those_that_were_sealed(workspace: Workspace) -> None:
    before = by_store(workspace, shipped())["WX-001"].after.total
    database_of(workspace).execute("UPDATE fact SET value = 'false' WHERE store = 'WX-001'")
    assert by_store(workspace, shipped())["WX-001"].after.total == before


def test_nothing_that_is_stored_changes(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "greenstar.db"
    shutil.copy(database, copy)
    kept = copy.read_bytes()
    with Workspace.open(copy, write=False) as opened:
        simulate(opened, draft(scheme=("total: 85", "total: 99")))
    assert copy.read_bytes() == kept


def test_progress_is_told(workspace: Workspace) -> None:
    seen: list[tuple[int, int]] = []
    simulate(workspace, shipped(), lambda done, of: seen.append((done, of)))
    assert seen == [(number, 3) for number in range(1, 4)]


def test_a_draft_of_another_name_is_compared_with_the_only_scheme_there_is(workspace: Workspace) -> None:
    under = draft(scheme=("scheme: leading-green-star", "scheme: next-year"))
    assert len(simulate(workspace, under).visits) == 3


def test_a_cycle_can_be_chosen(workspace: Workspace) -> None:
    workspace.named_cycle = "1999"
    assert simulate(workspace, shipped()).visits == ()


def test_without_visits_there_is_a_sentence(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "empty.db", assessor="a") as opened, pytest.raises(BadInput) as caught:
        simulate(opened, shipped())
    assert caught.value.message.key == "simulate.no_visits"


def test_levels_of_other_ids_are_compared_by_their_stars(workspace: Workspace) -> None:
    under = draft(scheme=("star-", "grade-"))
    assert {visit.move for visit in simulate(workspace, under).visits} == {"keeps"}


def test_it_reads_in_both_languages(workspace: Workspace) -> None:
    simulation = simulate(workspace, draft(wat=("fixture_grade", "fixture_class"), scheme=("total: 85", "total: 99")))
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        page = list(plain(simulation_page(simulation, catalogue)))
        assert any("WX-001" in line for line in page)
        made = simulation_json(simulation, catalogue)
        assert (made["visits"], made["loses"], made["lost_answers"]) == (
            3,
            simulation.count("loses"),
            {"fixture_grade": 2},
        )
        assert made["new_questions"][0]["question"] == "fixture_class"


def test_a_scheme_without_levels_can_be_simulated(workspace: Workspace) -> None:
    under = read(HEADER + "categories: [{category: X, title: x, criteria: [{id: X-1, title: t, points: 1, "
                 "type: boolean, ask: q}]}]\n")  # fmt: skip
    visits = by_store(workspace, under)
    assert visits["WX-001"].after.total == Fraction(0)
    assert visits["WX-001"].to_ask == ("X-1",)
    assert visits["WX-001"].move == "loses"
