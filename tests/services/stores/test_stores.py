"""Stores: what they may be called, what they are, and in which order they are listed."""

from fractions import Fraction

import pytest

from greenstar.assessment.model import Status, Store
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.stores.past_visits import past_visits
from greenstar.services.stores.stores import (
    add_store,
    edit_store,
    find_store,
    list_stores,
    regions,
    set_fact,
    store_facts,
)
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.builders import of
from tests.rows import rows
from tests.services.conftest import Opener, events_of, fill
from tests.sql import database_of


@rows("code", ["WX-001", "a", "1.2_3-4", "A" * 40])
def test_codes_are_letters_digits_dots_dashes_and_underscores(workspace: Workspace, code: str) -> None:
    add_store(workspace, Store(code, "Store"))
    assert find_store(workspace, code) == Store(code, "Store")


@rows(
    "code",
    [
        "",
        " ",
        "[/x]",
        "../x",
        "..",
        ".x",
        "-x",
        "a/b",
        "a\\b",
        "a b",
        "上海",
        "é",
        "١٢",
        "A" * 41,
        "a\x00",
        "🚗",
    ],
)
def test_any_other_code_is_refused_in_a_sentence(workspace: Workspace, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        add_store(workspace, Store(code, "Store"))
    for language in ("en", "zh"):
        assert "WX-001" in Catalogue(language).render(caught.value.message)
    assert len(list_stores(workspace)) == 2


@rows(
    ("code", "name", "kept"),
    [
        ("N-1", "A [/x] [red]B 上海", "A [/x] [red]B 上海"),
        ("N-2", "👩‍🔧 شركة \u202eabc", "👩‍🔧 شركة abc"),
        ("N-3", "  two\nlines\t of\x1b[31m text \x00", "two lines of[31m text"),
        ("N-4", "=1+1", "=1+1"),
        ("N-5", "N" * 200, "N" * 200),
    ],
)
def test_names_are_peoples_text(workspace: Workspace, code: str, name: str, kept: str) -> None:
    add_store(workspace, Store(code, name, name, name))
    assert find_store(workspace, code).name == kept


@rows(("name", "key"), [("", "no_name"), ("\x00\n ", "no_name"), ("N" * 201, "too_long")])
def test_a_name_is_needed_and_has_an_end(workspace: Workspace, name: str, key: str) -> None:
    with pytest.raises(BadInput) as caught:
        add_store(workspace, Store("N-1", name))
    assert caught.value.message.key == f"storage.{key}"


@pytest.mark.parametrize("code", ["S-1", "s-1"])
def test_a_code_is_taken_in_any_case(workspace: Workspace, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        add_store(workspace, Store(code, "Other"))
    assert caught.value.message.values == {"code": "S-1"}


@rows(
    ("code", "sentence"),
    [("s-11", "There is no store s-11; did you mean S-1?"), ("qqqq", "There is no store qqqq.")],
)
def test_an_unknown_store_is_told_with_the_nearest_one(workspace: Workspace, code: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        find_store(workspace, code)
    assert Catalogue("en").render(caught.value.message) == sentence


def test_editing_changes_what_is_given_and_leaves_the_rest(workspace: Workspace) -> None:
    edit_store(workspace, "S-1", name="New name", region="")
    assert find_store(workspace, "S-1") == Store("S-1", "New name", "Wuxi", "")
    kind, subject, old, new = events_of(workspace)[-1]
    assert (kind, subject) == ("store_edited", "S-1")
    assert "First" in (old or "")
    assert "New name" in (new or "")
    before = events_of(workspace)
    edit_store(workspace, "S-1", name="New name")
    assert events_of(workspace) == before
    with pytest.raises(BadInput):
        edit_store(workspace, "S-1", name=" ")


def test_facts_are_kept_with_the_store(workspace: Workspace) -> None:
    set_fact(workspace, "S-1", "has_wash", True)
    set_fact(workspace, "S-1", "area_m2", Fraction("70.5"))
    set_fact(workspace, "S-1", "has_wash", None)
    assert store_facts(workspace, "S-1") == {"area_m2": Fraction("70.5")}
    assert store_facts(workspace, "S-2") == {}
    with pytest.raises(BadInput) as caught:
        set_fact(workspace, "S-1", "area", Fraction(1))
    assert Catalogue("en").render(caught.value.message).endswith("did you mean area_m2?")


def test_a_fact_that_another_scheme_asked_otherwise_is_left_out(workspace: Workspace, opened: Opener) -> None:
    set_fact(workspace, "S-1", "has_wash", True)
    database_of(workspace).execute("UPDATE fact SET value = '\"perhaps\"'")
    assert store_facts(opened(), "S-1") == {}


def test_drafts_come_first_the_newest_on_top_then_all_by_code(workspace: Workspace) -> None:
    for code in ("A-9", "Z-1", "M-1"):
        add_store(workspace, Store(code, code))
    for code in ("S-2", "Z-1", "M-1"):
        open_visit(workspace, code)
    open_visit(workspace, "S-2").answer("W2", True)
    submit(workspace, "M-1")
    assert [overview.store.code for overview in list_stores(workspace)] == ["S-2", "Z-1", "A-9", "M-1", "S-1"]


def test_a_list_shows_the_latest_visit(workspace: Workspace, visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    submit(workspace, "S-1")
    with opened(cycle="2027") as later:
        (first, second) = list_stores(later)
        assert (first.cycle, first.status, first.level, first.stars) == ("2026", Status.SUBMITTED, "two", 2)
        assert of(first, "total answered asked") == [100, 3, 3]
        assert (second.cycle, second.status, second.total, second.changed_at) == (None, None, None, None)
        open_visit(later, "S-1").close()
        assert [overview.cycle for overview in list_stores(later)] == ["2027", None]
    with opened(cycle="2025") as earlier:
        assert [overview.cycle for overview in list_stores(earlier)] == [None, None]


@rows(
    ("search", "region", "codes"),
    [
        ("", None, ["S-1", "S-2"]),
        ("wuxi", None, ["S-1"]),
        ("first east", None, ["S-1"]),
        ("first west", None, []),
        ("XI'AN", None, ["S-2"]),
        ("s-", "west", ["S-2"]),
        ("'; DROP TABLE store; --", None, []),
        ("%", None, []),
    ],
)
def test_stores_are_found_by_every_word(
    workspace: Workspace, search: str, region: str | None, codes: list[str]
) -> None:
    assert [overview.store.code for overview in list_stores(workspace, search=search, region=region)] == codes


def test_the_regions_in_use_are_listed(workspace: Workspace) -> None:
    add_store(workspace, Store("N-1", "Nowhere"))
    assert regions(workspace) == ["East", "West"]


def test_past_visits_show_how_each_category_moved(workspace: Workspace, visit: OpenVisit, opened: Opener) -> None:
    fill(visit, lamps=50)
    submit(workspace, "S-1")
    with opened(cycle="2027") as later:
        following = open_visit(later, "S-1")
        fill(following, lamps=100)
        following.set_fact("has_wash", False)
        following.close()
        newer, older = past_visits(later, "S-1")
    assert of(newer, "cycle status shares") == ["2027", Status.DRAFT, {"WAT": 1, "ENE": 1}]
    assert of(older, "cycle total level") == ["2026", 85, "two"]
    assert older.shares == {"WAT": 1, "ENE": Fraction(1, 2)}


def test_a_fact_kept_under_a_scheme_that_asked_otherwise_is_answered_anew(
    visit: OpenVisit,
) -> None:
    workspace = visit.workspace

    def other_kind() -> None:
        database_of(workspace).execute("UPDATE fact SET value = '\"a text\"' WHERE name = 'has_wash'")

    other_kind()
    assert store_facts(workspace, "S-1") == {}
    set_fact(workspace, "S-1", "has_wash", False, seen=None)
    assert store_facts(workspace, "S-1") == {"has_wash": False}
    other_kind()
    fresh = open_visit(workspace, "S-1")
    fresh.set_fact("has_wash", True)
    assert fresh.visit.facts == {"has_wash": True}
