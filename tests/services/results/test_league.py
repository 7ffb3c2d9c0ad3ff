"""What is said of a league beside its places: who has none and why, how far each moved and by what, who is first."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.model import Store
from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranking
from greenstar.reports.json.ranking import ranking_json
from greenstar.reports.text.page import plain
from greenstar.reports.text.ranking import ranking_page
from greenstar.reports.views.ranking import ranking_view
from greenstar.reports.views.ranking_rows import ranking_rows
from greenstar.reports.views.tables import table_view
from greenstar.services.results.movement import movement_causes
from greenstar.services.results.ranking import Wanted, league
from greenstar.services.results.tables.extract import Extract
from greenstar.services.stores.closing import close_store
from greenstar.services.stores.stores import add_store, edit_store
from greenstar.services.visit.lifecycle import reopen, submit, withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.builders import of
from tests.services.conftest import SCHEME, Opener, fill
from tests.services.made_once import made_once
from tests.sql import database_of

EN, ZH = Catalogue("en"), Catalogue("zh")


def submitted(workspace: Workspace, code: str, lamps: int) -> None:
    """A submitted visit."""
    fill(open_visit(workspace, code), lamps=lamps)
    submit(workspace, code)


def moved(ranking: Ranking) -> dict[str, int | None]:
    """By how many places each store went up."""
    return {ranked.entry.store: ranked.moved for ranked in ranking.stores}


@pytest.fixture
def later(workspace: Workspace, opened: Opener) -> Workspace:
    """The cycle after one in which four stores were ranked: S-1, S-2, S-3, S-4."""

    def assess() -> None:
        for number in (3, 4):
            add_store(workspace, Store(f"S-{number}", "Store", region="East"))
        for number in (1, 2, 3, 4):
            submitted(workspace, f"S-{number}", 100 - 10 * number)

    made_once(workspace, assess)
    return opened(cycle="2027")


def test_who_has_no_place_is_counted_by_why(workspace: Workspace) -> None:
    for code in ("S-3", "S-4", "S-5", "S-6"):
        add_store(workspace, Store(code, "Store", region="East"))
    submitted(workspace, "S-1", 50)
    submitted(workspace, "S-2", 50)
    reopen(workspace, "S-2", "a wrong meter")  # what was submitted goes on counting
    open_visit(workspace, "S-3").answer("W2", True)
    submitted(workspace, "S-4", 50)
    withdraw(workspace, "S-4", "not so")
    close_store(workspace, "S-6", on=None, because="lease ended")  # never visited: nobody misses it
    ranking = league(workspace)
    assert ranking.left_out == {"draft": 1, "withdrawn": 1, "no_visit": 1}
    assert league(workspace, drafts=True).left_out == {"withdrawn": 1, "no_visit": 1}
    assert league(workspace, region="west").left_out == {}
    lines = list(plain(ranking_page(ranking_view(ranking), EN)))
    assert lines[-1] == "Not in this ranking: 1 draft, 1 not visited, 1 withdrawn"
    chinese = list(plain(ranking_page(ranking_view(ranking), ZH)))[-1]
    assert chinese == "未列入本排名：仍为草稿 1 家、尚未评审 1 家、已撤回 1 家"


def test_where_nothing_was_submitted_all_are_counted_as_drafts_or_not_visited(
    workspace: Workspace, opened: Opener
) -> None:
    open_visit(workspace, "S-1")
    ranking = league(opened(scheme=None))
    assert (ranking.scheme, ranking.stores, ranking.left_out) == (None, (), {"draft": 1, "no_visit": 1})


def test_what_counts_by_other_rules_only_is_counted_so(workspace: Workspace, opened: Opener) -> None:
    submitted(workspace, "S-1", 50)
    database_of(workspace).execute(
        "INSERT INTO scheme (sha256, name, version, summary, canonical, added_at, rules) "
        "SELECT replace(hex(zeroblob(32)), '0', 'a'), name, 'x', summary, canonical, added_at, 'other' FROM scheme"
    )
    submitted(workspace, "S-2", 50)
    database_of(workspace).execute("UPDATE assessment SET scheme = replace(hex(zeroblob(32)), '0', 'a') WHERE id = 2")
    assert {**league(opened(scheme=None)).left_out} == {"other_rules": 1}


def test_two_sealed_visits_of_one_revision_clash_and_neither_has_a_place(workspace: Workspace) -> None:
    submitted(workspace, "S-1", 50)
    submitted(workspace, "S-2", 50)
    twin = database_of(workspace).row("SELECT * FROM assessment WHERE store = 'S-2'") or {}
    twin |= {"id": 99, "ulid": "twin"}
    columns = ", ".join(twin)
    database_of(workspace).execute(
        f"INSERT INTO assessment ({columns}) VALUES ({', '.join('?' * len(twin))})", list(twin.values())
    )
    assert {**league(workspace).left_out} == {"clashing": 1}


def test_a_place_higher_than_in_the_cycle_before_is_told_with_the_criteria_that_caused_it(later: Workspace) -> None:
    submitted(later, "S-4", 100)
    submitted(later, "S-1", 90)
    ranking = league(later)
    assert moved(ranking) == {"S-4": 3, "S-1": -1}
    assert (ranking.before, ranking.stores_before) == ("2026", 4)
    causes = movement_causes(later, ranking)
    assert causes.keys() == {"S-4", "S-1"}
    assert [of(cause, "criterion before after difference") for cause in causes["S-4"]] == [["E1", 18, 30, 12]]
    assert causes["S-1"] == ()  # others moved
    assert movement_causes(later, ranking, ["S-1"]).keys() == {"S-1"}
    view = ranking_view(ranking)
    told = ranking_json(view, EN, causes)
    assert [store["moved_by"] for store in told["stores"]] == [[{"criterion": "E1", "before": 18, "after": 30}], []]
    assert (told["before"], told["left_out"]) == ("2026", {"no_visit": 2})
    assert [row["moved"] for row in ranking_rows(ranking, EN, "2026")] == [3, -1]
    lines = list(plain(ranking_page(view, EN)))
    assert [line.split()[:3] for line in lines[4:6]] == [["1", "+3", "S-4"], ["2", "-1", "S-1"]]
    assert "Moved: places gained since 2026, when 4 stores were ranked" in lines


def test_an_exported_league_is_the_one_that_is_held_with_the_places_of_the_cycle_before(later: Workspace) -> None:
    submitted(later, "S-4", 100)
    submitted(later, "S-1", 90)
    table = table_view("ranking", Extract.of(later))
    assert list(table.rows) == list(ranking_rows(league(later), EN, later.cycle))


def test_what_did_not_apply_before_is_a_cause_without_points(later: Workspace) -> None:
    visit = open_visit(later, "S-2")
    fill(visit, lamps=100)
    visit.mark_not_applicable("W1", "the wash is closed")
    submit(later, "S-2")
    (cause,) = (cause for cause in movement_causes(later, league(later))["S-2"] if cause.criterion == "W1")
    assert of(cause, "before after difference") == [60, None, -60]


def test_a_store_that_was_renamed_moved_or_closed_between_the_cycles_keeps_its_place_there(later: Workspace) -> None:
    edit_store(later, "S-1", name="Renamed", region="North")
    close_store(later, "S-2", on=None, because="lease ended")
    submitted(later, "S-1", 50)
    submitted(later, "S-3", 60)
    assert moved(league(later)) == {"S-3": 2, "S-1": -1}
    assert moved(league(later, region="North")) == {"S-1": None}  # it had no place in that region's league
    assert moved(league(later, region="East")) == {"S-3": 1}


def test_there_is_no_movement_without_a_cycle_before_nor_of_a_store_that_is_new(later: Workspace) -> None:
    add_store(later, Store("S-5", "New"))
    submitted(later, "S-5", 70)
    assert moved(league(later)) == {"S-5": None}
    first = league(later, cycle="2026")
    assert (first.before, set(moved(first).values())) == (None, {None})
    assert movement_causes(later, first) == {}
    assert "Moved" not in "\n".join(plain(ranking_page(ranking_view(first), EN)))


def test_a_draft_moves_but_nothing_of_it_is_sealed(later: Workspace) -> None:
    visit = open_visit(later, "S-4")
    fill(visit, lamps=100)
    ranking = league(later, drafts=True)
    assert moved(ranking) == {"S-4": 3}
    assert movement_causes(later, ranking) == {}


def test_the_first_few_are_those_of_the_whole_league_with_all_that_share_the_last_place(workspace: Workspace) -> None:
    for number in range(3, 8):
        add_store(workspace, Store(f"S-{number}", "Store", region="East"))
    for number, lamps in enumerate((90, 80, 80, 80, 50, 40, 30), 1):
        submitted(workspace, f"S-{number}", lamps)
    whole = [(ranked.rank, ranked.entry.store) for ranked in league(workspace).stores]
    for first, count in ((1, 1), (2, 4), (5, 5), (99, 7)):
        few = league(workspace, wanted=Wanted(first=first)).stores
        assert [(ranked.rank, ranked.entry.store) for ranked in few] == whole[:count]


def test_without_reasons_the_first_is_as_it_was_written_down_and_the_others_are_counted(workspace: Workspace) -> None:
    submitted(workspace, "S-1", 100)
    visit = open_visit(workspace, "S-2")
    fill(visit, lamps=40, fresh=40)
    submit(workspace, "S-2")
    for catalogue in (EN, ZH):
        pages = [
            list(plain(ranking_page(ranking_view(league(workspace, wanted=wanted)), catalogue)))
            for wanted in (Wanted(reasons=False), Wanted())
        ]
        assert pages[0] == pages[1]
    (_, second) = league(workspace, wanted=Wanted(reasons=False)).stores
    assert len(second.entry.why_not) == 2
    assert json.loads(second.entry.first_reason or "").keys() == {"en", "zh"}


def test_a_total_that_is_unknown_comes_last_and_is_told_with_a_dash(workspace: Workspace) -> None:
    submitted(workspace, "S-1", 0)
    submitted(workspace, "S-2", 0)
    database_of(workspace).execute(
        "UPDATE scorecard SET total = NULL, total_number = NULL, key_1 = NULL, "
        """keys = '{"total": null, "energy": "0"}' WHERE assessment = 1"""
    )
    ranking = league(workspace)
    assert [(ranked.rank, ranked.entry.store, ranked.entry.total) for ranked in ranking.stores] == [
        (1, "S-2", Fraction(70)),
        (2, "S-1", None),
    ]
    assert [row["total"] for row in ranking_rows(ranking, EN, "2026")] == [70, None]


NO_LEVELS = SCHEME[: SCHEME.index("levels:")]
NOT_BY_TOTAL = SCHEME.replace("    - total\n", "").replace('points("ENE")', 'points("WAT")')
SEVEN = "".join(f'    - {{id: k{at}, of: points("WAT"), title: {{en: K, zh: K}}}}\n' for at in range(1, 7))
BY_EIGHT = SCHEME.replace("    - total\n", SEVEN + "    - total\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NO_LEVELS, [(1, "S-2", 100), (2, "S-1", 85)]),  # nobody can be a candidate either, and nothing is said of it
        (NOT_BY_TOTAL, [(1, "S-1", 85), (1, "S-2", 100)]),
        (BY_EIGHT, [(1, "S-2", 100), (2, "S-1", 85)]),  # six keys are equal, and the seventh stands in no column
    ],
)
def test_a_scheme_without_levels_without_the_total_as_a_key_or_of_many_keys_has_a_league(
    opened: Opener, scheme_file: Path, text: str, expected: list[tuple[int, str, int]]
) -> None:
    scheme_file.write_text(text, encoding="utf-8")
    with opened() as workspace:
        add_store(workspace, Store("S-1", "First"))
        add_store(workspace, Store("S-2", "Second"))
        submitted(workspace, "S-1", 50)
        submitted(workspace, "S-2", 100)
        ranking = league(workspace, wanted=Wanted(reasons=False))
        assert [(ranked.rank, *of(ranked.entry, "store total")) for ranked in ranking.stores] == expected
        page = "\n".join(plain(ranking_page(ranking_view(ranking), EN)))
        assert ("Lighthouse" in page) == (text is not NO_LEVELS)
