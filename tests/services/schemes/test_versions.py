"""Rules fix a version, wording does not: other rules under a stored version are refused, new words are taken."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from greenstar.assessment.model import Store
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.scheme.loader import scheme_from_json
from greenstar.scheme.model import Scheme
from greenstar.services.results.ranking import league
from greenstar.services.schemes.against import against
from greenstar.services.schemes.keeping import keep, summary
from greenstar.services.schemes.registry import find_scheme, stored
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.import_answers import recorded
from greenstar.services.visit.lifecycle import reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.schemes import SchemeRow
from tests.exported import score_rows
from tests.services.conftest import SCHEME, Opener, events_of, fill

AT = "2026-05-12T09:30:00.000Z"
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes the small scheme with words put in the place of others."""

    def write(*changes: tuple[str, str], name: str = "other.yaml") -> Path:
        text = SCHEME
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


RULES = ("points: 10\n", "points: 12\n")
WORDS = ("{en: A tank?, zh: 有水箱？}", "{en: Is there a tank?, zh: 有没有水箱？}")


def told(error: pytest.ExceptionInfo[BadInput]) -> str:
    return Catalogue("en").render(error.value.message)


@pytest.mark.parametrize("store", ["S-1", "S-2"])  # with a draft, and without
def test_other_rules_under_a_stored_version_open_no_visit(
    workspace: Workspace, visit: OpenVisit, opened: Opener, written: Written, store: str
) -> None:
    before = events_of(workspace)
    with pytest.raises(BadInput) as caught:
        open_visit(opened(scheme=str(written(RULES))), store)
    assert told(caught).startswith("small 1 is stored with other rules; rules fix a version. What differs (1): ")
    assert "W2: points: 10 → 12" in told(caught)
    assert events_of(workspace) == before
    assert open_visit(workspace, "S-1").scheme is visit.scheme


@pytest.mark.parametrize("store", ["S-1", "S-9"])
def test_other_rules_under_a_stored_version_are_not_recorded(
    workspace: Workspace, visit: OpenVisit, written: Written, store: str
) -> None:
    under = find_scheme(str(written(RULES)))
    paper = replace(visit.visit, store=Store(store, "Store"))
    with pytest.raises(BadInput) as caught, workspace.storage.transaction():
        recorded(workspace, under, paper, AT)
    assert caught.value.message.key == "storage.other_rules"


def test_a_difference_of_1e_30_is_refused_and_written_in_full(
    visit: OpenVisit, opened: Opener, written: Written
) -> None:
    assert visit.scheme.name == "small"
    little = "10.000000000000000000000000000001"
    with pytest.raises(BadInput) as caught:
        open_visit(opened(scheme=str(written(("points: 10\n", f"points: {little}\n")))), "S-2")
    assert f"W2: points: 10 → {little}" in told(caught)


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_differences_are_counted_and_the_first_named(small: Scheme, workspace: Workspace, language: str) -> None:
    canonical = small.canonical
    for points in ("60", "10", "30"):
        canonical = canonical.replace(f'"points":"{points}"', f'"points":"{points}.5"')
    with workspace.storage.transaction():
        keep(workspace.storage, small, AT)
    other = scheme_from_json(canonical.replace('"total":"40"', '"total":"41"').replace('"total":"80"', '"total":"81"'))
    with pytest.raises(BadInput) as caught:
        keep(workspace.storage, other, AT)
    assert caught.value.message.values["count"] >= 5
    assert Catalogue(language).render(caught.value.message)


def test_a_version_of_its_own_is_taken_beside_the_other(
    workspace: Workspace, visit: OpenVisit, opened: Opener, written: Written
) -> None:
    later = open_visit(opened(scheme=str(written(RULES, ('version: "1"', 'version: "2"')))), "S-2")
    assert (visit.scheme.version, later.scheme.version) == ("1", "2")
    assert [row.version for row in workspace.storage.schemes.all()] == ["1", "2"]


def test_new_words_are_shown_by_drafts_and_one_league_goes_on(
    workspace: Workspace, visit: OpenVisit, opened: Opener, written: Written
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    draft = open_visit(workspace, "S-2")
    fill(draft, lamps=50)
    worded = opened(scheme=str(written(WORDS)))
    again = open_visit(worded, "S-2")
    assert again.scheme.questions["W2"].ask.in_("en") == "Is there a tank?"
    assert again.visit == draft.visit
    submit(worded, "S-2")
    ranking = league(workspace)
    assert [ranked.entry.store for ranked in ranking.stores] == ["S-1", "S-2"]
    assert ranking.notes == ()
    assert [event for event in events_of(workspace) if event[0] == "wording"]


def test_words_that_come_with_one_visit_are_those_of_every_draft_and_of_no_sealed_visit(
    workspace: Workspace, visit: OpenVisit, opened: Opener, written: Written
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    open_visit(workspace, "S-2")
    add_store(workspace, Store("S-3", "Third"))
    open_visit(opened(scheme=str(written(WORDS))), "S-3")
    rows = workspace.storage.assessments
    asks = [
        stored(workspace.storage, rows.of_store(code)[0].scheme).questions["W2"].ask.in_("en")
        for code in ("S-1", "S-2", "S-3")
    ]
    assert asks == ["A tank?", "Is there a tank?", "Is there a tank?"]
    reopened = reopen(workspace, "S-1", "the meter was read again").draft
    assert stored(workspace.storage, reopened.scheme).questions["W2"].ask.in_("en") == "Is there a tank?"


def test_one_version_that_is_stored_with_two_sets_of_rules_makes_two_leagues(
    workspace: Workspace, visit: OpenVisit, opened: Opener, written: Written
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    other = find_scheme(str(written(RULES)))
    row = SchemeRow(other.sha256, other.name, "1", json.dumps(summary(other)), AT, other.rules_sha256, 1)
    workspace.storage.schemes.keep(row, other.canonical)  # as programs up to 0.2 did
    with opened(scheme=str(written(RULES))) as second:
        fill(open_visit(second, "S-2"))
        submit(second, "S-2")
        ranking = league(second)
        assert [ranked.entry.store for ranked in ranking.stores] == ["S-2"]
        assert [note.key for note in ranking.notes] == ["ranking.left_out_same_version"]
    assert [ranked.entry.store for ranked in league(workspace).stores] == ["S-1"]
    assert {row["rules_sha256"] for row in score_rows(workspace)} == {visit.scheme.rules_sha256, other.rules_sha256}


def test_where_nothing_is_asked_for_the_newest_version_is_used(
    workspace: Workspace, opened: Opener, written: Written
) -> None:
    for version in ("10", "9"):
        add_store(workspace, Store(f"V-{version}", "Store"))
        open_visit(opened(scheme=str(written(('version: "1"', f'version: "{version}"')))), f"V-{version}")
    assert opened(scheme=None).scheme.version == "10"


def test_a_scheme_is_held_against_a_database_before_it_is_stored(
    workspace: Workspace, visit: OpenVisit, written: Written
) -> None:
    fill(visit)
    gone = ("      - id: W2\n", "      - id: W9\n")
    second = ('version: "1"', 'version: "2"')
    standing = {}
    for name, changes in {"same": (), "words": (WORDS,), "rules": (RULES,), "next": (second, gone)}.items():
        standing[name] = against(workspace, find_scheme(str(written(*changes))))
    assert {name: (result.standing, result.ok) for name, result in standing.items()} == {
        "same": ("same", True),
        "words": ("wording", True),
        "rules": ("other_rules", False),
        "next": ("new", True),
    }
    (draft,) = standing["next"].drafts
    assert (draft.store, draft.lost, draft.to_ask) == ("S-1", ("W2",), ("W9",))
    assert not standing["words"].drafts
    assert not standing["rules"].drafts  # none moves to what may not be stored


def test_the_name_of_a_scheme_that_ships_asks_for_its_words(workspace: Workspace, opened: Opener) -> None:
    shipped = find_scheme(None)
    older = scheme_from_json(shipped.canonical.replace("Leading Green Star", "Green Star"))
    with workspace.storage.transaction():
        keep(workspace.storage, older, AT)
    assert open_visit(opened(scheme=None), "S-1").scheme.title.in_("en") == "Green Star"
    assert open_visit(opened(scheme=shipped.name), "S-1").scheme.title.in_("en") == "Leading Green Star"


def test_what_an_earlier_release_stored_keeps_its_edition_in_new_words_too(
    workspace: Workspace, small: Scheme, opened: Opener, written: Written
) -> None:
    row = SchemeRow(small.sha256, small.name, "1", json.dumps(summary(small)), AT, small.rules_sha256, 1)
    with workspace.storage.transaction():
        workspace.storage.schemes.keep(row, small.canonical)
    assert open_visit(workspace, "S-1").scheme.edition == 1
    assert open_visit(opened(scheme=str(written(WORDS))), "S-2").scheme.edition == 1
    assert (
        open_visit(opened(scheme=str(written(('version: "1"', 'version: "2"'))), cycle="2027"), "S-1").scheme.edition
        == 2
    )
