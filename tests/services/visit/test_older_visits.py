"""Visits that 0.2.0 stored: drafts go on where they were left, and what was sealed stays as it was."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from greenstar.services.findings.findings import change, findings_of
from greenstar.services.findings.follow_up import open_findings, sealed_visit
from greenstar.services.findings.form import finding_from, read_half_typed
from greenstar.services.visit import drafts
from greenstar.services.visit.history import history, redo, undo
from greenstar.services.visit.lifecycle import reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.sqlite.connection import Database
from tests.exported import answers_documents
from tests.journals import journal_faults
from tests.older import restore
from tests.services.conftest import Clock
from tests.services.seals import seal_holds
from tests.sql import database_of


@pytest.fixture(scope="module")
def brought_over(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database of 0.2.0, opened once by this program."""
    path = restore("visits", tmp_path_factory.mktemp("old") / "old.db")
    Database.open(path).close()
    return path.read_bytes()


@pytest.fixture
def old(brought_over: bytes, tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    """A workspace on a copy of it, in the cycle of the drafts."""
    path = tmp_path / "copy.db"
    path.write_bytes(brought_over)
    with Workspace.open(path, cycle="2026", assessor="Ada", scheme="small", clock=clock) as workspace:
        yield workspace


@pytest.fixture
def draft(old: Workspace) -> OpenVisit:
    """The draft that was worked on last."""
    return open_visit(old, "A-1")


def rows(workspace: Workspace, sql: str) -> list[dict[str, Any]]:
    """What plain SQL finds."""
    return database_of(workspace).rows(sql)


def texts(visit: OpenVisit) -> list[str]:
    """What its findings say."""
    return [finding.text for finding in visit.visit.findings]


def test_a_draft_opens_with_its_half_typed_text(draft: OpenVisit) -> None:
    kept = drafts.kept(draft.workspace, "A-1", draft.assessment.id)
    assert {name: kept[name] for name in ("fresh", "note:E1", "area_m2")} == {
        "fresh": "12x",
        "note:E1": "half a no",
        "area_m2": "46",
    }
    assert drafts.kept(draft.workspace, "A-1", None) == {"area_m2": "46"}
    half_typed = read_half_typed(kept["finding:W2"])
    assert half_typed is not None
    assert half_typed.entry is not None
    finding = finding_from("W2", half_typed.values, draft.workspace.today())
    change(draft, half_typed.entry, finding)  # it is the same one, although it did not say which
    assert [entry.finding.text for entry in findings_of(draft, "W2")] == ["no cover at"]
    assert (draft.assessment.cursor, draft.assessment.cursor_question) == ("W1", "fresh")
    assert draft.flags == {"E1"}


def test_its_history_is_whole_and_undo_and_redo_go_on(draft: OpenVisit) -> None:
    assert journal_faults(draft.workspace) == []
    kinds = [entry.kind for entry in history(draft)]
    assert (kinds[-1], kinds.count("fact"), kinds.count("finding")) == ("started", 2, 3)
    assert texts(draft) == ["loose lid", "old lamps", "no cover"]
    undone = [entry for _ in range(4) if (entry := undo(draft)) is not None]
    assert [entry.kind for entry in undone] == ["finding", "finding", "finding", "flag"]
    assert texts(draft) == []
    for _ in undone:
        redo(draft)
    assert texts(draft) == ["loose lid", "old lamps", "no cover"]
    assert journal_faults(draft.workspace) == []


def test_a_draft_has_the_facts_of_its_page_and_what_was_sealed_those_of_its_seal(old: Workspace) -> None:
    assert open_visit(old, "A-1").visit.facts == {"has_wash": True, "area_m2": Fraction("4500.5")}
    sealed = open_visit(old, "A-5")
    assert (sealed.visit.store.name, sealed.visit.store.region) == ("Fifth", "East")
    assert sealed.visit.facts == {"has_wash": True}
    reopen(old, "A-5", "another look")  # although the store was renamed, and lost its wash bay
    again = open_visit(old, "A-5")
    assert (again.visit.store, again.visit.facts) == (sealed.visit.store, sealed.visit.facts)
    assert again.scorecard.total == sealed.scorecard.total


def test_every_seal_holds(old: Workspace) -> None:
    sealed = rows(old, "SELECT id FROM assessment WHERE seal IS NOT NULL")
    assert len(sealed) == 8
    assert all(seal_holds(old, old.storage.assessments.get(row["id"])) for row in sealed)


def test_every_visit_has_an_identity_of_its_time(old: Workspace) -> None:
    ulids = [row["ulid"] for row in rows(old, "SELECT ulid FROM assessment ORDER BY started_at, id")]
    assert ulids == sorted(set(ulids))
    assert {row["kind"] for row in rows(old, "SELECT kind FROM assessment")} == {"visit"}


def test_two_that_bring_over_copies_of_one_database_agree_on_who_is_who(old: Workspace, tmp_path: Path) -> None:
    sql = "SELECT ulid FROM assessment UNION SELECT uid FROM finding ORDER BY 1"
    other = Database.open(restore("visits", tmp_path / "other.db"))
    assert other.rows(sql) == rows(old, sql)
    other.close()


def test_a_finding_is_the_same_in_every_revision_and_one_taken_over_says_from_which(old: Workspace) -> None:
    leaks = rows(old, "SELECT uid, assessment, follows FROM finding WHERE text = 'a leak' ORDER BY id")
    assert len(leaks) == 2
    assert leaks[0]["uid"] == leaks[1]["uid"]
    first, later = rows(old, "SELECT uid, follows FROM finding WHERE text = 'loose lid' ORDER BY id")
    assert (first["follows"], later["follows"]) == ("", first["uid"])
    assert later["uid"] != first["uid"]


def test_findings_that_were_sealed_without_ids_have_them_and_go_on_in_the_draft_that_took_them_over(
    old: Workspace, clock: Clock
) -> None:
    kept = {row["uid"]: row["text"] for row in rows(old, "SELECT uid, text FROM finding")}
    with Workspace.open(database_of(old).path, cycle="2025", scheme="small", assessor="Ada", clock=clock) as before:
        exported = [finding for visit in answers_documents(before) for finding in visit.get("findings", ())]
        assert len(exported) == 4
        assert all(kept[finding["id"]] == finding["text"] for finding in exported)
        assert open_findings(sealed_visit(before, "A-1")) == []  # they are closed in the draft
    due = rows(old, "SELECT cycle, text FROM open_finding ORDER BY text")
    assert [tuple(row.values()) for row in due] == [("2026", "loose lid"), ("2026", "no cover")]


def test_a_cycle_in_other_digits_stays_and_is_opened_by_its_spelling_and_not_the_latest_for_everybody(
    old: Workspace, clock: Clock
) -> None:
    assert old.storage.cycles.latest() == "2026"
    assert old.storage.cycles.all() == ["2026", "２０２６", "2025"]
    with Workspace.open(database_of(old).path, cycle="２０２６", assessor="Ada", clock=clock) as twin:
        assert open_visit(twin, "A-6").read_only


def test_a_draft_is_submitted_and_decided_on_as_any_other(draft: OpenVisit) -> None:
    submit(draft.workspace, "A-1")
    assert seal_holds(draft.workspace, draft.workspace.storage.assessments.get(draft.assessment.id))
