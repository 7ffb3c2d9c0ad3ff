"""A draft moves to another version with what that takes; it can be taken back as a whole."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from greenstar.assessment.model import Finding
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.record.canonical import canonical
from greenstar.scheme.model import Scheme
from greenstar.services.findings.findings import add
from greenstar.services.results.ranking import league
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.schemes.simulate import simulate
from greenstar.services.signing.documents import UNSIGNED
from greenstar.services.visit.drafts import field, keep, kept
from greenstar.services.visit.history import history, redo, take_back, undo
from greenstar.services.visit.history_text import entry_phrase
from greenstar.services.visit.lifecycle import Counting, Withdrawal, reopen, submit, withdraw
from greenstar.services.visit.moving import PlannedMove, move, plan
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.standings import Scope
from tests.exported import score_rows
from tests.journals import journal_faults
from tests.services.conftest import SCHEME, Opener, events_of, fill
from tests.sql import database_of

NEXT = (
    ('version: "1"', 'version: "2"'),
    ("has_wash: {", "washes: {formerly: [has_wash], "),
    ("applies_if: has_wash", "applies_if: washes"),
    ("id: W2\n", "id: W-2\n        formerly: [W2]\n"),
    ("used: {type: number, unit: m³, min: 0,", "used: {type: number, unit: m³, min: 200,"),
    ("plausible: [10, 5000]", "plausible: [200, 5000]"),
    ("id: E1\n", "id: E9\n"),
)
HELD = ("answer", "visit_fact", "exemption", "note", "flag", "evidence", "finding")


def version(tmp_path: Path, *changes: tuple[str, str], name: str = "next.yaml") -> Scheme:
    text = SCHEME
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return find_scheme(str(path))


@pytest.fixture
def later(tmp_path: Path) -> Scheme:
    """The next version: a fact and a criterion renamed, one gone, one new, narrower bounds."""
    return version(tmp_path, *NEXT)


@pytest.fixture
def full(visit: OpenVisit) -> OpenVisit:
    """A draft that holds something of everything."""
    fill(visit)
    visit.note("W2", "a tank of steel")
    visit.note("E1", "counted twice")
    visit.mark_not_applicable("E1", "the landlord owns the lamps")
    visit.flag("W2", on=True)
    add(visit, Finding("W2", "major", "The tank leaks"))
    add(visit, Finding("E1", "minor", "One lamp is broken"))
    piece = {"criterion": "W2", "file": "a.jpg", "caption": "", "verified": 1, "sha256": "0" * 64, "bytes": 1}
    visit.put("evidence", "W2", canonical([piece]))
    return visit


def held(workspace: Workspace) -> dict[str, list[dict[str, Any]]]:
    """Every row of the visits, as it is stored; rows that were written anew have another number."""
    database, rows = database_of(workspace), {}
    for table in HELD:
        read = [dict(row) for row in database.rows(f"SELECT * FROM {table}")]
        rows[table] = sorted(({**row, "id": 0} for row in read), key=canonical)
    return rows


def draft_of(workspace: Workspace, code: str = "S-1") -> OpenVisit:
    """The store's draft, whatever version it goes by."""
    row = workspace.storage.assessments.latest(code, "2026", "small")
    assert row is not None
    return OpenVisit(workspace, row)


def answer_row(visit: OpenVisit, name: str) -> dict[str, Any]:
    """An answer as it is stored, with when and by whom it was given."""
    rows = visit.workspace.storage.contents.full("answer", [visit.assessment.id])[visit.assessment.id]
    return next(dict(row) for row in rows if row["key"] == name)


def moved(workspace: Workspace, target: Scheme, code: str = "S-1") -> list[PlannedMove]:
    planned = plan(workspace, [code], target)
    move(workspace, target, planned)
    return planned


def test_what_is_lost_refused_and_newly_asked_is_known_before(full: OpenVisit, later: Scheme) -> None:
    workspace = full.workspace
    before = events_of(workspace)
    (planned,) = plan(workspace, ["S-1"], later)
    visit = planned.simulated
    assert (visit.lost, visit.unfit, tuple(sorted(visit.to_ask))) == (("E1",), ("used",), ("E9", "used"))
    assert set(planned.gone) == {("exemption", "E1"), ("note", "E1"), ("finding", "E1")}
    assert events_of(workspace) == before


def test_what_the_new_version_takes_is_carried_over_with_when_and_by_whom(full: OpenVisit, later: Scheme) -> None:
    workspace = full.workspace
    entered = answer_row(full, "W2")
    moved(workspace, later)
    draft = draft_of(workspace)
    assert draft.scheme.version == "2"
    assert draft.visit.answers == {"fresh": 10, "W-2": True}
    assert draft.visit.facts == {"washes": True}
    assert draft.visit.notes == {"W-2": "a tank of steel"}
    assert (dict(draft.visit.not_applicable), set(draft.flags)) == ({}, {"W-2"})
    assert [finding.text for finding in draft.visit.findings] == ["The tank leaks"]
    assert [piece.file for piece in draft.visit.evidence["W-2"]] == ["a.jpg"]
    assert {**answer_row(draft, "W-2"), "key": "W2"} == entered


def test_an_undo_takes_the_move_back_to_the_last_row_and_a_redo_makes_it_again(full: OpenVisit, later: Scheme) -> None:
    workspace = full.workspace
    first = held(workspace)
    moved(workspace, later)
    second = held(workspace)
    draft = draft_of(workspace)
    entry = undo(draft)
    assert entry is not None
    assert (
        Catalogue("en").render(entry_phrase(draft.scheme, entry, {}))
        == "Moved from version 1 to version 2 of the criteria"
    )
    assert (held(workspace), draft.scheme.version) == (first, "1")
    assert replace(draft.visit, findings=()) == replace(full.visit, findings=())
    assert redo(draft) is not None
    assert (held(workspace), draft.scheme.version) == (second, "2")
    undo(draft)
    assert undo(draft) is not None  # what was done before the move
    assert journal_faults(workspace) == []
    assert len(history(draft))


def test_a_move_is_not_taken_back_over_what_was_changed_since(full: OpenVisit, later: Scheme) -> None:
    workspace = full.workspace
    moved(workspace, later)
    draft = draft_of(workspace)
    draft.answer("W-2", False)
    (entry,) = [entry for entry in history(draft) if entry.kind == "moved"]
    with pytest.raises(BadInput) as caught:
        take_back(draft, entry)
    assert caught.value.message.key == "history.changed_since"
    assert draft_of(workspace).scheme.version == "2"


Prepared = Callable[[Workspace, Path], Scheme]


def _older(workspace: Workspace, folder: Path) -> Scheme:
    moved(workspace, version(folder, ('version: "1"', 'version: "10"')))
    return version(folder, ('version: "1"', 'version: "9"'))


def _sealed(workspace: Workspace, folder: Path) -> Scheme:
    submit(workspace, "S-1")
    return version(folder, *NEXT)


REFUSED: dict[str, Prepared] = {
    "move.older": _older,
    "move.other_scheme": lambda _, folder: version(folder, ("scheme: small", "scheme: large")),
    "move.sealed": _sealed,
    "move.already": lambda _, folder: version(folder, ("{en: A tank?", "{en: Is there a tank?")),
    "storage.other_rules": lambda _, folder: version(folder, ("points: 10\n", "points: 11\n")),
}


@pytest.mark.parametrize("key", REFUSED)
def test_a_draft_moves_to_a_later_version_of_its_scheme_only(full: OpenVisit, tmp_path: Path, key: str) -> None:
    workspace = full.workspace
    target = REFUSED[key](workspace, tmp_path)
    before = held(workspace)
    with pytest.raises(BadInput) as caught:
        moved(workspace, target)
    assert caught.value.message.key == key
    assert all(Catalogue(language).render(caught.value.message) for language in ("en", "zh"))
    assert held(workspace) == before


def test_a_store_without_a_visit_has_none_to_move(workspace: Workspace, later: Scheme) -> None:
    with pytest.raises(BadInput) as caught:
        plan(workspace, ["S-2"], later)
    assert caught.value.message.key == "storage.no_visit"


def test_of_several_drafts_all_are_moved_or_none(full: OpenVisit, later: Scheme) -> None:
    workspace = full.workspace
    other = open_visit(workspace, "S-2")
    planned = plan(workspace, ["S-1", "S-2"], later)
    other.answer("W2", True)
    with pytest.raises(BadInput) as caught:
        move(workspace, later, planned)
    assert caught.value.message.key == "move.changed_meanwhile"
    assert {draft_of(workspace, code).scheme.version for code in ("S-1", "S-2")} == {"1"}


def test_what_another_window_types_for_the_old_version_is_refused_not_lost_in_the_new(
    full: OpenVisit, opened: Opener, later: Scheme
) -> None:
    moved(opened(), later)
    with pytest.raises(BadInput) as caught:
        full.answer("E1", None)
    assert caught.value.message.key == "move.meanwhile"
    assert full.refresh()
    assert full.moved
    assert full.scheme.version == "1"


def test_what_is_half_typed_goes_along_and_comes_back(full: OpenVisit, later: Scheme) -> None:
    workspace, number = full.workspace, full.assessment.id
    typed = {"used": "12", "has_wash": "y", field("note", "W2"): "rust on", field("note", "E1"): "why"}
    for name, text in typed.items():
        keep(workspace, "S-1", number, name, text)
    moved(workspace, later)
    names = {"used": "used", "has_wash": "washes", "note:W2": "note:W-2", "note:E1": "note:E1"}
    assert kept(workspace, "S-1", number) == {names[name]: text for name, text in typed.items()}
    undo(draft_of(workspace))
    assert kept(workspace, "S-1", number) == typed


def test_a_visit_that_was_moved_and_sealed_again_stands_in_the_leagues_of_both_versions(
    full: OpenVisit, later: Scheme
) -> None:
    workspace = full.workspace
    submit(workspace, "S-1")
    reopen(workspace, "S-1", because="asked again by the newer version")
    moved(workspace, later)

    def standing(*, drafts: bool) -> list[tuple[str, int]]:
        return [
            (scheme.version, row.assessment)
            for scheme in workspace.storage.schemes.all()
            for row in workspace.storage.standings.league(Scope("2026", scheme.rules, drafts))
        ]

    first, second = full.assessment.id, draft_of(workspace).assessment.id
    assert (standing(drafts=False), standing(drafts=True)) == ([("1", first)], [("1", first), ("2", second)])
    workspace.named_scheme = None
    submit(workspace, "S-1")
    assert standing(drafts=False) == standing(drafts=True) == [("1", first), ("2", second)]
    assert [(row["version"], row["revision"], row["counts"]) for row in score_rows(workspace)] == [
        ("1", 1, True),
        ("2", 2, True),
    ]
    assert [visit.assessment for visit in simulate(workspace, later).visits] == [second]
    previous = workspace.storage.assessments.previous("S-1", "small", "2027")
    assert previous is not None
    assert previous.id == second
    assert not league(workspace).notes  # the store is ranked: it is not left out by being in another league too
    told = withdraw(workspace, "S-1", because="the wrong meter was read")
    assert replace(told, signed=UNSIGNED) == Withdrawal("S-1", "2026", 2, (Counting("small", "1", 1),))
    assert [visit.assessment for visit in simulate(workspace, later).visits] == [first]


def test_what_was_entered_before_a_move_is_told_as_it_is_called_now(full: OpenVisit, later: Scheme) -> None:
    moved(full.workspace, later)
    draft = draft_of(full.workspace)
    told = [Catalogue("en").render(entry_phrase(draft.scheme, entry, {})) for entry in history(draft)]
    assert [line for line in told if "Wash?" in line or "A tank?" in line] == [
        "W-2: yes - A tank?",
        "Store: yes - Wash?",
    ]
    assert any("W-2" in line and "a tank of steel" in line for line in told)
