"""Closing a cycle: what is kept, what is shown afterwards, and what opening it again leaves."""

import hashlib
import json
import sqlite3
from fractions import Fraction
from typing import Any

import pytest

from greenstar.errors import BadInput, StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.ranking.kept_ranking import Difference
from greenstar.ranking.league import Ranking
from greenstar.ranking.uncertainty.settings import SureSettings
from greenstar.reports.views.cycles import left_phrases
from greenstar.services.cycles.closing import close, closed_cycle, cycle_named, cycles_now, reopen
from greenstar.services.cycles.kept_leagues import plain_leagues
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.cycles.work_left import WorkLeft, work_left
from greenstar.services.results.ranking import league
from greenstar.services.results.sureness import how_sure
from greenstar.services.stores.closing import close_store
from greenstar.services.visit import lifecycle
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.steps import VisitStep, steps_now
from greenstar.services.workspace import Workspace
from tests.builders import of
from tests.journals import journal_faults
from tests.services.conftest import events_of, fill
from tests.services.made_once import made_once
from tests.sql import database_of


def submitted(workspace: Workspace, code: str, lamps: int = 100) -> None:
    """A submitted visit."""
    fill(open_visit(workspace, code), lamps=lamps)
    lifecycle.submit(workspace, code)


@pytest.fixture
def closed(workspace: Workspace) -> Workspace:
    """A cycle of two stores that is closed."""

    def assess() -> None:
        submitted(workspace, "S-1", lamps=100)
        submitted(workspace, "S-2", lamps=50)
        close(workspace, "2026")

    made_once(workspace, assess)
    return workspace


def places(ranking: Ranking) -> list[tuple[int, str, Fraction | None]]:
    """Ranks, codes and totals."""
    return [(ranked.rank, ranked.entry.store, ranked.entry.total) for ranked in ranking.stores]


def note_keys(ranking: Ranking) -> list[str]:
    """What is said of it, as keys."""
    return [note.key for note in ranking.notes]


def test_what_is_still_open_is_listed_by_what_it_is(workspace: Workspace) -> None:
    submitted(workspace, "S-1")
    open_visit(workspace, "S-2").answer("W2", True)
    assert work_left(workspace, "2026") == WorkLeft(draft=("S-2",), undecided=("S-1",))
    assert [phrase.key for phrase in left_phrases(work_left(workspace, "2026"))] == [
        "cycles.left_draft", "cycles.left_undecided",
    ]  # fmt: skip
    lifecycle.decide(workspace.as_person("Office"), "S-1")
    close_store(workspace, "S-2", on=None, because="the lease ended")
    assert work_left(workspace, "2026") == WorkLeft()


def test_two_sealed_visits_of_one_revision_clash(workspace: Workspace) -> None:
    submitted(workspace, "S-1")
    columns = "kind, store, store_name, city, region, cycle, cycle_key, scheme_name, scheme, revision, status, assessor"
    columns += ", started_at, changed_at, seal, sealed"
    with workspace.storage.transaction():
        database_of(workspace).execute(
            f"INSERT INTO assessment (ulid, {columns}) SELECT 'other', {columns} FROM assessment"
        )
    assert work_left(workspace, "2026") == WorkLeft(clashing=("S-1",))
    with pytest.raises(BadInput) as caught:
        close(workspace, "2026")
    assert caught.value.message.key == "cycles.nothing_counts"


def test_the_document_holds_the_league_exactly_and_the_seals_it_stands_on(closed: Workspace) -> None:
    (cycle,) = cycles_now(closed)
    assert cycle.closed is not None
    assert hashlib.sha256(cycle.closed.sealed.encode()).hexdigest() == cycle.closed.seal
    document = json.loads(cycle.closed.sealed)
    kept = {name: document[name] for name in ("format", "what", "cycle", "revision", "by", "replaces", "because")}
    assert kept == {
        "format": 1, "what": "cycle", "cycle": "2026", "revision": 1, "by": "Ada", "replaces": None, "because": None,
    }  # fmt: skip
    assert document["left"] == {"draft": [], "undecided": ["S-1", "S-2"], "clashing": []}
    (plain,) = document["leagues"]
    assert (plain["scheme"]["name"], plain["rank_by"]) == ("small", ["total", "energy"])
    rows = {row.store: row for row in closed.storage.assessments.listed("2026")}
    assert [(store["rank"], store["store"], store["total"], store["seal"]) for store in plain["stores"]] == [
        (1, "S-1", "100", rows["S-1"].seal), (2, "S-2", "85", rows["S-2"].seal),
    ]  # fmt: skip
    assert plain["stores"][1]["assessment"] == rows["S-2"].ulid


def test_the_closed_cycle_shows_its_league_as_it_was_and_says_what_would_differ(closed: Workspace) -> None:
    before = places(league(closed))
    same = shown_league(closed)
    assert (places(same), note_keys(same)) == (before, ["cycles.kept", "cycles.ranges"])
    lifecycle.withdraw(closed, "S-1", "it was the wrong store")
    shown = shown_league(closed)
    assert places(shown) == before
    assert shown.stores[0].entry.keys == {"total": 100, "energy": 30}
    assert shown.left_out == {}  # every store was in it
    assert shown.kept is not None
    assert shown.kept.differences == (
        Difference("S-1", 1, None, Fraction(100), None, "two", None),
        Difference("S-2", 2, 1, Fraction(85), Fraction(85), "two", "two"),
    )
    assert shown.notes[2:] == (
        Phrase("cycles.differs_and_moves", stores=[Phrase("cycles.no_place_now", store="S-1", rank=1)], count=1),
    )


def test_the_ranges_of_places_are_kept_with_their_settings_where_they_can_be_worked_out(closed: Workspace) -> None:
    shown = shown_league(closed)
    assert of(shown.stores[1], "rank_low rank_high rank_low_bound rank_high_bound proved chance_top") == [
        2, 2, 2, 2, True, 1,
    ]  # fmt: skip
    assert shown.stores[1:][0] == shown.stores[1]
    assert shown.kept is not None
    assert shown.kept.settings == {"weights": "1/5", "draws": 10_000, "seed": 2026, "first": 10}
    assert shown_league(closed, region="West").stores[0].rank_low is None


def test_the_ranges_of_a_kept_league_are_those_of_the_revisions_that_it_stands_on(closed: Workspace) -> None:
    lifecycle.reopen(closed, "S-2", "a lamp was counted twice")
    open_visit(closed, "S-2").answer("E1", Fraction(2, 5))
    lifecycle.submit(closed, "S-2")
    sure = how_sure(closed, shown_league(closed), SureSettings(draws=100))
    assert [(ranked.entry.total, ranked.rank_low, ranked.rank_high) for ranked in sure.ranking.stores] == [
        (Fraction(100), 1, 1), (Fraction(85), 2, 2),
    ]  # fmt: skip


def test_without_numpy_a_league_is_kept_without_ranges(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenstar.services.cycles.kept_leagues.can_be_sure", lambda: False)
    submitted(workspace, "S-1")
    close(workspace, "2026")
    shown = shown_league(workspace)
    assert (note_keys(shown), shown.stores[0].rank_low) == (["cycles.kept"], None)


def test_within_a_region_the_places_are_those_within_it_and_why_no_more_is_said(closed: Workspace) -> None:
    west = shown_league(closed, region="west")
    assert places(west) == [(1, "S-2", Fraction(85))]
    assert (west.before, note_keys(west)) == (None, ["cycles.kept", "cycles.of_region"])
    with pytest.raises(BadInput):
        shown_league(closed, region="Nowhere")


def test_drafts_are_never_among_what_was_kept(closed: Workspace) -> None:
    lifecycle.reopen(closed, "S-2", "a lamp was counted twice")
    open_visit(closed, "S-2").answer("E1", Fraction(1, 5))
    assert note_keys(shown_league(closed)) == ["cycles.kept", "cycles.ranges"]  # what counts is as it was
    with_drafts = shown_league(closed, drafts=True)
    assert (places(with_drafts)[1], note_keys(with_drafts)) == ((2, "S-2", Fraction(76)), ["cycles.with_drafts"])


def test_a_changed_visit_is_told_beside_the_kept_figures(closed: Workspace) -> None:
    lifecycle.reopen(closed, "S-2", "a lamp was counted twice")
    open_visit(closed, "S-2").answer("E1", Fraction(2, 5))
    lifecycle.submit(closed, "S-2")
    shown = shown_league(closed)
    figures = Phrase("cycles.figures_now", store="S-2", rank=2)
    assert shown.notes[2] == Phrase("cycles.differs", stores=[figures], count=0)


def test_a_step_that_changes_a_ranking_says_that_the_kept_one_stays(closed: Workspace) -> None:
    does = {step.step: step.does.key for step in steps_now(closed, "S-1")}
    assert does[VisitStep.WITHDRAW] == does[VisitStep.SUBMIT] == "cycles.does_in_closed"
    assert does[VisitStep.DECIDE] == "life.does_decide"
    reopen(closed, "2026", "S-2 was not finished")
    assert {step.does.key for step in steps_now(closed, "S-1")}.isdisjoint({"cycles.does_in_closed"})


def test_another_cycle_is_as_open_as_it_was(closed: Workspace) -> None:
    assert note_keys(shown_league(closed, cycle="2025")) == []
    with pytest.raises(BadInput) as caught:
        cycle_named(closed, "2025")
    assert caught.value.message.values["known"] == ["2026"]


def test_a_cycle_is_closed_once_and_opened_for_a_reason_that_says_something(closed: Workspace) -> None:
    for because in ("", "x", "........."):
        with pytest.raises(BadInput):
            reopen(closed, "2026", because)
    with pytest.raises(BadInput) as caught:
        close(closed, "2026")
    assert caught.value.message.key == "cycles.closed_already"
    kept = reopen(closed, "2026", "S-2 was not finished")
    assert note_keys(shown_league(closed)) == []
    with pytest.raises(BadInput) as caught:
        reopen(closed, "2026", "S-2 was not finished")
    assert caught.value.message.key == "cycles.not_closed"
    again = close(closed, "2026")
    (cycle,) = cycles_now(closed)
    assert [closing.revision for closing in cycle.closings] == [2, 1]
    document = json.loads(cycle.closings[0].sealed)
    assert (again.revision, document["replaces"], document["because"]) == (2, kept.seal, "S-2 was not finished")
    assert cycle.closings[1].sealed == kept.sealed
    assert [event[:2] for event in events_of(closed) if event[0].startswith("cycle_")] == [
        ("cycle_closed", "2026"), ("cycle_reopened", "2026"), ("cycle_closed", "2026"),
    ]  # fmt: skip
    assert journal_faults(closed) == []


def test_a_kept_document_is_never_changed_and_one_that_was_is_not_shown(closed: Workspace) -> None:
    database = database_of(closed)
    for sql in ("UPDATE closing SET sealed = '{}'", "DELETE FROM closing"):
        with pytest.raises((StorageError, sqlite3.Error)):
            database.execute(sql)
    database.execute("DROP TRIGGER closing_is_never_changed")
    database.execute("UPDATE closing SET sealed = replace(sealed, 'First', 'Fist')")
    (cycle,) = cycles_now(closed)
    assert cycle.closed is not None
    assert not cycle.closed.is_whole
    assert note_keys(shown_league(closed)) == ["cycles.document_changed"]


def test_what_another_window_records_meanwhile_keeps_the_cycle_open(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(workspace, "S-1")

    def meanwhile(own: Workspace, cycle: str) -> list[dict[str, Any]]:
        leagues = plain_leagues(own, cycle)
        submitted(workspace, "S-2")
        return leagues

    monkeypatch.setattr("greenstar.services.cycles.closing.plain_leagues", meanwhile)
    with pytest.raises(BadInput) as caught:
        close(workspace, "2026")
    assert caught.value.message.key == "cycles.changed_meanwhile"
    assert closed_cycle(workspace, "2026") is None


def test_without_a_visit_that_counts_there_is_nothing_to_keep(workspace: Workspace) -> None:
    open_visit(workspace, "S-1").answer("W2", True)
    with pytest.raises(BadInput) as caught:
        close(workspace, "2026")
    assert caught.value.message.key == "cycles.nothing_counts"
