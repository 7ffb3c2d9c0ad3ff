"""A store, a cycle or a region that is written in another way is the one that is there; the first spelling stays."""

import json
from collections.abc import Callable

import pytest

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.cycles import cycle_key
from greenstar.assessment.model import Store
from greenstar.errors import BadInput
from greenstar.services.results.ranking import cycles, league
from greenstar.services.stores.stores import add_store, edit_store, find_store, list_stores, regions, set_fact
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.exported import score_rows
from tests.services.conftest import Opener, fill
from tests.sql import database_of

Read = Callable[[str], AnswersFile]


@pytest.mark.parametrize("code", ["s-1", "Ｓ-1", " S-\u200b1 "])
def test_a_store_is_found_and_visited_by_any_spelling_of_its_code(workspace: Workspace, code: str) -> None:
    assert find_store(workspace, code).code == "S-1"
    assert open_visit(workspace, code).assessment.store == "S-1"
    set_fact(workspace, code, "has_wash", True)
    edit_store(workspace, code, name="Renamed")
    assert find_store(workspace, "S-1").name == "Renamed"
    with pytest.raises(BadInput) as caught:
        add_store(workspace, Store(code, "Twin"))
    assert caught.value.message.values == {"code": "S-1"}


def test_a_new_stores_code_is_kept_in_plain_characters(workspace: Workspace) -> None:
    add_store(workspace, Store("ＷＸ-100", "Wide"))
    assert find_store(workspace, "wx-100").code == "WX-100"


@pytest.mark.parametrize("region", ["华\u200b东", " 华 东 ".replace(" 东", "东"), "华东"])
def test_the_region_of_a_new_store_is_spelt_as_it_is_elsewhere(workspace: Workspace, region: str) -> None:
    edit_store(workspace, "S-1", region="华东")
    add_store(workspace, Store("N-1", "New", "ｗuxi", region))
    assert find_store(workspace, "N-1") == Store("N-1", "New", "Wuxi", "华东")
    assert [overview.store.code for overview in list_stores(workspace, region=region)] == ["N-1", "S-1"]
    assert regions(workspace) == ["West", "华东"]


def test_a_region_may_be_written_anew_where_no_other_store_lies_in_it(workspace: Workspace) -> None:
    edit_store(workspace, "S-1", region="EAST")
    assert find_store(workspace, "S-1").region == "EAST"


def test_a_ranking_of_a_region_takes_every_spelling(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    submit(workspace, "S-1")
    for region in ("east", "Ｅａｓｔ", "East\u200b"):
        assert len(league(workspace, region=region).stores) == 1


@pytest.mark.parametrize("cycle", ["２０２６", "2026\u200b", " 2026 "])
def test_a_cycle_opens_by_any_spelling(visit: OpenVisit, opened: Opener, answers: Read, cycle: str) -> None:
    with opened(cycle=cycle) as other:
        assert other.cycle == "2026"
        assert open_visit(other, "S-1").assessment.id == visit.assessment.id
    record(visit.workspace, answers(f"{{store: {{code: s-2}}, cycle: {json.dumps(cycle)}, answers: {{W2: true}}}}"))
    assert visit.workspace.storage.cycles.all() == ["2026"]


def test_a_new_cycle_is_kept_in_plain_characters(opened: Opener, visit: OpenVisit) -> None:
    with opened(cycle="２０２7\u200b") as other:
        assert open_visit(other, visit.assessment.store).assessment.cycle == "2027"


def test_twins_of_older_programs_stay_and_open_by_their_exact_spelling(visit: OpenVisit, opened: Opener) -> None:
    execute = database_of(visit.workspace).execute
    execute("UPDATE assessment SET cycle = '2026\u200b'")
    with opened(cycle="2025") as other:
        open_visit(other, "S-2")
    execute("UPDATE assessment SET cycle = '2026', cycle_key = ? WHERE cycle = '2025'", (cycle_key("2026"),))
    with opened(cycle="2026\u200b") as odd, opened(cycle="2026") as plain:
        assert [row["store"] for row in score_rows(odd)] == ["S-1"]
        assert [row["store"] for row in score_rows(plain)] == ["S-2"]


def test_cycles_are_listed_and_followed_by_their_numbers(visit: OpenVisit, opened: Opener) -> None:
    workspace = visit.workspace
    for cycle in ("2026-9", "2026-10", "pilot"):
        with opened(cycle=cycle) as other:
            fill(open_visit(other, "S-1"))
            submit(other, "S-1")
    with opened(cycle=None) as newest:
        assert newest.cycle == "2026-10"
        assert cycles(newest) == ["2026-10", "2026-9", "2026", "pilot"]
    with opened(cycle="2026-11") as following:
        previous = open_visit(following, "S-1").previous
        assert previous is not None
        assert previous.cycle == "2026-10"
    assert [overview.cycle for overview in list_stores(workspace)] == ["2026", None]


def test_people_are_kept_in_plain_characters(workspace: Workspace, opened: Opener, answers: Read) -> None:
    with opened(assessor="Ａda\u200b  Li") as other:
        assert other.assessor == "Ada Li"
    record(workspace, answers('{store: {code: S-1}, assessor: "Ｂo\\u200b", answers: {W2: true}}'))
    assert open_visit(workspace, "S-1").assessment.assessor == "Bo"
    record(workspace, answers("{store: {code: S-2}, assessor: bo, answers: {W2: true}}"))
    assert open_visit(workspace, "S-2").assessment.assessor == "Bo"
    with opened(assessor="BO") as other:
        assert other.assessor == "Bo"


def test_to_record_a_store_beside_others_in_its_city_costs_the_same_however_many_there_are(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_store(workspace, Store("S-8", "Eighth", "无锡", "华东"))
    stores = workspace.storage.stores
    for query in ("cities_but_of", "regions_but_of"):  # these go through all stores
        monkeypatch.setattr(type(stores), query, lambda *_: pytest.fail("all stores were looked at"))
    add_store(workspace, Store("S-9", "Ninth", "无锡", "华东"))
    assert find_store(workspace, "S-9").city == "无锡"
